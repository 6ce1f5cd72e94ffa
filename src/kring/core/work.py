"""Work in the background: what may be begun, and what happens to it when whoever did it is gone."""

from dataclasses import dataclass
from typing import Final

from kring.core.errors import BrokenRule

MOST_TRIES: Final = 2


@dataclass(eq=False, kw_only=True)
class JobUnderWay(BrokenRule):
    """The same person asked for the same work a moment before."""


@dataclass(eq=False, kw_only=True)
class JobNotFailed(BrokenRule):
    """Only what failed is asked for again; what was done, or still runs, is not."""


@dataclass(eq=False, kw_only=True)
class JobNotToBeStopped(BrokenRule):
    """It is over already, or it is work that is done whole or not at all."""


def is_taken_up_again(*, begun: bool, repeatable: bool, tries: int) -> bool:
    """Whether another worker begins anew with what a worker left lying.

    Work that was not begun did nothing. Work that was begun must be as good done twice as done once. And what brought two workers
    down will bring down the third.
    """
    return tries < MOST_TRIES and (repeatable or not begun)
