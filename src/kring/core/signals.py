"""What somebody saw and hands in: what it must hold, how old it is in school days, and how it is answered."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from kring.core.calendar import Calendar
from kring.core.errors import BrokenRule

COUNTS_FOR: Final = timedelta(days=42)
"""As long as an observation gives points; after it one asks whether it is still there."""
SHOWN_AFTER: Final = 5
"""School days without an answer after which the first page says it in red words."""
ESCALATES_AFTER: Final = 10
"""School days without an answer after which a coordinator gets it as a task."""
TALKS_WITHIN: Final = 5
"""School days in which pupil and guardians hear of a serious worry from the school itself."""
LONGEST_WATCH: Final = timedelta(days=42)
REASON_LETTERS: Final = 10
SERIOUS_WORRY: Final = 2


class Answered(StrEnum):
    """Act, watch until a day, or explain."""

    ACT = "act"
    WATCH = "watch"
    EXPLAIN = "explain"


class FirstStep(StrEnum):
    """What comes before a plan: three steps of ordinary contact."""

    KNOWS = "knows"
    CONTACT = "contact"
    FOUND_OUT = "found-out"


class Urgency(StrEnum):
    """How long it waits."""

    NEW = "new"
    WAITS = "waits"
    TOO_LONG = "too-long"


@dataclass(eq=False, kw_only=True)
class NothingSeen(BrokenRule):
    """A signal says what was seen: in words, or with a sign of the list. An opinion alone is no signal."""


@dataclass(eq=False, kw_only=True)
class SeenLater(BrokenRule):
    """What was seen was seen before now."""


@dataclass(eq=False, kw_only=True)
class TwoInOneNote(BrokenRule):
    """A note about two pupils becomes two notes, and in neither stands the name of the other."""

    name: str


@dataclass(eq=False, kw_only=True)
class AnswerReasonTooShort(BrokenRule):
    """Every answer has one reason that somebody else understands."""

    least: int = REASON_LETTERS


@dataclass(eq=False, kw_only=True)
class WatchDayMissing(BrokenRule):
    """Who watches says until which day; on that day it is asked again."""


@dataclass(eq=False, kw_only=True)
class WatchesTooLong(BrokenRule):
    """Watching ends within six weeks, and not in the past."""

    latest: date


@dataclass(eq=False, kw_only=True)
class SignalSerious(BrokenRule):
    """What may be abuse or harm to oneself never becomes an ordinary note; the steps of the reporting code are for it."""


@dataclass(eq=False, kw_only=True)
class SignalTiedAlready(BrokenRule):
    """A signal that lies with a pupil or a class stays there."""


def refuse_unseen(fact: str, signs: Collection[str]) -> None:
    """Raises NothingSeen."""
    if not fact.strip() and not signs:
        raise NothingSeen


def refuse_seen_later(seen: datetime, *, at: datetime) -> None:
    """Raises SeenLater; a minute is forgiven, for the clock of a telephone."""
    if seen > at + timedelta(minutes=1):
        raise SeenLater


def refuse_reason(reason: str) -> None:
    """Raises AnswerReasonTooShort."""
    if sum(sign.isalpha() for sign in reason) < REASON_LETTERS:
        raise AnswerReasonTooShort


def watched_until(kind: Answered, until_on: date | None, *, on: date) -> date | None:
    """The day of an answer WATCH, none of another one. Raises WatchDayMissing, WatchesTooLong.

    >>> watched_until(Answered.WATCH, date(2026, 3, 9), on=date(2026, 3, 2))
    datetime.date(2026, 3, 9)
    """
    if kind is not Answered.WATCH:
        return None
    if until_on is None:
        raise WatchDayMissing
    if not on < until_on <= on + LONGEST_WATCH:
        raise WatchesTooLong(latest=on + LONGEST_WATCH)
    return until_on


def is_answered(kind: Answered | None, until_on: date | None, *, on: date) -> bool:
    """By the last answer: there is one, and it is not a watching whose day has come.

    >>> is_answered(None, None, on=date(2026, 3, 2)), is_answered(Answered.EXPLAIN, None, on=date(2026, 3, 2))
    (False, True)
    >>> [is_answered(Answered.WATCH, date(2026, 3, 9), on=date(2026, 3, day)) for day in (8, 9)]
    [True, False]
    """
    return kind is not None and (kind is not Answered.WATCH or until_on is None or on < until_on)


def waits_since(made_on: date, kind: Answered | None, until_on: date | None) -> date:
    """Since when it waits for an answer: since it came, or since the day on which watching ended."""
    return until_on if kind is Answered.WATCH and until_on else made_on


def age(calendar: Calendar, since: date, *, on: date) -> int:
    """In school days; in a holiday nothing grows old."""
    return calendar.school_days_between(since, on)


def urgency(days: int) -> Urgency:
    """
    >>> [urgency(days).value for days in (4, 5, 10, 11)]
    ['new', 'waits', 'waits', 'too-long']
    """
    if days > ESCALATES_AFTER:
        return Urgency.TOO_LONG
    return Urgency.WAITS if days >= SHOWN_AFTER else Urgency.NEW


def may_begin_plan(steps: Collection[str]) -> bool:
    """Whether all three first steps were taken.

    >>> may_begin_plan([]), may_begin_plan(["knows", "contact", "found-out"])
    (False, True)
    """
    return set(FirstStep) <= set(steps)


def asks_for_talk(worry: int) -> bool:
    """Whether pupil and guardians hear of it within days.

    >>> asks_for_talk(1), asks_for_talk(2)
    (False, True)
    """
    return worry >= SERIOUS_WORRY


def is_talked_about(*, with_pupil: bool, with_guardian: bool) -> bool:
    """Whether both heard of it, in one talk or in two; one of them alone does not stop the clock (R099).

    >>> is_talked_about(with_pupil=True, with_guardian=False), is_talked_about(with_pupil=True, with_guardian=True)
    (False, True)
    """
    return with_pupil and with_guardian


def median(days: Sequence[int]) -> float | None:
    """The middle one; of none there is none.

    >>> median([]), median([3, 1, 10]), median([1, 2])
    (None, 3, 1.5)
    """
    ordered = sorted(days)
    low, high = (len(ordered) - 1) // 2, len(ordered) // 2
    return None if not ordered else ordered[low] if low == high else (ordered[low] + ordered[high]) / 2
