"""Answers as arrays, pupils × items: the same form for one pupil and for a million."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from kring.core.errors import BrokenRule, CallerMistake
from kring.core.instruments import Instrument, Item


class Missing(IntEnum):
    """Why there is no answer. A missing answer is never 0."""

    ANSWERED = 0
    NOT_SHOWN = 1
    NOT_ANSWERED = 2
    DONT_KNOW = 3
    NOT_APPLICABLE = 4
    REFUSED = 5
    ABSENT = 6


@dataclass(eq=False, kw_only=True)
class AnswerOutsideScale(BrokenRule):
    """The answer is not one of the codes of the item. `row` counts from 0."""

    row: int
    item: str
    value: float
    low: int
    high: int


@dataclass(eq=False, kw_only=True)
class UnknownItem(BrokenRule):
    """The row answers an item that the instrument does not have. `row` counts from 0."""

    row: int
    item: str


@dataclass(eq=False, kw_only=True)
class AnsweredWithoutAnswer(CallerMistake):
    """The row says "answered" without saying what. `row` counts from 0."""

    row: int
    item: str


@dataclass(eq=False, kw_only=True)
class AnswersOutOfShape(CallerMistake):
    """Values and reasons must both be rows × items, with a value exactly where the reason is ANSWERED."""

    items: int
    values: tuple[int, ...]
    reasons: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Raw codes, not reversed. `values` float64[n, k] is NaN exactly where `reasons` int8[n, k] (codes of Missing) is not ANSWERED.

    Rows keep the order in which they were given; the arrays are read-only. Raises AnswersOutOfShape.
    """

    items: tuple[str, ...]
    values: NDArray[np.float64]
    reasons: NDArray[np.int8]

    def __post_init__(self) -> None:
        shape = (self.values.shape[0] if self.values.ndim else 0, len(self.items))
        fits = self.values.shape == shape and self.reasons.shape == shape
        if not fits or not np.array_equal(np.isnan(self.values), self.reasons != Missing.ANSWERED):
            raise AnswersOutOfShape(items=len(self.items), values=self.values.shape, reasons=self.reasons.shape)
        for name in ("values", "reasons"):
            view = getattr(self, name).view()
            view.flags.writeable = False
            object.__setattr__(self, name, view)

    def __len__(self) -> int:
        return int(self.values.shape[0])


def answers_from(instrument: Instrument, rows: Sequence[Mapping[str, int | Missing]]) -> Answers:
    """Rows of answers by item key, as arrays in the item order of the instrument.

    A value is a code of the item or a reason of Missing; an item that the row does not name is NOT_ANSWERED.
    Raises UnknownItem, AnswerOutsideScale and AnsweredWithoutAnswer for the first cell that is wrong.
    """
    position = {item.key: column for column, item in enumerate(instrument.items)}
    values = np.full((len(rows), len(position)), np.nan)
    reasons = np.full(values.shape, Missing.NOT_ANSWERED, dtype=np.int8)
    for number, row in enumerate(rows):
        for key, given in row.items():
            if key not in position:
                raise UnknownItem(row=number, item=key)
            column = position[key]
            values[number, column], reasons[number, column] = _cell(number, instrument.items[column], given)
    return Answers(tuple(position), values, reasons)


def _cell(row: int, item: Item, given: int | Missing) -> tuple[float, Missing]:
    if given is Missing.ANSWERED:
        raise AnsweredWithoutAnswer(row=row, item=item.key)
    if isinstance(given, Missing):
        return np.nan, given
    if given not in item.codes:
        raise AnswerOutsideScale(row=row, item=item.key, value=given, low=item.low, high=item.high)
    return float(given), Missing.ANSWERED
