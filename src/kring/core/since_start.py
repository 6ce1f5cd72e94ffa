"""What happened to a pupil besides the plan itself: scales of lists before and after its start, and signals since.

The reliable change of Jacobson & Truax (1991; `core.change`) over the last list that was over when the plan began and the newest that was
asked after it began. A list that was asked while it began belongs to neither, and other versions or informants are never compared. These
are several comparisons at once: the page says how many, and people decide.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from kring.core.change import reliable_changes

GREAT_WORRY: Final = 3
"""Of a signal: with this worry it is danger by itself, until somebody who knows the pupil says that it is not so."""


@dataclass(frozen=True, slots=True)
class ScaleScore:
    """One scale in one list: asked from `first_on` until `last_on`; `line` names list, version, scale and informant together."""

    line: tuple[str, ...]
    title: str
    informant: str
    first_on: date
    last_on: date
    mean: float
    sem: float | None
    direction: int


@dataclass(frozen=True, slots=True)
class ScaleChange:
    """One scale before and after; rci: positive is better, None when no error of measurement is known."""

    title: str
    informant: str
    before_on: date
    after_on: date
    rci: float | None


@dataclass(frozen=True, slots=True)
class SeenSince:
    """A signal since the start; `is_wrong` when the last answer says that it is not so."""

    worry: int
    is_wrong: bool


def changes_since(scores: Iterable[ScaleScore], start: date) -> tuple[ScaleChange, ...]:
    """Scale by scale, of those that were measured on both sides of the start.

    >>> line = ("list", "1", "contact", "pupil")
    >>> then = ScaleScore(line, "contact", "pupil", date(2026, 1, 5), date(2026, 1, 9), 2.0, 0.25, 1)
    >>> now = ScaleScore(line, "contact", "pupil", date(2026, 3, 2), date(2026, 3, 6), 3.0, 0.25, 1)
    >>> [round(one.rci or 0, 2) for one in changes_since([then, now], date(2026, 1, 12))]
    [2.83]
    """
    lines: dict[tuple[str, ...], list[ScaleScore]] = {}
    for one in scores:
        lines.setdefault(one.line, []).append(one)
    found = (_change(line, start) for line in lines.values())
    return tuple(sorted((one for one in found if one), key=lambda one: (one.title, one.informant)))


def _change(line: Sequence[ScaleScore], start: date) -> ScaleChange | None:
    before = max((one for one in line if one.last_on < start), key=lambda one: one.last_on, default=None)
    after = max((one for one in line if one.first_on > start), key=lambda one: one.last_on, default=None)
    if before is None or after is None:
        return None
    sems = [one.sem for one in (before, after)]
    sem = None if None in sems else max(one for one in sems if one is not None)
    index = reliable_changes(np.array([before.mean]), np.array([after.mean]), sem=sem, direction=after.direction).index[0]
    return ScaleChange(after.title, after.informant, before.last_on, after.last_on, None if np.isnan(index) else float(index))


def is_danger(seen: Iterable[SeenSince]) -> bool:
    """Whether one of them is a great worry that nobody who knows the pupil took away.

    >>> is_danger([SeenSince(3, is_wrong=True), SeenSince(2, is_wrong=False)]), is_danger([SeenSince(3, is_wrong=False)])
    (False, True)
    """
    return any(one.worry >= GREAT_WORRY and not one.is_wrong for one in seen)
