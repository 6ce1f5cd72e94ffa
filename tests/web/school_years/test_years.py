"""School years and days off: who makes them, what stands in the way, and that everybody counts with the same calendar."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from kring.core.access import Role
from kring.core.calendar import DaysOffOverlap, HolidayOutsideYear, RoundOutsideYear, YearsOverlap
from kring.core.calendar import SchoolYear as Year
from kring.web.access import NotPermitted
from kring.web.models import Entry, Holiday, RosterFile, Round, School, SchoolYear
from kring.web.school_years.actions import NewDays, add_holiday, change_holiday, change_year, copy_published, make_year, remove_holiday
from kring.web.school_years.queries import calendar_of
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of, member

pytestmark = pytest.mark.django_db
NEXT = {"starts_on": "2026-08-01", "ends_on": "2027-07-31"}
KEEPERS = {"rik", "olga", "bram"}


@pytest.fixture
def north(cast: Cast) -> Cast:
    """De Beuk lies in the north."""
    School.objects.filter(pk=cast.beuk.pk).update(region="noord", municipality="Zilverhaven")
    for actor in cast.actors().values():
        actor.school.refresh_from_db()
    return cast


def send(actor: object, route: str, *keys: object, **given: object) -> tuple[int, str]:
    answer = client_of(actor).post(reverse(route, args=[actor.pk, *keys]), given)  # type: ignore[arg-type, attr-defined]
    return answer.status_code, answer.content.decode()


def study_day(cast: Cast, name: str = "Studiedag", on: date = date(2025, 11, 3), groups: tuple[object, ...] = ()) -> Holiday:
    return add_holiday(cast.rik, cast.year, NewDays(name, "study", on, on, [str(key) for key in groups]))


def test_a_year_is_made_with_the_holidays_of_the_region(north: Cast) -> None:
    with time_machine.travel("2026-03-03T10:00:00Z", tick=False):
        page = text_of(north.olga, "school_year_new")
        assert 'value="2026-08-01"' in page
        assert "De vakanties van regio Noord in 2026-2027 komen er meteen bij." in page
    status, _ = send(north.olga, "school_year_new", **NEXT)
    made = SchoolYear.objects.get(school=north.beuk, label="2026-2027")
    assert (status, made.holidays.count()) == (302, 10)
    autumn = made.holidays.get(name="Herfstvakantie")
    assert (autumn.first_on, autumn.last_on, autumn.kind, autumn.source) == (
        date(2026, 10, 10),
        date(2026, 10, 18),
        "vacation",
        "nl-2026-2027",
    )
    assert Entry.objects.get(name="school_year.made").record_id == made.pk
    page = text_of(north.olga, "school_year", made.pk)
    assert "Herfstvakantie" in page
    assert "Ministerie van OCW" in page


def test_without_a_region_the_holidays_come_later(cast: Cast) -> None:
    assert "vakantieregio van de school is nog niet bekend" in text_of(cast.rik, "school_year_new")
    send(cast.rik, "school_year_new", **NEXT)
    made = SchoolYear.objects.get(label="2026-2027", school=cast.beuk)
    assert not made.holidays.exists()
    assert "Tot dan telt Kring alle doordeweekse dagen mee" in text_of(cast.rik, "school_year", made.pk)
    status, page = send(cast.rik, "holidays_copy", made.pk)
    assert (status, "Kies eerst bij “Onze school”" in page) == (409, True)


def test_holidays_are_copied_once_and_what_the_school_decided_stays(north: Cast) -> None:
    own = NewDays("Onze herfstvakantie", "vacation", date(2025, 10, 20), date(2025, 10, 31))
    add_holiday(north.rik, north.year, own)
    assert copy_published(north.rik, north.year) == 9
    assert [one.name for one in north.year.holidays.filter(first_on__month=10)] == ["Onze herfstvakantie"]
    assert copy_published(north.rik, north.year) == 0
    assert send(north.rik, "holidays_copy", north.year.pk)[0] == 302


def test_of_a_year_that_kring_does_not_know_it_says_so(north: Cast) -> None:
    far = make_year(north.rik, north.beuk, Year(date(2030, 8, 1), date(2031, 7, 31)))
    status, page = send(north.rik, "holidays_copy", far.pk)
    assert (status, "Kring kent de vakanties van 2030-2031 nog niet" in page) == (409, True)
    assert "overnemen" not in text_of(north.rik, "school_year", far.pk)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"starts_on": "2026-07-31", "ends_on": "2027-07-31"},
            "overlapt met schooljaar 2025-2026, van vr 1 augustus 2025 tot en met vr 31 juli 2026.",
        ),
        ({"starts_on": "2027-08-01", "ends_on": "2026-07-31"}, "eindigt voordat het begint"),
        ({"starts_on": "2026-08-01", "ends_on": "2026-09-30"}, "Dit schooljaar duurt 61 dagen."),
    ],
)
def test_a_year_that_cannot_be_is_named_and_nothing_is_made(cast: Cast, given: dict[str, str], said: str) -> None:
    status, page = send(cast.rik, "school_year_new", **given)
    assert (status, said in page, given["starts_on"] in page) == (409, True, True)
    assert SchoolYear.objects.filter(school=cast.beuk).count() == 1


def test_the_same_year_of_another_school_does_not_stand_in_the_way(cast: Cast) -> None:
    make_year(cast.frans, cast.eik, Year(date(2026, 8, 1), date(2027, 7, 31)))
    make_year(cast.rik, cast.beuk, Year(date(2026, 8, 1), date(2027, 7, 31)))
    with pytest.raises(YearsOverlap):
        make_year(cast.rik, cast.beuk, Year(date(2026, 8, 1), date(2027, 7, 31)))


def test_a_year_changes_as_long_as_its_holidays_and_rounds_fit(cast: Cast) -> None:
    Round.objects.create(
        school=cast.beuk,
        year=cast.year,
        instrument="x",
        version=1,
        title="Najaar",
        opens_on=date(2025, 10, 1),
        closes_on=date(2025, 10, 20),
    )
    study_day(cast)
    with pytest.raises(HolidayOutsideYear):
        change_year(cast.rik, cast.year, Year(date(2025, 11, 10), date(2026, 7, 31)))
    with pytest.raises(RoundOutsideYear):
        change_year(cast.rik, cast.year, Year(date(2025, 10, 2), date(2026, 7, 31)))
    status, _ = send(cast.rik, "school_year_edit", cast.year.pk, starts_on="2025-08-18", ends_on="2026-07-31")
    cast.year.refresh_from_db()
    assert (status, cast.year.starts_on) == (302, date(2025, 8, 18))
    status, page = send(cast.rik, "school_year_edit", cast.year.pk, starts_on="2025-11-10", ends_on="2026-07-31")
    assert (status, "“Studiedag” valt buiten schooljaar 2025-2026" in page) == (409, True)


def test_who_chose_the_wrong_region_takes_the_right_holidays_over_and_keeps_what_was_changed(north: Cast) -> None:
    made = make_year(north.rik, north.beuk, Year(date(2026, 8, 1), date(2027, 7, 31)))
    study_day(north)
    spring = made.holidays.get(name="Voorjaarsvakantie")
    change_holiday(north.rik, spring, NewDays("Voorjaarsvakantie", "vacation", date(2027, 2, 22), date(2027, 2, 26)))
    School.objects.filter(pk=north.beuk.pk).update(region="midden")
    made.school.refresh_from_db()
    assert copy_published(north.rik, made) == 3
    days = {name: (str(first), str(last)) for name, first, last in made.holidays.values_list("name", "first_on", "last_on")}
    assert days["Herfstvakantie"] == ("2026-10-17", "2026-10-25")
    assert days["Voorjaarsvakantie"] == ("2027-02-22", "2027-02-26")
    assert made.holidays.filter(name="Zomervakantie").count() == 2
    assert copy_published(north.rik, made) == 0


def test_a_year_that_was_made_by_mistake_goes_and_one_with_groups_stays(north: Cast) -> None:
    made = make_year(north.rik, north.beuk, Year(date(2026, 8, 1), date(2027, 7, 31)))
    assert send(north.rik, "school_year_remove", made.pk)[0] == 302
    assert not SchoolYear.objects.filter(pk=made.pk).exists()
    status, page = send(north.rik, "school_year_remove", north.year.pk)
    assert (status, "wordt al gebruikt" in page) == (409, True)


def test_a_year_for_which_a_list_of_pupils_was_brought_stays_with_its_holidays(north: Cast) -> None:
    made = make_year(north.rik, north.beuk, Year(date(2026, 8, 1), date(2027, 7, 31)))
    holidays, now = made.holidays.count(), timezone.now()
    RosterFile.objects.create(school=north.beuk, author=north.bram, year=made, from_on=made.starts_on, brought_at=now)
    status, page = send(north.rik, "school_year_remove", made.pk)
    assert (status, "een ingelezen lijst" in page, made.holidays.count()) == (409, True, holidays)


def test_a_study_day_for_one_group_leaves_the_others_at_school(cast: Cast) -> None:
    status, _ = send(
        cast.olga,
        "holiday_new",
        cast.year.pk,
        name="Kamp",
        kind="study",
        first_on="2026-06-03",
        last_on="2026-06-05",
        groups=cast.group_6a.pk,
    )
    camp = Holiday.objects.get()
    assert (status, camp.groups) == (302, [str(cast.group_6a.pk)])
    calendar = calendar_of(cast.beuk)
    assert not calendar.is_school_day(date(2026, 6, 4), group=str(cast.group_6a.pk))
    assert calendar.is_school_day(date(2026, 6, 4), group=str(cast.group_6b.pk))
    assert "6A" in text_of(cast.anna, "school_year", cast.year.pk)


def test_the_group_of_another_school_cannot_be_freed(cast: Cast) -> None:
    status, page = send(cast.rik, "holiday_new", cast.year.pk, name="Kamp", kind="study", first_on="2026-06-03", groups=cast.group_eik.pk)
    assert (status, Holiday.objects.exists(), "Dit is nog niet goed" in page) == (200, False, True)
    assert study_day(cast, groups=(cast.group_eik.pk,)).groups == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": "Studiedag", "first_on": "2025-10-20", "last_on": "2025-10-20"}, "“Studiedag” valt samen met “Herfstvakantie”"),
        ({"name": "Zomer", "first_on": "2026-07-30", "last_on": "2026-08-02"}, "“Zomer” valt buiten schooljaar 2025-2026"),
        ({"name": "Kamp", "first_on": "2026-06-05", "last_on": "2026-06-03"}, "“Kamp” eindigt voordat het begint"),
    ],
)
def test_days_off_that_cannot_be_are_named(cast: Cast, given: dict[str, str], said: str) -> None:
    add_holiday(cast.rik, cast.year, NewDays("Herfstvakantie", "vacation", date(2025, 10, 18), date(2025, 10, 26)))
    status, page = send(cast.rik, "holiday_new", cast.year.pk, kind="study", **given)
    assert (status, said in page, Holiday.objects.count()) == (409, True, 1)


def test_days_off_are_changed_and_taken_away(cast: Cast) -> None:
    one, other = study_day(cast), study_day(cast, "Tweede", date(2025, 11, 4))
    with pytest.raises(DaysOffOverlap):
        change_holiday(cast.rik, other, NewDays("Tweede", "study", date(2025, 11, 3), date(2025, 11, 3)))
    status, page = send(cast.rik, "holiday_edit", other.pk, name="Tweede", kind="study", first_on="2025-11-03")
    assert (status, "valt samen met “Studiedag”" in page) == (409, True)
    assert send(cast.bram, "holiday_edit", one.pk, name="Studiemiddag", kind="study", first_on="2025-11-05")[0] == 302
    one.refresh_from_db()
    assert (one.name, one.first_on, one.last_on) == ("Studiemiddag", date(2025, 11, 5), date(2025, 11, 5))
    assert send(cast.bram, "holiday_remove", one.pk)[0] == 302
    assert list(Holiday.objects.all()) == [other]


@pytest.mark.parametrize(
    "given", [{}, {"starts_on": "gisteren", "ends_on": "2027-07-31"}, {"starts_on": "1800-01-01", "ends_on": "1801-01-01"}]
)
def test_a_form_that_is_not_good_changes_nothing(cast: Cast, given: dict[str, str]) -> None:
    for route, keys in (("school_year_new", ()), ("school_year_edit", (cast.year.pk,)), ("holiday_new", (cast.year.pk,))):
        assert send(cast.rik, route, *keys, **given)[0] == 200
    one = study_day(cast)
    assert send(cast.rik, "holiday_edit", one.pk, **given)[0] == 200
    assert SchoolYear.objects.filter(school=cast.beuk).count() == 1


def test_who_sees_the_years_and_who_keeps_them(cast: Cast) -> None:
    readers = KEEPERS | {"anna", "carla"}
    one = study_day(cast)
    assert may_look(cast, "school_years") == readers | {"frans", "gijs"}
    assert may_look(cast, "school_year", cast.year.pk) == readers
    assert may_look(cast, "school_year_new") == KEEPERS | {"frans", "gijs"}
    assert may_look(cast, "school_year_edit", cast.year.pk) == KEEPERS
    assert may_look(cast, "holiday_new", cast.year.pk) == KEEPERS
    assert may_look(cast, "holiday_edit", one.pk) == KEEPERS
    for route, key in (("school_year_remove", cast.year.pk), ("holidays_copy", cast.year.pk), ("holiday_remove", one.pk)):
        for actor in (cast.anna, cast.els, cast.noor, cast.frans):
            assert send(actor, route, key)[0] == 404
    with pytest.raises(NotPermitted):
        remove_holiday(cast.anna, one)


def test_the_year_month_by_month(cast: Cast) -> None:
    study_day(cast)
    with time_machine.travel("2025-11-05T10:00:00Z", tick=False):
        page = text_of(cast.anna, "school_year", cast.year.pk, view="months")
    assert page.count("<caption>") == 12
    assert 'is-off">3<span class="visually-hidden">: Studiedag' in page
    assert 'is-today">5<' in page


def test_empty_pages_say_what_will_come_and_who_makes_it(cast: Cast) -> None:
    cast.group_eik.enrolments.all().delete()
    cast.group_eik.delete()
    SchoolYear.objects.filter(school=cast.eik).delete()
    assert "Schooljaar maken" in text_of(cast.frans, "school_years")
    assert "De schoolleider of de beheerder maakt ze" in text_of(member(cast.eik, Role.TEACHER, "ties"), "school_years")


def test_as_many_questions_for_three_years_as_for_one(cast: Cast) -> None:
    study_day(cast)
    for route, keys in (("school_years", ()), ("school_year", (cast.year.pk,))):
        assert look(cast.rik, route, *keys).status_code == 200
    one = queries_for(cast.rik, "school_years"), queries_for(cast.rik, "school_year", [cast.year.pk])
    for first in (2026, 2027):
        make_year(cast.rik, cast.beuk, Year(date(first, 8, 1), date(first + 1, 7, 31)))
    study_day(cast, "Tweede", date(2025, 11, 4))
    study_day(cast, "Derde", date(2025, 11, 5), (cast.group_6a.pk,))
    assert (queries_for(cast.rik, "school_years"), queries_for(cast.rik, "school_year", [cast.year.pk])) == one
