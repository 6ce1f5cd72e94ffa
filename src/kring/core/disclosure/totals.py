"""Two ways of adding up the same pupils, by class and by year: which sums may be shown side by side."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from kring.core.disclosure.grid import Counts, Hidden, Place, Table, checked_table
from kring.core.disclosure.hiding import all_but_the_total, cuts_against
from kring.core.disclosure.search import cheapest
from kring.core.disclosure.tables import publishable
from kring.core.provenance import Result, method

__all__ = ["ShownTotals", "shown_totals"]


@dataclass(frozen=True, slots=True)
class ShownTotals(Result):
    """The rows and columns whose total (or mean) may be shown, and whether that of all may.

    `n` people, `n_valid` in rows that are shown.
    """

    rows: frozenset[str]
    columns: frozenset[str]
    all: bool
    n: int
    n_valid: int


@method("shown-totals", 1, rows=("rows", "counts"))
def shown_totals(rows: Sequence[str], columns: Sequence[str], counts: Counts, *, k: int, secret: Collection[Place] = ()) -> ShownTotals:
    """Which sums of a table may be shown when its cells never are: classes by years, each with the mean of its pupils.

    A mean and its number of people give a sum, and sums can be subtracted: the school less all other classes, or a year less its whole
    classes, which leaves the few of it in a combination class. So no sum below k is shown, and so many others are withheld, fewest people
    first, that no sum or cell below k can be narrowed to fewer than k possibilities. Cells of 0 are known to be empty; `secret` are places
    that may not be known whatever their number (all answers equal: the sum tells each of them).

    This holds for sums that add up. What mixes them otherwise gives the withheld ones back and may not stand beside them: a mean of class
    means, an interval worked out from classes, a third way of splitting the same pupils, an older page. And a mean at the very end of
    the scale tells about everybody in it. Source: methods A.6, solved and audited as in suppressed-table. Raises NotATable, TableTooLarge,
    ThresholdTooLow, UnknownCell, NotSafeToPublish.

    >>> found = shown_totals(["7", "7/8", "8"], ["7", "8"], np.array([[22, 0], [17, 4], [0, 25]]), k=6)
    >>> sorted(found.rows), sorted(found.columns), found.all  # 7/8 too would leave four: 22 and 21 less the 39 of year 7
    (['7'], ['7', '8'], True)
    """
    table = checked_table(rows, columns, counts, (), k, secret)
    table.fixed[:-1, :-1] = table.full[:-1, :-1] == 0
    table.fixed[:, -1], table.fixed[-1, :] = table.full[:, -1] == 0, table.full[-1, :] == 0
    small = table.primary(k)
    n = int(table.full[-1, -1])
    if small[-1, -1] or n == 0:
        return ShownTotals(frozenset(), frozenset(), all=False, n=n, n_valid=0)
    hidden = _hidden_totals(table, small, k)
    publishable(table, hidden, k)
    shown_rows = [at for at in range(len(table.rows)) if not hidden[at, -1]]
    return ShownTotals(
        frozenset(table.rows[at] for at in shown_rows),
        frozenset(name for name, gone in zip(table.columns, hidden[-1, :-1].tolist()) if not gone),
        all=not hidden[-1, -1],
        n=n,
        n_valid=int(table.full[shown_rows, -1].sum()),
    )


def _hidden_totals(table: Table, small: Hidden, k: int) -> Hidden:
    cells, size = small.copy(), small.size
    cells[:-1, :-1] = ~table.fixed[:-1, :-1]
    if not small.any():
        return cells
    costs = table.full.astype(np.float64).ravel() + np.arange(size) / (size * size)
    found = cheapest(
        costs,
        hidden=cells.ravel(),
        secret=small.ravel(),
        shown=table.fixed.ravel(),
        sums=table.sums,
        broken=lambda mask: cuts_against(table, mask, k),
    )
    return all_but_the_total(table) if found is None else found.reshape(small.shape)
