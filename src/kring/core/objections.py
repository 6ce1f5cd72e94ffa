"""Not taking part in a list: who may say so, and who may take it back.

Under 16 each guardian with authority, and one is enough; from 16 the pupil alone (core/consents.py says who decides at which age).
"""

from collections.abc import Collection, Hashable
from dataclasses import dataclass

from kring.core.consents import PUPIL, Deciders
from kring.core.errors import BrokenRule

__all__ = [
    "PUPIL",
    "NotTakingPart",
    "NotTakingPartAlready",
    "NotYoursToObject",
    "NotYoursToTakeBack",
    "ObjectionOver",
    "check_objects",
    "check_takes_back",
    "refuse_not_taking_part",
]


@dataclass(eq=False, kw_only=True)
class NotYoursToObject(BrokenRule):
    """Somebody else decides: under 16 the guardians with authority, from 16 the pupil."""


@dataclass(eq=False, kw_only=True)
class NotTakingPartAlready(BrokenRule):
    """The very same was said before, and stands."""


@dataclass(eq=False, kw_only=True)
class NotYoursToTakeBack(BrokenRule):
    """Another guardian said so; only that one takes it back."""


@dataclass(eq=False, kw_only=True)
class ObjectionOver(BrokenRule):
    """It was taken back before."""


@dataclass(eq=False, kw_only=True)
class NotTakingPart(BrokenRule):
    """Nobody is asked a list about a pupil who does not take part in it, and no answers come in."""

    count: int


def check_objects(needed: Deciders, who: Hashable, standing: Collection[Hashable]) -> None:
    """`standing`: whose objections stand. Raises NotYoursToObject and NotTakingPartAlready.

    >>> from kring.core.consents import Age, deciders
    >>> check_objects(deciders(Age.YOUNG, ["Els", "Ed"]), "Els", standing=["Ed"])
    """
    if who not in needed.everybody():
        raise NotYoursToObject
    if who in standing:
        raise NotTakingPartAlready


def check_takes_back(needed: Deciders, who: Hashable, whose: Hashable, *, is_over: bool) -> None:
    """One's own; and a pupil who decides alone also what a guardian said before. Raises ObjectionOver and NotYoursToTakeBack.

    >>> from kring.core.consents import Age, deciders
    >>> check_takes_back(deciders(Age.GROWN, ["Els"]), PUPIL, "Els", is_over=False)
    """
    if is_over:
        raise ObjectionOver
    if who != whose and not (who == PUPIL and needed.guardians is None):
        raise NotYoursToTakeBack


def refuse_not_taking_part(count: int) -> None:
    """So many of those who would be asked do not take part. Raises NotTakingPart."""
    if count:
        raise NotTakingPart(count=count)
