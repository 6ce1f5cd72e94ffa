"""From a result to what is done with it: read with care, shown, answered by whom it is about, and followed by something or not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kring.core.bands import Band
from kring.core.errors import BrokenRule
from kring.core.groups import GroupResults, PupilScale, ScaleResult

SHORTEST_REASON: Final = 10
SHORTEST_ANSWER: Final = 2
LONGEST_RESPONSE: Final = 2000
MANY: Final = 5  # more than one in so many pupils: class first
CHOSEN: Final = ("q1", "q2", "q3")
WRITTEN: Final = ("o2",)
FOUR: Final = (*CHOSEN[:2], *WRITTEN, CHOSEN[2])
"""The questions of `kring-vier-vragen` that nobody skips: do I recognise it, is there a reason, what about safety, what about absence."""


@dataclass(eq=False, kw_only=True)
class QuestionSkipped(BrokenRule):
    """Each of the four questions has an answer of its own before anything is decided."""

    missing: int


@dataclass(eq=False, kw_only=True)
class ReadAlready(BrokenRule):
    """A result is read with care once; what was answered then stays."""


@dataclass(eq=False, kw_only=True)
class NotReadWithCare(BrokenRule):
    """Nothing is decided about a pupil whose result nobody looked at with the four questions."""


@dataclass(eq=False, kw_only=True)
class DeclinedWithoutReason(BrokenRule):
    """Who declines a direction says why."""

    least: int


@dataclass(eq=False, kw_only=True)
class DirectionDoesNotFit(BrokenRule):
    """A direction is for the scale that asks attention, at that level, and for that age."""


@dataclass(eq=False, kw_only=True)
class RoundStillOpen(BrokenRule):
    """Nothing is said about a round that still takes answers."""


@dataclass(eq=False, kw_only=True)
class ShownToNobody(BrokenRule):
    """A result is shown to somebody who did not see it yet: the pupil, the guardians, or both."""


@dataclass(eq=False, kw_only=True)
class NothingToShow(BrokenRule):
    """No list came in about this pupil, or too few answers to say anything."""


@dataclass(eq=False, kw_only=True)
class NothingSaid(BrokenRule):
    """A response has words."""


@dataclass(eq=False, kw_only=True)
class ResponseTooLong(BrokenRule):
    """A response is no book; more than one may be given."""

    most: int


def attention(results: GroupResults, pupil: str) -> tuple[PupilScale, ...]:
    """The scales of this pupil in the band that asks attention. Raises PupilNotInGroup."""
    return results.pupil(pupil, bands=(Band.RED,))


def group_attention(results: GroupResults) -> tuple[ScaleResult, ...]:
    """The scales that ask something of the whole group: its mean, or more than one in five of its pupils; none when too little is known."""
    return tuple(one for one in results.scales if _asks_the_group(one)) if results.enough_response else ()


def _asks_the_group(one: ScaleResult) -> bool:
    many = MANY * one.group.counts[Band.RED] > one.group.n
    return one.group.interval is not None and (one.group.band is Band.RED or many)


def refuse_skipped(answers: Mapping[str, int], texts: Mapping[str, str]) -> None:
    """Raises QuestionSkipped with how many of the four have no answer."""
    missing = sum(key not in answers for key in CHOSEN) + sum(len(texts.get(key, "").strip()) < SHORTEST_ANSWER for key in WRITTEN)
    if missing:
        raise QuestionSkipped(missing=missing)


def refuse_read(*, is_read: bool) -> None:
    """Raises ReadAlready."""
    if is_read:
        raise ReadAlready


def refuse_unread(*, is_read: bool) -> None:
    """Raises NotReadWithCare."""
    if not is_read:
        raise NotReadWithCare


def refuse_without_reason(reason: str, *, is_taken: bool) -> None:
    """Raises DeclinedWithoutReason."""
    if not is_taken and len(reason.strip()) < SHORTEST_REASON:
        raise DeclinedWithoutReason(least=SHORTEST_REASON)


def refuse_unfit(*, fits: bool) -> None:
    """Raises DirectionDoesNotFit."""
    if not fits:
        raise DirectionDoesNotFit


def refuse_open(closed_at: datetime | None) -> None:
    """Raises RoundStillOpen."""
    if closed_at is None:
        raise RoundStillOpen


def refuse_to_nobody(*, newly_shown: bool) -> None:
    """Raises ShownToNobody."""
    if not newly_shown:
        raise ShownToNobody


def refuse_nothing(*, has_scores: bool) -> None:
    """Raises NothingToShow."""
    if not has_scores:
        raise NothingToShow


def refuse_response(text: str) -> None:
    """Raises NothingSaid, ResponseTooLong."""
    if len(text.strip()) < SHORTEST_ANSWER:
        raise NothingSaid
    if len(text) > LONGEST_RESPONSE:
        raise ResponseTooLong(most=LONGEST_RESPONSE)
