"""Counts and rates: how often a pupil was chosen, out of how many who could have.

The functions take tables of choices (..., n, n) and masks (..., n), so that one class and a whole country run through the same code.
`nominators` are the pupils who took part, `listed` the places that hold a pupil (None: all; classes of unequal size are padded).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kring.core.provenance import Result, method
from kring.core.sociometry.nominations import refuse_no_table
from kring.core.sociometry.rules import ImpossibleChoices, UnevenTables

__all__ = ["Received", "received"]

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

NOTHING = 1e-9  # differences below this are rounding, not data


@dataclass(frozen=True, slots=True, eq=False)
class Received(Result):
    """Choices received per pupil, the arrays all of shape (..., n); `n` pupils on the lists, `n_valid` whom somebody could choose.

    count: number of choices; possible: nominators other than the pupil; rate: count / possible (NaN when nobody could choose);
    z: rate standardised over the list, with n - 1 (NaN where the rate is).
    """

    count: Ints
    possible: Ints
    rate: Floats
    z: Floats
    n: int
    n_valid: int


@method("choices-received", 1, data=("choices", "nominators", "listed"))
def received(choices: Bools, nominators: Bools, listed: Bools | None = None) -> Received:
    """Count the choices received and compare them with the possible ones.

    rate_j = Σ_i A_ij / |R without j|. An absent pupil can be chosen by one nominator more than the others, which is why rates,
    not counts, are standardised. Source: Coie & Dodge 1983. Raises `UnevenTables`, `ImpossibleChoices`.

    >>> choices = np.zeros((5, 5), dtype=bool)
    >>> choices[[0, 0, 1, 2, 3], [1, 2, 0, 1, 1]] = True
    >>> found = received(choices, np.array([True, True, True, True, False]))
    >>> found.count.tolist(), found.possible.tolist(), found.z.round(6).tolist()
    ([1, 3, 1, 0, 0], [3, 3, 3, 3, 4], [0.0, 1.632993, 0.0, -0.816497, -0.816497])
    """
    return counted(choices, nominators, listed)


def counted(choices: Bools, nominators: Bools, listed: Bools | None = None) -> Received:
    """Count as `received` does, without provenance: for what is built on it."""
    here = listed_or_all(nominators, listed)
    refuse_impossible(choices, nominators, here)
    count = choices.sum(axis=-2, dtype=np.int64)
    possible = could_choose(nominators, here)
    rate = shares(count, possible)
    return Received(count, possible, rate, z_scores(rate, here), int(here.sum()), int((possible > 0).sum()))


def could_choose(nominators: Bools, listed: Bools) -> Ints:
    """Count the nominators other than the pupil, int (..., n); 0 where there is no pupil."""
    return np.where(listed, nominators.sum(axis=-1, keepdims=True) - nominators, 0).astype(np.int64)


def given(choices: Bools) -> Ints:
    """Count the choices each pupil gives, int (..., n)."""
    count: Ints = choices.sum(axis=-1, dtype=np.int64)
    return count


def mutual(choices: Bools) -> Bools:
    """Say for each two pupils whether they chose each other, bool (..., n, n)."""
    return choices & np.swapaxes(choices, -1, -2)


def z_scores(values: Floats, mask: Bools) -> Floats:
    """Standardise over the last axis with n - 1, within the mask; NaN stays NaN.

    When all are equal, or there is only one, everybody has 0. The order of the pupils changes no bit, nor does padding.
    """
    valid = mask & ~np.isnan(values)
    n = valid.sum(axis=-1, keepdims=True)
    mean = _in_order_of_size(np.where(valid, values, np.inf)) / np.maximum(n, 1)
    off = np.where(valid, values - mean, 0.0)
    sd = np.sqrt(_in_order_of_size(np.where(valid, off**2, np.inf)) / np.maximum(n - 1, 1))
    z = np.where(sd > NOTHING, off / np.where(sd > NOTHING, sd, 1.0), 0.0)
    return np.where(valid, z, np.nan)


def _in_order_of_size(values: Floats) -> Floats:
    """Add up over the last axis, the smallest first; infinity counts for nothing."""
    ordered = np.sort(values, axis=-1)
    if not ordered.shape[-1]:
        return np.zeros((*ordered.shape[:-1], 1))
    return np.cumsum(np.where(np.isinf(ordered), 0.0, ordered), axis=-1)[..., -1:]


def shares(part: NDArray[np.integer] | Floats, whole: NDArray[np.integer] | Floats) -> Floats:
    """Divide, and give NaN where there is nothing to divide by."""
    return np.where(whole > 0, part / np.where(whole > 0, whole, 1), np.nan)


def listed_or_all(nominators: Bools, listed: Bools | None) -> Bools:
    """Take the mask of the list, or everybody when there is none."""
    return np.ones_like(nominators, dtype=np.bool_) if listed is None else listed


def refuse_impossible(choices: Bools, nominators: Bools, listed: Bools) -> None:
    """Refuse tables that do not fit each other, and choices that no pupil can have made."""
    refuse_no_table(choices, nominators, listed)
    n = choices.shape[-1] if choices.ndim else 0
    if choices.shape != (*nominators.shape, n) or nominators.shape != listed.shape or nominators.shape[-1:] != (n,):
        raise UnevenTables(choices=choices.shape, nominators=nominators.shape, listed=listed.shape)
    if np.einsum("...ii->...i", choices).any():
        raise ImpossibleChoices(of="a pupil for oneself")
    if (choices.any(axis=-1) & ~nominators).any():
        raise ImpossibleChoices(of="somebody who took no part")
    if ((nominators | choices.any(axis=-2)) & ~listed).any():
        raise ImpossibleChoices(of="or for somebody who is not on the list")


def refuse_both(positive: Bools, negative: Bools) -> None:
    """Refuse tables of two kinds of choices that do not fit, or a classmate who is chosen for and against."""
    refuse_no_table(positive, negative)
    if positive.shape == negative.shape and (positive & negative).any():
        raise ImpossibleChoices(of="the same pupil for and against")
