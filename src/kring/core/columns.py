"""Columns of numbers as methods take them: float64[n], NaN for what is missing, of equal length where they share their rows."""

from collections.abc import Sized
from dataclasses import dataclass
from enum import Enum
from math import fsum
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kring.core.errors import CallerMistake
from kring.core.instruments import NotASign

__all__ = ["BeyondMeasure", "NotAChoice", "NotAColumn", "NotNumbers", "NotYesOrNo", "UnequalColumns"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Choice = TypeVar("Choice", bound=Enum)

MOST = 1e30  # a larger number is a mistake, and its powers would not fit; nor would what is divided by a spread below 1/MOST
NO_SPREAD = MOST**-2  # squares of differences below this do not survive a computation


@dataclass(eq=False, kw_only=True)
class NotNumbers(CallerMistake):
    """Words, dates and rows of unequal length are no column of numbers."""

    name: str
    kind: str


@dataclass(eq=False, kw_only=True)
class NotYesOrNo(CallerMistake):
    """A column of yes and no is bool; a number or a missing value among them would be read as yes."""

    name: str
    kind: str


@dataclass(eq=False, kw_only=True)
class NotAChoice(CallerMistake):
    """A choice is a member of its enumeration; a word would be read as one of the others, and turn the outcome round."""

    choices: tuple[str, ...]
    given: object


@dataclass(eq=False, kw_only=True)
class NotAColumn(CallerMistake):
    """A column has one axis; a table, of moments or of items, has two."""

    name: str
    shape: tuple[int, ...]


@dataclass(eq=False, kw_only=True)
class BeyondMeasure(CallerMistake):
    """A score is a number of ordinary size: not infinite."""

    name: str
    value: float


@dataclass(eq=False, kw_only=True)
class UnequalColumns(CallerMistake):
    """Columns about the same persons have the same number of rows."""

    lengths: dict[str, int]


def columns(**given: ArrayLike) -> list[Floats]:
    """Take columns that share their rows as float64[n]. Raises NotNumbers, NotAColumn, BeyondMeasure, UnequalColumns."""
    taken = {name: table(values, name, axes=1) for name, values in given.items()}
    same_length(**taken)
    return list(taken.values())


def same_length(**given: Sized) -> None:
    """See that columns share their rows. Raises UnequalColumns."""
    lengths = {name: len(values) for name, values in given.items()}
    if len(set(lengths.values())) > 1:
        raise UnequalColumns(lengths=lengths)


def table(values: ArrayLike, name: str, *, axes: int) -> Floats:
    """Take an array of so many axes as float64; None is missing. Raises NotNumbers, NotAColumn, BeyondMeasure."""
    array = numbers(values, name)
    if array.ndim != axes:
        raise NotAColumn(name=name, shape=array.shape)
    for extreme in (np.fmax.reduce(array, axis=None, initial=0.0), np.fmin.reduce(array, axis=None, initial=0.0)):
        if abs(extreme) > MOST:
            raise BeyondMeasure(name=name, value=float(extreme))
    return array


def numbers(values: ArrayLike, name: str) -> Floats:
    """Take an array of any axes as float64; None, and what is masked, is missing. Raises NotNumbers."""
    try:
        given = np.ma.filled(values.astype(np.float64), np.nan) if isinstance(values, np.ma.MaskedArray) else np.asarray(values)
        if given.dtype.kind not in "biufO":
            raise NotNumbers(name=name, kind=str(given.dtype))
        return given.astype(np.float64, copy=False)
    except (TypeError, ValueError, OverflowError):
        raise NotNumbers(name=name, kind=type(values).__name__) from None


def truths(values: ArrayLike, name: str) -> Bools:
    """Take a column of yes and no as bool[n]; an empty list is nobody. Raises NotYesOrNo, NotAColumn."""
    try:
        given = np.asarray(values)
    except ValueError:
        raise NotYesOrNo(name=name, kind=type(values).__name__) from None
    if given.ndim != 1:
        raise NotAColumn(name=name, shape=given.shape)
    if given.dtype != np.bool_ and given.size:
        raise NotYesOrNo(name=name, kind=str(given.dtype))
    return given.astype(np.bool_, copy=False)


def choice(given: Choice, of: type[Choice]) -> Choice:
    """Give a member of an enumeration back. Raises NotAChoice."""
    if not isinstance(given, of):
        raise NotAChoice(choices=tuple(map(str, of)), given=given)
    return given


def signed(direction: int) -> int:
    """Give the direction of a scale back, +1 or -1. Raises NotASign."""
    if direction not in (1, -1):
        raise NotASign(of="scale", field="direction", value=direction)
    return direction


def finite(number: float, name: str) -> float:
    """Give a parameter of ordinary size back. Raises BeyondMeasure."""
    if not abs(number) <= MOST:
        raise BeyondMeasure(name=name, value=number)
    return number


def total(values: Floats) -> float:
    """Add up exactly and round once, so that the order of the values changes nothing."""
    return fsum(values.tolist())
