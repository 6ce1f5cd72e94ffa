"""What behaviour may be for: records of several observers, counts, four questions, and a guess that stays a guess.

A functional assessment describes what went before, what was done and what followed (Bijou, Peterson & Ault 1968, Journal of Applied
Behavior Analysis 1, 175-191); descriptions show what goes together, and never prove why. So a guess about the function is asked only when
enough people wrote down enough, and it is worded as doubt.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from kring.core.errors import BrokenRule

LEAST_OBSERVERS: Final = 2
LEAST_RECORDS: Final = 6
"""Of two observers three each: fewer than three points carry no statement about a level either (methods E.1)."""
REMEMBERED: Final = timedelta(days=7)
"""What is written down later is remembered, no longer seen."""
SHORTEST_ANSWER: Final = 10


class Before(StrEnum):
    """What went before."""

    TASK = "task"
    WAITING = "waiting"
    CHANGE = "change"
    REFUSED = "refused"
    ALONE = "alone"
    PEERS = "peers"
    CROWD = "crowd"
    OTHER = "other"


class After(StrEnum):
    """What followed."""

    ADULT = "adult"
    PEERS = "peers"
    TASK_GONE = "task_gone"
    AWAY = "away"
    GOT_IT = "got_it"
    HELP = "help"
    NOTHING = "nothing"
    OTHER = "other"


class Function(StrEnum):
    """What it may be for."""

    ADULT = "adult"
    PEERS = "peers"
    OBTAIN = "obtain"
    AVOID_TASK = "avoid_task"
    AVOID_PEOPLE = "avoid_people"
    SENSES = "senses"
    UNCLEAR = "unclear"


class PartOfDay(StrEnum):
    """When."""

    START = "start"
    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"


STARTS: Final[Mapping[PartOfDay, tuple[int, int]]] = {PartOfDay.MORNING: (9, 0), PartOfDay.NOON: (12, 0), PartOfDay.AFTERNOON: (13, 15)}
"""Hour and minute at which each begins."""


class Question(StrEnum):
    """The four questions of the analysis."""

    KNOWN = "known"
    FACTORS = "factors"
    LEARNED = "learned"
    FURTHER = "further"


@dataclass(eq=False, kw_only=True)
class RecordNotSeenYet(BrokenRule):
    """What was seen lies behind us."""


@dataclass(eq=False, kw_only=True)
class RecordTooOld(BrokenRule):
    """What is written down too late is remembered, not seen."""

    days: int = REMEMBERED.days


@dataclass(eq=False, kw_only=True)
class OtherWithoutWords(BrokenRule):
    """Something else, without saying what."""


@dataclass(eq=False, kw_only=True)
class TooFewRecords(BrokenRule):
    """There is too little to see a pattern in."""

    records: int
    least: int = LEAST_RECORDS


@dataclass(eq=False, kw_only=True)
class OneObserver(BrokenRule):
    """One pair of eyes sees one side."""

    least: int = LEAST_OBSERVERS


@dataclass(eq=False, kw_only=True)
class GuessHalf(BrokenRule):
    """A guess says what it may be for and on what it rests."""

    least: int = SHORTEST_ANSWER


@dataclass(eq=False, kw_only=True)
class QuestionsOpen(BrokenRule):
    """All four questions have an answer before the analysis is settled."""

    missing: int
    least: int = SHORTEST_ANSWER


@dataclass(eq=False, kw_only=True)
class AnalysisSettled(BrokenRule):
    """What was settled stays as it is."""


@dataclass(frozen=True, slots=True)
class Noted:
    """One record as far as it is counted; `at` on the clock of the school."""

    before: str
    after: str
    place: str
    at: datetime
    observer: object


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each stands in the records, the most frequent first; what was never written is not there."""

    places: tuple[tuple[str, int], ...]
    parts: tuple[tuple[str, int], ...]
    befores: tuple[tuple[str, int], ...]
    afters: tuple[tuple[str, int], ...]
    records: int
    observers: int
    days: int

    @property
    def may_guess(self) -> bool:
        return self.records >= LEAST_RECORDS and self.observers >= LEAST_OBSERVERS

    @property
    def records_missing(self) -> int:
        return max(0, LEAST_RECORDS - self.records)


def check_record(seen_at: datetime, *, at: datetime, before: tuple[str, str], after: tuple[str, str]) -> None:
    """`before` and `after`: what was picked, and the words beside it. Raises RecordNotSeenYet, RecordTooOld, OtherWithoutWords."""
    if seen_at > at:
        raise RecordNotSeenYet
    if at - seen_at > REMEMBERED:
        raise RecordTooOld
    if any(kind == "other" and not words.strip() for kind, words in (before, after)):
        raise OtherWithoutWords


def part_of_day(at: datetime) -> PartOfDay:
    """Around the start, in the morning, around noon, in the afternoon.

    >>> part_of_day(datetime(2026, 3, 2, 8, 40)).value, part_of_day(datetime(2026, 3, 2, 15)).value
    ('start', 'afternoon')
    """
    return next((part for part, first in reversed([*STARTS.items()]) if (at.hour, at.minute) >= first), PartOfDay.START)


def count_records(noted: Sequence[Noted]) -> Counts:
    """Counts alone: of so few records nothing is tested.

    >>> one = Noted("task", "away", "class", datetime(2026, 3, 2, 9, 30), "anna")
    >>> found = count_records([one])
    >>> found.befores, found.parts, found.may_guess
    ((('task', 1),), (('morning', 1),), False)
    """
    return Counts(
        places=_often(one.place for one in noted),
        parts=_often(part_of_day(one.at).value for one in noted),
        befores=_often(one.before for one in noted),
        afters=_often(one.after for one in noted),
        records=len(noted),
        observers=len({one.observer for one in noted}),
        days=len({one.at.date() for one in noted}),
    )


def _often(kinds: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(kinds).items(), key=lambda pair: (-pair[1], pair[0])))


def check_guess(function: str, words: str, counts: Counts) -> None:
    """No guess at all is fine. Raises GuessHalf, TooFewRecords, OneObserver."""
    if not function and not words.strip():
        return
    check_enough(counts)
    if not function or not _is_answer(words):
        raise GuessHalf


def check_enough(counts: Counts) -> None:
    """Raises TooFewRecords, OneObserver."""
    if counts.records < LEAST_RECORDS:
        raise TooFewRecords(records=counts.records)
    if counts.observers < LEAST_OBSERVERS:
        raise OneObserver


def check_settled(answers: Mapping[str, str], counts: Counts) -> None:
    """Raises QuestionsOpen, TooFewRecords, OneObserver."""
    missing = [one for one in Question if not _is_answer(answers.get(one.value, ""))]
    if missing:
        raise QuestionsOpen(missing=len(missing))
    check_enough(counts)


def _is_answer(text: str) -> bool:
    return len(" ".join(text.split())) >= SHORTEST_ANSWER
