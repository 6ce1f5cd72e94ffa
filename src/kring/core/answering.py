"""Answers on their way: which of two counts, whatever the order in which they arrive, and what comes too late."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from kring.core.errors import BrokenRule
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
