"""The first proposal for the change of the school year, from the groups as they are."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from kring.core.year_change import LEAVES, LONGEST_NAME, NewGroup, OldGroup, Plan, Sits

FIRST: Final = 1  # the year level in which children come to school
SECONDARY: Final = 6  # the last year level of the longest track
LARGE: Final = 30  # what joins a class never makes it larger than this
LETTERS: Final = "BCDEFGHIJ"
_LAST_BY_TRACK: Final = (
    (4, re.compile(r"vmbo|mavo|kader|(?<![a-z])(?:tl|gl|kb|bb|bk)(?![a-z])")),
    (5, re.compile(r"havo")),
    (6, re.compile(r"vwo|atheneum|gymnasium")),
)
_NUMBER = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\d/]*$")


def proposal(groups: Sequence[OldGroup], sits: Iterable[Sits], *, last_level: int) -> Plan:
    """Whole classes go on together; of a combination group each year level; the last year level leaves; the first stays open for newcomers.

    >>> found = proposal([OldGroup("a", "6A", (6,)), OldGroup("b", "8", (8,))], [Sits("p", "a", 6), Sits("q", "b", 8)], last_level=8)
    >>> [one.name for one in found.groups], found.ways[("b", 8)]
    (['7A'], 'leaves')
    """
    here = Counter(one.place for one in sits)
    made = _Proposal(here, last_level)
    for one in groups:
        if len(one.levels) == 1:
            made.whole_class(one)
    for one in groups:
        if len(one.levels) > 1:
            made.combination(one)
    made.newcomers(groups)
    return Plan(tuple(sorted(made.groups, key=lambda one: (one.levels, one.name))), made.ways)


class _Proposal:
    """Grows group by group: first the classes, so that combination groups find where to go."""

    def __init__(self, here: Mapping[tuple[str, int], int], last: int) -> None:
        self.here, self.last = here, last
        self.groups: list[NewGroup] = []
        self.ways: dict[tuple[str, int], str] = {}

    def whole_class(self, old: OldGroup) -> None:
        level = old.levels[0]
        self.ways[old.key, level] = LEAVES if level >= last_level_of(old.name, self.last) else self._new(next_name(old.name), (level + 1,))

    def combination(self, old: OldGroup) -> None:
        stays = FIRST in old.levels and FIRST + 1 in old.levels  # the youngest stay with their teacher, as in 1/2
        if stays:
            self.ways[old.key, FIRST] = self._new(old.name, old.levels)
        for level in old.levels:
            if (old.key, level) in self.ways:
                continue
            self.ways[old.key, level] = LEAVES if level >= last_level_of(old.name, self.last) else self._room(old, level + 1)

    def newcomers(self, groups: Sequence[OldGroup]) -> None:
        for old in groups:
            if old.levels == (FIRST,):
                self._new(old.name, old.levels)

    def _room(self, old: OldGroup, level: int) -> str:
        """A class of this level: with the same letter, else the smallest that has room, else a new one."""
        same = [one for one in self.groups if one.levels == (level,)]
        letters = _letters(old.name)
        with_letters = [one for one in same if _letters(one.name) == letters]
        size = self.here.get((old.key, level - 1), 0)
        roomy = [one for one in with_letters or same if self._size(one.key) + size <= LARGE]
        if roomy:
            return min(roomy, key=lambda one: (self._size(one.key), one.name)).key
        taken = {one.name.casefold() for one in self.groups}
        names = [*(f"{level}{letter}" for letter in LETTERS if same), f"{level}{letters}"]
        return self._new(next((name for name in names if name.casefold() not in taken), names[0]), (level,))

    def _size(self, key: str) -> int:
        return sum(self.here.get(place, 0) for place, to in self.ways.items() if to == key)

    def _new(self, name: str, levels: tuple[int, ...]) -> str:
        taken, tried, number = {one.name.casefold() for one in self.groups}, name[:LONGEST_NAME], 1
        while tried.casefold() in taken:
            number += 1
            tried = f"{name[: LONGEST_NAME - 3]} {number}"
        key = f"g{len(self.groups) + 1}"
        self.groups.append(NewGroup(key, tried, levels))
        return key


def last_level_of(name: str, last: int) -> int:
    """In secondary schools the last year level hangs on the track, which the name of a class may say; else that of the school.

    >>> [last_level_of(name, 6) for name in ("4 vmbo-tl", "5havo2", "4 havo/vwo", "4B")], last_level_of("4 vmbo", 8)
    ([4, 5, 6, 6], 8)
    """
    if last != SECONDARY:
        return last
    return max((level for level, word in _LAST_BY_TRACK if word.search(name.casefold())), default=last)


def next_name(name: str) -> str:
    """The name of a class a year later; a name without a number stays.

    >>> next_name("6A"), next_name("Klas 1b"), next_name("De vlinders")
    ('7A', 'Klas 2b', 'De vlinders')
    """
    return _NUMBER.sub(lambda found: str(int(found.group()) + 1), name, count=1)


def _letters(name: str) -> str:
    found = _LETTERS.search(name)
    return found.group().strip() if found else ""
