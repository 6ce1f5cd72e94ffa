"""Weights that make a sample look like the country, and what a weighted sample of whole schools is worth."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kring.core.class_sums import by_label
from kring.core.columns import Floats, UnequalColumns, columns, table, total
from kring.core.errors import CallerMistake
from kring.core.instruments import NumberOutsideBounds
from kring.core.nesting import design_effect
from kring.core.provenance import Result, method

__all__ = [
    "EffectiveSampleSize",
    "NobodyToWeigh",
    "SharesThatDoNotAddUp",
    "Stratum",
    "UnknownCategory",
    "Weights",
    "effective_sample_size",
    "rake",
]

TRIM = 5.0  # times the median weight (methods.md B.18)
REACHED = 1e-10  # largest distance of a share from its target that counts as reached
MOST_CYCLES = 2000
MOST_TRIMS = 100
ADDS_UP = 1e-9  # how exactly target shares add up to 1

Ints = NDArray[np.int64]


@dataclass(eq=False, kw_only=True)
class SharesThatDoNotAddUp(CallerMistake):
    """The target shares of one characteristic lie above 0 and add up to 1."""

    characteristic: int
    shares: tuple[float, ...]


@dataclass(eq=False, kw_only=True)
class UnknownCategory(CallerMistake):
    """A category is a whole number from 0 to the number of target shares, or NaN for unknown."""

    characteristic: int
    category: float


@dataclass(eq=False, kw_only=True)
class NobodyToWeigh(CallerMistake):
    """The population has people in a category of whom the sample has nobody: no weight makes up for that."""

    characteristic: int
    category: int


@dataclass(frozen=True, slots=True)
class Stratum:
    """One line of the table of representativeness: persons, share in the sample, share in the population, share after weighting."""

    characteristic: int
    category: int
    n: int
    sample: float
    population: float
    weighted: float


@dataclass(frozen=True, slots=True, eq=False)
class Weights(Result):
    """Weights float64[n] with mean 1, NaN for persons with an unknown category; `strata` is the table of representativeness.

    n: persons; n_valid: those weighted; `trimmed` of them at the largest weight that is allowed. `largest_gap` between a weighted share
    and its target; `reached` when there is none. `efficiency` = (Σw)²/(nΣw²), what the weighting leaves of n; None for nobody.
    """

    weights: Floats
    strata: tuple[Stratum, ...]
    trimmed: int
    largest_gap: float | None
    reached: bool
    efficiency: float | None
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True, eq=False)
class EffectiveSampleSize(Result):
    """How many independent persons the sample is worth: `value` = n_valid·`efficiency`/`design_effect`; all None for nobody.

    n: persons; n_valid: those with a weight above 0.
    """

    value: float | None
    efficiency: float | None
    design_effect: float | None
    n: int
    n_valid: int


@method("raking", 1, rows=("categories",))
def rake(categories: Floats, targets: Sequence[Sequence[float]], *, trim: float = TRIM) -> Weights:
    """Weigh persons so that every characteristic has its shares of the population.

    categories float64[n, d]: per characteristic (region, denomination, school weight, gender, grade) the number of the category, from 0,
    NaN unknown (left out and counted); targets: per characteristic the shares of its categories. Weights are multiplied by target/share,
    one characteristic after another, until all fit (Deming & Stephan 1940), held at `trim` × the median, and fitted again.
    Where both cannot be had, the largest weight stands and `largest_gap` says what remains. Raises SharesThatDoNotAddUp, UnknownCategory,
    NobodyToWeigh, UnequalColumns (targets and categories), NumberOutsideBounds (trim below 1), NotNumbers, NotAColumn, BeyondMeasure.

    >>> found = rake(np.array([[0, 0], [0, 1], [0, 1], [1, 1]]), [(0.5, 0.5), (0.25, 0.75)])
    >>> [round(float(w), 6) for w in found.weights], round(found.efficiency, 6)
    ([1.0, 0.5, 0.5, 2.0], 0.727273)
    """
    members, shares = _taken(categories, targets, trim)
    known = ~np.isnan(members).any(axis=1)
    weights = np.full(len(members), np.nan)
    if not known.any():
        return Weights(weights, (), 0, None, reached=False, efficiency=None, n=len(members), n_valid=0)
    cells, at, counts = np.unique(members[known].astype(np.int64), axis=0, return_inverse=True, return_counts=True)
    _somebody_everywhere(cells, shares)
    per_cell, trimmed = _trimmed(cells, counts, shares, trim)
    weights[known] = per_cell[at.ravel()]
    strata = _strata(cells, counts, per_cell, shares)
    gap = max((abs(each.weighted - each.population) for each in strata), default=0.0)
    return Weights(weights, strata, trimmed, gap, gap <= 2 * REACHED, efficiency(weights[known]), len(members), int(known.sum()))


@method("effective-sample-size", 1, rows=("clusters", "weights"))
def effective_sample_size(clusters: Sequence[int | str], weights: ArrayLike | None = None, *, icc: float) -> EffectiveSampleSize:
    """Say how many independent persons these persons in clusters (classes or schools) are worth.

    n·(Σw)²/(nΣw²)/(1 + (m̄ - 1)·ICC), with m̄ = Σm²/Σm, the number of pupils that a pupil finds in the cluster: with unequal clusters that is
    more, and so more careful, than the plain mean. `weights` float64[n], NaN or 0: does not count. Source: Kish 1965.
    Raises UnequalColumns, NumberOutsideBounds (ICC outside 0 to 1, a negative weight), ClassLabelsOfNoKind, NotAColumn, BeyondMeasure.

    >>> found = effective_sample_size([school for school in range(55) for pupil in range(24)], icc=0.10)
    >>> round(found.value, 6), round(found.design_effect, 6)
    (400.0, 3.3)
    """
    _, places = by_label(clusters)
    cluster, given = columns(clusters=places, weights=np.ones(len(places)) if weights is None else weights)
    for weight in given[given < 0]:
        raise NumberOutsideBounds(of="sample", field="weight", value=float(weight), low=0, high=float("inf"))
    counted = given > 0
    sizes = np.unique(cluster[counted], return_counts=True)[1]
    effect, share, valid = design_effect(sizes, icc=icc).effect, efficiency(given[counted]), int(counted.sum())
    value = None if effect is None or share is None else valid * share / effect
    return EffectiveSampleSize(value, share, effect, len(given), valid)


def efficiency(weights: Floats) -> float | None:
    """What unequal weights leave of n: (Σw)²/(nΣw²), between 1/n and 1; None for nobody."""
    if not len(weights):
        return None
    shares = weights / weights.max()
    return min(1.0, total(shares) ** 2 / (len(shares) * total(shares * shares)))


def _taken(categories: Floats, targets: Sequence[Sequence[float]], trim: float) -> tuple[Floats, list[Floats]]:
    members, shares = table(categories, "categories", axes=2), [table(each, "targets", axes=1) for each in targets]
    if members.shape[1] != len(shares):
        raise UnequalColumns(lengths={"categories": members.shape[1], "targets": len(shares)})
    if not trim >= 1:
        raise NumberOutsideBounds(of="weights", field="trim", value=trim, low=1, high=float("inf"))
    for place, (column, target) in enumerate(zip(members.T, shares)):
        if not ((target > 0).all() and abs(total(target) - 1) <= ADDS_UP):
            raise SharesThatDoNotAddUp(characteristic=place, shares=tuple(target.tolist()))
        for category in column[~(np.isnan(column) | np.isin(column, np.arange(len(target))))]:
            raise UnknownCategory(characteristic=place, category=float(category))
    return members, shares


def _somebody_everywhere(cells: Ints, shares: Sequence[Floats]) -> None:
    for place, target in enumerate(shares):
        for category in sorted(set(range(len(target))) - set(cells[:, place].tolist())):
            raise NobodyToWeigh(characteristic=place, category=category)


def _trimmed(cells: Ints, counts: Ints, shares: Sequence[Floats], trim: float) -> tuple[Floats, int]:
    """Weight per cell, with mean 1 over persons, and how many persons stand at the largest weight."""
    weights = _raked(np.ones(len(cells)), cells, counts, shares)
    limit = trim * _median(weights, counts)
    for _ in range(MOST_TRIMS):
        if not (weights > limit * (1 + REACHED)).any():
            break
        weights = _raked(np.minimum(weights, limit), cells, counts, shares)
        limit = trim * _median(weights, counts)
    weights = np.minimum(weights, limit)
    at_limit = int(counts[weights >= limit * (1 - REACHED)].sum())
    return weights * (counts.sum() / total(counts * weights)), at_limit


def _raked(weights: Floats, cells: Ints, counts: Ints, shares: Sequence[Floats]) -> Floats:
    for _ in range(MOST_CYCLES):
        furthest = 0.0
        for place, target in enumerate(shares):
            now = np.bincount(cells[:, place], counts * weights, minlength=len(target))
            factor = target * now.sum() / now
            furthest = max(furthest, float(np.abs(now / now.sum() - target).max()))
            weights = weights * factor[cells[:, place]]
        if furthest <= REACHED:
            break
    return weights


def _median(weights: Floats, counts: Ints) -> float:
    order = np.argsort(weights, kind="stable")
    sums = counts[order].cumsum()
    n = sums[-1]
    middle = np.searchsorted(sums, [(n - 1) // 2, n // 2], "right")
    return float(weights[order][middle].mean())


def _strata(cells: Ints, counts: Ints, weights: Floats, shares: Sequence[Floats]) -> tuple[Stratum, ...]:
    n, together = int(counts.sum()), total(counts * weights)
    found = []
    for place, target in enumerate(shares):
        for category, share in enumerate(target.tolist()):
            here = cells[:, place] == category
            persons = int(counts[here].sum())
            found.append(Stratum(place, category, persons, persons / n, share, total((counts * weights)[here]) / together))
    return tuple(found)
