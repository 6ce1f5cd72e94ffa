"""Classes of a coming year: from streams of this one, with marks that go, compared, and taken over in the change of the year."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from time_machine import travel

from kring.core.year_change import destinations
from kring.web.compositions.actions import Move, copy_composition, move_pupil
from kring.web.compositions.classes import queries
from kring.web.compositions.classes.actions import Marks, NewClasses, change_classes, make_classes, mark_pupils
from kring.web.compositions.queries import asked_of
from kring.web.models import ComposedPupil, Composition, Enrolment, Membership, Pupil, SchoolYear
from kring.web.year_change import queries as year_change
from kring.web.year_change.actions import begin_year_change
from kring.web.year_change.stored import plan_of
from tests.asking import may_look, queries_for, text_of
from tests.cast import Cast, client_of, group, pupil

NOW = datetime(2026, 6, 1, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def year(cast: Cast) -> SchoolYear:
    return SchoolYear.objects.create(school=cast.beuk, label="2026-2027", starts_on=date(2026, 8, 1), ends_on=date(2027, 7, 31))


def streams(cast: Cast) -> list[str]:
    return [f"{cast.group_6a.pk}:6", f"{cast.group_6b.pk}:6"]


@pytest.fixture
def made(cast: Cast, year: SchoolYear) -> Composition:
    return make_classes(cast.bram, year, NewClasses("Eerste voorstel", streams(cast), ["7A", "7B"], 2), at=NOW)


def put(cast: Cast, row: Composition, **places: str) -> None:
    """Everybody by name in a class."""
    for name, place in places.items():
        row.refresh_from_db()
        who: Pupil = getattr(cast, f"pupil_{name}")
        move_pupil(cast.bram, row, Move(str(who.pk), place), read=row.version, at=NOW)


def send(actor: Membership, route: str, *keys: object, **data: object) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]), data)


# ---- making them ----------------------------------------------------------------------------------------------


def test_a_coordinator_begins_with_the_pupils_of_two_groups(cast: Cast, year: SchoolYear) -> None:
    assert "Maak een voorstel" in text_of(cast.bram, "next_classes")
    page = text_of(cast.bram, "next_classes_new", year.pk)
    assert "6A, leerjaar 6 (2 leerlingen)" in page
    data = {"streams": streams(cast), "classes": "7A\r\n7B\r\n", "most": 2, "name": "Eerste voorstel"}
    assert send(cast.bram, "next_classes_new", year.pk, **data).status_code == 302
    row = Composition.objects.get()
    assert (row.kind, row.group, row.year, row.year_level) == ("classes", None, year, 6)
    assert {one.pupil.given_name for one in row.pupils.all()} == {"Noor", "Sem", "Lot"}
    found = text_of(cast.bram, "classes", row.pk)
    assert "3 leerlingen hebben nog geen klas" in found
    assert "geen afgesloten sociogram" in found
    assert "Eerste voorstel" in text_of(cast.bram, "next_classes")


def test_without_a_coming_year_the_page_says_what_to_do_first(cast: Cast) -> None:
    assert "Volgend schooljaar is nog niet bekend" in text_of(cast.bram, "next_classes")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"classes": "7A\n7a"}, "eigen naam"),
        ({"classes": "7A", "most": 2}, "passen niet bij 3 leerlingen"),
        ({"classes": "a\nb\nc\nd"}, "niet meer klassen dan leerlingen"),
    ],
)
def test_classes_that_cannot_be_are_refused_with_what_was_typed(cast: Cast, year: SchoolYear, data: dict[str, Any], says: str) -> None:
    given = {"streams": streams(cast), "classes": "7A\n7B", "most": 2, "name": "Zo", **data}
    answer = send(cast.bram, "next_classes_new", year.pk, **given)
    assert answer.status_code == 409
    assert says in answer.content.decode()
    assert str(given["classes"]).splitlines()[0] in answer.content.decode()
    assert not Composition.objects.exists()


def test_a_name_that_is_too_long_is_shown_in_the_form(cast: Cast, year: SchoolYear) -> None:
    answer = send(cast.bram, "next_classes_new", year.pk, streams=streams(cast), classes="7" * 31, most=3, name="Zo")
    assert (answer.status_code, "Houd een naam korter" in answer.content.decode()) == (200, True)


def test_only_a_coordinator_of_the_school_sees_them(cast: Cast, made: Composition) -> None:
    for route, keys in {"next_classes_new": [made.year_id], "classes": [made.pk], "classes_marks": [made.pk]}.items():
        assert may_look(cast, route, *keys) == {"bram"}
    assert may_look(cast, "next_classes") == {"bram", "frans", "gijs"}
    assert send(cast.anna, "classes_change", made.pk).status_code == 404
    assert send(cast.frans, "classes_newcomers", made.pk).status_code == 404


def test_a_plan_of_a_group_has_no_page_of_classes(cast: Cast, made: Composition) -> None:
    made.kind, made.group = Composition.Kind.TABLES, cast.group_6a
    made.save()
    for route in ("classes", "classes_marks", "classes_compare"):
        assert client_of(cast.bram).get(reverse(route, args=[cast.bram.pk, made.pk])).status_code == 404


def test_the_page_asks_as_much_for_three_pupils_as_for_more(cast: Cast, made: Composition) -> None:
    before = queries_for(cast.bram, "classes", [made.pk])
    six_c = group(cast.beuk, "6C", [6])
    for name in ("Ties", "Roos", "Pip"):
        ComposedPupil.objects.create(school=cast.beuk, composition=made, pupil=pupil(six_c, name, 6))
    assert queries_for(cast.bram, "classes", [made.pk]) == before


# ---- changing them --------------------------------------------------------------------------------------------


def test_whose_class_is_gone_waits_again(cast: Cast, made: Composition) -> None:
    put(cast, made, noor="1", sem="2")
    made.refresh_from_db()
    data = {"read": made.version, "classes": "7A", "most": 3, "origins": "on"}
    assert send(cast.bram, "classes_change", made.pk, **data).status_code == 302
    made.refresh_from_db()
    assert queries.class_names(made) == ["7A"]
    assert {one.pupil.given_name: one.place for one in made.pupils.all()} == {"Noor": "1", "Sem": "", "Lot": ""}
    assert (made.asks["origins"], made.asks["levels"], made.asks["streams"]) == (True, False, streams(cast))


def test_of_two_who_change_it_the_second_sees_both(cast: Cast, made: Composition) -> None:
    change_classes(cast.bram, made, ["7A", "7C"], most=2, read=made.version, at=NOW)
    answer = send(cast.bram, "classes_change", made.pk, read=made.version, classes="7X\n7Y", most=2)
    assert answer.status_code == 409
    assert "7X" in answer.content.decode()
    assert "7C" in answer.content.decode()


def test_a_class_that_is_too_full_for_the_new_size_is_not_emptied_in_silence(cast: Cast, made: Composition) -> None:
    put(cast, made, noor="1", sem="1")
    made.refresh_from_db()
    answer = send(cast.bram, "classes_change", made.pk, read=made.version, classes="7A\n7B\n7C", most=1)
    assert answer.status_code == 409
    assert made.pupils.filter(place="1").count() == 2


def test_letters_say_nothing_and_bound_the_proposal(cast: Cast, made: Composition) -> None:
    noor, sem = cast.pupil_noor.pk, cast.pupil_sem.pk
    data = {"read": made.version, f"mark-{noor}": ["A", "B"], f"mark-{sem}": ["A", "Z"], "most-A": 1}
    assert send(cast.bram, "classes_marks", made.pk, **data).status_code == 302
    made.refresh_from_db()
    assert {one.pupil.given_name: one.mark for one in made.pupils.all()} == {"Noor": "AB", "Sem": "A", "Lot": ""}
    asked = asked_of(cast.bram, made, at=NOW)
    assert asked.at_most == {"mark A": 1}
    spread = {"mark A": 2, "mark B": 1, "group 6A": 2, "group 6B": 1}
    assert {mark: len(pupils) for mark, pupils in asked.marks.items()} == spread
    assert 'value="A" checked' in text_of(cast.bram, "classes_marks", made.pk)


def test_more_pupils_with_a_letter_than_the_classes_hold_is_refused(cast: Cast, made: Composition) -> None:
    data = {"read": made.version, **{f"mark-{one.pupil_id}": "D" for one in made.pupils.all()}, "most-D": 1}
    answer = send(cast.bram, "classes_marks", made.pk, **data)
    assert answer.status_code == 409
    assert "3 leerlingen hebben letter D" in answer.content.decode()
    assert not made.pupils.exclude(mark="").exists()
    assert send(cast.bram, "classes_marks", made.pk, **{**data, "most-D": "veel"}).status_code == 200


def test_who_came_to_the_group_waits_and_who_left_is_passed_over(cast: Cast, made: Composition) -> None:
    pupil(cast.group_6b, "Ties", 6)
    Enrolment.objects.filter(pupil=cast.pupil_lot).update(until_at=NOW - timedelta(days=1))
    assert "1 leerling bij gekomen" in text_of(cast.bram, "classes", made.pk)
    assert send(cast.bram, "classes_newcomers", made.pk).status_code == 302
    page = text_of(cast.bram, "composition", made.pk)
    assert "Ties" in page
    assert "Lot" not in page
    pupil(cast.group_6b, "Roos", 6)
    pupil(cast.group_6b, "Pip", 6)
    answer = send(cast.bram, "classes_newcomers", made.pk)
    assert answer.status_code == 409  # five in two classes of two


# ---- the proposal ---------------------------------------------------------------------------------------------


def test_a_proposal_is_made_in_the_background(cast: Cast, made: Composition) -> None:
    apart = {str(one.pk): "A" for one in (cast.pupil_noor, cast.pupil_lot)}
    mark_pupils(cast.bram, made, Marks(apart, {"A": 1}), read=made.version, at=NOW)
    assert send(cast.bram, "composition_propose", made.pk).status_code == 302
    made.refresh_from_db()
    places = {one.pupil.given_name: one.place for one in made.pupils.all()}
    assert set(places.values()) == {"1", "2"}
    assert places["Noor"] != places["Lot"]
    assert made.outcome["proven"] is True


def test_two_proposals_beside_each_other(cast: Cast, made: Composition) -> None:
    put(cast, made, noor="1", sem="1", lot="2")
    other = copy_composition(cast.bram, made, name="Tweede voorstel", at=NOW)
    put(cast, other, sem="2")
    page = text_of(cast.bram, "classes_compare", made.pk, **{"with": str(other.pk)})
    assert "Sem Test" in page
    assert "Noor Test" not in page  # the rest sits in the same class
    assert "Tweede voorstel" in text_of(cast.bram, "classes", made.pk)
    assert client_of(cast.bram).get(reverse("classes_compare", args=[cast.bram.pk, made.pk]), {"with": "x"}).status_code == 404


# ---- into the change of the year ------------------------------------------------------------------------------


def test_the_classes_are_taken_over_in_the_change_of_the_year(cast: Cast, made: Composition, year: SchoolYear) -> None:
    mark_pupils(cast.bram, made, Marks({str(cast.pupil_noor.pk): "A"}, {"A": 1}), read=made.version, at=NOW)
    put(cast, made, noor="1", sem="2", lot="2")
    change = begin_year_change(cast.bram, cast.year, year, at=NOW)
    assert "Neem deze indeling over" in text_of(cast.bram, "year_change", change.pk)
    assert "Neem deze indeling over" not in text_of(cast.rik, "year_change", change.pk)
    assert send(cast.rik, "year_change_classes", change.pk, made.pk, read=1).status_code == 404
    assert send(cast.bram, "year_change_classes", change.pk, made.pk, read=change.version).status_code == 302
    change.refresh_from_db()
    plan = plan_of(change.plan)
    found = destinations(plan, year_change.sits(cast.year, minute=NOW))
    names = {one.sits.pupil: plan.group(one.way.to).name for one in found}
    assert (names[str(cast.pupil_noor.pk)], names[str(cast.pupil_sem.pk)], names[str(cast.pupil_lot.pk)]) == ("7A", "7B", "7B")
    made.refresh_from_db()
    assert "most" not in made.asks
    assert not ComposedPupil.objects.exclude(mark="").exists()  # no label outlives what it was given for


def test_who_has_no_class_yet_stops_it(cast: Cast, made: Composition, year: SchoolYear) -> None:
    put(cast, made, noor="1")
    change = begin_year_change(cast.bram, cast.year, year, at=NOW)
    answer = send(cast.bram, "year_change_classes", change.pk, made.pk, read=change.version)
    assert answer.status_code == 409
    assert "2 leerlingen hebben in dit voorstel nog geen klas" in answer.content.decode()


def test_classes_of_another_year_are_refused(cast: Cast, made: Composition, year: SchoolYear) -> None:
    change = begin_year_change(cast.bram, cast.year, year, at=NOW)
    made.year = cast.year
    made.save()
    assert send(cast.bram, "year_change_classes", change.pk, made.pk, read=change.version).status_code == 409
