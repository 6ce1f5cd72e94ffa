"""Measurements of one pupil over time, as arrays: one place per planned moment, NaN where nothing was measured."""

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from kring.core.columns import BeyondMeasure, choice, table

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

LARGEST = 1e9  # a measurement is a rating of 0-10, a count or a percentage; anything larger is a mistake
NOTHING = 1e-9  # differences below this share of the spread are rounding, not data


class Better(StrEnum):
    """Which way is better for the pupil."""

    HIGHER = "higher"
    LOWER = "lower"


def towards_better(values: Floats, better: Better) -> Floats:
    """Turn a series so that up is better: float64[n]. Raises NotNumbers, NotAColumn, BeyondMeasure, NotAChoice."""
    series = table(values, "series", axes=1)
    for extreme in known(series)[np.abs(known(series)) > LARGEST][:1].tolist():
        raise BeyondMeasure(name="series", value=extreme)
    return series if choice(better, Better) is Better.HIGHER else -series


def measurement(value: float, name: str) -> float:
    """Give a single measurement or target back. Raises BeyondMeasure."""
    if not abs(value) <= LARGEST:
        raise BeyondMeasure(name=name, value=value)
    return value


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
