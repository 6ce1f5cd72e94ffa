"""Tables with totals: hide as little as possible so that no small number can be worked out from the rest.

Whoever reads a table knows that its cells are whole numbers of at least zero and that they add up to the totals that are shown. From
that each hidden cell can be narrowed to an interval; the narrowest one allowed is as wide as the least number of people, k.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from kring.core.disclosure.grid import (
    Counts,
    Hidden,
    ImpossibleCellFilled,
    NotATable,
    Place,
    Table,
    TableTooLarge,
    ThresholdTooLow,
    UnknownCell,
    checked_table,
    position,
)
from kring.core.disclosure.hiding import to_hide
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


@dataclass(eq=False, kw_only=True)
class NotSafeToPublish(CallerMistake):
    """From what would be shown, a small number can be narrowed to fewer than k possibilities."""

    row: str | None
    column: str | None
    low: int
    high: int | None
    k: int


@dataclass(frozen=True, slots=True)
class Deduced:
    """What can be worked out about one hidden cell (None is the total): it lies from `low` to `high` (None is without end)."""

    row: str | None
    column: str | None
    low: int
    high: int | None

    def safe(self, k: int) -> bool:
        """Whether that is wide enough, and could be a number that may be shown."""
        return self.high is None or (self.high - self.low >= k and self.high >= k)


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
        mask[position(table, place)] = True
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
    The audit has the last word.

    The audit is about who knows the numbers shown. Who knows this rule as well can sometimes narrow a small number further. In a table of
    at most 60 cells and totals not to one value: where no other number is found with which the rule hides the same, all cells go. Two
    tables of the same people (by class and by year, by class and by gender, an older one) are each safe and together not: publish one.
    Nor may a mean or a share that was worked out from the cells stand beside it. Raises NotSafeToPublish when the audit finds something,
    NotATable, TableTooLarge, ThresholdTooLow, UnknownCell, ImpossibleCellFilled.

    >>> found = suppressed_table("1234", "abc", np.array([[12, 9, 4], [15, 8, 2], [3, 11, 9], [14, 10, 6]]), k=5)
    >>> found.cells
    ((None, 9, None), (15, None, None), (None, None, 9), (14, 10, 6))
    >>> [(each.low, each.high) for each in found.deduced if (each.row, each.column) in found.primary]
    [(1, 6), (0, 5), (0, 5)]
    """
    table = checked_table(rows, columns, counts, impossible, k)
    mask = to_hide(table, k)
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


def _deduced(table: Table, mask: Hidden, cells: Iterable[int]) -> tuple[Deduced, ...]:
    """The audit, written apart from the search: only the hidden cells are unknown."""
    hidden, a = mask.ravel(), table.full.ravel()
    known = -(table.sums[:, ~hidden] @ a[~hidden])
    unknown, numbers = table.sums[:, hidden], np.flatnonzero(hidden).tolist()
    deduced = []
    for cell in cells:
        goal = np.zeros(len(numbers))
        goal[numbers.index(cell)] = 1.0
        low, high = (linprog(way * goal, A_eq=unknown, b_eq=known, bounds=(0, None), method="highs").fun for way in (1, -1))
        deduced.append(Deduced(*table.place(int(cell)), round(low), None if high is None else round(-high)))
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
