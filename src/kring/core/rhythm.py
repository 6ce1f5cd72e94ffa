"""The rhythm of a school year: in which weeks a list is best asked, when it was, and when it is due again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import Final

from kring.core.calendar import DAY, SATURDAY, Calendar, SchoolYear
from kring.core.errors import BrokenRule
from kring.core.instruments import Rhythm, Season
from kring.core.rounds import Window

WEEK: Final = 7 * DAY
SCHOOL_WEEK: Final = 3  # a week with fewer school days is one of holidays
SETTLED: Final = 6  # school weeks at the beginning of a year before a class knows itself
LASTS: Final = 2  # weeks
ENOUGH: Final = 8  # school days; when two weeks have fewer, a third is added
SPRING_MONTHS: Final = range(2, 5)
SOON: Final = 6 * WEEK


class Turn(StrEnum):
    """How it stands with one of the times that a list is asked in a year."""

    HELD = "held"
    DUE = "due"
    LATER = "later"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Standing:
    """One of the times: when it was held (its place among those that were given), or the days that are proposed."""

    season: Season
    turn: Turn
    held: int | None = None
    window: Window | None = None


@dataclass(eq=False, kw_only=True)
class BeyondRhythm(BrokenRule):
    """More often in a year than the list is made for only with a reason."""

    title: str
    times: int
    group: str


def propose(calendar: Calendar, year: SchoolYear, season: Season | None, *, on: date) -> Window | None:
    """Two school weeks, from this day on, with no holiday in them nor soon after; the first weeks before a holiday when all are so.

    Without a season: anywhere in what is left of the year. None when there is no room. Only days on which the whole school is free count.
    """
    weeks = _weeks(calendar, year)
    found = [(place, last) for place, last in _spans(weeks) if weeks[place][0] >= on and _in_season(weeks, place, last, year, season)]
    quiet = [(place, last) for place, last in found if all(map(_is_school_week, weeks[last + 1 : last + 3])) and last + 2 < len(weeks)]
    for place, last in (*quiet, *found):
        return Window(weeks[place][0], weeks[last][-1])
    return None


@lru_cache(maxsize=16)  # a page proposes days for every list
def _weeks(calendar: Calendar, year: SchoolYear) -> tuple[tuple[date, ...], ...]:
    """The school days of each week of the year, week by week."""
    monday = year.starts_on - year.starts_on.weekday() * DAY
    weeks = range((year.ends_on - monday).days // WEEK.days + 1)
    return tuple(_school_days(calendar, year, monday + week * WEEK) for week in weeks)


def _school_days(calendar: Calendar, year: SchoolYear, monday: date) -> tuple[date, ...]:
    days = (monday + offset * DAY for offset in range(SATURDAY))
    return tuple(day for day in days if day in year and calendar.is_school_day(day))


def _is_school_week(days: Sequence[date]) -> bool:
    return len(days) >= SCHOOL_WEEK


def _spans(weeks: Sequence[tuple[date, ...]]) -> Iterator[tuple[int, int]]:
    """The first and the last of two or three school weeks that follow each other."""
    for place, (first, second) in enumerate(pairwise(weeks)):
        if not (_is_school_week(first) and _is_school_week(second)):
            continue
        short = len(first) + len(second) < ENOUGH
        longer = short and any(map(_is_school_week, weeks[place + LASTS : place + LASTS + 1]))
        yield place, place + LASTS - 1 + longer


def _in_season(weeks: Sequence[tuple[date, ...]], place: int, last: int, year: SchoolYear, season: Season | None) -> bool:
    first_on, last_on = weeks[place][0], weeks[last][-1]
    if season is Season.AUTUMN:
        return last_on < halfway(year) and sum(map(_is_school_week, weeks[:place])) >= SETTLED
    return season is None or (first_on.month in SPRING_MONTHS and last_on.month in SPRING_MONTHS)


def halfway(year: SchoolYear) -> date:
    """The first day of the second half.

    >>> halfway(SchoolYear(date(2026, 8, 1), date(2027, 7, 31)))
    datetime.date(2027, 1, 30)
    """
    return year.starts_on + (year.ends_on - year.starts_on) / 2


def season_of(day: date, year: SchoolYear) -> Season:
    """The half of the year in which this day lies."""
    return Season.AUTUMN if day < halfway(year) else Season.SPRING


def is_one_time(rhythm: Rhythm, year: SchoolYear, day: date, other: date) -> bool:
    """Whether a list that is asked on these two days is asked once, in parts: in one half of the year, or when it is asked once a year.

    >>> year = SchoolYear(date(2026, 8, 1), date(2027, 7, 31))
    >>> once, twice = Rhythm((Season.SPRING,)), Rhythm((Season.AUTUMN, Season.SPRING))
    >>> [is_one_time(one, year, date(2026, 11, 2), date(2027, 3, 1)) for one in (once, twice)]
    [True, False]
    """
    return rhythm.times_a_year == 1 or season_of(day, year) is season_of(other, year)


def standings(calendar: Calendar, year: SchoolYear, rhythm: Rhythm, held: Sequence[date], *, on: date) -> tuple[Standing, ...]:
    """One for each time in the year. `held` are the days on which it was opened, each of which counts for one season: its own, or else
    another that is still open: a yearly list that is asked early is not asked again."""
    matched = _matched(year, rhythm, held)
    return tuple(_standing(calendar, year, rhythm, season, matched.get(season), on) for season in rhythm.seasons)


def _matched(year: SchoolYear, rhythm: Rhythm, held: Sequence[date]) -> Mapping[Season, int]:
    matched: dict[Season, int] = {}
    spare = []
    for place, day in enumerate(held):
        season = season_of(day, year)
        if season in rhythm.seasons and season not in matched:
            matched[season] = place
        else:
            spare.append(place)
    left = [season for season in rhythm.seasons if season not in matched]
    return matched | dict(zip(left, spare))


def _standing(calendar: Calendar, year: SchoolYear, rhythm: Rhythm, season: Season, held: int | None, on: date) -> Standing:
    if held is not None:
        return Standing(season, Turn.HELD, held)
    window = propose(calendar, year, season, on=on)
    if window is None and season is rhythm.seasons[-1]:  # the last of the year is caught up on, an earlier one by the next
        window = propose(calendar, year, None, on=on)
    if window is None:
        return Standing(season, Turn.MISSED)
    return Standing(season, Turn.DUE if window.opens_on - on <= SOON else Turn.LATER, None, window)


def beyond(rhythm: Rhythm | None, title: str, asked_before: Iterable[tuple[str, int]]) -> BeyondRhythm | None:
    """What needs a reason: the first group that was asked as often this year as the list is made for. `asked_before`: by name of group."""
    if rhythm is None:
        return None
    full = (name for name, times in asked_before if times >= rhythm.times_a_year)
    return next((BeyondRhythm(title=title, times=rhythm.times_a_year, group=name) for name in full), None)
