"""Did this pupil really change: the difference between two measurements against what chance alone can do.

Reliable change (Jacobson & Truax 1991), with a practice effect that comes from a reference sample only, and the smallest change that can
be told from chance. All changes are in the favourable direction: up is better.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from itertools import combinations
from math import sqrt
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from kring.core.bands import SemNotPositive
from kring.core.columns import MOST, Floats, Ints, UnequalColumns, columns, finite, signed, table
from kring.core.instruments import NumberOutsideBounds
from kring.core.provenance import Result, method

__all__ = [
    "Change",
    "ChangesOverMoments",
    "DetectableChanges",
    "NoComparison",
    "Occasion",
    "ReliableChanges",
    "changes_over_moments",
    "minimal_detectable_changes",
    "reliable_changes",
]

Z_PERHAPS = float(ndtri(0.90))  # 1.281552: outside what chance does in 80 % of cases
Z_CLEARLY = float(ndtri(0.975))  # 1.959964: outside what chance does in 95 % of cases
NO_MOMENT = -1  # where there is no earlier moment

Codes = NDArray[np.int8]
Each = TypeVar("Each")


class Change(IntEnum):
    """What may be said of a change; UNKNOWN where a score, the error of measurement or comparability is lacking."""

    UNKNOWN = -9
    CLEARLY_WORSE = -2
    PERHAPS_WORSE = -1
    NOT_SHOWN = 0
    PERHAPS_BETTER = 1
    CLEARLY_BETTER = 2


class NoComparison(StrEnum):
    """Why two measurements are not compared at all."""

    OTHER_VERSION = "other version"
    OTHER_INFORMANT = "other informant"
    NO_ERROR_KNOWN = "no error known"


@dataclass(frozen=True, slots=True)
class Occasion:
    """With which version of a scale was measured, and who filled it in (pupil, teacher, parent)."""

    version: str
    informant: str


@dataclass(frozen=True, slots=True, eq=False)
class ReliableChanges(Result):
    """Changes of `n` pupils, of whom `n_valid` have both scores; arrays of n, NaN where a score is lacking.

    `change` is second minus first in the favourable direction, less the practice effect; `index` divides it by `sd_of_difference`;
    `decision` int8 holds codes of Change. With `no_comparison` there is no index and no decision; between versions or informants there
    is no change either.
    """

    change: Floats
    index: Floats
    decision: Codes
    sd_of_difference: float | None
    no_comparison: NoComparison | None
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True, eq=False)
class ChangesOverMoments(Result):
    """Changes of `n` pupils over m moments, each against the pupil's first and previous score; arrays (n, m).

    `first` and `previous` int64 are the moments compared with, -1 where there is none; the indices are NaN and the decisions
    Change.UNKNOWN where no comparison can be made; `no_comparison` says why for a pair of moments. `n_valid` pupils have at least two
    scores. There is deliberately no test of the largest change: the most extreme of several is extreme by chance.
    """

    first: Ints
    previous: Ints
    index_first: Floats
    decision_first: Codes
    index_previous: Floats
    decision_previous: Codes
    sd_of_difference: float | None
    no_comparison: Mapping[tuple[int, int], NoComparison]
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True, eq=False)
class DetectableChanges(Result):
    """Per reliability the smallest change outside chance, at 80 and 95 %, in points: float64[n], NaN where none was given."""

    at_80: Floats
    at_95: Floats
    n: int
    n_valid: int


@method("reliable-change", 1, rows=("before", "after"))
def reliable_changes(
    before: Floats,
    after: Floats,
    *,
    sem: float | None,
    direction: int = 1,
    practice: float = 0.0,
    occasions: tuple[Occasion, Occasion] | None = None,
) -> ReliableChanges:
    """Say of each pupil whether the change is more than error of measurement can do.

    RCI = (x2 - x1 - practice)/(√2·SEM), float64[n] each, NaN for no score; below 1.281552 nothing is shown, from 1.281552 (80 %) perhaps,
    from 1.959964 (95 %) clearly. `practice` is the mean change of the reference sample between the same moments, in points as measured,
    never of the own class: that would erase what the class gained. `sem` None: no error is known, so no index. Another version or another
    informant at the second of the `occasions`: no comparison. Source: Jacobson & Truax 1991; practice effect: Chelune et al. 1993.
    Raises SemNotPositive, NotASign, NotAColumn, BeyondMeasure, UnequalColumns.

    >>> found = reliable_changes(np.array([42.0]), np.array([49.0]), sem=4.1231056256)  # sd 10, reliability .83
    >>> round(float(found.index[0]), 6), Change(found.decision[0]).name
    (1.20049, 'NOT_SHOWN')
    """
    first, second = columns(before=before, after=after)
    sd, hindrance = sd_of_difference(sem), hindrance_of(occasions, sem)
    change = signed(direction) * (second - first - finite(practice, "practice"))
    if hindrance not in (None, NoComparison.NO_ERROR_KNOWN):
        change = np.full(len(first), np.nan)
    index = np.full(len(first), np.nan) if sd is None else change / sd
    return ReliableChanges(change, index, decisions(index), sd, hindrance, len(first), both_scored(first, second))


@method("changes-over-moments", 1, rows=("scores",))
def changes_over_moments(
    scores: Floats,
    *,
    sem: float | None,
    direction: int = 1,
    practice: Sequence[float] | None = None,
    occasions: Sequence[Occasion] | None = None,
) -> ChangesOverMoments:
    """Compare every score with the pupil's first and with the previous one: float64[n, m] of n pupils at m moments in order, NaN for none.

    `practice` says per moment how far the reference sample had changed since the first moment (so it begins with 0). Otherwise as
    reliable_changes; moments of another version or informant are not compared. Source: Jacobson & Truax 1991.
    Raises SemNotPositive, NotASign, NotAColumn, BeyondMeasure, UnequalColumns.

    >>> found = changes_over_moments(np.array([[42.0, 49.0, 54.0]]), sem=4.1231056256)
    >>> [Change(code).name for code in found.decision_first[0]]
    ['UNKNOWN', 'NOT_SHOWN', 'CLEARLY_BETTER']
    """
    x = table(scores, "scores", axes=2)
    moments = x.shape[1]
    learnt = [finite(gain, "practice") for gain in _per_moment(practice, moments, "practice")] or [0.0] * moments
    when = _per_moment(occasions, moments, "occasions")
    first, previous = _compared_with(~np.isnan(x))
    since_first, since_previous = np.full((2, *x.shape), np.nan)
    sd, sign = sd_of_difference(sem), signed(direction)
    unit = np.nan if sd is None else sd
    hindered: dict[tuple[int, int], NoComparison] = {}
    for earlier, later in combinations(range(moments), 2):
        hindrance = hindrance_of((when[earlier], when[later]) if when else None, sem)
        if hindrance:
            hindered[earlier, later] = hindrance
        else:
            index = sign * (x[:, later] - x[:, earlier] - (learnt[later] - learnt[earlier])) / unit
            since_first[:, later] = np.where(first[:, later] == earlier, index, since_first[:, later])
            since_previous[:, later] = np.where(previous[:, later] == earlier, index, since_previous[:, later])
    twice = int((np.sum(~np.isnan(x), axis=1) > 1).sum())
    found = (since_first, decisions(since_first), since_previous, decisions(since_previous))
    return ChangesOverMoments(first, previous, *found, sd, hindered, len(x), twice)


@method("minimal-detectable-change", 1, rows=("reliabilities",))
def minimal_detectable_changes(reliabilities: Floats, *, sd: float = 1.0) -> DetectableChanges:
    """Give the smallest change that chance does not do in 80 and in 95 % of cases: z·√2·sd·√(1 - r), for float64[n] reliabilities.

    In points when `sd` is in points, else in standard deviations. `n` counts the reliabilities asked for. Source: Jacobson & Truax 1991.
    Raises NumberOutsideBounds for a reliability outside 0 to 1 or an sd that is not positive.

    >>> found = minimal_detectable_changes(np.array([0.83]), sd=10.0)
    >>> round(float(found.at_80[0]), 6), round(float(found.at_95[0]), 6)
    (7.472666, 11.428456)
    """
    (r,) = columns(reliabilities=reliabilities)
    for value in r[(r < 0) | (r > 1)]:
        raise NumberOutsideBounds(of="minimal detectable change", field="reliability", value=float(value), low=0, high=1)
    if not 0 < sd < float("inf"):
        raise NumberOutsideBounds(of="minimal detectable change", field="sd", value=sd, low=0, high=float("inf"))
    difference = np.sqrt(2 * (1 - r)) * sd
    return DetectableChanges(Z_PERHAPS * difference, Z_CLEARLY * difference, len(r), int((~np.isnan(r)).sum()))


def decisions(index: Floats) -> Codes:
    """Turn indices in the favourable direction into codes of Change, int8 of the same shape."""
    size = np.abs(index)
    step = (size >= Z_PERHAPS).astype(np.int8) + (size >= Z_CLEARLY).astype(np.int8)
    return np.where(np.isnan(index), Change.UNKNOWN, np.where(index < 0, -step, step)).astype(np.int8)


def sd_of_difference(sem: float | None) -> float | None:
    """Standard deviation of the difference of two measurements of an unchanged pupil: √2·SEM. Raises SemNotPositive."""
    if sem is not None and not 1 / MOST < sem < MOST:
        raise SemNotPositive(sem=sem)
    return None if sem is None else sqrt(2) * sem


def hindrance_of(occasions: tuple[Occasion, Occasion] | None, sem: float | None) -> NoComparison | None:
    """Say why two measurements are not compared, if there is a reason."""
    if occasions and occasions[0].version != occasions[1].version:
        return NoComparison.OTHER_VERSION
    if occasions and occasions[0].informant != occasions[1].informant:
        return NoComparison.OTHER_INFORMANT
    return NoComparison.NO_ERROR_KNOWN if sem is None else None


def both_scored(first: Floats, second: Floats) -> int:
    """Count the pupils with both scores."""
    return int((~np.isnan(first + second)).sum())


def _per_moment(given: Sequence[Each] | None, moments: int, name: str) -> list[Each]:
    if given is not None and len(given) != moments:
        raise UnequalColumns(lengths={"moments": moments, name: len(given)})
    return list(given or ())


def _compared_with(scored: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """For every score the moment of the pupil's first and of the previous score."""
    n, moments = scored.shape
    latest = np.maximum.accumulate(np.where(scored, np.arange(moments), NO_MOMENT), axis=1)
    previous = np.hstack([np.full((n, 1), NO_MOMENT), latest])[:, :moments]
    first = np.where(previous == NO_MOMENT, NO_MOMENT, np.argmax(np.pad(scored, ((0, 0), (0, 1))), axis=1)[:, np.newaxis])
    return np.where(scored, first, NO_MOMENT).astype(np.int64), np.where(scored, previous, NO_MOMENT).astype(np.int64)
