"""How far chance reaches for a mean. Two questions, two answers: these pupils now, and a group like this one."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from kring.core.columns import table
from kring.core.errors import CallerMistake
from kring.core.provenance import Result, method

__all__ = [
    "ClustersOfOthers",
    "ImpossibleCount",
    "Interval",
    "MeanInterval",
    "NoInterval",
    "NotAReliability",
    "NotAnInterval",
    "mean_interval",
    "mean_interval_clustered",
    "mean_interval_now",
]

SMALLEST_GROUP_WITH_INTERVAL = 5  # methods B.11
FEWEST_CLUSTERS = 2  # a variance between classes needs two of them; Student's t with one degree of freedom makes it honestly wide

Floats = NDArray[np.float64]


@dataclass(eq=False, kw_only=True)
class NotAnInterval(CallerMistake):
    """An interval runs from low to high at a level between 0 and 1."""

    low: float
    high: float
    level: float


@dataclass(eq=False, kw_only=True)
class ImpossibleCount(CallerMistake):
    """A count of something lies between 0 and the number of what was counted."""

    count: int
    of: int


@dataclass(eq=False, kw_only=True)
class NotAReliability(CallerMistake):
    """A reliability lies within 0 and 1."""

    reliability: float


@dataclass(eq=False, kw_only=True)
class ClustersOfOthers(CallerMistake):
    """There must be exactly one class per value."""

    values: int
    clusters: int


class NoInterval(StrEnum):
    """Why there is no interval."""

    TOO_FEW = "too_few"
    NO_SPREAD = "no_spread"
    ONE_CLUSTER = "one_cluster"


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both included, at confidence `level` (.95 is 95 %)."""

    low: float
    high: float
    level: float

    def __post_init__(self) -> None:
        if not (self.low <= self.high and 0 < self.level < 1):
            raise NotAnInterval(low=self.low, high=self.high, level=self.level)


@dataclass(frozen=True, slots=True)
class Moments:
    """Number, mean (None for nobody) and standard deviation with n - 1 (None below two) of the values that are there."""

    n: int
    mean: float | None
    sd: float | None


@dataclass(frozen=True, slots=True)
class MeanInterval(Result):
    """The mean of `n_valid` of `n` persons, in the unit of the values, with its standard error `se` and its `interval`.

    `mean` is None for nobody, `sd` below two. Where `interval` and `se` are None, `reason` says why.
    """

    mean: float | None
    sd: float | None
    se: float | None
    interval: Interval | None
    reason: NoInterval | None
    n: int
    n_valid: int


def moments(values: Floats) -> Moments:
    """Moments of float64[n], NaN left out, summed exactly so that the order of the values changes nothing.

    Raises NotNumbers, NotAColumn, BeyondMeasure.
    """
    column = table(values, "values", axes=1)
    known = column[~np.isnan(column)]
    n = len(known)
    if n == 0:
        return Moments(0, None, None)
    if known.min() == known.max():
        return Moments(n, float(known[0]), 0.0 if n > 1 else None)
    mean = fsum(known.tolist()) / n
    return Moments(n, mean, sqrt(fsum(np.square(known - mean).tolist()) / (n - 1)))


@method("mean-interval", 1, rows=("values",))
def mean_interval(values: Floats, *, level: float = 0.95) -> MeanInterval:
    """Interval for the mean of a group like this one.

    mean ± t(n-1)·s/√n over float64[n], in the unit of the values; NaN is left out. No interval below five values and where all are equal:
    no spread was seen, so nothing can be said about chance. Source: Student 1908. Raises NotNumbers, NotAColumn, BeyondMeasure,
    NotAnInterval.

    >>> found = mean_interval(np.array([2.0, 2.5, 3.0, 3.5, 4.0, np.nan]))
    >>> found.mean, round(found.se, 6), found.n_valid
    (3.0, 0.353553, 5)
    >>> round(found.interval.low, 6), round(found.interval.high, 6)
    (2.018378, 3.981622)
    """
    return interval_of_a_group(values, level)


@method("mean-interval-now", 1, rows=("values",))
def mean_interval_now(values: Floats, *, of: int, reliability: float, level: float = 0.95) -> MeanInterval:
    """Interval for the mean of exactly these `of` pupils now, of whom some answered, each with measurement error.

    se² = (1 - n/N)·r·s²/n + (1 - r)·s²/n: sampling from a finite group (Cochran 1977) plus error of measurement. No interval as in
    mean_interval. Raises ImpossibleCount when more values than pupils are given, NotAReliability, NotNumbers,
    NotAColumn, BeyondMeasure, NotAnInterval.

    >>> from math import sqrt
    >>> half = 0.60 * sqrt(19 / 20)  # twenty of 24 pupils, mean 2.90, sd .60
    >>> found = mean_interval_now(np.array([2.90 - half, 2.90 + half] * 10), of=24, reliability=0.80)
    >>> round(found.se, 6), round(found.interval.low, 6), round(found.interval.high, 6)
    (0.07746, 2.737875, 3.062125)
    """
    known = moments(values)
    if known.n > of:
        raise ImpossibleCount(count=known.n, of=of)
    if not 0 <= reliability <= 1:
        raise NotAReliability(reliability=reliability)
    factor = sqrt((1 - known.n / of) * reliability + (1 - reliability)) if of else 1.0
    return _around_mean(known, of, factor, level)


@method("mean-interval-clustered", 1, rows=("values", "clusters"))
def mean_interval_clustered(values: Floats, clusters: Sequence[str], *, level: float = 0.95) -> MeanInterval:
    """Interval for the mean of a school like this one: pupils of one class resemble each other, so whole classes are what varies.

    With e_g the sum of (x - mean) over the values of class g of K: se² = K/(K-1)·Σ e_g²/n², mean ± t(K-1)·se (Liang & Zeger 1986, with
    the correction for few clusters). For classes of one size this is the standard error of the mean of the class means. s/√n would be too
    small by √(1 + (m-1)·ICC). No interval below five values, of fewer than two classes with values, or where classes do not differ.
    Raises ClustersOfOthers, NotNumbers, NotAColumn, BeyondMeasure, NotAnInterval.

    >>> found = mean_interval_clustered(np.array([2.0, 3.0, 3.0, 4.0, 3.5, 4.5]), ["a", "a", "b", "b", "c", "c"])
    >>> round(found.mean, 6), round(found.se, 6), round(found.interval.low, 6), round(found.interval.high, 6)
    (3.333333, 0.440959, 1.436042, 5.230625)
    """
    column = table(values, "values", axes=1)
    if len(column) != len(clusters):
        raise ClustersOfOthers(values=len(column), clusters=len(clusters))
    return interval_of_a_school(column, clusters, level)


def interval_of_a_group(values: Floats, level: float) -> MeanInterval:
    """What mean_interval works out, for methods that need many."""
    return _around_mean(moments(values), len(values), 1.0, level)


def interval_of_a_school(values: Floats, clusters: Sequence[str], level: float) -> MeanInterval:
    """What mean_interval_clustered works out, for methods that need many."""
    known = moments(values)
    sums = _cluster_sums(values, clusters, known.mean or 0.0)
    variance = fsum(each * each for each in sums)
    reason = _reason(known) or (NoInterval.ONE_CLUSTER if len(sums) < FEWEST_CLUSTERS else None)
    if reason is None and sqrt(variance) <= 1e-9 * known.n * (known.sd or 0.0):
        reason = NoInterval.NO_SPREAD
    if reason is not None or known.mean is None:
        return MeanInterval(known.mean, known.sd, None, None, reason, len(values), known.n)
    se = sqrt(variance * len(sums) / (len(sums) - 1)) / known.n
    return MeanInterval(known.mean, known.sd, se, _interval(known.mean, se, len(sums) - 1, level), None, len(values), known.n)


def _cluster_sums(values: Floats, clusters: Sequence[str], mean: float) -> list[float]:
    deviations: dict[str, list[float]] = {}
    for value, cluster in zip(values.tolist(), clusters):
        if value == value:  # not missing
            deviations.setdefault(cluster, []).append(value - mean)
    return [fsum(each) for each in deviations.values()]


def _reason(known: Moments) -> NoInterval | None:
    if known.n < SMALLEST_GROUP_WITH_INTERVAL:
        return NoInterval.TOO_FEW
    return None if known.sd else NoInterval.NO_SPREAD


def _around_mean(known: Moments, n: int, factor: float, level: float) -> MeanInterval:
    reason = _reason(known)
    if reason is not None or known.mean is None or known.sd is None:
        return MeanInterval(known.mean, known.sd, None, None, reason, n, known.n)
    se = factor * known.sd / sqrt(known.n)
    return MeanInterval(known.mean, known.sd, se, _interval(known.mean, se, known.n - 1, level), None, n, known.n)


def _interval(mean: float, se: float, df: int, level: float) -> Interval:
    half = float(stdtrit(df, (1 + level) / 2)) * se
    return Interval(mean - half, mean + half, level)
