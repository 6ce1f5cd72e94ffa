"""The change of the school year: proposed, corrected, set for a minute, taken back; rights follow from the dates alone."""

from datetime import UTC, date, datetime, timedelta
from time import process_time
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from time_machine import travel

from kring.core.access import Role, Verb
from kring.core.year_change import Fate, destinations
from kring.web.access import may
from kring.web.models import Assignment, Bundle, Enrolment, Group, Guardian, Guardianship, Membership, Pupil, Round, SchoolYear, YearChange
from kring.web.year_change import queries
from kring.web.year_change.actions import begin_year_change
from kring.web.year_change.stored import plan_of
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import START, Cast, client_of, group, member, pupil

NOW = datetime(2026, 6, 20, 10, tzinfo=UTC)
MINUTE = datetime(2026, 7, 31, 22, tzinfo=UTC)  # 1 August 00:00 in Amsterdam
A_MOMENT = timedelta(microseconds=1)


@pytest.fixture
def clock() -> Any:
    with travel(NOW, tick=False):
        yield


@pytest.fixture
def next_year(cast: Cast) -> SchoolYear:
    return SchoolYear.objects.create(school=cast.beuk, label="2026-2027", starts_on=date(2026, 8, 1), ends_on=date(2027, 7, 31))


@pytest.fixture
def change(cast: Cast, next_year: SchoolYear, clock: None) -> YearChange:
    return begin_year_change(cast.bram, cast.year, next_year, at=NOW)


def send(actor: Membership, route: str, *keys: object, **data: object) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]), data)


def set_it(actor: Membership, change: YearChange, **data: object) -> Any:
    change.refresh_from_db()
    return send(actor, "year_change_set", change.pk, **{"when": "start", "read": change.version, **data})


def groups_form(change: YearChange, **changes: str) -> dict[str, Any]:
    change.refresh_from_db()
    data: dict[str, Any] = {"read": change.version}
    for one in plan_of(change.plan).groups:
        data |= {f"name-{one.key}": one.name, f"levels-{one.key}": "/".join(map(str, one.levels))}
        data |= {f"teacher-{one.key}": "", f"duo-{one.key}": ""}
        data |= dict(zip((f"teacher-{one.key}", f"duo-{one.key}"), one.teachers))
    return {**data, **{name.replace("_", "-"): value for name, value in changes.items()}}


def key_of(change: YearChange, name: str) -> str:
    return next(one.key for one in plan_of(change.plan).groups if one.name == name)


# ---- the page -------------------------------------------------------------------------------------------------


def test_a_coordinator_makes_a_proposal_and_nothing_changes(cast: Cast, next_year: SchoolYear, clock: None) -> None:
    before = list(Enrolment.objects.values_list("pk", "until_at"))
    assert "Maak het voorstel" in text_of(cast.bram, "year_changes")
    assert send(cast.bram, "year_change_begin", cast.year.pk).status_code == 302
    made = YearChange.objects.get()
    page = text_of(cast.rik, "year_change", made.pk)
    assert "7A" in page
    assert "7B" in page
    assert list(Enrolment.objects.values_list("pk", "until_at")) == before
    assert "Ga verder" in text_of(cast.bram, "year_changes")


def test_only_who_leads_and_coordinates_sees_it(cast: Cast, change: YearChange) -> None:
    assert may_look(cast, "year_change", change.pk) == {"bram", "rik"}  # each of the other routes: tests/access
    assert look(cast.bram, "year_change_group", change.pk, cast.group_eik.pk).status_code == 404


def test_the_page_asks_as_much_for_many_as_for_few(cast: Cast, change: YearChange) -> None:
    few = [queries_for(cast.bram, route, [change.pk]) for route in ("year_change", "year_change_ways", "year_change_groups")]
    for number in range(3):
        more = group(cast.beuk, f"5{number}", [5])
        for child in range(4):
            pupil(more, f"Kind{number}{child}", 5)
    assert [queries_for(cast.bram, route, [change.pk]) for route in ("year_change", "year_change_ways", "year_change_groups")] == few


def test_without_a_next_year_the_page_says_what_to_do(cast: Cast, clock: None) -> None:
    assert "Schooljaar maken" in text_of(cast.bram, "year_changes")
    assert send(cast.bram, "year_change_begin", cast.year.pk).status_code == 302
    assert not YearChange.objects.exists()


def test_a_second_proposal_is_refused(cast: Cast, change: YearChange) -> None:
    answer = send(cast.rik, "year_change_begin", cast.year.pk)
    assert answer.status_code == 409
    assert YearChange.objects.count() == 1


@pytest.mark.parametrize("name", ["bram", "rik"])
def test_the_first_page_offers_it_in_the_last_months_and_until_it_is_set(cast: Cast, change: YearChange, name: str) -> None:
    offer = f'/as/{getattr(cast, name).pk}/year-changes/">Nieuw schooljaar</a></h2>'
    assert offer in look(getattr(cast, name), "home").content.decode()
    with travel(datetime(2026, 4, 20, 10, tzinfo=UTC), tick=False):
        assert offer not in look(getattr(cast, name), "home").content.decode()
    set_it(cast.bram, change)
    assert offer not in look(getattr(cast, name), "home").content.decode()


def test_a_school_that_forgot_changes_after_the_summer(cast: Cast, next_year: SchoolYear) -> None:
    with travel(datetime(2026, 8, 25, 10, tzinfo=UTC), tick=False):
        assert send(cast.bram, "year_change_begin", cast.year.pk).status_code == 302
        change = YearChange.objects.get()
        assert (change.from_year, change.to_year) == (cast.year, next_year)
        assert set_it(cast.bram, change, when="now").status_code == 302
        assert not may(cast.anna, Pupil, Verb.READ).exists()
        assert "Het volgende schooljaar staat er nog niet" in text_of(cast.bram, "year_changes")
        assert "Van 2025-2026 naar 2026-2027" in text_of(cast.bram, "year_changes")


# ---- corrections ----------------------------------------------------------------------------------------------


def test_groups_are_merged(cast: Cast, change: YearChange) -> None:
    to = key_of(change, "7A")
    data = {f"{cast.group_6a.pk}:6": to, f"{cast.group_6b.pk}:6": to, "read": 1}
    assert send(cast.bram, "year_change_ways", change.pk, **data).status_code == 302
    set_it(cast.bram, change)
    assert Enrolment.objects.filter(group__name="7A", from_at=MINUTE).count() == 3


def test_a_group_is_split_evenly_by_list_and_by_hand(cast: Cast, change: YearChange) -> None:
    a, b = key_of(change, "7A"), key_of(change, "7B")
    place = ("year_change_group", change.pk, cast.group_6a.pk)
    assert send(cast.bram, *place, tool="spread", groups=[a, b], read=1).status_code == 302
    assert {one.to for one in plan_now(change).pupils.values()} == {a, b}
    assert send(cast.bram, *place, tool="list", to=b, numbers="noor\nsem", read=2).status_code == 302
    assert {one.to for one in plan_now(change).pupils.values()} == {b}
    refused = send(cast.bram, *place, tool="list", to=b, numbers="lot", read=3)
    assert refused.status_code == 409
    assert "lot" in refused.content.decode()
    by_hand: dict[str, Any] = {f"way-{cast.pupil_noor.pk}": f"{a}:7", f"way-{cast.pupil_sem.pk}": "", "tool": "pupils", "read": 3}
    assert send(cast.bram, *place, **by_hand).status_code == 302
    assert [one.to for one in plan_now(change).pupils.values()] == [a]


def plan_now(change: YearChange) -> Any:
    change.refresh_from_db()
    return plan_of(change.plan)


def test_who_stays_a_year_and_who_leaves_early(cast: Cast, change: YearChange) -> None:
    more = groups_form(change)
    new = next(name for name in ("g3", "g4") if f"name-{name}" not in more)
    added = {**more, f"name-{new}": "6A", f"levels-{new}": "6", f"teacher-{new}": "", f"duo-{new}": ""}
    assert send(cast.bram, "year_change_groups", change.pk, **added).status_code == 302
    sem, noor = cast.pupil_sem.pk, cast.pupil_noor.pk
    data = {f"way-{noor}": "leaves", f"on-{noor}": "2026-07-03", f"reason-{noor}": "moved", f"way-{sem}": f"{new}:6"}
    assert send(cast.bram, "year_change_group", change.pk, cast.group_6a.pk, tool="pupils", read=2, **data).status_code == 302
    page = text_of(cast.bram, "year_change", change.pk)
    assert "laatste dag" in page
    assert "nog een keer" in page
    set_it(cast.bram, change)
    assert Enrolment.objects.get(pupil=noor).until_at == datetime(2026, 7, 3, 22, tzinfo=UTC)
    assert Enrolment.objects.get(pupil=sem, from_at=MINUTE).year_level == 6
    cast.noor.refresh_from_db()
    cast.els.refresh_from_db()
    assert cast.noor.until_at == cast.els.until_at == datetime(2026, 7, 3, 22, tzinfo=UTC)


def test_a_guardian_with_a_child_who_stays_keeps_the_hat(cast: Cast, change: YearChange) -> None:
    els = Guardian.objects.get(person=cast.els.person)
    Guardianship.objects.create(school=cast.beuk, guardian=els, pupil=cast.pupil_lot, has_authority=True, from_at=NOW)
    send(
        cast.bram,
        "year_change_ways",
        change.pk,
        read=1,
        **{f"{cast.group_6a.pk}:6": "leaves", f"{cast.group_6b.pk}:6": key_of(change, "7B")},
    )
    assert set_it(cast.bram, change).status_code == 302
    cast.els.refresh_from_db()
    cast.pim.refresh_from_db()
    assert cast.els.until_at is None
    assert cast.pim.until_at == MINUTE


@pytest.mark.parametrize(
    ("field", "text", "status", "says"),
    [
        ("name_{b}", "7a", 409, "twee nieuwe groepen"),
        ("levels_{a}", "", 409, "nog geen leerjaar"),
        ("levels_{a}", "zes", 200, "als cijfers"),
        ("name_{a}", "", 409, "gaan nog leerlingen"),
    ],
)
def test_groups_that_cannot_be_are_named(cast: Cast, change: YearChange, field: str, text: str, status: int, says: str) -> None:
    name = field.format(a=key_of(change, "7A"), b=key_of(change, "7B"))
    answer = send(cast.bram, "year_change_groups", change.pk, **groups_form(change, **{name: text}))
    assert answer.status_code == status
    assert says in answer.content.decode()


def test_a_teacher_of_another_school_is_no_choice_and_one_who_left_is_refused(cast: Cast, change: YearChange) -> None:
    a = key_of(change, "7A")
    foreign = send(cast.bram, "year_change_groups", change.pk, **groups_form(change, **{f"teacher_{a}": str(cast.frans.pk)}))
    assert foreign.status_code == 200
    assert plan_now(change).group(a).teachers == ()
    Membership.objects.filter(pk=cast.carla.pk).update(until_at=MINUTE)
    gone = send(cast.bram, "year_change_groups", change.pk, **groups_form(change, **{f"teacher_{a}": str(cast.carla.pk)}))
    assert gone.status_code == 409
    assert "geen leerkracht of mentor" in gone.content.decode()


def test_nobody_gives_oneself_a_group(cast: Cast, change: YearChange) -> None:
    own = Membership.objects.create(school=cast.beuk, person=cast.bram.person, role=Role.TEACHER.value, from_at=NOW - timedelta(days=1))
    a = key_of(change, "7A")
    asked = groups_form(change, **{f"teacher_{a}": str(own.pk)})
    assert send(cast.bram, "year_change_groups", change.pk, **asked).status_code == 409
    assert send(cast.rik, "year_change_groups", change.pk, **asked).status_code == 302


def test_the_second_of_two_sees_what_the_first_changed(cast: Cast, change: YearChange) -> None:
    a, b = key_of(change, "7A"), key_of(change, "7B")
    way, other = f"{cast.group_6a.pk}:6", f"{cast.group_6b.pk}:6"
    assert send(cast.rik, "year_change_ways", change.pk, read=1, **{way: b, other: b}).status_code == 302
    second = send(cast.bram, "year_change_ways", change.pk, read=1, **{way: a, other: b})
    assert second.status_code == 409
    page = second.content.decode()
    assert "Rik" in page
    assert "in het voorstel staat nu “7B”" in page
    assert f'value="{change.version + 1}"' in page
    assert plan_now(change).ways[str(cast.group_6a.pk), 6] == b
    assert send(cast.bram, "year_change_ways", change.pk, read=2, **{way: a, other: b}).status_code == 302


def test_the_proposal_is_made_again(cast: Cast, change: YearChange) -> None:
    send(cast.bram, "year_change_ways", change.pk, read=1, **{f"{cast.group_6a.pk}:6": "", f"{cast.group_6b.pk}:6": ""})
    assert send(cast.bram, "year_change_again", change.pk, read=1).status_code == 409
    assert send(cast.bram, "year_change_again", change.pk, read=2).status_code == 302
    assert "leaves" not in plan_now(change).ways.values()
    assert all(plan_now(change).ways.values())


# ---- setting it -----------------------------------------------------------------------------------------------


def test_rights_change_at_the_very_minute(cast: Cast, change: YearChange) -> None:
    a = key_of(change, "7A")
    send(cast.bram, "year_change_groups", change.pk, **groups_form(change, **{f"teacher_{a}": str(cast.carla.pk)}))
    assert set_it(cast.bram, change).status_code == 302
    old, new = cast.anna, cast.carla
    assert sees(old, cast.pupil_noor, MINUTE - A_MOMENT)
    assert not sees(new, cast.pupil_noor, MINUTE - A_MOMENT)
    assert not sees(old, cast.pupil_noor, MINUTE)
    assert sees(new, cast.pupil_noor, MINUTE)
    assert not may(old, Group, Verb.READ, at=MINUTE).exists()
    with travel(MINUTE - timedelta(seconds=1), tick=False):
        assert look(old, "pupil", cast.pupil_noor.pk).status_code == 200
        assert look(new, "pupil", cast.pupil_noor.pk).status_code == 404
    with travel(MINUTE, tick=False):
        assert look(old, "pupil", cast.pupil_noor.pk).status_code == 404
        assert look(new, "pupil", cast.pupil_noor.pk).status_code == 200


def sees(actor: Membership, who: Pupil, at: datetime) -> bool:
    return may(actor, Pupil, Verb.READ, at=at).filter(pk=who.pk).exists()


@pytest.mark.parametrize("on", ["2026-10-25", "2027-03-28"])
def test_rights_change_in_the_night_of_the_clock(cast: Cast, change: YearChange, on: str) -> None:
    """At half past two the clock is there twice, or not at all: nobody has the group twice or not at all for an hour."""
    a = key_of(change, "7A")
    send(cast.bram, "year_change_groups", change.pk, **groups_form(change, **{f"teacher_{a}": str(cast.carla.pk)}))
    assert set_it(cast.bram, change, when="other", on=on, time="02:30").status_code == 302
    change.refresh_from_db()
    assert change.minute is not None
    for offset in range(-180, 181, 15):
        at = change.minute + timedelta(minutes=offset)
        assert sees(cast.anna, cast.pupil_noor, at) is (offset < 0)
        assert sees(cast.carla, cast.pupil_noor, at) is (offset >= 0)


def test_twice_changes_nothing(cast: Cast, change: YearChange) -> None:
    assert set_it(cast.bram, change).status_code == 302
    before = sorted(Enrolment.objects.values_list("pk", "until_at"), key=str)
    assert set_it(cast.bram, change).status_code == 200  # the page that says it stands
    assert sorted(Enrolment.objects.values_list("pk", "until_at"), key=str) == before
    assert send(cast.bram, "year_change_ways", change.pk, read=2, **{f"{cast.group_6a.pk}:6": ""}).status_code == 409


def test_it_is_taken_back_before_the_minute_and_not_after(cast: Cast, change: YearChange) -> None:
    def state() -> list[Any]:
        models = (Enrolment, Assignment, Membership)
        return [sorted(model.objects.values_list("pk", "from_at", "until_at"), key=str) for model in models] + [Group.objects.count()]

    before = state()
    send(
        cast.bram,
        "year_change_ways",
        change.pk,
        read=1,
        **{f"{cast.group_6a.pk}:6": "leaves", f"{cast.group_6b.pk}:6": key_of(change, "7B")},
    )
    set_it(cast.bram, change)
    assert state() != before
    assert "Nu terugdraaien" in text_of(cast.bram, "year_change", change.pk)
    assert send(cast.bram, "year_change_take_back", change.pk).status_code == 302
    assert state() == before
    assert send(cast.bram, "year_change_take_back", change.pk).status_code == 409
    set_it(cast.bram, change)
    with travel(MINUTE, tick=False):
        refused = send(cast.bram, "year_change_take_back", change.pk)
        assert refused.status_code == 409
        assert "Verplaats een leerling" in refused.content.decode()


def test_setting_asks_for_the_second_factor_again(cast: Cast, change: YearChange) -> None:
    client = client_of(cast.bram)
    with travel(NOW + timedelta(minutes=90), tick=False):
        answer = client.get(reverse("year_change_set", args=[cast.bram.pk, change.pk]))
    assert answer.status_code == 302
    assert not Enrolment.objects.filter(until_at__isnull=False).exists()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"when": "other", "on": "2026-06-19"}, "al voorbij"),
        ({"when": "other", "on": "2028-01-01"}, "past niet bij schooljaar"),
        ({"read": 99}, "Iemand anders"),
    ],
)
def test_what_cannot_be_set_is_named(cast: Cast, change: YearChange, data: dict[str, object], says: str) -> None:
    answer = set_it(cast.bram, change, **data)
    assert answer.status_code == 409
    assert says in answer.content.decode()
    assert not Enrolment.objects.filter(until_at__isnull=False).exists()


def test_a_day_that_is_not_filled_in_is_asked_for(cast: Cast, change: YearChange) -> None:
    answer = set_it(cast.bram, change, when="other")
    assert answer.status_code == 200
    assert "Kies de dag" in answer.content.decode()


def test_nobody_is_left_over(cast: Cast, change: YearChange) -> None:
    send(cast.bram, "year_change_ways", change.pk, read=1, **{f"{cast.group_6a.pk}:6": "", f"{cast.group_6b.pk}:6": key_of(change, "7B")})
    page = text_of(cast.bram, "year_change", change.pk)
    assert "Van 2 leerlingen is nog niet gekozen" in page
    assert set_it(cast.bram, change).status_code == 409


def test_a_pupil_in_two_groups_is_named_first(cast: Cast, change: YearChange) -> None:
    Enrolment.objects.create(school=cast.beuk, pupil=cast.pupil_noor, group=cast.group_6b, year_level=6, from_at=NOW)
    assert "in twee groepen tegelijk" in text_of(cast.bram, "year_change", change.pk)
    assert set_it(cast.bram, change).status_code == 409


def test_rounds_are_closed_first(cast: Cast, change: YearChange) -> None:
    from tests.measurements import list_round

    found = list_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem])
    assert found.title in text_of(cast.bram, "year_change", change.pk)
    answered = found.invitations.filter(submission__isnull=False).count()
    refused = set_it(cast.bram, change)
    assert refused.status_code == 409
    if answered == 2:
        assert set_it(cast.bram, change, anyway="on").status_code == 302
    Round.objects.filter(pk=found.pk).update(closed_at=NOW)


def test_a_year_that_overlaps_is_refused(cast: Cast, change: YearChange) -> None:
    SchoolYear.objects.filter(pk=change.to_year_id).update(starts_on=date(2026, 7, 1))
    refused = set_it(cast.bram, change)
    assert refused.status_code == 409
    assert "2026-2027" in refused.content.decode()


def test_missing_holidays_are_said_and_do_not_stand_in_the_way(cast: Cast, change: YearChange) -> None:
    assert "geen vakanties bekend" in text_of(cast.bram, "year_change", change.pk)
    assert set_it(cast.bram, change).status_code == 302


def test_a_group_that_was_there_is_used_and_who_was_placed_stays(cast: Cast, change: YearChange) -> None:
    there = Group.objects.create(school=cast.beuk, year=change.to_year, name="7a", year_levels=[7])
    Enrolment.objects.create(school=cast.beuk, pupil=cast.pupil_noor, group=there, year_level=7, from_at=MINUTE)
    assert set_it(cast.bram, change).status_code == 302
    assert Group.objects.filter(year=change.to_year).count() == 2
    assert Enrolment.objects.filter(pupil=cast.pupil_noor, group=there).count() == 1
    assert Enrolment.objects.filter(pupil=cast.pupil_sem, group=there).count() == 1


def test_who_was_to_come_to_an_old_group_later_does_not_and_is_put_back(cast: Cast, change: YearChange) -> None:
    late = Assignment.objects.create(school=cast.beuk, membership=cast.carla, group=cast.group_6a, from_at=MINUTE + timedelta(days=3))
    set_it(cast.bram, change)
    assert not Assignment.objects.filter(pk=late.pk).exists()
    send(cast.bram, "year_change_take_back", change.pk)
    assert Assignment.objects.get(pk=late.pk).from_at == late.from_at


def test_who_reads_over_another_school_finds_no_group_here(cast: Cast, next_year: SchoolYear, clock: None) -> None:
    assert send(cast.frans, "year_change_begin", cast.year.pk).status_code == 404


def test_the_change_of_a_school_of_combination_groups_adds_up(cast: Cast, next_year: SchoolYear, clock: None) -> None:
    both = group(cast.beuk, "4/5", [4, 5])
    for number in range(4):
        pupil(both, f"Vier{number}", 4)
        pupil(both, f"Vijf{number}", 5)
    change = begin_year_change(cast.bram, cast.year, next_year, at=NOW)
    found = destinations(plan_of(change.plan), queries.sits(cast.year, minute=MINUTE))
    assert {one.fate for one in found} == {Fate.MOVES_ON}
    assert len(found) == 11
    assert set_it(cast.bram, change).status_code == 302
    levels = Enrolment.objects.filter(from_at=MINUTE).values_list("year_level", flat=True)
    assert sorted(levels) == [5] * 4 + [6] * 4 + [7] * 3


def test_a_new_teacher_is_told(cast: Cast, change: YearChange) -> None:
    newcomer = member(cast.beuk, Role.TEACHER, "nieuw")
    a = key_of(change, "7A")
    send(cast.bram, "year_change_groups", change.pk, **groups_form(change, **{f"teacher_{a}": str(newcomer.pk)}))
    set_it(cast.bram, change)
    assert "aan een groep gekoppeld" in text_of(newcomer, "home")
    assert timezone.now() == NOW


def test_parallel_groups_are_parallel_again_and_that_is_taken_back(cast: Cast, change: YearChange) -> None:
    bundle = Bundle.objects.create(school=cast.beuk, year=cast.year, name="groepen 6")
    Group.objects.filter(pk__in=[cast.group_6a.pk, cast.group_6b.pk]).update(bundle=bundle)
    set_it(cast.bram, change)
    made = Bundle.objects.get(year=change.to_year)
    assert made.name == "groepen 7"
    assert [group.name for group in made.groups.all()] == ["7A", "7B"]
    send(cast.bram, "year_change_take_back", change.pk)
    assert not Bundle.objects.filter(year=change.to_year).exists()


def test_the_preview_of_800_pupils_is_quick(cast: Cast, next_year: SchoolYear, clock: None) -> None:
    large = [group(cast.beuk, f"{level}{letter}", [level]) for level in (2, 3, 4, 5) for letter in "KLMNOPQR"]
    pupils = Pupil.objects.bulk_create(
        Pupil(school=cast.beuk, given_name=f"Kind{number}", sort_name=f"k{number:04}", admin_key=f"k{number}") for number in range(800)
    )
    Enrolment.objects.bulk_create(
        Enrolment(school=cast.beuk, pupil=one, group=large[number % 32], year_level=large[number % 32].year_levels[0], from_at=START)
        for number, one in enumerate(pupils)
    )
    change = begin_year_change(cast.bram, cast.year, next_year, at=NOW)
    took = []
    for _time in range(3):
        start = process_time()
        found = queries.preview(cast.bram, change, at=NOW)
        took.append(process_time() - start)
    assert found.counts.pupils == 803
    assert min(took) < 1


def test_a_list_of_pupils_that_came_meanwhile_waits_for_its_turn(cast: Cast, change: YearChange) -> None:
    """Whoever came to an old group after the proposal goes along with it; nobody is left over because of it."""
    pupil(cast.group_6a, "Nieuw", 6)
    assert set_it(cast.bram, change).status_code == 302
    assert Enrolment.objects.filter(group__name="7A", from_at=MINUTE).count() == 3


# ---- what comes between setting and the minute ----------------------------------------------------------------


def test_who_gets_an_old_group_after_it_was_set_loses_it_at_the_minute_too(cast: Cast, change: YearChange) -> None:
    set_it(cast.bram, change)
    late = Assignment.objects.create(school=cast.beuk, membership=cast.carla, group=cast.group_6a, from_at=NOW)
    newcomer = pupil(cast.group_6a, "Later", 6)
    assert late.until_at is None
    assert sees(cast.carla, newcomer, MINUTE - A_MOMENT)
    assert not sees(cast.carla, newcomer, MINUTE)
    assert not may(cast.carla, Group, Verb.READ, at=MINUTE).exists()


def test_who_came_after_it_was_set_is_named_until_there_is_a_group(cast: Cast, change: YearChange) -> None:
    set_it(cast.bram, change)
    assert "nog geen groep" not in text_of(cast.bram, "year_change", change.pk)
    late = pupil(cast.group_6a, "Later", 6)
    assert "Later" in text_of(cast.bram, "year_change", change.pk)
    with travel(MINUTE, tick=False):
        assert "Zij hebben nu geen groep" in text_of(cast.bram, "year_change", change.pk)
        new = Group.objects.get(year=change.to_year, name="7A")
        Enrolment.objects.create(school=cast.beuk, pupil=late, group=new, year_level=7, from_at=MINUTE)
        assert "Later" not in text_of(cast.bram, "year_change", change.pk)


def test_taking_back_leaves_what_somebody_ended_meanwhile(cast: Cast, change: YearChange) -> None:
    set_it(cast.bram, change)
    leaves = MINUTE - timedelta(days=20)
    Enrolment.objects.filter(pupil=cast.pupil_noor, group=cast.group_6a).update(until_at=leaves)
    Assignment.objects.filter(membership=cast.anna).update(until_at=leaves)
    assert send(cast.bram, "year_change_take_back", change.pk).status_code == 302
    assert Enrolment.objects.get(pupil=cast.pupil_noor).until_at == leaves
    assert Enrolment.objects.get(pupil=cast.pupil_sem).until_at is None
    assert Assignment.objects.get(membership=cast.anna).until_at == leaves


def test_who_leaves_loses_a_place_in_the_new_year_and_gets_it_back(cast: Cast, change: YearChange) -> None:
    there = Group.objects.create(school=cast.beuk, year=change.to_year, name="7A", year_levels=[7])
    place = Enrolment.objects.create(school=cast.beuk, pupil=cast.pupil_noor, group=there, year_level=7, from_at=MINUTE)
    ways = {f"{cast.group_6a.pk}:6": "leaves", f"{cast.group_6b.pk}:6": key_of(change, "7B")}
    assert send(cast.bram, "year_change_ways", change.pk, read=1, **ways).status_code == 302
    set_it(cast.bram, change)
    assert not Enrolment.objects.filter(pk=place.pk).exists()
    cast.noor.refresh_from_db()
    assert cast.noor.until_at == MINUTE
    send(cast.bram, "year_change_take_back", change.pk)
    assert Enrolment.objects.get(pk=place.pk).year_level == 7


def test_nobody_changes_the_year_in_november_by_a_slip_of_the_hand(cast: Cast, change: YearChange) -> None:
    with travel(datetime(2025, 11, 20, 10, tzinfo=UTC), tick=False):
        refused = set_it(cast.bram, change, when="now")
    assert refused.status_code == 409
    assert "laatste drie maanden" in refused.content.decode()
    assert not Enrolment.objects.filter(until_at__isnull=False).exists()
