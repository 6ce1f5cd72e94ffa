"""Prompts over counts of absence: school weeks, no holidays, values of the school, and counting anew after each."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from kring.core.absences import (
    LimitUnlikely,
    LookedUpLater,
    MoreDaysThanSchool,
    PromptSettled,
    ReportedDayMissing,
    Rule,
    Week,
    WeekToCome,
    WeekWithoutSchool,
    check_limit,
    check_over,
    check_settling,
    check_sick_days,
    check_week,
    look_by,
    met,
    monday_of,
    refuse_settled,
    school_days_in,
    school_weeks,
    usual,
)
from kring.core.calendar import Calendar, DaysOff, SchoolYear

YEAR = SchoolYear(date(2026, 8, 1), date(2027, 7, 31))
AUTUMN = DaysOff("Herfstvakantie", date(2026, 10, 19), date(2026, 10, 23))
STUDY = DaysOff("Studiedag", date(2026, 11, 11), date(2026, 11, 11))
CALENDAR = Calendar((YEAR,), (AUTUMN, STUDY))
OCT5 = date(2026, 10, 5)


def monday(weeks: int) -> date:
    return OCT5 + timedelta(weeks=weeks)


def of_hours(*hours: int) -> list[Week]:
    return [Week(monday(place), hours=Decimal(one)) for place, one in enumerate(hours) if one]


def test_a_holiday_is_no_school_week_and_a_study_day_no_school_day() -> None:
    assert school_weeks(CALENDAR, monday(3), 4) == [monday(-1), monday(0), monday(1), monday(3)]
    assert (school_days_in(CALENDAR, monday(2)), school_days_in(CALENDAR, monday(5))) == (0, 4)
    assert monday_of(date(2026, 10, 11)) == OCT5
    assert len(school_weeks(Calendar((YEAR,), (DaysOff("Dicht", date(2020, 1, 1), date(2030, 1, 1)),)), monday(3), 4)) == 0


def test_sixteen_hours_in_four_school_weeks_reach_over_the_holiday() -> None:
    found = met(Rule.HOURS, 16, of_hours(4, 4, 0, 4, 4), CALENDAR)  # week 2 is the holiday
    assert found is not None
    assert (found.amount, found.counted_to) == (Decimal(16), monday(4))
    assert met(Rule.HOURS, 16, of_hours(4, 4, 0, 4, 3), CALENDAR) is None
    assert met(Rule.HOURS, 16, of_hours(8, 0, 0, 0, 0, 8), CALENDAR) is None  # further apart


def test_after_a_prompt_one_counts_anew() -> None:
    weeks = of_hours(8, 8, 0, 8, 4)
    first = met(Rule.HOURS, 16, weeks, CALENDAR)
    assert first is not None
    assert first.counted_to == monday(1)
    assert met(Rule.HOURS, 16, weeks, CALENDAR, after=first.counted_to) is None
    again = met(Rule.HOURS, 12, weeks, CALENDAR, after=first.counted_to)
    assert again is not None
    assert again.counted_to == monday(4)


def test_four_sick_reports_in_twelve_school_weeks() -> None:
    near = [Week(monday(place), sick_reports=1, sick_days=1) for place in (0, 4, 8, 12)]  # 13 weeks with a holiday in them
    assert met(Rule.SICK_REPORTS, 4, near, CALENDAR) is not None
    far = [Week(monday(place), sick_reports=1, sick_days=1) for place in (0, 4, 8, 13)]
    assert met(Rule.SICK_REPORTS, 4, far, CALENDAR) is None


@pytest.mark.parametrize(
    ("weeks", "days"),
    [
        ([(0, 1, 5), (1, 0, 2)], 7),  # ill on, without a new report
        ([(0, 1, 5), (1, 1, 2)], None),  # a second illness
        ([(1, 1, 5), (3, 0, 2)], 7),  # the holiday between
        ([(0, 1, 1), (1, 0, 5), (3, 0, 2)], 8),
        ([(0, 1, 3), (1, 0, 2), (3, 0, 4)], None),  # better in between
        ([(0, 1, 5), (4, 0, 5)], None),  # weeks at school in between
    ],
)
def test_the_seventh_school_day_in_a_row(weeks: list[tuple[int, int, int]], days: int | None) -> None:
    found = met(Rule.SICK_IN_A_ROW, 7, [Week(monday(at), sick_reports=reports, sick_days=ill) for at, reports, ill in weeks], CALENDAR)
    assert (found.amount if found else None) == days


def test_before_the_first_week_there_is_nothing_to_count() -> None:
    opened = Calendar((YEAR,), (DaysOff("Nog dicht", date(2020, 1, 1), date(2026, 10, 4)),))
    assert met(Rule.SICK_IN_A_ROW, 2, [Week(OCT5, sick_days=2)], opened) is not None


def test_being_late_is_counted_by_the_school_year() -> None:
    weeks = [Week(date(2026, 6, 29), late=8), Week(monday(0), late=4), Week(monday(9), late=5)]
    found = met(Rule.LATE, 9, weeks, CALENDAR)
    assert found is not None
    assert (found.amount, found.counted_to) == (Decimal(9), monday(9))
    assert met(Rule.LATE, 9, weeks[1:], Calendar()) is not None  # without a year: the last twelve months


def test_what_is_usual_hangs_on_the_type_of_school() -> None:
    assert [setting.is_on for setting in usual(secondary=False).values()] == [True, False, False, False, False]
    assert [setting.is_on for setting in usual(secondary=True).values()] == [True, True, True, False, False]


def test_what_cannot_be_is_refused() -> None:
    check_week(CALENDAR, monday(0), on=monday(0))
    check_sick_days(4, 4)
    check_limit(1)
    refuse_settled(None)
    check_over(OCT5, on=OCT5)
    check_settling(None, was_reported=False, on=OCT5)
    check_settling(OCT5, was_reported=True, on=OCT5)
    with pytest.raises(WeekToCome):
        check_week(CALENDAR, monday(1), on=monday(0))
    with pytest.raises(WeekWithoutSchool):
        check_week(CALENDAR, monday(2), on=monday(4))
    with pytest.raises(MoreDaysThanSchool):
        check_sick_days(5, 4)
    for most in (0, 101):
        with pytest.raises(LimitUnlikely):
            check_limit(most)
    with pytest.raises(PromptSettled):
        refuse_settled(OCT5)
    with pytest.raises(ReportedDayMissing):
        check_settling(None, was_reported=True, on=OCT5)
    with pytest.raises(LookedUpLater):
        check_settling(monday(1), was_reported=True, on=OCT5)
    with pytest.raises(LookedUpLater):
        check_over(monday(1), on=OCT5)


def test_five_working_days() -> None:
    assert look_by(date(2026, 10, 16)) == date(2026, 10, 23)  # also when school is closed
