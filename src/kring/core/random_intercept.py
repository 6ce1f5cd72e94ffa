"""Class means with what they are worth: variances between and within classes by REML, and each mean shrunken by its unreliability.

Only sizes, means and one sum of squares are needed, so that a country is estimated from what its schools hand over.
"""

from dataclasses import dataclass, replace
from math import exp, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq

from kring.core.class_sums import Classes, Labels, NotAClassSize, NoVariances, gathered, middle_and_reach
from kring.core.columns import MOST, Floats, Ints, columns, finite
from kring.core.instruments import NumberOutsideBounds
from kring.core.nesting import Comparison, compared
from kring.core.provenance import Result, method

__all__ = ["RandomIntercept", "ShrunkenMeans", "random_intercept", "random_intercept_of_classes", "shrunken_means"]

RATIOS = np.linspace(-12.0, 12.0, 97)  # ln(τ²/σ²) that are looked at; below them the classes do not differ (methods B.13)
LARGEST_CLASS = 2**31  # pupils: a country; sizes of classes add up within 64 bits


@dataclass(frozen=True, slots=True, eq=False)
class RandomIntercept(Result):
    """Class means with what they are worth, from `n_valid` of `n` pupils.

    `mean` μ with its standard error, variance `between` τ² and `within` σ² classes, `icc` = τ²/(τ² + σ²): None with `unknown`. Then arrays
    over the classes, in the order of `labels`: `sizes` int64, `means`, `reliability` λ, the `shrunken` means and their conditional standard
    deviation `shrunken_sd` (which leaves out the error of μ); NaN with `unknown`, and for a class without pupils.
    """

    mean: float | None
    standard_error: float | None
    between: float | None
    within: float | None
    icc: float | None
    labels: Labels
    sizes: Ints
    means: Floats
    reliability: Floats
    shrunken: Floats
    shrunken_sd: Floats
    comparison: Comparison
    unknown: NoVariances | None
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True, eq=False)
class ShrunkenMeans(Result):
    """Class means drawn towards a known mean, arrays over `n` classes, NaN for a class without pupils (`n_valid` have them)."""

    reliability: Floats
    shrunken: Floats
    shrunken_sd: Floats
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True, eq=False)
class _Profile:
    """The restricted likelihood as a function of ρ = τ²/σ², over the distinct class sizes.

    Classes of one size share their weight, so that a country of classes is searched through as fast as a school: `count` classes of each
    `size`, with the `mean` of their means and the `spread` (sum of squares) of these.
    """

    size: Floats
    count: Floats
    mean: Floats
    spread: Floats
    squares: float

    @property
    def df(self) -> float:
        return float(self.size @ self.count) - 1

    def weighted(self, ratio: Floats) -> tuple[Floats, Floats, Floats, Floats, Floats]:
        """Give v, w = count/v, Σw, μ and Q for ratios (r, 1)."""
        v = ratio + 1 / self.size
        w = self.count / v
        weight = w.sum(axis=-1, keepdims=True)
        mean = (w * self.mean).sum(axis=-1, keepdims=True) / weight
        q = self.squares + (self.spread / v + w * (self.mean - mean) ** 2).sum(axis=-1, keepdims=True)
        return v, w, weight, mean, q

    def deviance(self, ratio: float) -> float:
        """(N-1)·ln Q + Σ ln v + ln Σw: minus twice the restricted log-likelihood, but for a constant."""
        v, _, weight, _, q = self.weighted(np.array([ratio]))
        return float((self.df * np.log(q) + (self.count * np.log(v)).sum() + np.log(weight))[0])

    def slope(self, log_ratio: Floats) -> Floats:
        """Derivative of the deviance to ρ, for ln ρ float64[r]."""
        v, w, weight, mean, q = self.weighted(np.exp(log_ratio)[:, np.newaxis])
        of_q = -(self.spread / v**2 + w / v * (self.mean - mean) ** 2).sum(axis=-1)
        slope: Floats = self.df * of_q / q[:, 0] + w.sum(axis=-1) - (w / v).sum(axis=-1) / weight[:, 0]
        return slope


@method("random-intercept", 1, rows=("values", "classes"))
def random_intercept(values: Floats, classes: ArrayLike) -> RandomIntercept:
    """Estimate the variances between and within classes (REML), and shrink each class mean towards the mean of all (empirical Bayes).

    `values` float64[n], NaN left out; `classes` n whole numbers (for a country: much faster) or words; results in the order of the sorted
    labels. With ρ = τ²/σ²,
    v = ρ + 1/n_c, w = 1/v, μ = Σw·m/Σw and Q = SSW + Σw(m - μ)², σ² = Q/(N - 1) and ρ minimises (N - 1)·ln σ² + Σ ln v + ln Σw. When no ρ
    above e⁻¹² does, τ² = 0 and every class gets μ. λ = τ²/(τ² + σ²/n), shrunken = μ + λ(m - μ), sd = √(τ²(1 - λ)). Values are taken to a
    multiple of 2⁻⁵²⁺ᵇ of their range, b the bits of the largest class size, so that sums are exact whatever the order of the pupils.
    For display and comparison only, never for a decision on a pupil or for an ambition. Source: Raudenbush & Bryk 2002.
    Raises NotAColumn, BeyondMeasure, UnequalColumns, ClassLabelsOfNoKind.

    >>> found = random_intercept(np.array([1.0, 2.0, 3.0, 4.0, 6.0, 1.0, 2.0, 2.0]), ["a", "a", "b", "b", "b", "c", "c", "c"])
    >>> [round(float(mean), 4) for mean in found.shrunken], found.comparison.value
    ([1.7195, 4.0551, 1.7986], 'too few classes')
    """
    return _estimated(gathered(values, classes))


@method("random-intercept-of-classes", 1, rows=("sizes", "means"))
def random_intercept_of_classes(sizes: ArrayLike, means: Floats, *, squares_within: float) -> RandomIntercept:
    """Do the same as random_intercept from what a country hands over: class sizes, class means and the pooled sum of squares within.

    `sizes` k whole numbers, `means` float64[k] (NaN for a class of 0), `squares_within` Σ(x - class mean)². Results in the order given,
    `labels` 0 to k-1. Raises NotAClassSize, NumberOutsideBounds, NotAColumn, BeyondMeasure, UnequalColumns.

    >>> found = random_intercept_of_classes([2, 3, 3], np.array([1.5, 13 / 3, 5 / 3]), squares_within=35 / 6)
    >>> [round(float(mean), 4) for mean in found.shrunken]
    [1.7195, 4.0551, 1.7986]
    """
    n, m = _sizes_and_means(sizes, means)
    if not 0 <= squares_within < float("inf"):
        raise NumberOutsideBounds(of="random intercept", field="squares_within", value=squares_within, low=0, high=float("inf"))
    here = n > 0
    middle, reach = middle_and_reach(m[here])
    reach = max(reach, sqrt(squares_within))
    taken = n[here].astype(np.int64)
    found = Classes(np.flatnonzero(here), taken, m[here] - middle, float(squares_within), middle, int(taken.sum()), reach)
    return _estimated(found) if here.all() else _spread_out(_estimated(found), here)


@method("shrunken-class-means", 1, rows=("sizes", "means"))
def shrunken_means(sizes: ArrayLike, means: Floats, *, mean: float, between: float, within: float) -> ShrunkenMeans:
    """Shrink class means by variances that are known from elsewhere: what a school with few classes can do with a reference sample.

    `sizes` k whole numbers, `means` float64[k] (NaN for a class of 0), `mean` μ, variances `between` τ² and `within` σ² classes.
    λ = τ²/(τ² + σ²/n), shrunken = μ + λ(m - μ), sd = √(τ²(1 - λ)). Source: Raudenbush & Bryk 2002.
    Raises NotAClassSize, NumberOutsideBounds, NotAColumn, BeyondMeasure, UnequalColumns.

    >>> found = shrunken_means([13], np.array([2.71]), mean=3.03, between=0.072, within=0.326)
    >>> round(float(found.reliability[0]), 6), round(float(found.shrunken[0]), 6), round(float(found.shrunken_sd[0]), 6)
    (0.74168, 2.792662, 0.136378)
    """
    n, m = _sizes_and_means(sizes, means)
    for field, variance in (("between", between), ("within", within)):
        if not 0 <= variance < MOST or between == within == 0:
            raise NumberOutsideBounds(of="shrunken means", field=field, value=variance, low=0, high=MOST)
    here = n > 0
    found = np.full((3, len(n)), np.nan)
    found[:, here] = _shrunken(n[here], m[here], finite(mean, "mean"), between, within)
    return ShrunkenMeans(found[0], found[1], found[2], len(n), int(here.sum()))


def _sizes_and_means(sizes: ArrayLike, means: Floats) -> list[Floats]:
    n, m = columns(sizes=sizes, means=means)
    for wrong in np.flatnonzero(~((n >= 0) & (n <= LARGEST_CLASS) & (n == np.floor(n)) & ((n == 0) | ~np.isnan(m)))):
        raise NotAClassSize(size=float(n[wrong]), mean=float(m[wrong]))
    return [n, m]


def _shrunken(sizes: Floats, means: Floats, mean: float, between: float, within: float) -> tuple[Floats, Floats, Floats]:
    """Reliability of class means, shrunken means and their conditional standard deviation."""
    reliability = between / (between + within / sizes)
    return reliability, mean + reliability * (means - mean), np.sqrt(between * (1 - reliability))


def _estimated(found: Classes) -> RandomIntercept:
    profile = None if found.unknown else _profile(found)
    ratio = None if profile is None else _ratio(profile)
    if profile is None or ratio is None:
        return _unestimated(found, found.unknown or NoVariances.NO_SPREAD_WITHIN)
    _, _, weights, mean, q = profile.weighted(np.array([ratio]))
    within, grand = float(q[0]) / (found.n_valid - 1), float(mean[0])
    reliability, shrunken, sd = _shrunken(found.sizes.astype(np.float64), found.means, grand, ratio * within, within)
    return RandomIntercept(
        mean=found.middle + grand,
        standard_error=sqrt(within / float(weights[0])),
        between=ratio * within,
        within=within,
        icc=ratio / (ratio + 1),
        labels=found.labels,
        sizes=found.sizes,
        means=found.means + found.middle,
        reliability=reliability,
        shrunken=found.middle + shrunken,
        shrunken_sd=sd,
        comparison=compared(reliability),
        unknown=None,
        n=found.n,
        n_valid=found.n_valid,
    )


def _unestimated(found: Classes, unknown: NoVariances) -> RandomIntercept:
    nothing = np.full(len(found.sizes), np.nan)
    return RandomIntercept(
        mean=None,
        standard_error=None,
        between=None,
        within=None,
        icc=None,
        labels=found.labels,
        sizes=found.sizes,
        means=found.means + found.middle,
        reliability=nothing,
        shrunken=nothing,
        shrunken_sd=nothing,
        comparison=compared(nothing),
        unknown=unknown,
        n=found.n,
        n_valid=found.n_valid,
    )


def _profile(found: Classes) -> _Profile:
    """Gather the classes by size, in an order that does not depend on the order of the classes."""
    order = np.lexsort((found.means, found.sizes))
    sizes, means = found.sizes[order], found.means[order]
    starts = np.flatnonzero(np.diff(sizes, prepend=0))
    count = np.diff(starts, append=len(sizes)).astype(np.float64)
    mean = np.add.reduceat(means, starts) / count
    spread = np.add.reduceat((means - np.repeat(mean, count.astype(np.int64))) ** 2, starts)
    return _Profile(sizes[starts].astype(np.float64), count, mean, spread, found.squares)


def _ratio(profile: _Profile) -> float | None:
    """The ρ of the lowest deviance: 0 when it only rises, None when it only falls."""
    slopes = profile.slope(RATIOS)
    valleys = np.flatnonzero((slopes[:-1] < 0) & (slopes[1:] >= 0))
    lowest = [exp(brentq(lambda at: float(profile.slope(np.array([at]))[0]), *RATIOS[[j, j + 1]], xtol=1e-13)) for j in valleys]
    candidates = ([0.0] if slopes[0] >= 0 else []) + lowest
    return min(candidates, key=profile.deviance, default=None)


def _spread_out(found: RandomIntercept, here: NDArray[np.bool_]) -> RandomIntercept:
    """Put classes without pupils back in their places."""

    def spread(known: Floats) -> Floats:
        whole = np.full(len(here), np.nan)
        whole[here] = known
        return whole

    sizes = np.zeros(len(here), dtype=np.int64)
    sizes[here] = found.sizes
    return replace(
        found,
        labels=np.arange(len(here)),
        sizes=sizes,
        means=spread(found.means),
        reliability=spread(found.reliability),
        shrunken=spread(found.shrunken),
        shrunken_sd=spread(found.shrunken_sd),
    )
