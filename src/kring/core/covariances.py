"""Covariances of items with missing answers: what alpha and omega are worked out from.

Sums of whole codes are exact, so neither the order of the persons nor a constant added to an item changes a bit. Other numbers are
first put in one fixed order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kring.core.answers import Answers, Codes, Floats, Missing
from kring.core.columns import NO_SPREAD, table
from kring.core.instruments import Instrument, Scale
from kring.core.provenance import Result
from kring.core.scoring import columns_of, keyed_answers, keys_of

__all__ = ["WhyNot"]

LEAST_PAIRS = 30  # a covariance of fewer pairs is not used; the list is then taken by complete rows only
SHOWN_FROM = 30  # persons: below this no reliability is shown
CONCLUDED_FROM = 100  # persons: below this nothing is concluded from it
CHUNK = 1 << 10  # rows: sums of products of int8 over so many rows are exact in float32
LARGEST_WHOLE = 2**31 - 1
ANSWERED = Missing.ANSWERED.value


class WhyNot(StrEnum):
    """Why a coefficient cannot be given."""

    TOO_FEW_ITEMS = "too-few-items"
    TOO_FEW_PERSONS = "too-few-persons"
    NO_VARIANCE = "no-variance"
    NOT_POSITIVE = "not-positive"
    INCONSISTENT = "inconsistent"


@dataclass(frozen=True, slots=True)
class Coefficient(Result):
    """A coefficient of a scale; `value` is None for the reason `why_not`.

    `n` persons came in, `n_valid` is the smallest number behind one covariance or correlation.
    """

    value: float | None
    why_not: WhyNot | None
    n: int
    n_valid: int

    @property
    def shown(self) -> bool:
        """Whether there are persons enough to show it."""
        return self.value is not None and self.n_valid >= SHOWN_FROM

    @property
    def conclusive(self) -> bool:
        """Whether there are persons enough to conclude from it."""
        return self.value is not None and self.n_valid >= CONCLUDED_FROM


@dataclass(frozen=True, slots=True, eq=False)
class Covariances:
    """Covariances of the items that vary (columns `items`), each of at least `n` persons; `dropped` are the columns without variance."""

    matrix: Floats
    n: int
    items: tuple[int, ...]
    dropped: tuple[int, ...]

    @property
    def correlations(self) -> Floats:
        """The same on standardised items."""
        sd = np.sqrt(np.diag(self.matrix))
        correlations: Floats = self.matrix / np.outer(sd, sd)
        return correlations


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Of every two columns i, j over the persons who answered both: how many, Σ x_i and Σ x_i·x_j; float64[k, k]."""

    pairs: Floats
    sums: Floats
    products: Floats

    def of(self, columns: Sequence[int], slopes: Sequence[int]) -> "Sums":
        """Of some columns, each multiplied by its slope."""
        part, slope = np.ix_(columns, columns), np.array(slopes, dtype=np.float64)
        return Sums(self.pairs[part], self.sums[part] * slope[:, None], self.products[part] * np.outer(slope, slope))

    @property
    def complete(self) -> bool:
        """Whether everybody who answered anything answered everything."""
        return bool(self.pairs.min() == self.pairs.max())


def covariances(values: ArrayLike) -> Covariances | WhyNot:
    """Covariances of float64[n, k] with NaN for missing: pairwise if every pair has LEAST_PAIRS persons, else over complete rows.

    Raises NotNumbers, NotAColumn, BeyondMeasure.
    """
    found = table(values, "values", axes=2)
    k = found.shape[1]
    if k < 2:
        return WhyNot.TOO_FEW_ITEMS
    sums = sums_of_values(found)
    items = _varying(sums)
    if not _sparse(sums, items):
        return _found(sums, items, k)
    rows = found[:, items]
    rows = rows[~np.isnan(rows).any(axis=1)]
    sums = sums_of_values(rows)
    return _found(sums, _varying(sums), k, items)


def scale_covariances(answers: Answers, scale: Scale, instrument: Instrument, sums: Sums) -> Covariances | WhyNot:
    """Covariances of the keyed items of a scale, from the sums of all columns of the answers. Raises ItemNotAsked."""
    columns, keys = columns_of(answers, scale), keys_of(scale, instrument)
    if len(columns) < 2:
        return WhyNot.TOO_FEW_ITEMS
    part = sums.of(columns, keys.slopes)
    items = _varying(part)
    return covariances(keyed_answers(answers, scale, instrument)) if _sparse(part, items) else _found(part, items, len(columns))


def sums_of_answers(answers: Answers) -> Sums:
    """Sums over all columns, of the codes as they were given."""
    return _sums(answers.codes, answers.reasons == ANSWERED)


def sums_of_values(values: Floats) -> Sums:
    """Sums over the columns of float64[n, k], NaN for missing. Numbers that are not whole are counted from the least of their column."""
    known = ~np.isnan(values)
    if known.all(axis=None) and (np.rint(values) == values).all() and np.abs(values).max(initial=0) <= LARGEST_WHOLE:
        return _sums(_smallest(values), known)
    filled = np.where(known, values, 0.0)
    if (np.rint(filled) == filled).all() and np.abs(filled).max(initial=0) <= LARGEST_WHOLE:
        return _sums(_smallest(filled), known)
    filled = np.where(known, values - np.fmin.reduce(values, axis=0, initial=np.inf), 0.0)
    order = np.lexsort((*filled.T, *known.T))
    return _sums(filled[order], known[order])


def _smallest(values: Floats) -> Codes:
    return values.astype(np.int8 if np.abs(values).max(initial=0) <= np.iinfo(np.int8).max else np.int32)


def _sums(values: NDArray[Any], known: NDArray[np.bool_]) -> Sums:
    k = values.shape[1]
    kind: type[np.floating[Any]] = np.float32 if values.dtype == np.int8 else np.float64
    pairs, sums, products = np.zeros((3, k, k))
    for start in range(0, len(values), CHUNK):
        rows, valid = values[start : start + CHUNK].astype(kind), known[start : start + CHUNK]
        products += rows.T @ rows
        if valid.all():
            pairs += len(rows)
            sums += rows.sum(axis=0)[:, None]
        else:
            marks = valid.astype(kind)
            pairs += marks.T @ marks
            sums += rows.T @ marks
    return Sums(pairs, sums, products)


def _varying(sums: Sums) -> list[int]:
    spread = np.diag(sums.pairs) * np.diag(sums.products) - np.diag(sums.sums) ** 2
    return [int(column) for column in np.flatnonzero(spread > NO_SPREAD)]


def _sparse(sums: Sums, items: list[int]) -> bool:
    part = sums.of(items, [1] * len(items))
    return len(items) > 1 and not part.complete and part.pairs.min() < LEAST_PAIRS


def _found(sums: Sums, varying: list[int], k: int, items: list[int] | None = None) -> Covariances | WhyNot:
    """The covariances of the varying columns of `sums`, which are the columns `items` of the k of the list."""
    if np.diag(sums.pairs).max() < 2:
        return WhyNot.TOO_FEW_PERSONS
    if len(varying) < 2:
        return WhyNot.NO_VARIANCE
    used = sums.of(varying, [1] * len(varying))
    matrix = (used.pairs * used.products - used.sums * used.sums.T) / (used.pairs * (used.pairs - 1))
    kept = tuple(varying if items is None else [items[column] for column in varying])
    return Covariances(matrix, int(used.pairs.min()), kept, tuple(column for column in range(k) if column not in kept))
