"""The calendar of a school: what a year is, which days are free, and counting in school days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.calendar import (
    Calendar,
    CountsForward,
    DaysOff,
    DaysOffEndBeforeTheyBegin,
    DaysOffOverlap,
    HolidayOutsideYear,
    HolidaysMissing,
    RoundOutsideYear,
    SchoolYear,
    YearEndsBeforeItBegins,
    YearsOverlap,
    YearUnlikely,
    check_days_off,
    check_holidays,
    check_round_days,
    check_year,
    proposed_year,
    year_around,
)

DAY = timedelta(days=1)
YEAR = SchoolYear(date(2026, 8, 1), date(2027, 7, 31))
AUTUMN = DaysOff("Herfstvakantie", date(2026, 10, 17), date(2026, 10, 25))
STUDY_DAY = DaysOff("Studiedag", date(2026, 10, 26), date(2026, 10, 26), frozenset({"1a"}))
KNOWN = Calendar((YEAR,), (AUTUMN, STUDY_DAY))

days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@st.composite
def days_off(draw: st.DrawFn) -> DaysOff:
    first = draw(days)
    groups = draw(st.frozensets(st.sampled_from("ab")))
    return DaysOff("vrij", first, first + draw(st.integers(0, 40)) * DAY, groups)


calendars = st.builds(Calendar, st.just((YEAR,)), st.lists(days_off(), max_size=6).map(tuple))
groups = st.sampled_from([None, "a", "b"])


def test_a_year_ends_after_it_begins() -> None:
    with pytest.raises(YearEndsBeforeItBegins):
        SchoolYear(date(2027, 8, 1), date(2026, 7, 31))
    with pytest.raises(YearEndsBeforeItBegins):
        SchoolYear(date(2027, 8, 1), date(2027, 8, 1))


@pytest.mark.parametrize(("length", "likely"), [(199, False), (200, True), (400, True), (401, False)])
def test_a_year_is_about_a_year(length: int, likely: bool) -> None:
    year = SchoolYear(date(2026, 8, 1), date(2026, 8, 1) + (length - 1) * DAY)
    if likely:
        check_year(year, [])
        return
    with pytest.raises(YearUnlikely) as refused:
        check_year(year, [])
    assert refused.value.days == length


def test_both_years_are_named_when_they_overlap() -> None:
    other = SchoolYear(date(2027, 7, 31), date(2028, 7, 31))
    with pytest.raises(YearsOverlap) as refused:
        check_year(other, [YEAR])
    assert (refused.value.label, refused.value.other) == ("2027-2028", "2026-2027")
    check_year(SchoolYear(date(2027, 8, 1), date(2028, 7, 31)), [YEAR])


@given(days, days)
def test_years_overlap_when_they_share_a_day(one: date, other: date) -> None:
    first, second = SchoolYear(one, one + 299 * DAY), SchoolYear(other, other + 299 * DAY)
    shared = {one + n * DAY for n in range(300)} & {other + n * DAY for n in range(300)}
    assert first.overlaps(second) == second.overlaps(first) == bool(shared)


@given(days)
def test_the_proposed_year_holds_the_day(day: date) -> None:
    year = year_around(day)
    assert day in year
    following = proposed_year([year], on=day)
    assert following.starts_on == year.ends_on + DAY
    check_year(following, [year])
    assert proposed_year([], on=day) == year


def test_a_year_after_one_that_ends_late_is_never_too_short() -> None:
    late = SchoolYear(date(2026, 8, 1), date(2027, 8, 31))
    assert proposed_year([late], on=date(2026, 9, 1)) == SchoolYear(date(2027, 9, 1), date(2028, 7, 31))
    very_late = SchoolYear(date(2025, 1, 1), date(2026, 1, 31))
    assert proposed_year([very_late], on=date(2025, 9, 1)).ends_on == date(2026, 8, 19)


def test_the_months_of_a_year() -> None:
    months = list(YEAR.months())
    assert (months[0], months[-1], len(months)) == (date(2026, 8, 1), date(2027, 7, 1), 12)


def test_days_off_end_when_they_begin_or_later() -> None:
    with pytest.raises(DaysOffEndBeforeTheyBegin):
        DaysOff("Pasen", date(2027, 3, 29), date(2027, 3, 28))


def test_days_off_lie_within_the_year() -> None:
    for first, last in ((date(2026, 7, 31), date(2026, 8, 2)), (date(2027, 7, 30), date(2027, 8, 1))):
        with pytest.raises(HolidayOutsideYear) as refused:
            check_days_off(DaysOff("Zomervakantie", first, last), YEAR, [])
        assert (refused.value.name, refused.value.label) == ("Zomervakantie", "2026-2027")


def test_a_study_day_in_a_holiday_is_refused_with_the_name_of_both() -> None:
    study_day = DaysOff("Studiedag", date(2026, 10, 19), date(2026, 10, 19), frozenset({"1a"}))
    with pytest.raises(DaysOffOverlap) as refused:
        check_days_off(study_day, YEAR, [AUTUMN])
    assert (refused.value.name, refused.value.other) == ("Studiedag", "Herfstvakantie")
    check_days_off(study_day, YEAR, [])


def test_two_groups_may_be_free_on_the_same_day() -> None:
    other = DaysOff("Excursie", STUDY_DAY.first_on, STUDY_DAY.last_on, frozenset({"1b"}))
    check_days_off(other, YEAR, [STUDY_DAY])
    with pytest.raises(DaysOffOverlap):
        check_days_off(DaysOff("Excursie", STUDY_DAY.first_on, STUDY_DAY.last_on, frozenset({"1a", "1b"})), YEAR, [STUDY_DAY])


def test_weekends_holidays_and_ones_own_study_days_are_no_school_days() -> None:
    assert not KNOWN.is_school_day(date(2026, 10, 24))
    assert not KNOWN.is_school_day(date(2026, 10, 19))
    assert KNOWN.is_school_day(date(2026, 10, 26))
    assert KNOWN.is_school_day(date(2026, 10, 26), group="1b")
    assert not KNOWN.is_school_day(date(2026, 10, 26), group="1a")
    assert KNOWN.off(date(2026, 10, 26), group="1a") == STUDY_DAY
    assert KNOWN.off(date(2026, 10, 24 + 7)) is None


def test_counting_leaps_over_the_holiday() -> None:
    friday = date(2026, 10, 16)
    assert KNOWN.school_days_after(friday, 1) == date(2026, 10, 26)
    assert KNOWN.school_days_after(friday, 1, group="1a") == date(2026, 10, 27)
    assert KNOWN.school_days_before(date(2026, 10, 26), 1) == friday
    assert Calendar().school_days_after(friday, 1) == date(2026, 10, 19)
    for count in (KNOWN.school_days_after, KNOWN.school_days_before):
        with pytest.raises(CountsForward):
            count(friday, -1)


@given(calendars, days, st.integers(0, 30), groups)
def test_counting_there_and_back(calendar: Calendar, day: date, count: int, group: str | None) -> None:
    later = calendar.school_days_after(day, count, group=group)
    assert later >= day
    assert count == 0 or calendar.is_school_day(later, group=group)
    assert calendar.school_days_between(day, later, group=group) == count
    if calendar.is_school_day(day, group=group):
        assert calendar.school_days_before(later, count, group=group) == day


@given(calendars, days, st.integers(0, 60), st.integers(0, 60))
def test_school_days_add_up(calendar: Calendar, day: date, first: int, second: int) -> None:
    middle, last = day + first * DAY, day + (first + second) * DAY
    parts = calendar.school_days_between(day, middle) + calendar.school_days_between(middle, last)
    assert calendar.school_days_between(day, last) == parts
    assert calendar.school_days_between(last, day - DAY) == 0
    one_by_one = sum(calendar.is_school_day(day + offset * DAY) for offset in range(1, (last - day).days + 1))
    assert calendar.school_days_between(day, last) == one_by_one


@given(calendars, days, st.sampled_from("ab"))
def test_a_group_never_has_more_school_days_than_its_school(calendar: Calendar, day: date, group: str) -> None:
    assert calendar.is_school_day(day, group=group) <= calendar.is_school_day(day)


def test_a_year_without_holidays_is_named() -> None:
    check_holidays(KNOWN, YEAR)
    following = SchoolYear(date(2027, 8, 1), date(2028, 7, 31))
    with pytest.raises(HolidaysMissing) as refused:
        check_holidays(KNOWN, following)
    assert refused.value.label == "2027-2028"


@pytest.mark.parametrize(
    ("opens_on", "closes_on", "fits"),
    [
        (date(2026, 8, 1), date(2027, 7, 31), True),
        (date(2026, 7, 31), date(2026, 10, 1), False),
        (date(2027, 7, 31), date(2027, 8, 1), False),
        (date(2026, 11, 2), date(2026, 11, 1), False),
    ],
)
def test_a_round_lies_in_one_year(opens_on: date, closes_on: date, fits: bool) -> None:
    if fits:
        assert check_round_days(KNOWN, opens_on=opens_on, closes_on=closes_on) == YEAR
        return
    with pytest.raises(RoundOutsideYear):
        check_round_days(KNOWN, opens_on=opens_on, closes_on=closes_on)
