"""Counts and rates: how often a pupil was chosen, out of how many who could have.

The functions take tables of choices (..., n, n) and masks (..., n), so that one class and a whole country run through the same code.
`nominators` are the pupils who took part, `listed` the places that hold a pupil (None: all; classes of unequal size are padded).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

NOTHING = 1e-9  # differences below this are rounding, not data


@dataclass(frozen=True, slots=True, eq=False)
class Received:
    """Choices received per pupil, all of shape (..., n).

    count: number of choices; possible: nominators other than the pupil; rate: count / possible (NaN when nobody could choose);
    z: rate standardised over the list, with n - 1.
    """

    count: Ints
    possible: Ints
    rate: Floats
    z: Floats


def received(choices: Bools, nominators: Bools, listed: Bools | None = None) -> Received:
    """Count the choices received and compare them with the possible ones.

    rate_j = Σ_i A_ij / |R without j|. An absent pupil can be chosen by one nominator more than the others, which is why rates,
    not counts, are standardised. Source: Coie & Dodge 1983.
    """
    here = listed_or_all(nominators, listed)
    count = choices.sum(axis=-2, dtype=np.int64)
    possible = np.where(here, nominators.sum(axis=-1, keepdims=True) - nominators, 0).astype(np.int64)
    rate = shares(count, possible)
    return Received(count, possible, rate, z_scores(rate, here))


def given(choices: Bools) -> Ints:
    """Count the choices each pupil gives, int (..., n)."""
    count: Ints = choices.sum(axis=-1, dtype=np.int64)
    return count


def mutual(choices: Bools) -> Bools:
    """Say for each two pupils whether they chose each other, bool (..., n, n)."""
    return choices & np.swapaxes(choices, -1, -2)


def z_scores(values: Floats, mask: Bools) -> Floats:
    """Standardise over the last axis with n - 1, within the mask; NaN stays NaN.

    When all are equal, or there is only one, everybody has 0.
    """
    valid = mask & ~np.isnan(values)
    n = valid.sum(axis=-1, keepdims=True)
    mean = np.where(valid, values, 0.0).sum(axis=-1, keepdims=True) / np.maximum(n, 1)
    off = np.where(valid, values - mean, 0.0)
    sd = np.sqrt((off**2).sum(axis=-1, keepdims=True) / np.maximum(n - 1, 1))
    z = np.where(sd > NOTHING, off / np.where(sd > NOTHING, sd, 1.0), 0.0)
    return np.where(valid, z, np.nan)


def shares(part: NDArray[np.integer] | Floats, whole: NDArray[np.integer] | Floats) -> Floats:
    """Divide, and give NaN where there is nothing to divide by."""
    return np.where(whole > 0, part / np.where(whole > 0, whole, 1), np.nan)


def listed_or_all(nominators: Bools, listed: Bools | None) -> Bools:
    """Take the mask of the list, or everybody when there is none."""
    return np.ones_like(nominators) if listed is None else listed
