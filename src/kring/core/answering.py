"""Answers on their way: which of two counts, whatever the order in which they arrive, and what comes too late."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Final

from kring.core.errors import BrokenRule, CallerMistake
from kring.core.instruments import Instrument, Item, Question, QuestionKind
from kring.core.rounds import refuse_closed

PLACES: Final = 1 << 32
"""So many answers fit in one sitting."""
LATEST_SITTING: Final = (1 << 31) - 1
BEGIN: Final = datetime(2020, 1, 1, tzinfo=UTC)


def sitting_at(at: datetime, *, earlier: int = 0) -> int:
    """The number of a sitting that begins now: after every earlier one, also when a clock was set back.

    >>> sitting_at(datetime(2020, 1, 1, 0, 1, tzinfo=UTC)), sitting_at(datetime(2020, 1, 1, 0, 1, tzinfo=UTC), earlier=90)
    (60, 91)
    """
    return min(max(int((at - BEGIN).total_seconds()), earlier + 1, 1), LATEST_SITTING)


def turn(sitting: int, place: int) -> int:
    """Where an answer stands: after every answer of an earlier sitting, and after those with a lower place in its own.

    >>> turn(2, 0) > turn(1, 4_000_000_000)
    True
    """
    return sitting * PLACES + place


# ---- whether there is something to fill in ----------------------------------------------------------------------


@dataclass(eq=False, kw_only=True)
class RoundNotOpenYet(BrokenRule):
    """Nothing is filled in before the first day."""

    opens_on: date


@dataclass(eq=False, kw_only=True)
class HandedInAlready(BrokenRule):
    """A list is handed in once."""


@dataclass(eq=False, kw_only=True)
class ListWithdrawn(BrokenRule):
    """Nothing is asked any more."""


def check_asked(closed_at: datetime | None, opens_on: date, *, on: date, is_in: bool, withdrawn: bool) -> None:
    """Raises HandedInAlready, ListWithdrawn, RoundAlreadyClosed and RoundNotOpenYet, in this order: the most telling first."""
    if is_in:
        raise HandedInAlready
    if withdrawn:
        raise ListWithdrawn
    refuse_closed(closed_at)
    if on < opens_on:
        raise RoundNotOpenYet(opens_on=opens_on)


# ---- what is an answer ------------------------------------------------------------------------------------------

LONGEST_TEXT: Final = 2_000
MOST_NAMES: Final = 100  # of classmates in one answer
_KEY: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
Value = int | str | Mapping[str, str | list[str] | Mapping[str, int]] | None
"""A code, a reason for no answer, {"text": what somebody wrote}, {"who": keys of classmates, none is “nobody”}, {"points": code by key of a
classmate}, or None: taken back. A choice is never kept in the order in which somebody tapped."""


@dataclass(eq=False, kw_only=True)
class NotAnAnswer(CallerMistake):
    """This is no answer to this item: only a screen that is not ours sends it. `place`: where in what was sent."""

    place: int
    item: str


@dataclass(frozen=True, slots=True)
class Answerable:
    """What may be answered to each item of a list."""

    items: Mapping[str, Item]
    reasons: frozenset[str]
    questions: Mapping[str, Question] = field(default_factory=dict)

    @classmethod
    def of(cls, asked: Instrument) -> "Answerable":
        """To this list."""
        items, questions = ({one.key: one for one in part} for part in (asked.items, asked.questions))
        return cls(items, frozenset(one.value for one in asked.reasons), questions)  # type: ignore[arg-type]

    def value(self, place: int, item: object, value: object) -> Value:
        """The answer as it is kept. Raises NotAnAnswer. Whether who is named is a classmate is asked at handing in."""
        question = self.questions.get(item) if isinstance(item, str) else None
        if question is not None:
            return _choice(question, place, value)
        found = self.items.get(item) if isinstance(item, str) else None
        if found is not None:
            if value is None or (found.is_open and value == {"text": ""}):
                return None
            if isinstance(value, str) and value in self.reasons:
                return value
            if found.is_open and _is_text(value):
                return {"text": value["text"]}  # type: ignore[index]
            if type(value) is int and value in found.codes:
                return value
        raise NotAnAnswer(place=place, item=item[:60] if isinstance(item, str) else "")


def _choice(question: Question, place: int, value: object) -> Value:
    """The answer to a question about classmates."""
    if value is None or (question.kind is QuestionKind.FREQUENCY and type(value) is int and value in question.codes):
        return value
    if isinstance(value, dict) and question.asks_names and value.keys() == {"who"} and _are_names(value["who"], question.limit):
        return {"who": sorted(value["who"])}
    if isinstance(value, dict) and question.kind is QuestionKind.RATE and value.keys() == {"points"}:
        points = value["points"]
        if isinstance(points, dict) and _are_names([*points], None) and all(_is_point(question, code) for code in points.values()):
            return {"points": {key: points[key] for key in sorted(points)}}
    raise NotAnAnswer(place=place, item=question.key)


def _is_point(question: Question, code: object) -> bool:
    return type(code) is int and code in question.codes


def _are_names(told: object, limit: int | None) -> bool:
    """Keys of classmates, each once, and not too many."""
    if not isinstance(told, list) or len(told) > min(limit or MOST_NAMES, MOST_NAMES):
        return False
    return all(isinstance(key, str) and _KEY.fullmatch(key) for key in told) and len(set(told)) == len(told)


def _is_text(value: object) -> bool:
    """Words that every database takes: no half letters, no zeros."""
    if not isinstance(value, dict) or value.keys() != {"text"} or not isinstance(value["text"], str):
        return False
    text = value["text"]
    return len(text) <= LONGEST_TEXT and "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


# ---- which of two counts ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Given:
    """One answer as it came in. `of`: the list that it belongs to; `seen`: the turn that its author saw in its place, of a class."""

    of: str
    item: str
    value: Value
    turn: int
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """One answer that is kept."""

    value: Value
    turn: int
    by: str | None = None


class Meeting(StrEnum):
    """An answer that comes where perhaps another one is."""

    COUNTS = "counts"
    OLD = "old"  # it is there already, or a later one
    CONFLICT = "conflict"  # another author's, which this one did not see


def meeting(given: Given, kept: Kept | None, *, by: str | None = None) -> Meeting:
    """Of one author the later one counts, whatever the order in which they arrive; another's is only replaced by who saw it.

    Each keeps its own turn: those of two authors are never compared, only recognised.
    """
    if kept is None:
        return Meeting.COUNTS
    if kept.by == by:
        return Meeting.COUNTS if given.turn > kept.turn else Meeting.OLD
    if given.value == kept.value:
        return Meeting.OLD
    return Meeting.COUNTS if given.seen == kept.turn else Meeting.CONFLICT


def latest(given: Iterable[Given]) -> list[Given]:
    """Of each item of each list the one with the highest turn."""
    found: dict[tuple[str, str], Given] = {}
    for one in given:
        before = found.get((one.of, one.item))
        if before is None or one.turn > before.turn:
            found[one.of, one.item] = one
    return list(found.values())


def new_to(given: Iterable[Given], turns: Mapping[str, int]) -> list[Given]:
    """What is not among the answers of one list yet; `turns` by item."""
    return [one for one in latest(given) if one.turn > turns.get(one.item, 0)]


def together(*answers: Mapping[str, Kept]) -> dict[str, Kept]:
    """Answers of one list from several places, of each item the latest."""
    found: dict[str, Kept] = {}
    for item, one in (pair for part in answers for pair in part.items()):
        if item not in found or one.turn > found[item].turn:
            found[item] = one
    return found


# ---- what comes too late ----------------------------------------------------------------------------------------


class Fate(StrEnum):
    """What becomes of answers that come in."""

    KEPT = "kept"
    HANDED_IN = "handed_in"
    CLOSED = "closed"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"  # the family said no, or the one who answers has no say any more: nothing of it is kept


@dataclass(frozen=True, slots=True)
class Stands:
    """How it stands with a list at the moment that answers come in."""

    is_in: bool = False
    is_closed: bool = False
    is_withdrawn: bool = False
    is_refused: bool = False
    is_live: bool = True  # the ticket

    @property
    def fate(self) -> Fate:
        """Of answers that are new.

        >>> Stands(is_closed=True, is_refused=True).fate, Stands().fate
        (<Fate.REFUSED: 'refused'>, <Fate.KEPT: 'kept'>)
        """
        reasons = (
            (self.is_refused, Fate.REFUSED),
            (self.is_in, Fate.HANDED_IN),
            (self.is_withdrawn, Fate.WITHDRAWN),
            (self.is_closed, Fate.CLOSED),
            (not self.is_live, Fate.ENDED),
        )
        return next((fate for holds, fate in reasons if holds), Fate.KEPT)


ASIDE: Final = frozenset({Fate.HANDED_IN, Fate.CLOSED, Fate.ENDED, Fate.WITHDRAWN})
"""What was filled in is not thrown away then, and does not count either: it is set aside."""


LEAST_REASON: Final = 10


@dataclass(eq=False, kw_only=True)
class ThrowingReasonMissing(BrokenRule):
    """What somebody filled in is thrown away with a reason that can be read later."""

    least: int = LEAST_REASON


def throwing_reason(text: str) -> str:
    """The reason in tidy words. Raises ThrowingReasonMissing.

    >>> throwing_reason("  Dubbel  ingevuld op papier ")
    'Dubbel ingevuld op papier'
    """
    reason = " ".join(text.split())
    if len(reason) < LEAST_REASON:
        raise ThrowingReasonMissing
    return reason
