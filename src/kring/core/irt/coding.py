"""From answer codes to categories: what was offered, what nobody chose, and the answer patterns that occur.

Answers come in as whole codes float64[n, k] after reversal, NaN for missing. Within the package a category counts from 0 and MISSING is -1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from kring.core.columns import Floats, Ints, table
from kring.core.errors import CallerMistake

__all__ = ["CodeNotOffered", "CodeNotWhole", "ItemWithoutColumn", "TooManyCategories"]

MISSING = -1
MOST_CATEGORIES = 25  # codes between the lowest and the highest of an item; a slider is no ordinal item

Codes = tuple[tuple[int, ...], ...]


@dataclass(eq=False, kw_only=True)
class CodeNotWhole(CallerMistake):
    """An answer is a whole number, or NaN where it is missing."""

    column: int
    code: float


@dataclass(eq=False, kw_only=True)
class TooManyCategories(CallerMistake):
    """An ordinal item has at most MOST_CATEGORIES answers."""

    column: int
    lowest: int
    highest: int


@dataclass(eq=False, kw_only=True)
class CodeNotOffered(CallerMistake):
    """An answer is one of the codes that the item offers."""

    column: int
    code: int


@dataclass(eq=False, kw_only=True)
class ItemWithoutColumn(CallerMistake):
    """Every item has its column among the answers."""

    column: int
    columns: int


@dataclass(frozen=True, slots=True, eq=False)
class Patterns:
    """The different rows of answers, sorted: `categories` int64[r, k], how many persons gave each, and the pattern of each person."""

    categories: Ints
    counts: Ints
    of_person: Ints

    def indicators(self, sizes: Sequence[int]) -> Floats:
        """Say of each pattern and each category of each item whether it was chosen: float64[r, Σ sizes]; a missing item is all 0."""
        parts = [self.categories[:, j, None] == np.arange(size) for j, size in enumerate(sizes)]
        return np.concatenate(parts, axis=1).astype(np.float64)


def checked(answers: ArrayLike) -> Floats:
    """Give the answers back when they are whole numbers, persons by items. Raises NotNumbers, NotAColumn, BeyondMeasure, CodeNotWhole."""
    taken = table(answers, "answers", axes=2)
    for row, column in np.argwhere(~np.isnan(taken) & (taken != np.round(taken)))[:1].tolist():
        raise CodeNotWhole(column=column, code=float(taken[row, column]))
    return taken


def offered(answers: Floats, column: int, categories: tuple[int, int] | None) -> Codes:
    """Join the codes of an item to categories that somebody chose.

    A code that nobody gave joins the one below it; at the low end it joins the first one that was given. Nothing was given: no categories.
    `categories` are the lowest and the highest code on the form (None: those given). Raises CodeNotOffered, TooManyCategories.
    """
    codes = np.unique(answers[:, column])
    given = [int(code) for code in codes[~np.isnan(codes)]]
    if not given:
        return ()
    low, high = categories or (given[0], given[-1])
    for code in (given[0], given[-1]):
        if not low <= code <= high:
            raise CodeNotOffered(column=column, code=code)
    if high - low >= MOST_CATEGORIES:
        raise TooManyCategories(column=column, lowest=low, highest=high)
    starts = [low, *given[1:], high + 1]
    return tuple(tuple(range(start, end)) for start, end in pairwise(starts))


def codes_between(answers: Floats, column: int) -> tuple[int, int] | None:
    """The lowest and the highest code that anybody gave."""
    known = answers[~np.isnan(answers[:, column]), column]
    return (int(known.min()), int(known.max())) if len(known) else None


def coded(given: ArrayLike, columns: Sequence[int], codes: Sequence[Codes]) -> Ints:
    """Number the categories of the items from 0, MISSING for missing: int64[n, items].

    Raises ItemWithoutColumn, CodeNotOffered and what `checked` raises.
    """
    answers = checked(given)
    numbered = np.full((len(answers), len(columns)), MISSING, dtype=np.int64)
    for place, (column, groups) in enumerate(zip(columns, codes)):
        if not 0 <= column < answers.shape[1]:
            raise ItemWithoutColumn(column=column, columns=answers.shape[1])
        values = answers[:, column]
        known = ~np.isnan(values)
        edges = np.array([group[0] for group in groups])
        outside = values[known & ((values < edges[0]) | (values > groups[-1][-1]))]
        if len(outside):
            raise CodeNotOffered(column=column, code=int(outside[0]))
        numbered[known, place] = np.searchsorted(edges, values[known], side="right") - 1
    return numbered


def patterns(categories: Ints) -> Patterns:
    """Collapse persons to the different rows that occur, sorted, so that the order of the persons means nothing."""
    different, of_person, counts = np.unique(categories.astype(np.int8), axis=0, return_inverse=True, return_counts=True)
    return Patterns(different.astype(np.int64), counts.astype(np.int64), of_person.reshape(-1).astype(np.int64))
