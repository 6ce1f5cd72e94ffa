"""A table of counts with its totals: what is a table, and by which sums its cells hang together."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from kring.core.errors import CallerMistake

MOST_CELLS = 1000  # a larger table is no table that a person reads, and the search might take minutes
MOST_PEOPLE = 10**7  # more than the country has pupils; the programmes work in floating numbers, and these stay whole

Counts = NDArray[np.int64]
Hidden = NDArray[np.bool_]
Place = tuple[str | None, str | None]
"""Row and column of a cell; None for the total over the rows or over the columns."""


@dataclass(eq=False, kw_only=True)
class NotATable(CallerMistake):
    """Counts are whole numbers of at least 0, one per row and column, and rows and columns each have their own name.

    Together they are at most ten million.
    """

    rows: int
    columns: int
    shape: tuple[int, ...]


@dataclass(eq=False, kw_only=True)
class TableTooLarge(CallerMistake):
    """A table that is published has at most a thousand cells."""

    cells: int
    most: int


@dataclass(eq=False, kw_only=True)
class ThresholdTooLow(CallerMistake):
    """The least number of people that may be shown is at least 2: with 1 everything may be shown."""

    k: int


@dataclass(eq=False, kw_only=True)
class UnknownCell(CallerMistake):
    """The table has no such row or column."""

    row: str | None
    column: str | None


@dataclass(eq=False, kw_only=True)
class ImpossibleCellFilled(CallerMistake):
    """A cell that everybody knows to be empty holds somebody."""

    row: str
    column: str
    count: int


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Counts with their totals as the last row and column, sorted by name.

    `fixed` are the cells that everybody knows to be empty, `secret` those that may not be known whatever their number.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    full: Counts
    fixed: Hidden
    secret: Hidden

    @property
    def sums(self) -> csr_array:
        """What adds up to zero, one row per equation: the cells of each row and of each column minus their total."""
        height, width = self.full.shape
        numbers = np.arange(height * width).reshape(height, width)
        lines = [*numbers, *numbers.T]
        columns = np.concatenate(lines)
        rows = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
        signs = np.concatenate([np.append(np.ones(len(line) - 1), -1.0) for line in lines])
        return csr_array((signs, (rows, columns)), shape=(len(lines), height * width))

    def place(self, cell: int) -> Place:
        """The names of a cell by its number, row by row."""
        row, column = divmod(cell, len(self.columns) + 1)
        return (*self.rows, None)[row], (*self.columns, None)[column]

    def primary(self, k: int) -> Hidden:
        """The cells and totals that are below k or secret."""
        return ((self.full < k) | self.secret) & ~self.fixed


def checked_table(
    rows: Sequence[str], columns: Sequence[str], counts: Counts, impossible: Collection[Place], k: int, secret: Collection[Place] = ()
) -> Table:
    """The table with its totals, sorted by name. Raises ThresholdTooLow, NotATable, TableTooLarge, UnknownCell, ImpossibleCellFilled."""
    if k < 2:
        raise ThresholdTooLow(k=k)
    given = _needs_counts(rows, columns, counts)
    down, across = (sorted(range(len(names)), key=names.__getitem__) for names in (rows, columns))
    inner = given[np.ix_(down, across)]
    full = np.block([[inner, inner.sum(axis=1, keepdims=True)], [inner.sum(axis=0, keepdims=True), inner.sum(keepdims=True)]])
    nowhere = np.zeros(full.shape, dtype=np.bool_)
    table = Table(tuple(rows[at] for at in down), tuple(columns[at] for at in across), full, nowhere, nowhere.copy())
    for place in secret:
        table.secret[position(table, place)] = True
    for place in impossible:
        at = position(table, place)
        if full[at]:
            raise ImpossibleCellFilled(row=str(place[0]), column=str(place[1]), count=int(full[at]))
        table.fixed[at] = True
    table.fixed[:-1, -1] |= table.fixed[:-1, :-1].all(axis=1)
    table.fixed[-1, :-1] |= table.fixed[:-1, :-1].all(axis=0)
    return table


def _needs_counts(rows: Sequence[str], columns: Sequence[str], counts: Counts) -> Counts:
    given = np.asarray(counts)
    named = given.shape == (len(rows), len(columns)) and len(set(rows)) == len(rows) and len(set(columns)) == len(columns)
    if not named or not given.size or given.dtype.kind not in "iu" or given.min() < 0 or sum(given.ravel().tolist()) > MOST_PEOPLE:
        raise NotATable(rows=len(rows), columns=len(columns), shape=given.shape)
    if given.size > MOST_CELLS:
        raise TableTooLarge(cells=given.size, most=MOST_CELLS)
    return given.astype(np.int64)


def position(table: Table, place: Place) -> tuple[int, int]:
    rows, columns = (*table.rows, None), (*table.columns, None)
    if place[0] not in rows or place[1] not in columns:
        raise UnknownCell(row=place[0], column=place[1])
    return rows.index(place[0]), columns.index(place[1])
