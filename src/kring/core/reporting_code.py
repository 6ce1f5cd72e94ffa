"""A serious suspicion: who reads it first, who lets others in, and what a note holds. Nothing here weighs whether something is the case."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Generic, TypeVar

from kring.core.access import Role
from kring.core.errors import BrokenRule

HELP_LINE: Final = "0800-2000"
"""Of Veilig Thuis: free, day and night, also without saying about whom."""

Hat = TypeVar("Hat")


class NoteKind(StrEnum):
    """What somebody adds to the file."""

    NOTED = "noted"  # seen or heard
    CONSULTED = "consulted"  # asked somebody, who knows about whom it is
    CONSULTED_WITHOUT_NAME = "consulted_without_name"


@dataclass(eq=False, kw_only=True)
class SuspectedOfNobody(BrokenRule):
    """A suspicion is about one pupil: chosen from a list, or called by name."""


@dataclass(eq=False, kw_only=True)
class SeenLaterThanToday(BrokenRule):
    """What was seen or heard, was so already."""


@dataclass(eq=False, kw_only=True)
class NobodyLeftAtFile(BrokenRule):
    """Somebody who may let others in stays at the file."""


@dataclass(eq=False, kw_only=True)
class NotToLetIn(BrokenRule):
    """One lets in a colleague of the school who works here now and has no seat yet."""


@dataclass(frozen=True, slots=True)
class FirstReaders(Generic[Hat]):
    """Beside who hands it in. `stand_in`: no designated contact was appointed, so it went to who leads."""

    hats: tuple[Hat, ...]
    stand_in: bool


def first_readers(designated: Sequence[Hat], leaders: Sequence[Hat]) -> FirstReaders[Hat]:
    """The designated contacts; who leads the school as long as there are none.

    >>> first_readers([], ["rik"])
    FirstReaders(hats=('rik',), stand_in=True)
    """
    return FirstReaders(tuple(designated or leaders), not designated)


def check_pupil(*, is_chosen: bool, called: str) -> None:
    """Raises SuspectedOfNobody."""
    if not is_chosen and len(called.strip()) < 2:
        raise SuspectedOfNobody


def check_seen(seen_on: date, *, on: date) -> None:
    """Raises SeenLaterThanToday."""
    if seen_on > on:
        raise SeenLaterThanToday


LETS_IN: Final = frozenset({Role.DESIGNATED_CONTACT, Role.COORDINATOR, Role.LEADER})


def check_stays(staying: Collection[Role]) -> None:
    """Whether these roles, without who leaves, are enough. Raises NobodyLeftAtFile."""
    if not LETS_IN.intersection(staying):
        raise NobodyLeftAtFile
