"""Which cells and totals of a table to hide, so that no small number follows from the rest."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from kring.core.disclosure.grid import Hidden, Table
from kring.core.disclosure.knowing import told_by_the_rule
from kring.core.disclosure.search import Cut, cheapest, smallest

MOST_CELLS_TURNED = 60  # with totals; for larger tables it takes seconds to look at what the rule itself tells

Floats = NDArray[np.float64]


def to_hide(table: Table, k: int) -> Hidden | None:
    """What to hide, also from who knows this rule: the cheapest that is safe, or all cells. None if nothing at all may be shown."""
    mask = cheapest_to_hide(table, k)
    listed = 2 in table.full.shape  # a list, where the rule itself has thought of it
    if mask is None or listed or table.full.size > MOST_CELLS_TURNED:
        return mask
    small = table.primary(k)
    if told_by_the_rule(table.full, mask, small, table.sums, lambda full: cheapest_to_hide(replace(table, full=full), k)):
        mask[:-1, :-1] = ~table.fixed[:-1, :-1]
    return mask


def cheapest_to_hide(table: Table, k: int) -> Hidden | None:
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
