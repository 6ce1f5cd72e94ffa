"""Pupils gathered by class: sizes, means and the sum of squares within, the same to the last bit in any order of the pupils."""

from dataclasses import dataclass
from enum import StrEnum
from math import frexp, ldexp
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kring.core.columns import Floats, Ints, UnequalColumns, columns, total
from kring.core.errors import CallerMistake

__all__ = ["ClassLabelsOfNoKind", "NoVariances", "NotAClassSize"]

NOTHING = 1e-13  # differences below this share of the values, or of their range, are rounding
MOST_LABEL = 1 << 62
DENSE = 4  # whole-number labels that lie this close together (bins per pupil) are used as they are

Labels = NDArray[np.int64] | NDArray[np.str_]


class NoVariances(StrEnum):
    """Why variances between and within classes cannot be told apart."""

    NOBODY = "nobody"
    ONE_CLASS = "one class"
    ONE_PUPIL_EACH = "one pupil each"
    NO_SPREAD_WITHIN = "no spread within"


@dataclass(eq=False, kw_only=True)
class ClassLabelsOfNoKind(CallerMistake):
    """A class is named by a whole number or by a word, on one axis."""

    kind: str
    shape: tuple[int, ...]


@dataclass(eq=False, kw_only=True)
class NotAClassSize(CallerMistake):
    """A class holds a whole number of pupils, and has a mean as soon as there is one."""

    size: float
    mean: float


@dataclass(frozen=True, slots=True, eq=False)
class Classes:
    """What is needed of the classes with pupils: sizes, means less `middle`, and the sum of squares within all of them."""

    labels: Labels
    sizes: Ints
    means: Floats
    squares: float
    middle: float
    n: int
    reach: float

    @property
    def rounding(self) -> float:
        """Say below which a mean square is nothing but rounding."""
        return (NOTHING * max(self.reach, abs(self.middle))) ** 2

    @property
    def n_valid(self) -> int:
        return int(self.sizes.sum())

    @property
    def unknown(self) -> NoVariances | None:
        """Say why these classes allow no variances."""
        if not len(self.sizes):
            return NoVariances.NOBODY
        if len(self.sizes) == 1:
            return NoVariances.ONE_CLASS
        if self.n_valid == len(self.sizes):
            return NoVariances.ONE_PUPIL_EACH
        return NoVariances.NO_SPREAD_WITHIN if self.squares <= self.n_valid * self.rounding else None


def gathered(values: Floats, classes: ArrayLike) -> Classes:
    """Gather classes in the order of their labels; no order of the pupils changes a bit of it."""
    (x,) = columns(values=values)
    labels, codes = by_label(classes)
    if len(codes) != len(x):
        raise UnequalColumns(lengths={"values": len(x), "classes": len(codes)})
    missing = np.isnan(x)
    known, codes = (x[~missing], codes[~missing]) if missing.any() else (x, codes)
    sizes = np.bincount(codes, minlength=len(labels))
    here, most = sizes > 0, int(sizes.max(initial=0))
    middle, reach = middle_and_reach(known)
    off = known - middle
    means = _sums(codes, off, len(labels), most) / np.maximum(sizes, 1)
    off -= means[codes]
    squares = total(_sums(codes, np.square(off, out=off), len(labels), most)[here])
    return Classes(labels[here], sizes[here], means[here], squares, middle, len(x), reach)


def by_label(classes: ArrayLike) -> tuple[Labels, NDArray[np.intp]]:
    """Labels in order, some perhaps without pupils, and for every pupil the place of his or hers. Raises ClassLabelsOfNoKind."""
    given = _labels(classes)
    if given.size == 0:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.intp)
    if given.dtype.kind not in "iuU" or given.ndim != 1:
        raise ClassLabelsOfNoKind(kind=str(given.dtype), shape=given.shape)
    if given.dtype.kind != "U":
        low, high = int(given.min()), int(given.max())
        if high - low <= DENSE * len(given) and high < MOST_LABEL:
            codes = given.astype(np.intp, copy=False)
            return np.arange(low, high + 1), codes - low if low else codes
    labels, codes = np.unique(given, return_inverse=True)
    return labels, codes


def _labels(classes: ArrayLike) -> NDArray[Any]:
    try:
        given = np.asarray(classes)
    except ValueError:
        raise ClassLabelsOfNoKind(kind=type(classes).__name__, shape=()) from None
    words = given.dtype.kind == "O" and all(isinstance(label, str) for label in given.flat)
    return given.astype(np.str_) if words else given


def middle_and_reach(values: Floats) -> tuple[float, float]:
    """The middle of the range of the values, and half that range."""
    if not len(values):
        return 0.0, 0.0
    low, high = float(values.min()), float(values.max())
    return (low + high) / 2, (high - low) / 2


def _sums(codes: NDArray[np.intp], values: Floats, classes: int, most: int) -> Floats:
    """Add up per class. Values are made whole multiples of one power of two, so small that up to `most` of them add without rounding."""
    top = float(np.abs(values).max(initial=0.0))
    unit = ldexp(1.0, max(frexp(top)[1] - 52 + most.bit_length(), -1000))
    return np.asarray(np.bincount(codes, weights=np.rint(values / unit), minlength=classes) * unit, dtype=np.float64)
