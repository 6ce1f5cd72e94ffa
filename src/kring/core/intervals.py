"""How far chance reaches: intervals for a mean and for a share."""

from dataclasses import dataclass
from math import fsum, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri, stdtrit

from kring.core.errors import CallerMistake

SMALLEST_GROUP_WITH_INTERVAL = 5


@dataclass(eq=False, kw_only=True)
class NotAnInterval(CallerMistake):
    """An interval runs from low to high at a level between 0 and 1."""

    low: float
    high: float
    level: float


@dataclass(eq=False, kw_only=True)
class ImpossibleCount(CallerMistake):
    """A count of something lies between 0 and the number of what was counted, which is at least 1."""

    count: int
    of: int


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


def moments(values: NDArray[np.float64]) -> Moments:
    """Moments of float64[n], NaN left out, summed exactly so that the order of the values changes nothing."""
    known = values[~np.isnan(values)]
    n = len(known)
    if n == 0:
        return Moments(0, None, None)
    if known.min() == known.max():
        return Moments(n, float(known[0]), 0.0 if n > 1 else None)
    mean = fsum(known.tolist()) / n
    return Moments(n, mean, sqrt(fsum(np.square(known - mean).tolist()) / (n - 1)))


def mean_interval(values: NDArray[np.float64], level: float = 0.95) -> Interval | None:
    """Interval for the mean of a group like this one: mean ± t(n-1)·s/√n, in the unit of the values; NaN is left out.

    None below five values and where all are equal: no spread was seen, so nothing can be said about chance (Student 1908).
    """
    known = moments(values)
    return _around_mean(known, 1.0, level)


def mean_interval_now(values: NDArray[np.float64], *, of: int, reliability: float, level: float = 0.95) -> Interval | None:
    """Interval for the mean of exactly these `of` pupils now, of whom some answered, each with measurement error.

    se² = (1 - n/N)·r·s²/n + (1 - r)·s²/n: sampling from a finite group (Cochran 1977) plus error of measurement. None as in
    mean_interval. Raises ImpossibleCount when more values than pupils are given.
    """
    known = moments(values)
    if known.n > of:
        raise ImpossibleCount(count=known.n, of=of)
    if known.n == 0:
        return None
    return _around_mean(known, sqrt((1 - known.n / of) * reliability + (1 - reliability)), level)


def _around_mean(known: Moments, factor: float, level: float) -> Interval | None:
    if known.n < SMALLEST_GROUP_WITH_INTERVAL or known.mean is None or not known.sd:
        return None
    half = float(stdtrit(known.n - 1, (1 + level) / 2)) * factor * known.sd / sqrt(known.n)
    return Interval(known.mean - half, known.mean + half, level)


def wilson(x: int, n: int, level: float = 0.95) -> Interval:
    """Interval for the share x of n (Wilson 1927), always within 0 and 1.

    c = (p + z²/2n)/(1 + z²/n), half-width z/(1 + z²/n)·√(p(1-p)/n + z²/4n²). Raises ImpossibleCount.
    """
    if not 0 <= x <= n or n == 0:
        raise ImpossibleCount(count=x, of=n)
    p, z = x / n, float(ndtri((1 + level) / 2))
    shrink = 1 + z * z / n
    centre, half = (p + z * z / (2 * n)) / shrink, z / shrink * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return Interval(0.0 if x == 0 else centre - half, 1.0 if x == n else centre + half, level)
