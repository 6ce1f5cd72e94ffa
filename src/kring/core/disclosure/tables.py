"""Tables with totals: hide as little as possible so that no small number can be worked out from the rest.

Whoever reads a table knows that its cells are whole numbers of at least zero and that they add up to the totals that are shown. From
that each hidden cell can be narrowed to an interval; the narrowest one allowed is as wide as the least number of people, k.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array

from kring.core.disclosure.search import Cut, cheapest, smallest
from kring.core.errors import CallerMistake
from kring.core.provenance import Result, method

__all__ = [
    "AuditedTable",
    "Deduced",
    "ImpossibleCellFilled",
    "NotATable",
    "NotSafeToPublish",
    "Place",
    "SuppressedTable",
    "TableTooLarge",
    "ThresholdTooLow",
    "UnknownCell",
    "audited_table",
    "suppressed_table",
]

MOST_CELLS = 1000  # a larger table is no table that a person reads, and the search might take minutes

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]
Hidden = NDArray[np.bool_]
Place = tuple[str | None, str | None]
"""Row and column of a cell; None for the total over the rows or over the columns."""


@dataclass(eq=False, kw_only=True)
class NotATable(CallerMistake):
    """Counts are whole numbers of at least 0, one per row and column, and rows and columns each have their own name."""

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


@dataclass(eq=False, kw_only=True)
class NotSafeToPublish(CallerMistake):
    """From what would be shown, a small number can be narrowed to fewer than k possibilities."""

    row: str | None
    column: str | None
    low: int
    high: int
    k: int


@dataclass(frozen=True, slots=True)
class Deduced:
    """What can be worked out about one hidden cell (None is the total): it lies from `low` to `high`."""

    row: str | None
    column: str | None
    low: int
    high: int

    def safe(self, k: int) -> bool:
        """Whether that is wide enough, and could be a number that may be shown."""
        return self.high - self.low >= k and self.high >= k


@dataclass(frozen=True, slots=True)
class AuditedTable(Result):
    """Every hidden cell with what can be worked out about it, by row and column.

    `safe` is whether each of those that are below k is wide enough. `n` people in the table, `n_valid` in cells that are shown.
    """

    deduced: tuple[Deduced, ...]
    safe: bool
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True)
class SuppressedTable(Result):
    """A table that may be published: hidden cells and totals are None.

    `primary` are the places below k, `extra` those hidden to protect them; which is which is for the record and is never published.
    `n` people in the table, `n_valid` in cells that are shown.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None
    primary: frozenset[Place]
    extra: frozenset[Place]
    deduced: tuple[Deduced, ...]
    n: int
    n_valid: int


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Counts with their totals as the last row and column, sorted by name; `fixed` are the cells that everybody knows to be empty."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    full: Counts
    fixed: Hidden

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
        """The cells and totals that are below k."""
        return (self.full < k) & ~self.fixed


@method("audited-table", 1, rows=("rows", "counts"))
def audited_table(
    rows: Sequence[str], columns: Sequence[str], counts: Counts, *, hidden: Collection[Place], k: int, impossible: Collection[Place] = ()
) -> AuditedTable:
    """What an outsider can work out about the cells that are hidden, when all other cells and totals are shown.

    Two linear programmes per hidden cell: the least and the greatest it can be, given the shown numbers and x ≥ 0. In a table with totals
    these are whole numbers. Safe: for each hidden number below k, high - low ≥ k and high ≥ k. Source: Fischetti & Salazar-González 2000.
    Raises NotATable, TableTooLarge, ThresholdTooLow, UnknownCell, ImpossibleCellFilled.

    >>> counts = np.array([[12, 9, 4], [15, 8, 2], [3, 11, 9], [14, 10, 6]])
    >>> found = audited_table("1234", "abc", counts, hidden=[("1", "c"), ("2", "c"), ("3", "a")], k=5)
    >>> [(each.low, each.high) for each in found.deduced], found.safe
    ([(4, 4), (2, 2), (3, 3)], False)
    """
    table = checked_table(rows, columns, counts, impossible, k)
    mask = np.zeros(table.full.shape, dtype=np.bool_)
    for place in hidden:
        mask[_position(table, place)] = True
    deduced = _deduced(table, mask, np.flatnonzero(mask))
    small = table.primary(k).ravel()
    safe = all(each.safe(k) for each, cell in zip(deduced, np.flatnonzero(mask)) if small[cell]) and not (small & ~mask.ravel()).any()
    return AuditedTable(deduced, safe, int(table.full[-1, -1]), int(table.full[:-1, :-1][~mask[:-1, :-1]].sum()))


@method("suppressed-table", 1, rows=("rows", "counts"))
def suppressed_table(
    rows: Sequence[str], columns: Sequence[str], counts: Counts, *, k: int, impossible: Collection[Place] = ()
) -> SuppressedTable:
    """A table with its totals in which no number below k is shown or can be worked out, hiding the fewest people.

    Every cell below k is hidden, and a cell of 0 too: that nobody of a class chose an answer says something about all of them. Only cells
    that everybody knows to be empty (`impossible`: no such pupils can exist) are shown as 0. Then the other cells to hide are chosen by a
    whole-number programme with cutting planes (Fischetti & Salazar-González 2000), least people first, ties by row and column. Totals stay
    where that is possible; otherwise the fewest totals go as well, and in the end only the grand total is left. Below k not even that.
    The audit has the last word. Raises NotSafeToPublish when it finds something, NotATable, TableTooLarge, ThresholdTooLow, UnknownCell,
    ImpossibleCellFilled.

    >>> found = suppressed_table("1234", "abc", np.array([[12, 9, 4], [15, 8, 2], [3, 11, 9], [14, 10, 6]]), k=5)
    >>> found.cells
    ((None, 9, None), (15, None, None), (None, None, 9), (14, 10, 6))
    >>> [(each.low, each.high) for each in found.deduced if (each.row, each.column) in found.primary]
    [(1, 6), (0, 5), (0, 5)]
    """
    table = checked_table(rows, columns, counts, impossible, k)
    mask = _hidden(table, k)
    deduced = publishable(table, mask, k) if mask is not None else ()
    return _published(table, mask, k, deduced, rows, columns)


def publishable(table: Table, mask: Hidden, k: int) -> tuple[Deduced, ...]:
    """The last audit: what can be worked out about each hidden cell. Raises NotSafeToPublish."""
    hidden, small = np.flatnonzero(mask), table.primary(k).ravel()
    deduced = _deduced(table, mask, hidden)
    for each, cell in zip(deduced, hidden):
        if small[cell] and not each.safe(k):
            raise NotSafeToPublish(row=each.row, column=each.column, low=each.low, high=each.high, k=k)
    for cell in np.flatnonzero(small & ~mask.ravel()):
        row, column = table.place(int(cell))
        count = int(table.full.ravel()[cell])
        raise NotSafeToPublish(row=row, column=column, low=count, high=count, k=k)
    return deduced


def checked_table(rows: Sequence[str], columns: Sequence[str], counts: Counts, impossible: Collection[Place], k: int) -> Table:
    if k < 2:
        raise ThresholdTooLow(k=k)
    whole = counts.dtype.kind in "iu" and counts.shape == (len(rows), len(columns)) and bool((counts >= 0).all())
    if not whole or len(set(rows)) < len(rows) or len(set(columns)) < len(columns) or not counts.size:
        raise NotATable(rows=len(rows), columns=len(columns), shape=counts.shape)
    if counts.size > MOST_CELLS:
        raise TableTooLarge(cells=counts.size, most=MOST_CELLS)
    down, across = (sorted(range(len(names)), key=names.__getitem__) for names in (rows, columns))
    inner = counts.astype(np.int64)[np.ix_(down, across)]
    full = np.block([[inner, inner.sum(axis=1, keepdims=True)], [inner.sum(axis=0, keepdims=True), inner.sum(keepdims=True)]])
    table = Table(tuple(rows[at] for at in down), tuple(columns[at] for at in across), full, np.zeros(full.shape, dtype=np.bool_))
    for place in impossible:
        at = _position(table, place)
        if full[at]:
            raise ImpossibleCellFilled(row=str(place[0]), column=str(place[1]), count=int(full[at]))
        table.fixed[at] = True
    table.fixed[:-1, -1] |= table.fixed[:-1, :-1].all(axis=1)
    table.fixed[-1, :-1] |= table.fixed[:-1, :-1].all(axis=0)
    return table


def _position(table: Table, place: Place) -> tuple[int, int]:
    rows, columns = (*table.rows, None), (*table.columns, None)
    if place[0] not in rows or place[1] not in columns:
        raise UnknownCell(row=place[0], column=place[1])
    return rows.index(place[0]), columns.index(place[1])


def _hidden(table: Table, k: int) -> Hidden | None:
    """What to hide: only inner cells if that is enough, otherwise totals too; None if nothing at all may be shown."""
    small = table.primary(k)
    if small[-1, -1]:
        return None
    if not small.any():
        return small
    if 2 in table.full.shape:  # one row or column: its cells are the totals of the other way
        return _hidden_list(table, k)
    totals = table.fixed.copy()
    totals[-1, :] = totals[:, -1] = True
    found = _searched(table, k, totals & ~small)
    if found is None:
        found = _searched(table, k, table.fixed)
    return all_but_the_total(table) if found is None else found


def _hidden_list(table: Table, k: int) -> Hidden:
    inner = (table.full[:-1, :-1].ravel(), ~table.fixed[:-1, :-1].ravel())
    hidden = np.zeros(len(inner[0]), dtype=np.bool_)
    hidden[inner[1]] = smallest(inner[0][inner[1]], k)
    mask = np.zeros(table.full.shape, dtype=np.bool_)
    mask[:-1, :-1] = hidden.reshape(mask[:-1, :-1].shape)
    if len(table.columns) == 1:
        mask[:-1, -1] = hidden
    if len(table.rows) == 1:
        mask[-1, :-1] = hidden
    return mask


def all_but_the_total(table: Table) -> Hidden:
    everything: Hidden = ~table.fixed
    everything[-1, -1] = False
    return everything


def _searched(table: Table, k: int, shown: Hidden) -> Hidden | None:
    small = table.primary(k).ravel()
    found = cheapest(
        _costs(table), hidden=small, secret=small, shown=shown.ravel(), sums=table.sums, broken=lambda mask: cuts_against(table, mask, k)
    )
    return None if found is None else found.reshape(shown.shape)


def _costs(table: Table) -> Floats:
    """People that are no longer counted; a total costs more than all cells together, and ties go to the first cell."""
    people = table.full.astype(np.float64)
    weight = people[-1, -1] + 1
    people[-1, :] *= weight
    people[:-1, -1] *= weight
    return people.ravel() + np.arange(people.size) / (people.size * people.size)


def cuts_against(table: Table, mask: NDArray[np.bool_], k: int) -> Iterator[Cut]:
    """One or two inequalities for every small number that can be narrowed too far when this is hidden."""
    for cell in np.flatnonzero(table.primary(k)):
        high, up = _extreme(table, mask, int(cell), 1)
        low, down = _extreme(table, mask, int(cell), -1)
        if high - low < k:
            yield Cut(up + down, k)
        if high < k:
            yield Cut(up, k - int(table.full.ravel()[cell]))


def _extreme(table: Table, mask: NDArray[np.bool_], cell: int, sign: int) -> tuple[int, Floats]:
    """The greatest (sign 1) or least (-1) that a hidden cell can be, and how much of the way each cell could give if it were hidden.

    With d the reduced costs, no choice of hidden cells y lets the cell move further than Σ y·(d·a if d > 0, |d|·(N - a) if d < 0).
    """
    a, most = table.full.ravel().astype(np.float64), float(table.full[-1, -1])
    goal = np.zeros(len(a))
    goal[cell] = -sign
    bounds = np.column_stack([np.where(mask, 0.0, a), np.where(mask, most, a)])
    found = linprog(goal, A_eq=table.sums, b_eq=np.zeros(sum(table.full.shape)), bounds=bounds, method="highs")
    reduced = goal - table.sums.T @ found.eqlin.marginals
    return round(-sign * found.fun), np.where(reduced > 0, reduced * a, -reduced * (most - a))


def _deduced(table: Table, mask: Hidden, cells: Iterable[int]) -> tuple[Deduced, ...]:
    """The audit, written apart from the search: only the hidden cells are unknown."""
    hidden, a = mask.ravel(), table.full.ravel()
    known = -(table.sums[:, ~hidden] @ a[~hidden])
    unknown, numbers = table.sums[:, hidden], np.flatnonzero(hidden).tolist()
    deduced = []
    for cell in cells:
        goal = np.zeros(len(numbers))
        goal[numbers.index(cell)] = 1.0
        ends = [linprog(way * goal, A_eq=unknown, b_eq=known, bounds=(0, None), method="highs").fun for way in (1, -1)]
        deduced.append(Deduced(*table.place(int(cell)), round(ends[0]), round(-ends[1])))
    return tuple(deduced)


def _published(
    table: Table, mask: Hidden | None, k: int, deduced: tuple[Deduced, ...], rows: Sequence[str], columns: Sequence[str]
) -> SuppressedTable:
    hidden = np.ones(table.full.shape, dtype=np.bool_) if mask is None else mask
    small = table.primary(k)
    shown = {table.place(at): None if hidden.ravel()[at] else int(table.full.ravel()[at]) for at in range(table.full.size)}
    return SuppressedTable(
        tuple(rows),
        tuple(columns),
        tuple(tuple(shown[row, column] for column in columns) for row in rows),
        tuple(shown[row, None] for row in rows),
        tuple(shown[None, column] for column in columns),
        shown[None, None],
        _places(table, small),
        _places(table, hidden & ~small),
        deduced,
        int(table.full[-1, -1]),
        int(table.full[:-1, :-1][~hidden[:-1, :-1]].sum()),
    )


def _places(table: Table, mask: Hidden) -> frozenset[Place]:
    return frozenset(table.place(int(cell)) for cell in np.flatnonzero(mask))
