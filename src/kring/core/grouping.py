"""Which groups a school makes in a year: each with year levels of the school, and parallel ones bundled."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import takewhile

from kring.core.errors import BrokenRule

MOST_LEVELS = 4
"""A combination group of more year levels than this is a mistake in writing."""


@dataclass(eq=False, kw_only=True)
class GroupNameTaken(BrokenRule):
    """A name stands for one group in a school year."""

    name: str


@dataclass(eq=False, kw_only=True)
class GroupWithoutLevel(BrokenRule):
    """Every group has a year level: told by its name, or said."""

    name: str


@dataclass(eq=False, kw_only=True)
class GroupHasPupils(BrokenRule):
    """A group ends when nobody sits in it any more."""

    pupils: int


@dataclass(eq=False, kw_only=True)
class LevelStillUsed(BrokenRule):
    """A group keeps the year levels of the pupils who sit in it."""

    level: int


@dataclass(eq=False, kw_only=True)
class BundleOfOne(BrokenRule):
    """Groups are parallel to each other: there are two at least."""


@dataclass(eq=False, kw_only=True)
class BundleOfDifferentLevels(BrokenRule):
    """Parallel groups have the same year levels, of one school year."""


@dataclass(eq=False, kw_only=True)
class BundledAlready(BrokenRule):
    """A group stands in one bundle."""

    group: str


def levels_in(name: str, known: Collection[int]) -> tuple[int, ...]:
    """The year levels that the name of a group tells: of those that the school has, smallest first.

    >>> levels_in("4/5", range(1, 9)), levels_in("1/2A", range(1, 9)), levels_in("6a", range(1, 9)), levels_in("Vlinders", range(1, 9))
    ((4, 5), (1, 2), (6,), ())
    """
    begins = "".join(takewhile("0123456789/+-".__contains__, name[:20])).rstrip("/+-")
    parts = re.split(r"[/+-]", begins)
    found = sorted({int(part) for part in parts}) if all(0 < len(part) < 3 for part in parts) else []
    return tuple(found) if found and all(level in known for level in found) else ()


def check_bundle(levels: Sequence[tuple[int, ...]], years: Collection[object]) -> None:
    """Raises what is wrong with calling these groups parallel; `years` are the school years they are of."""
    if len(levels) < 2:
        raise BundleOfOne
    if len(set(levels)) > 1 or len(set(years)) > 1:
        raise BundleOfDifferentLevels
