"""Who sits where: moving, swapping, fixing and undoing, by two at once too; wishes whose reasons stay with the team; a proposal."""

from datetime import UTC, date, datetime, timedelta
from multiprocessing import TimeoutError as NotYet
from typing import Any
from unittest import mock

import pytest
from django.urls import reverse
from django.utils import timezone

from kring.core.floor_plans import Shape, even_groups, floor_plan
from kring.core.places import FloorPlan, Plan
from kring.core.sociometry.composing import PlacesDoNotFit, Seat
from kring.web.compositions import queries, showing
from kring.web.compositions.actions import Move, NewComposition, NewWish, add_wish, make_composition, move_pupil, use_composition
from kring.web.compositions.proposing import work
from kring.web.models import ComposedPupil, Composition, Enrolment, Entry, Job, Membership, Nomination, PlaceWish, Pupil, Sociogram
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of, move, pupil
from tests.measurements import classmates, sociogram_round

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 2, 2, 9, tzinfo=UTC)
WHY = "Sem pest Noor achter de fietsen"


def made(cast: Cast, plan: Plan | None = None, kind: Composition.Kind = Composition.Kind.SEATS, **asks: bool) -> Composition:
    new = NewComposition(kind, "Winter", plan or floor_plan(Shape.PAIRS, 8), asks)
    return make_composition(cast.anna, cast.group_6a, new, at=timezone.now())


def send(actor: Membership, route: str, row: Composition, **fields: object) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, row.pk]), fields)


def places(row: Composition) -> dict[str, str]:
    return {one.pupil.given_name: one.place for one in ComposedPupil.objects.filter(composition=row).select_related("pupil")}


def version(row: Composition) -> int:
    return Composition.objects.get(pk=row.pk).version


def seat(cast: Cast, row: Composition, of: Pupil, to: str) -> None:
    move_pupil(cast.anna, row, Move(str(of.pk), to), read=version(row), at=timezone.now())


# ---- the pages --------------------------------------------------------------------------------------------------


def test_a_teacher_makes_a_floor_plan_of_the_group(cast: Cast) -> None:
    assert "Nog geen indelingen" in text_of(cast.anna, "compositions", cast.group_6a.pk)
    url = reverse("composition_new", args=[cast.anna.pk, cast.group_6a.pk])
    answer = client_of(cast.anna).post(url, {"kind": "seats", "shape": "pairs", "size": "4", "name": "Na de kerst"}, follow=True)
    assert "Na de kerst" in answer.content.decode()
    assert places(Composition.objects.get()) == {"Noor": "", "Sem": ""}
    assert "Na de kerst" in text_of(cast.anna, "compositions", cast.group_6a.pk)
    assert "Zoals in de vorige plattegrond" in text_of(cast.anna, "composition_new", cast.group_6a.pk)


@pytest.mark.parametrize(("fields", "groups"), [({"size": "4", "number": "2"}, 2), ({"size": "1"}, 2), ({"size": "4"}, 1)])
def test_groups_are_made_by_size_or_by_number(cast: Cast, fields: dict[str, str], groups: int) -> None:
    url = reverse("composition_new", args=[cast.anna.pk, cast.group_6a.pk])
    client_of(cast.anna).post(url, {"kind": "tables", "shape": "pairs", **fields})
    assert len(Composition.objects.get().places["groups"]) == groups


def test_desks_are_counted_as_in_the_room_without_aisles() -> None:
    room = FloorPlan((Seat(1, 0), Seat(1, 1), Seat(1, 3), Seat(3, 3)))
    assert [showing.label_of(room, place) for place in ("2-1", "2-4", "4-4")] == [
        "rij 1, plaats 1",
        "rij 1, plaats 3",
        "rij 2, plaats 1",
    ]
    assert [(line.number, line.is_walk) for line in showing.rows(room, [])][1:] == [(1, False), (1, True), (2, False)]


def test_who_teaches_the_group_and_the_coordinator_see_it(cast: Cast) -> None:
    row = made(cast)
    for route, key in (("compositions", cast.group_6a.pk), ("composition", row.pk), ("composition_board", row.pk)):
        assert may_look(cast, route, key) == {"anna", "bram"}, route


def test_a_page_asks_as_much_for_many_as_for_few(cast: Cast) -> None:
    row = made(cast)
    sociogram_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem])
    few = queries_for(cast.anna, "composition", [row.pk])
    many = classmates(cast.group_6a, 4)
    sociogram_round(cast.group_6a, many, "Nieuw", opens_on=date(2026, 1, 5))
    for one in many:
        add_wish(cast.anna, row, NewWish(PlaceWish.Kind.FRONT, one), at=timezone.now())
    assert queries_for(cast.anna, "composition", [row.pk]) == few


# ---- moving -----------------------------------------------------------------------------------------------------


def test_a_pupil_is_put_on_a_seat_swapped_and_taken_off(cast: Cast) -> None:
    row, noor, sem = made(cast), cast.pupil_noor.pk, cast.pupil_sem.pk
    assert "Zet Noor op rij 1, plaats 1" in text_of(cast.anna, "composition", row.pk, pupil=str(noor))
    assert send(cast.anna, "composition_move", row, read=1, pupil=noor, to="1-1").status_code == 302
    assert send(cast.anna, "composition_move", row, read=2, pupil=sem, to="1-2").status_code == 302
    assert "Ruil Noor met Sem" in text_of(cast.anna, "composition", row.pk, pupil=str(noor))
    send(cast.anna, "composition_move", row, read=3, pupil=noor, swap=sem)
    assert places(row) == {"Noor": "1-2", "Sem": "1-1"}
    send(cast.anna, "composition_move", row, read=4, pupil=noor, to="")
    assert places(row) == {"Noor": "", "Sem": "1-1"}
    assert Entry.objects.filter(name="composition.changed").count() == 4


def test_of_two_who_move_at_once_the_second_sees_both_and_nothing_is_lost(cast: Cast) -> None:
    row = made(cast)
    send(cast.anna, "composition_move", row, read=1, pupil=cast.pupil_noor.pk, to="1-1")
    answer = send(cast.bram, "composition_move", row, read=1, pupil=cast.pupil_sem.pk, to="1-1")
    assert answer.status_code == 409
    assert "Noor, rij 1, plaats 1" in answer.content.decode()
    assert places(row) == {"Noor": "1-1", "Sem": ""}


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"to": "1-1"}, "Daar is geen plaats meer vrij"),
        ({"to": "9-9"}, "Die plaats is er niet meer"),
        ({"swap": "fien"}, "zit niet meer in deze groep"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(cast: Cast, fields: dict[str, str], says: str) -> None:
    row = made(cast)
    seat(cast, row, cast.pupil_noor, "1-1")
    sent = {name: str(cast.pupil_fien.pk) if value == "fien" else value for name, value in fields.items()}
    answer = send(cast.anna, "composition_move", row, read=2, pupil=cast.pupil_sem.pk, **sent)
    assert answer.status_code == 409
    assert says in answer.content.decode()
    assert b"Fien" not in answer.content
    assert places(row) == {"Noor": "1-1", "Sem": ""}


def test_what_is_no_form_of_ours_changes_nothing_and_a_foreign_pupil_is_no_page(cast: Cast) -> None:
    row = made(cast)
    for route in ("composition_move", "composition_fix", "composition_undo"):
        assert send(cast.anna, route, row, pupil="x").status_code == 200
    assert send(cast.anna, "composition_use", row, used_from="morgen").status_code == 200
    assert version(row) == 1
    assert look(cast.anna, "composition", row.pk, pupil=str(cast.pupil_fien.pk)).status_code == 404


def test_who_left_has_no_place_and_who_came_gets_one(cast: Cast) -> None:
    row = made(cast)
    seat(cast, row, cast.pupil_noor, "1-1")
    move(cast.pupil_noor, cast.group_6b, timezone.now())
    mees = pupil(cast.group_6a, "Mees", 6)
    page = text_of(cast.anna, "composition", row.pk)
    assert "Noor" not in page
    assert "Mees, nog geen plaats" in page
    seat(cast, row, mees, "1-1")
    assert send(cast.anna, "composition_move", row, read=3, pupil=cast.pupil_noor.pk, to="1-2").status_code == 409


def test_who_is_fixed_stays_until_let_go(cast: Cast) -> None:
    row, noor = made(cast), cast.pupil_noor.pk
    assert send(cast.anna, "composition_fix", row, read=1, pupil=noor, is_fixed="on").status_code == 409
    seat(cast, row, cast.pupil_noor, "1-1")
    send(cast.anna, "composition_fix", row, read=2, pupil=noor, is_fixed="on")
    refused = send(cast.anna, "composition_move", row, read=3, pupil=noor, to="1-2")
    assert "staat vast" in refused.content.decode()
    assert "Losmaken" in text_of(cast.anna, "composition", row.pk, pupil=str(noor))
    assert send(cast.anna, "composition_undo", row, read=3).status_code == 409
    send(cast.anna, "composition_fix", row, read=3, pupil=noor)
    assert send(cast.anna, "composition_move", row, read=4, pupil=noor, to="1-2").status_code == 302
    assert send(cast.anna, "composition_fix", row, read=5, pupil=cast.pupil_fien.pk).status_code == 409


def test_every_step_can_be_undone_back_to_the_first(cast: Cast) -> None:
    row = made(cast)
    seat(cast, row, cast.pupil_noor, "1-1")
    seat(cast, row, cast.pupil_sem, "1-2")
    move_pupil(cast.anna, row, Move(str(cast.pupil_sem.pk), swap=str(cast.pupil_noor.pk)), read=3, at=NOW)
    seen = []
    for _step in range(3):
        send(cast.anna, "composition_undo", row, read=version(row))
        seen.append(tuple(places(row).values()))
    assert [set(one) for one in seen] == [{"1-1", "1-2"}, {"1-1", ""}, {""}]
    answer = send(cast.anna, "composition_undo", row, read=version(row))
    assert "niets om terug te draaien" in answer.content.decode()
    assert send(cast.anna, "composition_undo", row, read=1).status_code == 409


# ---- wishes -----------------------------------------------------------------------------------------------------


def test_a_wish_is_kept_with_its_reason_for_the_team_alone(cast: Cast) -> None:
    row = made(cast)
    fields = {"pupil": cast.pupil_sem.pk, "what": "apart", "other": cast.pupil_noor.pk, "reason": WHY}
    assert send(cast.anna, "place_wish_add", row, **fields).status_code == 302
    seat(cast, row, cast.pupil_noor, "1-1")
    seat(cast, row, cast.pupil_sem, "1-2")
    page = text_of(cast.bram, "composition", row.pk)
    shut = page.partition(WHY)[0].rpartition('<details class="disclosure">')[2]  # names are moved with the class before the board
    assert WHY in page
    assert "</details>" not in shut
    assert "klopt nu niet" in page
    board = text_of(cast.anna, "composition_board", row.pk)
    assert "Sem" in board
    assert WHY not in board
    assert "bij elkaar" not in board
    for route, hat in (("composition", cast.els), ("composition_board", cast.noor), ("composition", cast.carla)):
        assert look(hat, route, row.pk).status_code == 404
    PlaceWish.objects.get()
    copy = send(cast.anna, "composition_copy", row)
    assert copy.status_code == 302
    assert PlaceWish.objects.filter(reason=WHY).count() == 2


@pytest.mark.parametrize(
    ("what", "says"),
    [("together", "een andere wens, die niet tegelijk kan"), ("apart", "Deze wens staat er al"), ("front", "")],
)
def test_wishes_that_contradict_are_refused_at_once(cast: Cast, what: str, says: str) -> None:
    row = made(cast)
    add_wish(cast.anna, row, NewWish(PlaceWish.Kind.APART, cast.pupil_sem, cast.pupil_noor), at=NOW)
    answer = send(cast.anna, "place_wish_add", row, pupil=cast.pupil_noor.pk, what=what, other=cast.pupil_sem.pk)
    assert answer.status_code == (409 if says else 302)
    assert says in answer.content.decode()


def test_a_wish_is_taken_away_and_half_a_wish_comes_back(cast: Cast) -> None:
    row = made(cast)
    half = send(cast.anna, "place_wish_add", row, pupil=cast.pupil_noor.pk, what="rather_apart", reason="Stil werken")
    assert "Kies ook de tweede leerling" in half.content.decode()
    assert "Stil werken" in half.content.decode()
    wish = add_wish(cast.anna, row, NewWish(PlaceWish.Kind.FRONT, cast.pupil_noor), at=NOW)
    url = reverse("place_wish_remove", args=[cast.carla.pk, wish.pk])
    assert client_of(cast.carla).post(url).status_code == 404
    client_of(cast.anna).post(reverse("place_wish_remove", args=[cast.anna.pk, wish.pk]))
    assert not PlaceWish.objects.exists()


# ---- in use, a copy, gone ---------------------------------------------------------------------------------------


def test_the_last_three_plans_in_use_are_remembered(cast: Cast) -> None:
    rows = [made(cast) for _ in range(5)]
    for number, row in enumerate(rows[:4], 1):
        seat(cast, row, cast.pupil_noor, "1-1")
        seat(cast, row, cast.pupil_sem, "1-2")
        use_composition(cast.anna, row, used_from=date(2026, 1, number))
    assert len(queries.earlier(cast.anna, rows[4], on=date(2026, 2, 2))) == 3
    assert queries.asked_of(cast.anna, rows[4], at=NOW).earlier[0] == {frozenset({str(cast.pupil_noor.pk), str(cast.pupil_sem.pk)})}
    assert queries.asked_of(cast.anna, made(cast, new_neighbours=False), at=NOW).earlier == ()
    send(cast.anna, "composition_use", rows[4], used_from="2026-02-02")
    assert "in gebruik vanaf" in text_of(cast.anna, "composition", rows[4].pk)
    assert send(cast.anna, "composition_remove", rows[4]).status_code == 302
    assert Composition.objects.count() == 5


# ---- a proposal -------------------------------------------------------------------------------------------------


class Here:
    """The pool of the search, in this process: what goes in and out is the same."""

    def __init__(self, _workers: int) -> None:
        pass

    def __enter__(self) -> "Here":
        return self

    def __exit__(self, *broken: object) -> None:
        pass

    def apply_async(self, function: Any, given: Any) -> "Here":
        self.found, self.asked = function, given
        return self

    def get(self, timeout: float) -> Any:  # noqa: ARG002
        return self.found(*self.asked)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "get_context", lambda _way: mock.Mock(Pool=Here))


def test_a_proposal_comes_from_a_process_of_its_own(cast: Cast) -> None:
    classmates(cast.group_6a, 2)
    row = made(cast)
    assert send(cast.anna, "composition_propose", row).status_code == 302
    page = text_of(cast.anna, "composition", row.pk)
    assert "bewezen het beste" in page
    assert "" not in places(row).values()
    assert Job.objects.get().state == Job.State.DONE


def test_a_proposal_follows_the_choices_and_is_one_step_to_undo(cast: Cast, at_once: None) -> None:
    pupils = [*classmates(cast.group_6a, 4), cast.pupil_noor, cast.pupil_sem]
    kept = sociogram_round(cast.group_6a, pupils)
    row = made(cast, floor_plan(Shape.PAIRS, 8))
    send(cast.anna, "composition_propose", row)
    page = text_of(cast.anna, "composition", row.pk)
    assert "gekozen klasgenoten" in page
    assert Entry.objects.filter(name="page.read", record="sociogram", record_id=kept.pk).exists()
    send(cast.anna, "composition_undo", row, read=version(row))
    assert set(places(row).values()) == {""}
    assert "met de hand iets verschoven" in text_of(cast.anna, "composition", row.pk)


def test_a_rejection_weighs_in_the_search_and_stands_on_no_page(cast: Cast, at_once: None) -> None:
    noor, sem = cast.pupil_noor, cast.pupil_sem
    kept = sociogram_round(cast.group_6a, [*classmates(cast.group_6a, 8), noor, sem])
    Nomination.objects.filter(sociogram=kept, chooser=noor, chosen=sem).delete()
    Nomination.objects.create(school=cast.beuk, sociogram=kept, question="rather_not", polarity=-1, chooser=noor, chosen=sem)
    row = made(cast, even_groups(10, name="%(number)s", size=5), Composition.Kind.TABLES)
    pair = (str(noor.pk), str(sem.pk))
    asked = queries.asked_of(cast.anna, row, at=timezone.now())
    assert asked.rejected == {pair}
    assert pair not in asked.chosen
    without = made(cast, floor_plan(Shape.PAIRS, 10), choices=False)
    assert queries.asked_of(cast.anna, without, at=timezone.now()).rejected == frozenset()
    before = text_of(cast.anna, "composition", row.pk)
    Nomination.objects.filter(polarity=-1).delete()
    assert text_of(cast.anna, "composition", row.pk) == before


def test_who_holds_pupils_in_place_cannot_try_out_who_said_no_to_whom(cast: Cast) -> None:
    kept = sociogram_round(cast.group_6a, [*classmates(cast.group_6a, 8), cast.pupil_noor, cast.pupil_sem])
    Nomination.objects.filter(sociogram=kept, chooser=cast.pupil_noor).update(polarity=-1)
    row = made(cast, even_groups(10, name="%(number)s", size=5), Composition.Kind.TABLES)
    assert queries.asked_of(cast.anna, row, at=timezone.now()).rejected
    ComposedPupil.objects.filter(composition=row, pupil=cast.pupil_sem).update(place="1", is_fixed=True)
    assert queries.asked_of(cast.anna, row, at=timezone.now()).rejected == frozenset()


def test_an_open_round_is_no_source(cast: Cast) -> None:
    kept = sociogram_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem, *classmates(cast.group_6a, 2)])
    row = made(cast)
    assert queries.sources_of(cast.anna, row, at=timezone.now()) == (Sociogram.objects.get(),)
    kept.round.closed_at = None
    kept.round.save()
    assert queries.sources_of(cast.anna, row, at=timezone.now()) == ()


def test_in_september_the_choices_come_from_the_group_before_for_who_may_read_them(cast: Cast) -> None:
    pupils = [cast.pupil_noor, cast.pupil_sem, *classmates(cast.group_6a, 2)]
    kept, moved_at = sociogram_round(cast.group_6a, pupils), timezone.now() - timedelta(days=3)
    Enrolment.objects.filter(pupil__in=pupils, group=cast.group_6a).update(until_at=moved_at)
    moved = [Enrolment(school=cast.beuk, pupil=one, group=cast.group_6b, year_level=6, from_at=moved_at) for one in pupils]
    Enrolment.objects.bulk_create(moved)
    new = NewComposition(Composition.Kind.SEATS, "Herfst", floor_plan(Shape.PAIRS, 8), {})
    row = make_composition(cast.bram, cast.group_6b, new, at=timezone.now())
    sheet = queries.sheet_of(cast.bram, row, at=timezone.now())
    assert [one.pk for one in sheet.sources] == [kept.pk]
    assert len(sheet.chosen) == Nomination.objects.filter(sociogram=kept, polarity=1).count()
    assert "uit de vorige groep van deze leerlingen" in text_of(cast.bram, "composition", row.pk)
    assert queries.sources_of(cast.carla, row, at=timezone.now()) == ()  # she teaches them since three days
    assert "ook niet van de vorige groep dat u mag lezen" in text_of(cast.carla, "composition", row.pk)
    own = sociogram_round(cast.group_6b, [*pupils, cast.pupil_lot], "Nieuw", opens_on=date(2026, 1, 5))
    assert [one.pk for one in queries.sources_of(cast.bram, row, at=timezone.now())] == [own.pk]


def test_wishes_that_clash_are_named_and_nobody_moves(cast: Cast, at_once: None) -> None:
    kind, mees = classmates(cast.group_6a, 2)
    row = made(cast, even_groups(4, name="Tafel %(number)s", size=2), Composition.Kind.TABLES)
    for one, other, what in ((cast.pupil_noor, cast.pupil_sem, "together"), (cast.pupil_sem, mees, "together"), (kind, mees, "apart")):
        add_wish(cast.anna, row, NewWish(PlaceWish.Kind(what), one, other, reason=WHY), at=NOW)
    seat(cast, row, kind, "1")
    send(cast.anna, "composition_fix", row, read=2, pupil=kind.pk, is_fixed="on")
    send(cast.anna, "composition_propose", row)
    page = text_of(cast.anna, "composition", row.pk)
    clash = page.partition("kunnen niet allemaal tegelijk")[2].partition("</div>")[0]
    assert "Noor" in clash
    assert "Sem" in clash
    assert WHY not in clash
    assert "apart" not in clash
    assert sum(place != "" for place in places(row).values()) == 1
    assert str(cast.pupil_noor.pk) not in str(Composition.objects.get().outcome)


def test_whoever_moves_meanwhile_is_not_overwritten(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    row = made(cast)

    class Meanwhile(Here):
        def get(self, timeout: float) -> Any:
            seat(cast, row, cast.pupil_noor, "2-1")
            return super().get(timeout)

    monkeypatch.setattr(work, "get_context", lambda _way: mock.Mock(Pool=Meanwhile))
    send(cast.anna, "composition_propose", row)
    assert places(row) == {"Noor": "2-1", "Sem": ""}
    assert "Er is niets overschreven" in text_of(cast.anna, "composition", row.pk)


@pytest.mark.parametrize(
    ("broken", "said"),
    [(PlacesDoNotFit(pupils=9, places=8), "(8) passen niet bij 9 leerlingen"), (NotYet(), "binnen de tijd geen indeling gevonden")],
)
def test_a_search_that_gives_nothing_says_why(cast: Cast, monkeypatch: pytest.MonkeyPatch, broken: Exception, said: str) -> None:
    """A pupil who came in between, and a process that never answers."""
    row = made(cast)

    class Nothing(Here):
        def get(self, timeout: float) -> Any:  # noqa: ARG002
            raise broken

    monkeypatch.setattr(work, "get_context", lambda _way: mock.Mock(Pool=Nothing))
    monkeypatch.setattr(work, "PATIENCE", 0.05)
    send(cast.anna, "composition_propose", row)
    assert said in text_of(cast.anna, "composition", row.pk)
    assert set(places(row).values()) == {""}


def test_more_pupils_than_seats_are_not_proposed_for(cast: Cast) -> None:
    row = made(cast, floor_plan(Shape.PAIRS, 2))
    classmates(cast.group_6a, 1)
    answer = send(cast.anna, "composition_propose", row)
    assert answer.status_code == 409
    assert "passen niet bij" in answer.content.decode()
    assert isinstance(queries.last_room(cast.anna, cast.group_6a), FloorPlan)


def test_year_levels_are_spread_when_asked(cast: Cast) -> None:
    pupil(cast.group_6a, "Mees", 7)
    row = made(cast, even_groups(3, name="%(number)s", size=2), Composition.Kind.GROUPS, levels=False)
    assert "De leerjaren gelijk verdeeld" in text_of(cast.anna, "composition", row.pk)
    send(cast.anna, "composition_asks", row, choices="on", levels="on")
    asked = queries.asked_of(cast.anna, Composition.objects.get(), at=timezone.now())
    assert sorted(len(pupils) for pupils in asked.marks.values()) == [1, 2]
