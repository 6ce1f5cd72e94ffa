"""The types of school in the Netherlands: which year levels they have, and where those stand among all years of school."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kring.core.errors import BrokenRule


class SchoolType(StrEnum):
    """As a school is known at the ministry."""

    PRIMARY = "po"
    SPECIAL_PRIMARY = "sbo"
    SPECIAL = "so"
    SPECIAL_SECONDARY = "vso"
    SECONDARY = "vo"


SECONDARY: Final = frozenset({SchoolType.SECONDARY, SchoolType.SPECIAL_SECONDARY})
SPECIAL: Final = frozenset({SchoolType.SPECIAL_PRIMARY, SchoolType.SPECIAL, SchoolType.SPECIAL_SECONDARY})
"""Pupils here are not held against the norms of other schools, and everybody has a support plan (R157)."""
LEVELS: Final[Mapping[SchoolType, range]] = {one: range(1, 7) if one in SECONDARY else range(1, 9) for one in SchoolType}
"""Groep 1 up to and including 8; leerjaar 1 up to and including 6."""


@dataclass(eq=False, kw_only=True)
class LevelNotOfSchool(BrokenRule):
    """A secondary school has no groep 8, a primary school no leerjaar: levels go with the type."""

    level: int
    first: int
    last: int


@dataclass(eq=False, kw_only=True)
class TypeStillUsed(BrokenRule):
    """The type of a school does not change under groups whose levels it would not have, nor from groep to leerjaar under any group."""

    groups: str


@dataclass(eq=False, kw_only=True)
class SchoolNameTaken(BrokenRule):
    """Two schools of one board do not go by the same name."""

    name: str


@dataclass(eq=False, kw_only=True)
class BoardNameTaken(BrokenRule):
    """Two boards do not go by the same name."""

    name: str


def check_levels(school_type: SchoolType, levels: Iterable[int]) -> None:
    """Raises LevelNotOfSchool for the first level that this type of school does not have."""
    known = LEVELS[school_type]
    for level in levels:
        if level not in known:
            raise LevelNotOfSchool(level=level, first=known[0], last=known[-1])


def check_type_change(old: SchoolType, new: SchoolType, groups: Mapping[str, Iterable[int]]) -> None:
    """`groups` are the levels of each group by its name. Raises TypeStillUsed naming the groups that stand in the way."""
    words_change = (old in SECONDARY) != (new in SECONDARY)
    clash = sorted(name for name, levels in groups.items() if words_change or not set(levels) <= set(LEVELS[new]))
    if clash:
        raise TypeStillUsed(groups=", ".join(clash))


def year_of_school(school_type: SchoolType, level: int) -> int:
    """Counted from groep 1 on, through secondary school: what the range of an instrument is written in.

    >>> year_of_school(SchoolType.PRIMARY, 5), year_of_school(SchoolType.SECONDARY, 1)
    (5, 9)
    """
    return level + len(LEVELS[SchoolType.PRIMARY]) if school_type in SECONDARY else level


def suits(school_type: SchoolType, years: tuple[int, int] | None) -> bool:
    """Whether an instrument for these years of school can be used at some level of this type; None is for everybody.

    >>> suits(SchoolType.PRIMARY, (5, 8)), suits(SchoolType.SECONDARY, (5, 8))
    (True, False)
    """
    if years is None:
        return True
    known = LEVELS[school_type]
    return year_of_school(school_type, known[0]) <= years[1] and years[0] <= year_of_school(school_type, known[-1])
