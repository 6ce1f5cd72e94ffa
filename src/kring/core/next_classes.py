"""Next year's classes out of several groups of this year: how large, who may be marked, two divisions compared, and into the year change.

What a mark means is known to whoever gave it and to nobody else: it is a letter, and it goes when the classes are taken over.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from scipy.optimize import linear_sum_assignment

from kring.core.errors import BrokenRule
from kring.core.sociometry.composing import PlacesDoNotFit
from kring.core.year_change import OPEN, NewGroup, Plan, Sits, Way, next_key, with_groups, with_pupils, with_ways

MOST_CLASSES: Final = 8
LETTERS: Final = ("A", "B", "C", "D")


@dataclass(eq=False, kw_only=True)
class TooManyClasses(BrokenRule):
    """One to eight classes, and none without pupils."""

    classes: int
    pupils: int


@dataclass(eq=False, kw_only=True)
class ClassNamedTwice(BrokenRule):
    """Two classes of one composition have the same name, or one has none."""

    name: str


@dataclass(eq=False, kw_only=True)
class MarkDoesNotFit(BrokenRule):
    """So many pupils with this mark do not go in the classes, at most so many in each."""

    letter: str
    pupils: int
    most: int
    classes: int


@dataclass(eq=False, kw_only=True)
class PupilsWithoutClass(BrokenRule):
    """Everybody has a class before the classes are taken over."""

    count: int


@dataclass(eq=False, kw_only=True)
class ClassesOfOtherYear(BrokenRule):
    """These classes were made for another school year."""

    year: str


# ---- how large, and what is shared out --------------------------------------------------------------------------


def even_sizes(pupils: int, classes: int) -> tuple[int, ...]:
    """As equal as can be, the larger ones first. Raises TooManyClasses.

    >>> even_sizes(53, 2)
    (27, 26)
    """
    if not 1 <= classes <= min(MOST_CLASSES, pupils):
        raise TooManyClasses(classes=classes, pupils=pupils)
    size, more = divmod(pupils, classes)
    return tuple(size + (number < more) for number in range(classes))


def check_classes(names: Sequence[str], *, most: int, pupils: int) -> None:
    """Classes of these names with at most so many pupils each. Raises TooManyClasses, ClassNamedTwice and PlacesDoNotFit."""
    even_sizes(pupils, len(names))
    said = set[str]()
    for name in names:
        if not name.strip() or name.strip().casefold() in said:
            raise ClassNamedTwice(name=name.strip())
        said.add(name.strip().casefold())
    if most * len(names) < pupils:
        raise PlacesDoNotFit(pupils=pupils, places=most * len(names))


def check_marks(marked: Mapping[str, int], most: Mapping[str, int], *, classes: int) -> None:
    """How many pupils bear each letter, and how many of them a class holds at most. Raises MarkDoesNotFit.

    >>> check_marks({"A": 3}, {"A": 2}, classes=2)
    """
    for letter, limit in most.items():
        if marked.get(letter, 0) > limit * classes:
            raise MarkDoesNotFit(letter=letter, pupils=marked[letter], most=limit, classes=classes)


# ---- two proposals beside each other --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Difference:
    """`same` says for each class of the one which class of the other is most like it; `moved`: who sits elsewhere all the same."""

    same: Mapping[str, str]
    moved: tuple[str, ...]


def difference(one: Mapping[str, str], other: Mapping[str, str]) -> Difference:
    """Two divisions by pupil, beside each other: classes are matched by who sits in them, whatever they are called."""
    both = sorted(one.keys() & other.keys())
    rows, columns = sorted({*one.values()}), sorted({*other.values()})
    shared = Counter((one[pupil], other[pupil]) for pupil in both)
    alike = np.array([[shared[row, column] for column in columns] for row in rows], dtype=np.int64).reshape(len(rows), len(columns))
    matched = zip(*(found.tolist() for found in linear_sum_assignment(alike, maximize=True)))
    same = {rows[row]: columns[column] for row, column in matched}
    return Difference(same, tuple(pupil for pupil in both if same.get(one[pupil]) != other[pupil]))


# ---- into the change of the year ------------------------------------------------------------------------------


def check_same_year(made_for: str, year: str, *, label: str) -> None:
    """Raises ClassesOfOtherYear."""
    if made_for != year:
        raise ClassesOfOtherYear(year=label)


@dataclass(frozen=True, slots=True)
class NextClass:
    """A class of next year, with who comes in it."""

    name: str
    pupils: frozenset[str]


def taken_over(plan: Plan, sits: Sequence[Sits], classes: Sequence[NextClass], *, waiting: int = 0) -> Plan:
    """The plan of the year change with these classes. A new group of that name is taken, and made where there is none.

    Each old group follows most of its pupils, and only who goes elsewhere is named apart. Who left is passed over.
    Raises PupilsWithoutClass.
    """
    if waiting:
        raise PupilsWithoutClass(count=waiting)
    keys: list[str] = []
    for one in classes:
        plan, key = _with_class(plan, one, {sat.level + 1 for sat in sits if sat.pupil in one.pupils})
        keys.append(key)
    to = {pupil: key for one, key in zip(classes, keys) for pupil in one.pupils}
    placed = [sat for sat in sits if sat.pupil in to]
    plan = with_ways(plan, _ways(sits, to))
    chosen = {sat.pupil: None if plan.ways.get(sat.place) == to[sat.pupil] else Way(to[sat.pupil], sat.level + 1) for sat in placed}
    return with_pupils(plan, placed, chosen)


def _with_class(plan: Plan, one: NextClass, levels: Collection[int]) -> tuple[Plan, str]:
    there = next((group for group in plan.groups if group.name.casefold() == one.name.casefold()), None)
    if there is None:
        key = next_key(plan)
        return (with_groups(plan, [*plan.groups, NewGroup(key, one.name, tuple(sorted(levels)))]) if levels else plan), key
    wider = replace(there, levels=tuple(sorted({*there.levels, *levels})))
    return with_groups(plan, [wider if group is there else group for group in plan.groups]), there.key


def _ways(sits: Iterable[Sits], to: Mapping[str, str]) -> dict[tuple[str, int], str]:
    """Where most of a year level of an old group go; nobody else's way changes with it."""
    counted: dict[tuple[str, int], Counter[str]] = {}
    for sat in sits:
        counted.setdefault(sat.place, Counter())[to.get(sat.pupil, OPEN)] += 1
    return {place: found.most_common(1)[0][0] for place, found in counted.items() if OPEN not in found}
