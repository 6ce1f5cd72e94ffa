"""The traffic light: red, orange or green by two cut-offs, and how certain that colour is."""

from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from kring.core.columns import signed, table
from kring.core.errors import CallerMistake
from kring.core.instruments import CutKind, Cuts
from kring.core.provenance import Result, method

__all__ = ["Band", "Bands", "NothingToMeasureBy", "SemNotPositive", "bands"]

Z_80 = float(ndtri(0.9))  # half an 80 % interval, 1.281552
SAME = 1e-9  # means nearer to each other than this differ by rounding alone: scores are fractions with small denominators

Floats = NDArray[np.float64]


class Band(IntEnum):
    """A colour, or none for want of a score or of cut-offs."""

    NO_SCORE = -1
    RED = 0
    ORANGE = 1
    GREEN = 2


@dataclass(eq=False, kw_only=True)
class SemNotPositive(CallerMistake):
    """A standard error of measurement is a positive number of points, or absent."""

    sem: float


@dataclass(eq=False, kw_only=True)
class NothingToMeasureBy(CallerMistake):
    """Percentile cut-offs need a norm sample, and cut-offs in percent of the maximum need the range of the scale."""

    kind: CutKind


@dataclass(frozen=True, slots=True, eq=False)
class Bands(Result):
    """Colours of n scores: `band` int8[n] (codes of Band), `certain` bool[n], chances `p_red` and `p_green` float64[n].

    `p_red` and `p_green` are NaN where there is no colour. Without `sem` nothing is known about certainty: `certain` is False and both
    chances are NaN everywhere. `n` scores came in, `n_valid` have a colour.
    """

    band: NDArray[np.int8]
    certain: NDArray[np.bool_]
    p_red: Floats
    p_green: Floats
    sem: float | None
    n: int
    n_valid: int


@method("bands", 1, rows=("scores",), data=("norm",))
def bands(
    scores: Floats,
    cuts: Cuts | None,
    *,
    direction: int,
    sem: float | None,
    span: tuple[int, int] | None = None,
    norm: Floats | None = None,
) -> Bands:
    """Colours of scores float64[n] (NaN is no score) on the mean metric of the scale; no cut-offs (None) is no colour for anyone.

    With x and the cut-offs c1 < c2 in the favourable direction: red if x < c1, orange if c1 ≤ x < c2, green if x ≥ c2, so that a value
    equal to a cut-off gets the better colour. P(red) = Φ((c1 - x)/SEM), P(green) = 1 - Φ((c2 - x)/SEM); a colour is certain when the
    nearest cut-off is further away than 1.281552·SEM (80 % band of the observed score, Lord & Novick 1968). `sem` None: one question, or
    nothing known about the scale. `span` are the lowest and highest code of an item, for cut-offs in percent of the maximum possible;
    `norm` float64[m] the scores of the norm sample, for percentiles (mid-ranks). Raises SemNotPositive, NotASign, NothingToMeasureBy,
    NotNumbers, NotAColumn, BeyondMeasure.

    >>> from kring.core.instruments import Cuts
    >>> from datetime import date
    >>> cuts = Cuts(2.25, 2.75, "gekozen grens, geen norm", date(2025, 8, 1))
    >>> found = bands(np.array([2.20, 2.50, 3.20]), cuts, direction=1, sem=0.29)
    >>> [Band(code).name for code in found.band], found.certain.tolist()
    (['RED', 'ORANGE', 'GREEN'], [False, False, True])
    >>> found.p_red.round(6).tolist()[:2], found.p_green.round(6).tolist()[1:]
    ([0.568444, 0.194325], [0.194325, 0.939636])
    """
    if sem is not None and not 0 < sem < np.inf:
        raise SemNotPositive(sem=sem)
    signed(direction)
    known = table(scores, "scores", axes=1)
    if cuts is None:
        return _uncertain(np.full(len(known), Band.NO_SCORE, dtype=np.int8))
    x, (c1, c2) = direction * known, favourable_cuts(cuts, direction=direction, span=span, norm=norm)
    band = _colours(x, c1, c2)
    if sem is None:
        return _uncertain(band)
    certain: NDArray[np.bool_] = np.minimum(np.abs(x - c1), np.abs(x - c2)) > Z_80 * sem
    with np.errstate(over="ignore"):  # infinitely many standard errors away is a chance of 0 or 1
        p_red, p_green = ndtr((c1 - x) / sem), ndtr((x - c2) / sem)
    return Bands(band, certain, p_red, p_green, sem, len(band), _coloured(band))


def favourable_cuts(cuts: Cuts, *, direction: int, span: tuple[int, int] | None = None, norm: Floats | None = None) -> tuple[float, float]:
    """Both cut-offs in points of the scale mean times the direction, so that the second is always the higher. Raises NothingToMeasureBy,
    NotNumbers, NotAColumn, BeyondMeasure.

    A percentile becomes the smallest score whose mid-rank in the norm sample reaches it; beyond the last norm score that is infinite.
    """
    if cuts.kind is CutKind.RAW:
        return direction * cuts.red, direction * cuts.green
    if cuts.kind is CutKind.POMP and span is not None:
        return direction * _from_pomp(cuts.red, *span), direction * _from_pomp(cuts.green, *span)
    sample = None if norm is None else table(norm, "norm", axes=1)
    known = None if sample is None else np.sort(direction * sample[~np.isnan(sample)])
    if cuts.kind is CutKind.POMP or known is None or not len(known):
        raise NothingToMeasureBy(kind=cuts.kind)
    return _at_percentile(known, cuts.red), _at_percentile(known, cuts.green)


def _from_pomp(percent: float, low: int, high: int) -> float:
    return float(low + (high - low) * Fraction(str(percent)) / 100)


def _at_percentile(known: Floats, percent: float) -> float:
    """The smallest score x with 100·(#{r < x} + ½·#{r = x})/n ≥ percent, counted in whole numbers; known is sorted."""
    values, counts = np.unique(known, return_counts=True)
    needed, below = 2 * len(known) * Fraction(str(percent)), 0
    if needed <= 0:
        return -np.inf
    for value, count in zip(values.tolist(), counts.tolist()):
        if 100 * (2 * below + count) >= needed:
            return float(value)
        below += count
        if 200 * below >= needed:
            return float(np.nextafter(value, np.inf))
    return np.inf


def colour_of_mean(mean: float, cuts: tuple[float, float]) -> Band:
    """The colour of a group's mean in the favourable direction; a mean that only rounding keeps from a cut-off lies on it."""
    return Band.RED if mean < cuts[0] - SAME else Band.ORANGE if mean < cuts[1] - SAME else Band.GREEN


def _colours(x: Floats, c1: float, c2: float) -> NDArray[np.int8]:
    return np.select([np.isnan(x), x < c1, x < c2], [Band.NO_SCORE, Band.RED, Band.ORANGE], default=Band.GREEN).astype(np.int8)


def _coloured(band: NDArray[np.int8]) -> int:
    return int(np.count_nonzero(band != Band.NO_SCORE))


def _uncertain(band: NDArray[np.int8]) -> Bands:
    unknown = np.full(len(band), np.nan)
    return Bands(band, np.zeros(len(band), dtype=np.bool_), unknown, unknown.copy(), None, len(band), _coloured(band))
