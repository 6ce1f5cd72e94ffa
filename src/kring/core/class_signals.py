"""Signals about several pupils of one class may be one question of that class, and not as many problems of pupils.

How many and how soon is a choice of this project, and no proof: it asks to look at the class too, and ends in a talk about it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kring.core.signs import Family, sign

WITHIN: Final = timedelta(weeks=6)
"""As long as an observation counts."""
LEAST_PUPILS: Final = 4


@dataclass(frozen=True, slots=True)
class SeenInClass:
    """One signal about one pupil, with the class in which the pupil sits now."""

    group: str
    pupil: str
    families: frozenset[Family]
    on: date


@dataclass(frozen=True, slots=True)
class SharedInClass:
    """In one class so many pupils with a signal of one family; `since` is the first of these days."""

    group: str
    family: Family
    pupils: int
    since: date


def families_of(signs: Collection[str], families: Collection[str]) -> frozenset[Family]:
    """As somebody named them; where nobody did, those that the signs may belong to. Raises SignUnknown.

    >>> sorted(families_of(["tired"], [])), sorted(families_of(["tired"], ["social"]))
    ([<Family.EMOTIONS: 'emotions'>], [<Family.SOCIAL: 'social'>])
    """
    if families:
        return frozenset(Family(one) for one in families)
    return frozenset().union(*(sign(key).families for key in signs))


def shared_in_class(seen: Iterable[SeenInClass], *, on: date) -> tuple[SharedInClass, ...]:
    """Of each class the family that most pupils share within six weeks, from four pupils on; two signals about one pupil are one pupil.

    >>> week = date(2026, 3, 2)
    >>> found = shared_in_class([SeenInClass("6A", name, frozenset({Family.BEHAVIOUR}), week) for name in "abcd"], on=week)
    >>> [(one.group, one.family.value, one.pupils) for one in found]
    [('6A', 'behaviour', 4)]
    """
    days: dict[tuple[str, Family], dict[str, date]] = defaultdict(dict)
    for one in seen:
        if timedelta(0) <= on - one.on < WITHIN:
            for family in one.families:
                first = days[one.group, family].get(one.pupil, one.on)
                days[one.group, family][one.pupil] = min(first, one.on)
    enough = [SharedInClass(*key, len(by), min(by.values())) for key, by in days.items() if len(by) >= LEAST_PUPILS]
    most: dict[str, SharedInClass] = {}
    for shared in sorted(enough, key=lambda one: (-one.pupils, one.group, one.family)):
        most.setdefault(shared.group, shared)
    return tuple(most.values())
