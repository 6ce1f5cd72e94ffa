"""A round while it runs: where it stands, where each list stands, when somebody is reminded; reopening it, and taking it back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from kring.core.calendar import Calendar, SchoolYear
from kring.core.errors import BrokenRule
from kring.core.rounds import Window, refuse_closed

SHORTEST_REASON: Final = 10
ENDS_SOON_DAYS: Final = 2
"""So many school days before the last day somebody is reminded once more."""
SHORT: Final = 5
"""In school days: a round of fewer has no halfway reminder, the one before the end comes soon enough."""


# ---- where it stands --------------------------------------------------------------------------------------------


class State(StrEnum):
    """Of a round."""

    PLANNED = "planned"
    OPEN = "open"
    LATE = "late"
    CLOSED = "closed"


def state(window: Window, *, closed_at: datetime | None, on: date) -> State:
    """Late: the last day is over and nobody closed it; lists are still welcome.

    >>> window = Window(date(2026, 11, 2), date(2026, 11, 13))
    >>> state(window, closed_at=None, on=date(2026, 11, 13)), state(window, closed_at=None, on=date(2026, 11, 14))
    (<State.OPEN: 'open'>, <State.LATE: 'late'>)
    """
    if closed_at is not None:
        return State.CLOSED
    if on < window.opens_on:
        return State.PLANNED
    return State.OPEN if on <= window.closes_on else State.LATE


class Standing(StrEnum):
    """Of one list that was asked."""

    DONE = "done"
    DONE_LATE = "done_late"
    WITHDRAWN = "withdrawn"
    LEFT = "left"
    ABSENT = "absent"
    LATER = "later"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of one list without looking at its answers."""

    done_on: date | None = None
    withdrawn: bool = False
    left: bool = False
    absent: bool = False
    answer_until: date | None = None


WAITED_FOR: Final = frozenset({Standing.MISSING, Standing.LATER})
"""What may still come and for which somebody is asked."""


def standing(asked: Asked, *, closes_on: date, on: date) -> Standing:
    """What came in is in, whatever happened since. A list that takes no part, or whose pupil left or was not there, is missed by nobody."""
    last = max(closes_on, asked.answer_until or closes_on)
    if asked.done_on is not None:
        return Standing.DONE if asked.done_on <= last else Standing.DONE_LATE
    reasons = ((asked.withdrawn, Standing.WITHDRAWN), (asked.left, Standing.LEFT), (asked.absent, Standing.ABSENT))
    for holds, because in reasons:
        if holds:
            return because
    return Standing.LATER if asked.answer_until and on <= asked.answer_until else Standing.MISSING


# ---- one list: was absent, answers later ------------------------------------------------------------------------


@dataclass(eq=False, kw_only=True)
class ListInAlready(BrokenRule):
    """What came in is neither absent nor later."""


@dataclass(eq=False, kw_only=True)
class TakesNoPart(BrokenRule):
    """Of whom nothing is asked any more, nothing is asked later either."""


@dataclass(eq=False, kw_only=True)
class LaterDayNotLater(BrokenRule):
    """A later day lies after the last day of the round, and is not over."""

    closes_on: date


@dataclass(eq=False, kw_only=True)
class LaterDayOutsideYear(BrokenRule):
    """A round ends in its own school year, also for who answers later."""

    ends_on: date


@dataclass(eq=False, kw_only=True)
class LaterDayFree(BrokenRule):
    """Nothing is asked by a day without school."""

    day: date
    instead: date


def refuse_settled(asked: Asked, *, closed_at: datetime | None) -> None:
    """Only of a list that may still come something is said. Raises RoundAlreadyClosed, ListInAlready and TakesNoPart."""
    refuse_closed(closed_at)
    if asked.done_on is not None:
        raise ListInAlready
    if asked.withdrawn:
        raise TakesNoPart


def check_later_day(calendar: Calendar, year: SchoolYear, day: date, *, closes_on: date, on: date) -> None:
    """Raises LaterDayNotLater, LaterDayOutsideYear and LaterDayFree."""
    if day <= closes_on or day < on:
        raise LaterDayNotLater(closes_on=max(closes_on, on))
    if day > year.ends_on:
        raise LaterDayOutsideYear(ends_on=year.ends_on)
    if not calendar.is_school_day(day):
        raise LaterDayFree(day=day, instead=calendar.school_days_after(day, 1))


# ---- reminders --------------------------------------------------------------------------------------------------


class Reminder(StrEnum):
    """What a teacher whose lists are not all in is reminded of; each once."""

    HALFWAY = "halfway"
    ENDS_SOON = "ends_soon"


def halfway(calendar: Calendar, window: Window, *, group: str | None = None) -> date | None:
    """The school day on which half of them are over; none in a short round."""
    first = calendar.is_school_day(window.opens_on, group=group)
    days = first + calendar.school_days_between(window.opens_on, window.closes_on, group=group)
    return None if days < SHORT else calendar.school_days_after(window.opens_on, days // 2, group=group)


def reminder(calendar: Calendar, window: Window, *, on: date, group: str | None = None) -> Reminder | None:
    """What to remind of today: never on a day without school, never before or after the round; the last one when both are due."""
    if not window.opens_on <= on <= window.closes_on or not calendar.is_school_day(on, group=group):
        return None
    if calendar.school_days_between(on, window.closes_on, group=group) <= ENDS_SOON_DAYS:
        return Reminder.ENDS_SOON
    middle = halfway(calendar, window, group=group)
    return Reminder.HALFWAY if middle and middle <= on else None


# ---- open it once more, or take it back -------------------------------------------------------------------------


@dataclass(eq=False, kw_only=True)
class RoundNotClosed(BrokenRule):
    """Only what is closed is opened again."""


@dataclass(eq=False, kw_only=True)
class ReopeningReasonMissing(BrokenRule):
    """A closed round takes answers again with a reason that somebody can read later."""

    least: int = SHORTEST_REASON


@dataclass(eq=False, kw_only=True)
class ReopeningTooLong(BrokenRule):
    """It is open again for days that still come, within its own school year."""

    ends_on: date


def reopening_reason(text: str) -> str:
    """The reason in tidy words. Raises ReopeningReasonMissing."""
    reason = " ".join(text.split())
    if len(reason) < SHORTEST_REASON:
        raise ReopeningReasonMissing
    return reason


def check_reopening(year: SchoolYear, *, closed_at: datetime | None, until: date, on: date) -> None:
    """Raises RoundNotClosed and ReopeningTooLong."""
    if closed_at is None:
        raise RoundNotClosed
    if not on <= until <= year.ends_on:
        raise ReopeningTooLong(ends_on=year.ends_on)


@dataclass(eq=False, kw_only=True)
class RoundNotEmpty(BrokenRule):
    """A round in which something came in is closed, never taken back."""

    came_in: int


def refuse_not_empty(came_in: Collection[int], *, closed_at: datetime | None) -> None:
    """`came_in` is counted kind by kind. Raises RoundAlreadyClosed and RoundNotEmpty."""
    refuse_closed(closed_at)
    if any(came_in):
        raise RoundNotEmpty(came_in=sum(came_in))
