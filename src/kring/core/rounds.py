"""Rounds: an instrument offered to a population in a window. Opening one, and what may still happen to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from kring.core.calendar import DAY, Calendar, SchoolYear, check_holidays, check_round_days
from kring.core.errors import BrokenRule
from kring.core.instruments import Informant
from kring.core.school_types import SchoolType, year_of_school


@dataclass(eq=False, kw_only=True)
class RoundAlreadyClosed(BrokenRule):
    """A closed round takes no answers and is not closed again."""

    closed_at: datetime


@dataclass(eq=False, kw_only=True)
class AnsweredTwice(BrokenRule):
    """There is one list about one pupil in one round."""

    pupil: str


def close(closed_at: datetime | None, *, at: datetime) -> datetime:
    """The moment at which the round is closed, `at`. Raises RoundAlreadyClosed when it was closed before (`closed_at`).

    >>> from datetime import UTC
    >>> close(None, at=datetime(2026, 3, 3, tzinfo=UTC))
    datetime.datetime(2026, 3, 3, 0, 0, tzinfo=datetime.timezone.utc)
    """
    refuse_closed(closed_at)
    return at


def refuse_closed(closed_at: datetime | None) -> None:
    """Refuse what only an open round allows. Raises RoundAlreadyClosed."""
    if closed_at is not None:
        raise RoundAlreadyClosed(closed_at=closed_at)


# ---- opening one ------------------------------------------------------------------------------------------------


@dataclass(eq=False, kw_only=True)
class RoundClosesBeforeItOpens(BrokenRule):
    """A round opens first."""

    opens_on: date
    closes_on: date


@dataclass(eq=False, kw_only=True)
class RoundOverAlready(BrokenRule):
    """A round that would be over when it begins asks nobody anything."""

    closes_on: date


@dataclass(eq=False, kw_only=True)
class RoundInHoliday(BrokenRule):
    """A round asks on days with school; these are all free. `holiday`: what they are, or several."""

    holiday: str


@dataclass(eq=False, kw_only=True)
class RoundInWeekend(BrokenRule):
    """A round asks on days with school, and not in a weekend alone."""


@dataclass(eq=False, kw_only=True)
class GroupOutsideYear(BrokenRule):
    """A round asks groups of its own school year."""

    group: str
    year: str


@dataclass(eq=False, kw_only=True)
class NobodyToAsk(BrokenRule):
    """A round asks at least one pupil for whose year level the instrument is made."""

    instrument: str


@dataclass(eq=False, kw_only=True)
class RoundsOverlap(BrokenRule):
    """The same instrument is not open twice for one group."""

    title: str
    group: str
    opens_on: date
    closes_on: date


@dataclass(eq=False, kw_only=True)
class GuardiansOneByOne(BrokenRule):
    """Guardians are asked about one pupil at a time, with a reason, and never by the whole class at once."""

    title: str


@dataclass(eq=False, kw_only=True)
class NoColleagueToAsk(BrokenRule):
    """A list for staff asks at least one of them."""

    instrument: str


@dataclass(eq=False, kw_only=True)
class ColleaguesAskedAlready(BrokenRule):
    """The same instrument is not open twice for the staff."""

    title: str
    opens_on: date
    closes_on: date


@dataclass(eq=False, kw_only=True)
class NotTheWholeSchool(BrokenRule):
    """A list of the whole school leaves pupils out only with a reason."""

    title: str
    left_out: int


@dataclass(eq=False, kw_only=True)
class WhoIsAskedChanged(BrokenRule):
    """What was looked at is what is opened: when it changed in between, it is looked at once more."""


@dataclass(frozen=True, slots=True)
class Window:
    """From the first day up to and including the last. Raises RoundClosesBeforeItOpens."""

    opens_on: date
    closes_on: date

    def __post_init__(self) -> None:
        if self.closes_on < self.opens_on:
            raise RoundClosesBeforeItOpens(opens_on=self.opens_on, closes_on=self.closes_on)

    def meets(self, other: "Window") -> bool:
        """Whether a day belongs to both."""
        return self.opens_on <= other.closes_on and other.opens_on <= self.closes_on


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A round of the same instrument that is not closed, and the groups that it asks."""

    title: str
    window: Window
    groups: frozenset[str]


class Caution(StrEnum):
    """What may be wanted, and is looked at twice."""

    OPENS_ON_FREE_DAY = "opens_on_free_day"
    CLOSES_ON_FREE_DAY = "closes_on_free_day"
    SHUTS_NOW_AND_THEN = "shuts_now_and_then"  # core/choice_policies.py


def is_for(year_levels: tuple[int, int] | None, level: int, school_type: SchoolType) -> bool:
    """Whether a pupil of this year level may be asked: the pupil's own, also in a combination group.

    >>> is_for((5, 8), 4, SchoolType.PRIMARY), is_for((5, 8), 5, SchoolType.PRIMARY), is_for((5, 8), 5, SchoolType.SECONDARY)
    (False, True, False)
    """
    if year_levels is None:
        return True
    first, last = year_levels
    return first <= year_of_school(school_type, level) <= last


def check_window(calendar: Calendar, window: Window, *, on: date) -> SchoolYear:
    """The school year of the round. Raises RoundOverAlready, RoundOutsideYear, HolidaysMissing, RoundInHoliday and RoundInWeekend."""
    if window.closes_on < on:
        raise RoundOverAlready(closes_on=window.closes_on)
    year = check_round_days(calendar, opens_on=window.opens_on, closes_on=window.closes_on)
    check_holidays(calendar, year)
    check_has_school(calendar, Window(max(window.opens_on, on), window.closes_on))
    return year


def check_has_school(calendar: Calendar, window: Window) -> None:
    """Raises RoundInHoliday and RoundInWeekend when none of these days is a school day."""
    days = [window.opens_on + offset * DAY for offset in range((window.closes_on - window.opens_on).days + 1)]
    if any(map(calendar.is_school_day, days)):
        return
    holidays = dict.fromkeys(off.name for off in map(calendar.off, days) if off)
    if holidays:
        raise RoundInHoliday(holiday=", ".join(holidays))
    raise RoundInWeekend


def check_overlap(window: Window, groups: Mapping[str, str], others: Iterable[OpenRound]) -> None:
    """`groups` are the names by key. Raises RoundsOverlap."""
    for other in others:
        both = sorted(groups[key] for key in other.groups & groups.keys())
        if both and window.meets(other.window):
            raise RoundsOverlap(title=other.title, group=both[0], opens_on=other.window.opens_on, closes_on=other.window.closes_on)


def cautions(calendar: Calendar, window: Window) -> tuple[Caution, ...]:
    """What a person should look at before opening."""
    free = {Caution.OPENS_ON_FREE_DAY: window.opens_on, Caution.CLOSES_ON_FREE_DAY: window.closes_on}
    return tuple(caution for caution, day in free.items() if not calendar.is_school_day(day))


# ---- why, and what it costs -------------------------------------------------------------------------------------

LEAST_REASON: Final = 10
"""Characters: fewer say nothing."""


def check_reason(reason: str, *, needed: Iterable[BrokenRule | None]) -> None:
    """Raises the first of what needs a reason when none was written."""
    first = next(filter(None, needed), None)
    if first is not None and len(reason.strip()) < LEAST_REASON:
        raise first


@dataclass(frozen=True, slots=True)
class Cost:
    """Minutes of pupils and of staff, as an estimate; `is_known` is false when a list does not say how long it takes."""

    pupils: int = 0
    staff: int = 0
    is_known: bool = True

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.pupils + other.pupils, self.staff + other.staff, self.is_known and other.is_known)


def cost(informant: Informant, minutes: int | None, asked: int) -> Cost:
    """What it takes when so many are asked: a teacher fills in one list for each pupil.

    >>> cost(Informant.TEACHER, 3, 24)
    Cost(pupils=0, staff=72, is_known=True)
    """
    total = (minutes or 0) * asked
    known = minutes is not None
    return Cost(total, 0, known) if informant is Informant.PUPIL else Cost(0, total, known)
