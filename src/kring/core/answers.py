"""Answers as arrays, pupils × items: the same form for one pupil and for a million."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kring.core.columns import numbers
from kring.core.errors import BrokenRule, CallerMistake
from kring.core.instruments import Instrument, Item, KeyTwice
from kring.core.provenance import fingerprint, unordered, written

__all__ = [
    "AnswerNotWhole",
    "AnswerOutsideScale",
    "AnsweredWithoutAnswer",
    "Answers",
    "AnswersOutOfShape",
    "Missing",
    "UnknownItem",
    "UnknownReason",
]

CHUNK = 1 << 13  # rows that are marked at once, so that they stay in the processor's cache
MARK = np.uint64(0x9E3779B97F4A7C15)  # 2⁶⁴ divided by the golden ratio: spreads every bit over the word
HALF = np.uint64(32)
LARGEST = 1 << 40  # a code beyond this is a mistake, and would not add up exactly
SMALLEST = (np.int8, np.int16, np.int32, np.int64)

Codes = NDArray[np.signedinteger[Any]]
Floats = NDArray[np.float64]


class Missing(IntEnum):
    """Why there is no answer. A missing answer is never 0."""

    ANSWERED = 0
    NOT_SHOWN = 1
    NOT_ANSWERED = 2
    DONT_KNOW = 3
    NOT_APPLICABLE = 4
    REFUSED = 5
    ABSENT = 6


ANSWERED = Missing.ANSWERED.value  # a plain number: against a member of an enum numpy compares thirty times slower


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
    """Codes and reasons must both be rows × items, with a code exactly where the reason is ANSWERED."""

    items: int
    codes: tuple[int, ...]
    reasons: tuple[int, ...]


@dataclass(eq=False, kw_only=True)
class AnswerNotWhole(CallerMistake):
    """A code is a whole number, small enough to be added up exactly."""

    value: float


@dataclass(eq=False, kw_only=True)
class UnknownReason(CallerMistake):
    """A reason is one of the codes of Missing."""

    reason: float


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Raw codes, not reversed, and where there is none, why.

    `codes`[n, k] are whole numbers, kept in the smallest type that holds them (int8 for ordinary lists: 1.4 million pupils × 40 items are
    56 MB) and 0 where nothing was answered; they may be given as float64 with NaN there. `reasons` int8[n, k] are codes of Missing.
    Rows keep the order in which they were given; the arrays are copies and read-only. `extremes`[2, k] are the lowest and highest of the
    codes of each item, the 0 of a missing answer among them.
    Raises AnswersOutOfShape, AnswerNotWhole, UnknownReason, KeyTwice, NotNumbers.
    """

    items: tuple[str, ...]
    codes: NDArray[Any]
    reasons: NDArray[Any]
    extremes: NDArray[Any] = field(init=False, repr=False)
    _fingerprint: bytes | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        given, reasons = _numeric(self.codes, "codes"), _numeric(self.reasons, "reasons")
        shape = (len(given) if given.ndim else 0, len(self.items))
        if given.shape != shape or reasons.shape != shape:
            raise AnswersOutOfShape(items=len(self.items), codes=given.shape, reasons=reasons.shape)
        for item, times in Counter(self.items).items():
            if times > 1:
                raise KeyTwice(of="answers", kind="item", key=item)
        reasons = _reasons(reasons)
        codes = _codes(given, reasons == ANSWERED)
        self._keep("codes", codes)
        self._keep("extremes", np.array([codes.min(axis=0), codes.max(axis=0)]) if len(codes) else np.zeros((2, len(self.items)), np.int8))
        self._keep("reasons", reasons)

    def _keep(self, name: str, array: NDArray[Any]) -> None:
        array.flags.writeable = False
        object.__setattr__(self, name, array)

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def values(self) -> Floats:
        """The codes as float64[n, k], NaN where there is no answer; made anew each time."""
        return np.where(self.reasons == ANSWERED, self.codes, np.nan)

    @property
    def respondents(self) -> int:
        """How many rows answered something."""
        return int(np.count_nonzero((self.reasons == ANSWERED).any(axis=1)))

    def fingerprint(self) -> bytes:
        """Its written form for provenance, worked out once: the order of the rows means nothing."""
        if self._fingerprint is None:
            object.__setattr__(self, "_fingerprint", written(self.items) + unordered([_marks(self.codes, self.reasons)]))
        assert self._fingerprint is not None
        return self._fingerprint

    def rows(self) -> NDArray[np.uint64]:
        """A number for every row with its items, for provenance: which pupil gave which answers is part of the data."""
        return _marks(self.codes, self.reasons) ^ np.uint64(int(fingerprint(self.items), 16))


def _numeric(given: NDArray[Any], name: str) -> NDArray[Any]:
    """Numbers of any kind as they are, for a country of them is not copied; whatever else as float64."""
    plain = isinstance(given, np.ndarray) and given.dtype.kind in "biuf" and not isinstance(given, np.ma.MaskedArray)
    return given if plain else numbers(given, name)


def _reasons(given: NDArray[Any]) -> NDArray[np.int8]:
    for extreme in (given.min(initial=0), given.max(initial=0)):
        if not 0 <= extreme <= max(Missing):
            raise UnknownReason(reason=extreme.item())
    if given.dtype.kind == "f":
        for broken in given[np.rint(given) != given]:
            raise UnknownReason(reason=broken.item())
    return given.astype(np.int8, order="C")


def _codes(given: NDArray[Any], answered: NDArray[np.bool_]) -> Codes:
    if given.dtype.kind == "f":
        if not np.array_equal(np.isnan(given), ~answered):
            raise AnswersOutOfShape(items=given.shape[1], codes=given.shape, reasons=answered.shape)
        given = np.where(answered, given, 0)
        for broken in given[(np.rint(given) != given) | np.isinf(given)]:
            raise AnswerNotWhole(value=float(broken))
    kept = given * answered
    low, high = int(kept.min(initial=0)), int(kept.max(initial=0))
    if max(-low, high) > LARGEST:
        raise AnswerNotWhole(value=float(low if -low > high else high))
    smallest = next(kind for kind in SMALLEST if np.iinfo(kind).min <= low and high <= np.iinfo(kind).max)
    codes: Codes = kept.astype(smallest, order="C", copy=False)
    return codes


def _marks(codes: Codes, reasons: NDArray[np.int8]) -> NDArray[np.uint64]:
    """A number uint64[n] for every row, from the bytes of its codes and reasons, eight at a time."""
    n, k = reasons.shape
    wide = k * codes.itemsize
    octets = np.zeros((CHUNK, -(-(wide + k) // 8) * 8), dtype=np.uint8)
    marks = np.full(n, MARK, dtype=np.uint64)
    for start in range(0, n, CHUNK):
        mark = marks[start : start + CHUNK]
        octets[: len(mark), :wide] = codes[start : start + CHUNK].view(np.uint8)
        octets[: len(mark), wide : wide + k] = reasons[start : start + CHUNK].view(np.uint8)
        for word in octets[: len(mark)].view(np.uint64).T:
            mark ^= word
            mark *= MARK
            mark ^= mark >> HALF
    return marks


def answers_of(items: Sequence[str], table: ArrayLike) -> Answers:
    """A table [n, k] as a notebook has it, NaN where nothing was answered. Raises what Answers raises.

    >>> answers_of(("a", "b"), [[1, 4], [np.nan, 2]]).reasons.tolist()
    [[0, 0], [2, 0]]
    """
    given = numbers(table, "answers")
    return Answers(tuple(items), given, np.where(np.isnan(given), Missing.NOT_ANSWERED, ANSWERED))


def answers_from(instrument: Instrument, rows: Sequence[Mapping[str, int | Missing]]) -> Answers:
    """Rows of answers by item key, as arrays in the item order of the instrument.

    A value is a code of the item or a reason of Missing; an item that the row does not name is NOT_ANSWERED.
    Raises UnknownItem, AnswerOutsideScale and AnsweredWithoutAnswer for the first cell that is wrong.
    """
    place = {item.key: (column, item, item.codes) for column, item in enumerate(instrument.coded)}
    codes = np.zeros((len(rows), len(place)), dtype=np.int64)
    reasons = np.full(codes.shape, Missing.NOT_ANSWERED, dtype=np.int8)
    for number, row in enumerate(rows):
        for key, given in row.items():
            if key not in place:
                raise UnknownItem(row=number, item=key)
            column, item, known = place[key]
            codes[number, column], reasons[number, column] = _cell(number, item, known, given)
    return Answers(tuple(place), codes, reasons)


def _cell(row: int, item: Item, known: frozenset[int], given: int | Missing) -> tuple[int, Missing]:
    if given is Missing.ANSWERED:
        raise AnsweredWithoutAnswer(row=row, item=item.key)
    if isinstance(given, Missing):
        return 0, given
    if given not in known:
        raise AnswerOutsideScale(row=row, item=item.key, value=given, low=item.low, high=item.high)
    return given, Missing.ANSWERED
