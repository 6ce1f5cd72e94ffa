"""Measurements of one pupil over time, as arrays: one place per planned moment, NaN where nothing was measured."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from kring.core.errors import CallerMistake

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

LARGEST = 1e9  # a measurement is a rating of 0-10, a count or a percentage; anything larger is a mistake
NOTHING = 1e-9  # differences below this share of the spread are rounding, not data


class Better(StrEnum):
    """Which way is better for the pupil."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(eq=False, kw_only=True)
class NotASeries(CallerMistake):
    """A series has one axis and holds numbers up to a thousand million; a day without measurement is NaN, never infinite."""

    shape: tuple[int, ...]


def towards_better(values: Floats, better: Better) -> Floats:
    """Turn a series so that up is better: float64[n]. Raises NotASeries."""
    series = np.asarray(values, dtype=np.float64)
    if series.ndim != 1 or (np.abs(series) > LARGEST).any():
        raise NotASeries(shape=series.shape)
    return series if better is Better.HIGHER else -series


def known(series: Floats) -> Floats:
    """Leave out the moments without measurement."""
    return series[~np.isnan(series)]


def median(series: Floats) -> float | None:
    """Median of what was measured; None for nothing."""
    return float(np.median(known(series))) + 0.0 if known(series).size else None


def theil_sen(series: Floats) -> float | None:
    """Slope per moment: the median of the slopes between each two measurements (Sen 1968). None below two measurements."""
    times, values = np.flatnonzero(~np.isnan(series)), known(series)
    if values.size < 2:
        return None
    first, second = np.triu_indices(values.size, 1)
    return float(np.median((values[second] - values[first]) / (times[second] - times[first]))) + 0.0
