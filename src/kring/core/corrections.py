"""Putting right what went wrong: a list that stood with the wrong pupil, a pupil who was entered twice, and taking that back.

Both can be undone until the next step: what was built on it would otherwise stand on nothing.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, TypeVar

from kring.core.errors import BrokenRule
from kring.core.rounds import refuse_closed

SHORTEST_REASON: Final = 10
MOST_REASON: Final = 300


@dataclass(eq=False, kw_only=True)
class WhyMissing(BrokenRule):
    """Who finds it later must be able to understand why."""

    least: int


@dataclass(eq=False, kw_only=True)
class MovesNowhere(BrokenRule):
    """A list moves to another pupil."""


@dataclass(eq=False, kw_only=True)
class ListGone(BrokenRule):
    """There is no list here any more: somebody moved it meanwhile."""


@dataclass(eq=False, kw_only=True)
class OtherClassOrRound(BrokenRule):
    """A list stays in its round and its group."""


@dataclass(eq=False, kw_only=True)
class ChangedSinceLooked(BrokenRule):
    """What was shown beforehand is not so any more."""


@dataclass(eq=False, kw_only=True)
class UndoneAlready(BrokenRule):
    """What was undone is not undone again."""


class NextStep(StrEnum):
    """What came after and stands on it."""

    ROUND_CLOSED = "round_closed"
    MOVED_ON = "moved_on"
    ANSWERS_CHANGED = "answers_changed"
    SHARED = "shared"
    MERGED = "merged"
    CHANGED = "changed"


@dataclass(eq=False, kw_only=True)
class TooLateToUndo(BrokenRule):
    """Something was built on it."""

    step: NextStep


@dataclass(eq=False, kw_only=True)
class MergeWithOneself(BrokenRule):
    """Two entries are two rows."""


@dataclass(eq=False, kw_only=True)
class MergedAlready(BrokenRule):
    """One of them is no entry of its own any more."""


@dataclass(eq=False, kw_only=True)
class TwoAccounts(BrokenRule):
    """Both log in, as two persons: then they may be two children."""


@dataclass(eq=False, kw_only=True)
class BirthDatesDiffer(BrokenRule):
    """Nobody was born twice."""


@dataclass(eq=False, kw_only=True)
class CourtNoteBetween(BrokenRule):
    """A judge said something about who may come near, and the guardians of the two are not the same."""


@dataclass(eq=False, kw_only=True)
class TwoSafetyCards(BrokenRule):
    """What helps a child at once may not stand on a card that nobody sees."""


@dataclass(eq=False, kw_only=True)
class SightNotAgreed(BrokenRule):
    """By merging, people come to see what they did not see: somebody says that this is right."""


@dataclass(eq=False, kw_only=True)
class ChoiceMissing(BrokenRule):
    """Of two that cannot both stay, somebody chooses one."""


def check_reason(reason: str) -> str:
    """The reason, tidied. Raises WhyMissing.

    >>> check_reason(" Verwisseld  bij het invullen ")
    'Verwisseld bij het invullen'
    """
    said = " ".join(reason.split())
    if len(said) < SHORTEST_REASON:
        raise WhyMissing(least=SHORTEST_REASON)
    return said[:MOST_REASON]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a list stands or could stand: whose, in which round and group; and the list itself as it was seen, when there is one."""

    pupil: Hashable
    round: Hashable
    group: Hashable
    list_seen: str | None


def check_move(here: Place, there: Place, *, closed_at: datetime | None) -> bool:
    """Whether the two lists change places; otherwise the other pupil had none. Raises what stands in the way.

    >>> here = Place(pupil="noor", round="autumn", group="6a", list_seen="x")
    >>> check_move(here, Place(pupil="sem", round="autumn", group="6a", list_seen=None), closed_at=None)
    False
    """
    if here.pupil == there.pupil:
        raise MovesNowhere
    if (here.round, here.group) != (there.round, there.group):
        raise OtherClassOrRound
    refuse_closed(closed_at)
    if here.list_seen is None:
        raise ListGone
    return there.list_seen is not None


def refuse_stale(now: str, *, seen: str) -> None:
    """Somebody decides on what was shown, and on nothing else. Raises ChangedSinceLooked."""
    if now != seen:
        raise ChangedSinceLooked


def refuse_undo(undone_at: datetime | None, next_steps: Iterable[NextStep]) -> None:
    """Raises UndoneAlready, or TooLateToUndo with the first thing that was built on it."""
    if undone_at is not None:
        raise UndoneAlready
    for step in next_steps:
        raise TooLateToUndo(step=step)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """One of two entries of what may be one pupil, as far as merging hangs on it."""

    key: Hashable
    person: Hashable | None
    born_on: date | None
    guardians: frozenset[Hashable]  # those with authority now
    has_court_note: bool
    has_safety_card: bool
    merged_at: datetime | None


def check_merge(stays: Entered, goes: Entered) -> None:
    """Whether two entries may become one. Raises the first thing that stands in the way."""
    if stays.key == goes.key:
        raise MergeWithOneself
    if stays.merged_at or goes.merged_at:
        raise MergedAlready
    if stays.person and goes.person:
        raise TwoAccounts
    if stays.born_on and goes.born_on and stays.born_on != goes.born_on:
        raise BirthDatesDiffer
    if (stays.has_court_note or goes.has_court_note) and stays.guardians != goes.guardians:
        raise CourtNoteBetween
    if stays.has_safety_card and goes.has_safety_card:
        raise TwoSafetyCards


Key = TypeVar("Key", bound=Hashable)
Sense = TypeVar("Sense", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Moves:
    """Rows that come to the entry that stays, and rows of that entry that make room and are kept with the other."""

    here: tuple[Hashable, ...]
    away: tuple[Hashable, ...] = ()
    aside: tuple[Hashable, ...] = ()  # of the entry that goes: they cannot both stay, and are kept where they are


def moves(
    staying: Mapping[Key, Collection[Sense]], going: Mapping[Key, Collection[Sense]], *, prefers_going: Collection[Sense] = ()
) -> Moves:
    """Which rows change places, where a pupil has one row of each sense: one list in a round, one group at a time.

    `prefers_going` are the senses of which somebody chose the row of the entry that goes.

    >>> moves({"a": ["autumn"]}, {"b": ["autumn"], "c": ["spring"]})
    Moves(here=('c',), away=(), aside=('b',))
    >>> moves({"a": ["autumn"]}, {"b": ["autumn"]}, prefers_going=["autumn"])
    Moves(here=('b',), away=('a',), aside=())
    """
    held = {sense: key for key, senses in staying.items() for sense in senses}
    here: list[Hashable] = []
    away: list[Hashable] = []
    aside: list[Hashable] = []
    for key, senses in going.items():
        clashing = {held[sense] for sense in senses if sense in held}
        if not clashing or all(sense in prefers_going for sense in senses if sense in held):
            here.append(key)
            away += [one for one in clashing if one not in away]
        else:
            aside.append(key)
    return Moves(tuple(here), tuple(away), tuple(aside))


def overlap(one: tuple[datetime, datetime | None], other: tuple[datetime, datetime | None]) -> bool:
    """Whether two stays share a moment; without an end a stay goes on.

    >>> from datetime import UTC
    >>> a, b = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
    >>> overlap((a, b), (b, None)), overlap((a, None), (b, None))
    (False, True)
    """
    return (other[1] is None or one[0] < other[1]) and (one[1] is None or other[0] < one[1])
