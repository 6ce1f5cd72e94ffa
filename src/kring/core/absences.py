"""What counts of absence ask to look up in the register of absence. Prompts, with the values of the school: nothing is reported from here.

Counted in school weeks, by the calendar of the school: a week in which the group has no day of school is no week. The rules are those of
domain/law-and-standards.md 6; every one can be switched off, and every number is the school's own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from kring.core.calendar import Calendar
from kring.core.errors import BrokenRule

DAY: Final = timedelta(days=1)
A_WEEK: Final = timedelta(weeks=1)
LOOK_WITHIN: Final = 5  # working days: Monday to Friday, whatever the school does
MOST_HOURS: Final = Decimal(45)
MOST_TIMES: Final = 40
LOWEST, HIGHEST = 1, 100


class Rule(StrEnum):
    """What asks for a look in the register."""

    HOURS = "hours"  # absent without leave
    SICK_REPORTS = "sick_reports"
    SICK_IN_A_ROW = "sick_in_a_row"
    LATE = "late"
    LATE_AGAIN = "late_again"


WITHIN: Final[Mapping[Rule, int]] = {Rule.HOURS: 4, Rule.SICK_REPORTS: 12}
"""In school weeks; being late is counted by the school year."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Whether a rule is on, and from how much on."""

    is_on: bool
    most: int


def usual(*, secondary: bool) -> dict[Rule, Setting]:
    """As Kring brings them. Sixteen hours is the law; the rules for illness are those of M@ZL, for secondary schools; being late is up to
    the municipality, so those wait until the school switches them on.

    >>> usual(secondary=False)[Rule.HOURS], usual(secondary=False)[Rule.SICK_REPORTS].is_on
    (Setting(is_on=True, most=16), False)
    """
    return {
        Rule.HOURS: Setting(is_on=True, most=16),
        Rule.SICK_REPORTS: Setting(is_on=secondary, most=4),
        Rule.SICK_IN_A_ROW: Setting(is_on=secondary, most=7),
        Rule.LATE: Setting(is_on=False, most=9),
        Rule.LATE_AGAIN: Setting(is_on=False, most=12),
    }


@dataclass(eq=False, kw_only=True)
class WeekWithoutSchool(BrokenRule):
    """In a holiday nobody is absent."""

    monday: date


@dataclass(eq=False, kw_only=True)
class WeekToCome(BrokenRule):
    """Absence is counted when it was."""

    monday: date


@dataclass(eq=False, kw_only=True)
class MoreDaysThanSchool(BrokenRule):
    """Nobody is ill on more days than there was school."""

    most: int


@dataclass(eq=False, kw_only=True)
class LimitUnlikely(BrokenRule):
    """A rule begins somewhere between once and a hundred."""

    low: int = LOWEST
    high: int = HIGHEST


@dataclass(eq=False, kw_only=True)
class PromptSettled(BrokenRule):
    """What was looked up is not looked up again."""


@dataclass(eq=False, kw_only=True)
class ReportedDayMissing(BrokenRule):
    """Of a report the day is kept."""


@dataclass(eq=False, kw_only=True)
class LookedUpLater(BrokenRule):
    """What was reported or is over, was so already."""


@dataclass(frozen=True, slots=True)
class Week:
    """The counts of one pupil in one week, by its Monday."""

    monday: date
    hours: Decimal = Decimal(0)
    sick_reports: int = 0
    sick_days: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class Met:
    """How much it is, and up to which week was counted: after that week it is counted anew."""

    rule: Rule
    amount: Decimal
    counted_to: date


def monday_of(day: date) -> date:
    """The Monday on which the week of this day begins.

    >>> monday_of(date(2026, 11, 22))
    datetime.date(2026, 11, 16)
    """
    return day - day.weekday() * DAY


def school_days_in(calendar: Calendar, monday: date, *, group: str | None = None) -> int:
    """On how many days of this week there is school."""
    return sum(calendar.is_school_day(monday + offset * DAY, group=group) for offset in range(5))


def school_weeks(calendar: Calendar, monday: date, weeks: int, *, group: str | None = None) -> list[date]:
    """The last so many weeks with school up to and including this one, the earliest first; a year back at most."""
    found: list[date] = []
    day = monday
    while len(found) < weeks and monday - day < 52 * A_WEEK:
        found += [day] if school_days_in(calendar, day, group=group) else []
        day -= A_WEEK
    return found[::-1]


def check_week(calendar: Calendar, monday: date, *, on: date, group: str | None = None) -> None:
    """Raises WeekToCome and WeekWithoutSchool."""
    if monday > on:
        raise WeekToCome(monday=monday)
    if not school_days_in(calendar, monday, group=group):
        raise WeekWithoutSchool(monday=monday)


def check_sick_days(days: int, school_days: int) -> None:
    """Raises MoreDaysThanSchool."""
    if days > school_days:
        raise MoreDaysThanSchool(most=school_days)


def check_limit(most: int) -> None:
    """Raises LimitUnlikely."""
    if not LOWEST <= most <= HIGHEST:
        raise LimitUnlikely


def look_by(noticed_on: date) -> date:
    """Five working days later.

    >>> look_by(date(2026, 11, 19))
    datetime.date(2026, 11, 26)
    """
    return Calendar().school_days_after(noticed_on, LOOK_WITHIN)


def met(
    rule: Rule, most: int, weeks: Iterable[Week], calendar: Calendar, *, after: date | None = None, group: str | None = None
) -> Met | None:
    """Where this rule is met first, in the weeks after the one up to which was counted before; None when it is not."""
    counted = sorted((week for week in weeks if after is None or week.monday > after), key=lambda week: week.monday)
    for place, week in enumerate(counted):
        so_far = counted[: place + 1]
        amount = _in_a_row(so_far, calendar, group) if rule is Rule.SICK_IN_A_ROW else _summed(rule, so_far, calendar, group)
        if amount >= most:
            return Met(rule, amount, week.monday)
    return None


def _summed(rule: Rule, so_far: Sequence[Week], calendar: Calendar, group: str | None) -> Decimal:
    """Within the school weeks of the rule, or within the school year of the last of them."""
    last = so_far[-1].monday
    if rule in WITHIN:
        mondays = set(school_weeks(calendar, last, WITHIN[rule], group=group))
        return sum((_amount(rule, week) for week in so_far if week.monday in mondays), Decimal(0))
    year = calendar.year_of(last + 4 * DAY)
    first = year.starts_on - 4 * DAY if year else last - 52 * A_WEEK
    return sum((_amount(rule, week) for week in so_far if week.monday >= first), Decimal(0))


def _amount(rule: Rule, week: Week) -> Decimal:
    return {Rule.HOURS: week.hours, Rule.SICK_REPORTS: Decimal(week.sick_reports)}.get(rule, Decimal(week.late))


def _in_a_row(so_far: Sequence[Week], calendar: Calendar, group: str | None) -> Decimal:
    """The days ill of this week and the school weeks before it, as long as they can be one illness.

    Counts of a week do not say which days; so this is the longest that it may be, and the register says how it was.
    """
    by_monday = {week.monday: week for week in so_far}
    total, monday = 0, so_far[-1].monday
    for day in reversed(school_weeks(calendar, monday, len(so_far) + 1, group=group)):
        week = by_monday.get(day)
        is_whole = week is not None and week.sick_days >= school_days_in(calendar, day, group=group)
        is_broken = day != monday and not is_whole and week is not None and not week.sick_reports
        if week is None or not week.sick_days or is_broken:
            break
        total += week.sick_days
        if week.sick_reports:  # it began in this week
            break
    return Decimal(total)


def refuse_settled(settled_at: object) -> None:
    """Raises PromptSettled."""
    if settled_at is not None:
        raise PromptSettled


def check_settling(reported_on: date | None, *, was_reported: bool, on: date) -> None:
    """Raises ReportedDayMissing and LookedUpLater."""
    if was_reported and reported_on is None:
        raise ReportedDayMissing
    if reported_on is not None and reported_on > on:
        raise LookedUpLater


def check_over(over_on: date, *, on: date) -> None:
    """Raises LookedUpLater."""
    if over_on > on:
        raise LookedUpLater
