"""Parallel groups side by side: how far chance reaches for each mean, and whether they differ more than chance alone makes them.

Never in an order. The spread is that of all pupils within their groups together: the spread of one group would tell its very scores.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import hypot, sqrt

from scipy.special import fdtrc, stdtrit

from kring.core.intervals import Interval

__all__ = ["LEVEL", "Beside", "Moved", "Spread", "beside", "moved", "reach"]

LEVEL = 0.95
BY_CHANCE = 0.05


@dataclass(frozen=True, slots=True)
class Spread:
    """The standard deviation of pupils within their groups, and its degrees of freedom."""

    sd: float
    df: int


@dataclass(frozen=True, slots=True)
class Beside:
    """`p`: how often groups of pupils like these differ at least so much by chance alone."""

    p: float

    @property
    def is_more_than_chance(self) -> bool:
        return self.p < BY_CHANCE


class Moved(StrEnum):
    """How a mean stands beside the one before; what lies within chance is no change."""

    BETTER = "better"
    WORSE = "worse"
    NOT_CLEARLY = "not_clearly"


def moved(before: Interval, now: Interval, *, direction: int) -> Moved:
    """Whether two means lie further apart than chance alone would often bring them: the errors of both taken together.

    >>> moved(Interval(2.8, 3.0, LEVEL), Interval(3.1, 3.3, LEVEL), direction=1)
    <Moved.BETTER: 'better'>
    """
    middles = [(one.low + one.high) / 2 for one in (before, now)]
    halves = [(one.high - one.low) / 2 for one in (before, now)]
    apart = direction * (middles[1] - middles[0])
    if abs(apart) <= hypot(*halves):
        return Moved.NOT_CLEARLY
    return Moved.BETTER if apart > 0 else Moved.WORSE


def reach(mean: float, n: int, spread: Spread) -> Interval:
    """The 95 % interval of a group like this one.

    >>> found = reach(3.0, 25, Spread(0.5, 150))
    >>> round(found.low, 3), round(found.high, 3)
    (2.802, 3.198)
    """
    half = float(stdtrit(spread.df, (1 + LEVEL) / 2)) * spread.sd / sqrt(n)
    return Interval(mean - half, mean + half, LEVEL)


def beside(means: Sequence[float], sizes: Sequence[int], spread: Spread) -> Beside | None:
    """Analysis of variance of the group means against the spread within all groups; None for one group, or without any spread.

    >>> round(beside([3.0, 3.2], [25, 25], Spread(0.5, 150)).p, 3)
    0.159
    """
    if len(means) < 2 or spread.sd <= 0 or spread.df < 1:
        return None
    grand = sum(mean * n for mean, n in zip(means, sizes, strict=True)) / sum(sizes)
    between = sum(n * (mean - grand) ** 2 for mean, n in zip(means, sizes, strict=True)) / (len(means) - 1)
    return Beside(float(fdtrc(len(means) - 1, spread.df, between / spread.sd**2)))
