"""The school's own calendar: years, the days without school in them, and counting in school days.

Of a year whose holidays nobody entered only the weekends are known: then weekdays are counted, and `check_holidays` says so.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kring.core.errors import BrokenRule, CallerMistake

SATURDAY = 5  # as `date.weekday` counts
DAY: Final = timedelta(days=1)
AUGUST: Final = 8
SHORTEST_YEAR, LONGEST_YEAR = 200, 400  # in days; a year is never half or double by mistake


@dataclass(eq=False, kw_only=True)
class YearEndsBeforeItBegins(BrokenRule):
    """A school year ends after it begins."""

    starts_on: date
    ends_on: date


@dataclass(eq=False, kw_only=True)
class YearUnlikely(BrokenRule):
    """A school year of half a year, or of two, is a slip of the pen."""

    days: int
    fewest: int = SHORTEST_YEAR
    most: int = LONGEST_YEAR


@dataclass(eq=False, kw_only=True)
class YearsOverlap(BrokenRule):
    """A day belongs to one school year; both are named."""

    label: str
    other: str
    other_starts_on: date
    other_ends_on: date


@dataclass(eq=False, kw_only=True)
class DaysOffEndBeforeTheyBegin(BrokenRule):
    """The last day off is not before the first."""

    name: str


@dataclass(eq=False, kw_only=True)
class HolidayOutsideYear(BrokenRule):
    """Days off lie within the school year to which they belong."""

    name: str
    label: str
    starts_on: date
    ends_on: date


@dataclass(eq=False, kw_only=True)
class DaysOffOverlap(BrokenRule):
    """A study day in a holiday is a slip of the pen, as is the same holiday twice."""

    name: str
    other: str
    first_on: date
    last_on: date


@dataclass(eq=False, kw_only=True)
class HolidaysMissing(BrokenRule):
    """Nothing due is computed in school days as long as nobody entered the holidays of this year."""

    label: str


@dataclass(eq=False, kw_only=True)
class HolidaysNotPublished(BrokenRule):
    """Kring brings the holidays of some years along; those of another one the school enters itself."""

    label: str


@dataclass(eq=False, kw_only=True)
class RegionMissing(BrokenRule):
    """Which holidays are meant, hangs on the region."""


@dataclass(eq=False, kw_only=True)
class YearInUse(BrokenRule):
    """A year to which something belongs stays: groups, rounds, a list of pupils, a year change."""

    label: str


@dataclass(eq=False, kw_only=True)
class RoundOutsideYear(BrokenRule):
    """A round opens and closes within one school year."""

    opens_on: date
    closes_on: date


@dataclass(eq=False, kw_only=True)
class CountsForward(CallerMistake):
    """Days are counted from nought; to look back there is `school_days_before`."""

    days: int


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """The first and the last day; both belong to it. Raises YearEndsBeforeItBegins."""

    starts_on: date
    ends_on: date

    def __post_init__(self) -> None:
        if self.ends_on <= self.starts_on:
            raise YearEndsBeforeItBegins(starts_on=self.starts_on, ends_on=self.ends_on)

    @property
    def label(self) -> str:
        """Two years of the calendar.

        >>> SchoolYear(date(2026, 8, 1), date(2027, 7, 31)).label
        '2026-2027'
        """
        return f"{self.starts_on.year}-{self.ends_on.year}"

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on

    def overlaps(self, other: "SchoolYear") -> bool:
        """Whether a day belongs to both."""
        return self.starts_on <= other.ends_on and other.starts_on <= self.ends_on

    def months(self) -> Iterator[date]:
        """The first day of every month in which the year has days."""
        month = self.starts_on.replace(day=1)
        while month <= self.ends_on:
            yield month
            month = (month + 31 * DAY).replace(day=1)


@dataclass(frozen=True, slots=True)
class DaysOff:
    """A holiday, a public holiday or a study day: from the first day up to and including the last.

    Without `groups` the whole school is free, otherwise these groups (their ids). Raises DaysOffEndBeforeTheyBegin.
    """

    name: str
    first_on: date
    last_on: date
    groups: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.last_on < self.first_on:
            raise DaysOffEndBeforeTheyBegin(name=self.name)

    def __contains__(self, day: date) -> bool:
        return self.first_on <= day <= self.last_on

    def is_for(self, group: str | None) -> bool:
        """Whether this group is free; without a group: whether the whole school is."""
        return not self.groups or group in self.groups

    def collides(self, other: "DaysOff") -> bool:
        """Whether somebody is given the same day twice."""
        meet = self.first_on <= other.last_on and other.first_on <= self.last_on
        return meet and (not self.groups or not other.groups or bool(self.groups & other.groups))


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a school knows of its days: the years, oldest first, and the days off of all of them."""

    years: tuple[SchoolYear, ...] = ()
    days_off: tuple[DaysOff, ...] = ()

    def year_of(self, day: date) -> SchoolYear | None:
        """The school year of this day, when the school has one."""
        return next((year for year in self.years if day in year), None)

    def off(self, day: date, *, group: str | None = None) -> DaysOff | None:
        """Why there is no school this day, when that is not just the weekend."""
        return next((one for one in self.days_off if day in one and one.is_for(group)), None)

    def is_school_day(self, day: date, *, group: str | None = None) -> bool:
        """Whether there is school: for this group, or for a school as a whole."""
        return day.weekday() < SATURDAY and self.off(day, group=group) is None

    def school_days_between(self, first: date, last: date, *, group: str | None = None) -> int:
        """How many school days come after the first day, up to and including the last."""
        weeks, rest = divmod(max((last - first).days, 0), 7)
        weekdays = 5 * weeks + sum((first + (1 + offset) * DAY).weekday() < SATURDAY for offset in range(rest))
        return weekdays - len(self._weekdays_off(first + DAY, last, group))

    def _weekdays_off(self, first: date, last: date, group: str | None) -> set[date]:
        """The days from Monday to Friday on which there is no school, each once."""
        met = ((max(one.first_on, first), min(one.last_on, last)) for one in self.days_off if one.is_for(group))
        days = (begins + offset * DAY for begins, ends in met for offset in range((ends - begins).days + 1))
        return {day for day in days if day.weekday() < SATURDAY}

    def school_days_after(self, day: date, days: int, *, group: str | None = None) -> date:
        """The day that comes so many school days later; nought days later is the day itself. Raises CountsForward."""
        return self._away(day, days, DAY, group)

    def school_days_before(self, day: date, days: int, *, group: str | None = None) -> date:
        """The day that comes so many school days earlier. Raises CountsForward."""
        return self._away(day, days, -DAY, group)

    def holidays_missing(self, year: SchoolYear) -> bool:
        """Whether nobody entered days off for this year."""
        return not any(one.first_on in year for one in self.days_off)

    def _away(self, day: date, days: int, step: timedelta, group: str | None) -> date:
        if days < 0:
            raise CountsForward(days=days)
        while days:
            day += step
            days -= self.is_school_day(day, group=group)
        return day


def year_around(day: date) -> SchoolYear:
    """The year that is proposed: from 1 August to 31 July.

    >>> year_around(date(2027, 7, 31)).label, year_around(date(2027, 8, 1)).label
    ('2026-2027', '2027-2028')
    """
    first = day.year if day.month >= AUGUST else day.year - 1
    return SchoolYear(date(first, AUGUST, 1), date(first + 1, AUGUST, 1) - DAY)


def proposed_year(years: Collection[SchoolYear], *, on: date) -> SchoolYear:
    """The year to make next: that of today, or the one after the last that there is."""
    if not years:
        return year_around(on)
    starts_on = max(year.ends_on for year in years) + DAY
    return SchoolYear(starts_on, max(year_around(starts_on).ends_on, starts_on + (SHORTEST_YEAR - 1) * DAY))


def check_year(year: SchoolYear, others: Iterable[SchoolYear]) -> None:
    """Raises YearUnlikely, and YearsOverlap when a day of this year belongs to another one."""
    days = (year.ends_on - year.starts_on).days + 1
    if not SHORTEST_YEAR <= days <= LONGEST_YEAR:
        raise YearUnlikely(days=days)
    for other in others:
        if year.overlaps(other):
            raise YearsOverlap(label=year.label, other=other.label, other_starts_on=other.starts_on, other_ends_on=other.ends_on)


def check_days_off(new: DaysOff, year: SchoolYear, others: Iterable[DaysOff]) -> None:
    """Raises HolidayOutsideYear and DaysOffOverlap."""
    if new.first_on not in year or new.last_on not in year:
        raise HolidayOutsideYear(name=new.name, label=year.label, starts_on=year.starts_on, ends_on=year.ends_on)
    for other in others:
        if new.collides(other):
            raise DaysOffOverlap(name=new.name, other=other.name, first_on=other.first_on, last_on=other.last_on)


def check_holidays(calendar: Calendar, year: SchoolYear) -> None:
    """Raises HolidaysMissing: due days that are counted in school days would come out in the middle of a holiday."""
    if calendar.holidays_missing(year):
        raise HolidaysMissing(label=year.label)


def check_round_days(calendar: Calendar, *, opens_on: date, closes_on: date) -> SchoolYear:
    """The school year in which the round lies. Raises RoundOutsideYear."""
    year = calendar.year_of(opens_on)
    if year is None or not opens_on <= closes_on or closes_on not in year:
        raise RoundOutsideYear(opens_on=opens_on, closes_on=closes_on)
    return year
