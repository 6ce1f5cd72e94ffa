"""The calendar of a school: its years, the days off in them, month by month."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kring.core.access import Record, Role, Verb, rule_of
from kring.core.calendar import Calendar, DaysOff, proposed_year
from kring.core.calendar import SchoolYear as Year
from kring.web.access import may
from kring.web.school_years.models import Holiday
from kring.web.schools.models import Group, Membership, School, SchoolYear


def calendar_of(school: School) -> Calendar:
    """Years and days off: nothing secret in it, and due days of everybody are counted with it. Two questions to the database."""
    years = SchoolYear.objects.filter(school=school).order_by("starts_on")
    days_off = Holiday.objects.filter(school=school)
    return Calendar(tuple(as_year(year) for year in years), tuple(as_days_off(one) for one in days_off))


def as_year(year: SchoolYear) -> Year:
    """The dates of a year, as the core counts with them."""
    return Year(year.starts_on, year.ends_on)


def as_days_off(holiday: Holiday) -> DaysOff:
    """Days off, as the core counts with them."""
    return DaysOff(holiday.name, holiday.first_on, holiday.last_on, frozenset(holiday.groups))


@dataclass(frozen=True, slots=True)
class YearLine:
    """A year in the list, and whether nobody entered its holidays yet."""

    row: SchoolYear
    is_now: bool
    holidays: int
    school_days: int

    @property
    def holidays_missing(self) -> bool:
        return not self.holidays


def year_lines(actor: Membership, *, on: date) -> list[YearLine]:
    """The newest first; school days are counted for the school as a whole."""
    rows = list(may(actor, SchoolYear, Verb.READ).order_by("-starts_on"))
    days_off: dict[object, list[DaysOff]] = {}
    for one in may(actor, Holiday, Verb.READ):
        days_off.setdefault(one.year_id, []).append(as_days_off(one))
    return [_year_line(row, days_off.get(row.pk, []), on) for row in rows]


def _year_line(row: SchoolYear, days_off: Sequence[DaysOff], on: date) -> YearLine:
    year = as_year(row)
    calendar = Calendar((year,), tuple(days_off))
    before = row.starts_on - timedelta(days=1)
    return YearLine(row, on in year, len(days_off), calendar.school_days_between(before, row.ends_on))


def next_year(actor: Membership, *, on: date) -> Year:
    """The year that is proposed to make."""
    return proposed_year([as_year(row) for row in may(actor, SchoolYear, Verb.READ)], on=on)


def groups_to_free(actor: Membership, row: SchoolYear) -> list[Group]:
    """The groups of this year by name; an administrator knows their names too."""
    verb = Verb.READ if rule_of(Role(actor.role), Record.GROUP, Verb.READ) else Verb.COUNT
    return list(may(actor, Group, verb).filter(year=row))


@dataclass(frozen=True, slots=True)
class HolidayLine:
    """Days off in the list, with the names of the groups when they are for some."""

    row: Holiday
    groups: str
    is_over: bool


def holiday_lines(actor: Membership, row: SchoolYear, *, on: date) -> list[HolidayLine]:
    """From the first to the last. A group that is gone has no name any more."""
    names = {str(group.pk): group.name for group in groups_to_free(actor, row)}
    found = may(actor, Holiday, Verb.READ).filter(year=row)
    return [HolidayLine(one, ", ".join(names[key] for key in one.groups if key in names), one.last_on < on) for one in found]


@dataclass(frozen=True, slots=True)
class Day:
    """A day in the view of a month, with why there is no school."""

    on: date
    holiday: Holiday | None
    is_weekend: bool
    is_today: bool


@dataclass(frozen=True, slots=True)
class Month:
    """Weeks from Monday to Sunday; empty where another month begins."""

    first_on: date
    weeks: tuple[tuple[Day | None, ...], ...]


def months(row: SchoolYear, holidays: Iterable[Holiday], *, on: date) -> list[Month]:
    """The whole year, month by month."""
    off: dict[date, Holiday] = {}
    for one in holidays:
        for offset in range((one.last_on - one.first_on).days + 1):
            off.setdefault(one.first_on + timedelta(days=offset), one)
    return [Month(first, tuple(_weeks(first, off, on))) for first in as_year(row).months()]


def _weeks(first: date, off: dict[date, Holiday], on: date) -> Iterable[tuple[Day | None, ...]]:
    monday = first - timedelta(days=first.weekday())
    while monday <= first or monday.month == first.month:
        week = [monday + timedelta(days=offset) for offset in range(7)]
        yield tuple(Day(day, off.get(day), day.weekday() >= 5, day == on) if day.month == first.month else None for day in week)
        monday += timedelta(days=7)


def home_of(pupil_home: str, school: School) -> str:
    """The municipality where a pupil lives: that of the school when nothing else was said."""
    return pupil_home or school.municipality
