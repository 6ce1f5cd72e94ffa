"""The traffic light: red, orange or green by two cut-offs, and how certain that colour is."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from kring.core.errors import CallerMistake
from kring.core.instruments import Cuts

Z_80 = float(ndtri(0.9))  # half an 80 % interval, 1.281552


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


@dataclass(frozen=True, slots=True, eq=False)
class Bands:
    """Colours of n scores: `band` int8[n] (codes of Band), `certain` bool[n], chances `p_red` and `p_green` float64[n].

    Without `sem` nothing is known about certainty: `certain` is False and both chances are NaN everywhere.
    """

    band: NDArray[np.int8]
    certain: NDArray[np.bool_]
    p_red: NDArray[np.float64]
    p_green: NDArray[np.float64]
    sem: float | None


def bands(scores: NDArray[np.float64], cuts: Cuts, *, direction: int, sem: float | None) -> Bands:
    """Colours of scores float64[n] (NaN is no score) on the mean metric of the scale.

    With x and the cut-offs c1 < c2 in the favourable direction: red if x < c1, orange if c1 ≤ x < c2, green if x ≥ c2, so that a value
    equal to a cut-off gets the better colour. P(red) = Φ((c1 - x)/SEM), P(green) = 1 - Φ((c2 - x)/SEM); a colour is certain when the
    nearest cut-off is further away than 1.281552·SEM (80 % band of the observed score, Lord & Novick 1968). Raises SemNotPositive.
    """
    if sem is not None and not sem > 0:
        raise SemNotPositive(sem=sem)
    x, c1, c2 = direction * scores, direction * cuts.red, direction * cuts.green
    conditions = [np.isnan(x), x < c1, x < c2]
    band = np.select(conditions, [Band.NO_SCORE, Band.RED, Band.ORANGE], default=Band.GREEN).astype(np.int8)
    if sem is None:
        return _uncertain(band)
    certain: NDArray[np.bool_] = np.minimum(np.abs(x - c1), np.abs(x - c2)) > Z_80 * sem
    return Bands(band, certain, ndtr((c1 - x) / sem), ndtr((x - c2) / sem), sem)


def without_cuts(n: int) -> Bands:
    """The bands of n scores on a scale that has no cut-offs at this level: no colour for anyone."""
    return _uncertain(np.full(n, Band.NO_SCORE, dtype=np.int8))


def _uncertain(band: NDArray[np.int8]) -> Bands:
    unknown = np.full(len(band), np.nan)
    return Bands(band, np.zeros(len(band), dtype=np.bool_), unknown, unknown.copy(), None)
