"""Tables with totals: what an outsider can work out is proven from what is published alone."""

from collections.abc import Iterator
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from kring.core.disclosure import search
from kring.core.disclosure.grid import Table, checked_table
from kring.core.disclosure.hiding import cheapest_to_hide
from kring.core.disclosure.tables import (
    Deduced,
    ImpossibleCellFilled,
    NotATable,
    NotSafeToPublish,
    Place,
    SuppressedTable,
    TableTooLarge,
    ThresholdTooLow,
    UnknownCell,
    audited_table,
    publishable,
    suppressed_table,
)

tables = st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
    lambda shape: st.lists(st.lists(st.integers(0, 14), min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0])
)


def hide(counts: list[list[int]], k: int, impossible: tuple[Place, ...] = ()) -> SuppressedTable:
    rows, columns = [f"r{number}" for number in range(len(counts))], [f"c{number}" for number in range(len(counts[0]))]
    return suppressed_table(rows, columns, np.array(counts), k=k, impossible=impossible)


def everything(table: SuppressedTable) -> dict[Place, int | None]:
    """Every published number by its place."""
    shown: dict[Place, int | None] = {(None, None): table.total}
    for row, cells, total in zip(table.rows, table.cells, table.row_totals, strict=True):
        shown |= {(row, column): cell for column, cell in zip(table.columns, cells, strict=True)} | {(row, None): total}
    return shown | {(None, column): total for column, total in zip(table.columns, table.column_totals, strict=True)}


def attack(table: SuppressedTable, place: Place) -> tuple[int, int | None]:
    """The least and the greatest whole number that this place can hold, from the published numbers alone; None is without end."""
    inner = list(product(table.rows, table.columns))
    shown = everything(table)
    lines = {at: np.array([float(at[0] in (None, row) and at[1] in (None, column)) for row, column in inner]) for at in shown}
    known = [(lines[at], float(count)) for at, count in shown.items() if count is not None]
    limits = LinearConstraint(np.array([line for line, _ in known]), *(np.array([count for _, count in known]),) * 2) if known else ()
    ends: list[int | None] = []
    for way in (1, -1):
        found = milp(way * lines[place], integrality=np.ones(len(inner)), bounds=Bounds(0, np.inf), constraints=limits)
        ends.append(None if found.x is None else round(way * found.fun))
    return ends[0] or 0, ends[1]


@settings(max_examples=12)
@given(tables, st.integers(2, 8))
def test_no_small_number_is_shown_or_follows_from_the_rest(counts: list[list[int]], k: int) -> None:
    found = hide(counts, k)
    shown = everything(found)
    assert all(count is None or count >= k for count in shown.values())
    for place in found.primary:
        low, high = attack(found, place)
        assert high is None or (high - low >= k and high >= k)
    if found.total is not None:
        assert found.total == found.n == sum(map(sum, counts))
        assert all((each.low, each.high) == attack(found, (each.row, each.column)) for each in found.deduced[:3])


@settings(max_examples=12)
@given(tables, st.integers(2, 8))
def test_the_order_of_rows_and_columns_changes_nothing(counts: list[list[int]], k: int) -> None:
    rows, columns, array = list("abcd")[: len(counts)], list("wxyz")[: len(counts[0])], np.array(counts)
    down, across = range(len(rows))[::-1], np.roll(np.arange(len(columns)), 1)
    one = suppressed_table(rows, columns, array, k=k)
    other = suppressed_table([rows[at] for at in down], [columns[at] for at in across], array[::-1][:, across], k=k)
    assert everything(one) == everything(other)
    assert one.deduced == other.deduced


def choices(free: list[tuple[str, str]], cost: dict[tuple[str, str], int]) -> Iterator[tuple[int, tuple[tuple[str, str], ...]]]:
    every = [chosen for size in range(len(free) + 1) for chosen in combinations(free, size)]
    return iter(sorted((sum(cost[place] for place in chosen), chosen) for chosen in every))


@pytest.mark.parametrize("seed", range(6))
def test_the_search_finds_the_cheapest(seed: int) -> None:
    """Against trying every choice of inner cells in order of cost."""
    counts = np.random.default_rng(seed).integers(1, 16, (3, 3))
    rows, columns = list("abc"), list("xyz")
    table = checked_table(rows, columns, counts, (), 5)
    found = cheapest_to_hide(table, 5)
    assert found is not None
    cost = {(row, column): int(counts[i, j]) for i, row in enumerate(rows) for j, column in enumerate(columns)}
    small = [place for place, count in cost.items() if count < 5]
    free = [place for place, count in cost.items() if count >= 5]
    cheapest = next(
        total for total, chosen in choices(free, cost) if audited_table(rows, columns, counts, hidden=[*small, *chosen], k=5).safe
    )
    extra = {table.place(int(cell)) for cell in np.flatnonzero(found & ~table.primary(5))}
    assert sum(cost[row, column] for row, column in extra if row and column) == cheapest


def test_a_table_without_small_numbers_is_shown_whole() -> None:
    found = hide([[12, 10], [11, 20]], 10)
    assert (found.cells, found.row_totals, found.column_totals, found.total) == (((12, 10), (11, 20)), (22, 31), (23, 30), 53)
    assert (found.primary, found.extra, found.deduced, found.n, found.n_valid) == (frozenset(), frozenset(), (), 53, 53)


def test_a_zero_is_a_small_number_too() -> None:
    """That nobody of a class chose an answer says something about every one of them."""
    found = hide([[12, 0], [11, 20], [10, 10]], 5)
    assert found.primary == {("r0", "c1")}
    assert found.cells[0] == (None, None)


def test_an_empty_cell_that_everybody_knows_of_is_shown() -> None:
    found = hide([[12, 0], [11, 20]], 5, impossible=(("r0", "c1"),))
    assert found.cells == ((12, 0), (11, 20))
    beside = hide([[12, 0, 3], [11, 20, 9], [30, 31, 32]], 5, impossible=(("r0", "c1"),))
    assert beside.cells[0] == (None, 0, None)


def test_a_row_that_everybody_knows_to_be_empty_is_shown_with_its_total() -> None:
    found = hide([[0, 0], [11, 20]], 5, impossible=(("r0", "c0"), ("r0", "c1")))
    assert (found.cells, found.row_totals) == (((0, 0), (11, 20)), (0, 31))
    turned = hide([[0, 11], [0, 20]], 5, impossible=(("r0", "c0"), ("r1", "c0")))
    assert (turned.cells, turned.column_totals) == (((0, 11), (0, 20)), (0, 31))


def test_all_cells_small_leaves_the_totals() -> None:
    found = hide([[3, 4, 3], [4, 3, 3], [4, 4, 3]], 5)
    assert found.cells == ((None,) * 3,) * 3
    assert (found.row_totals, found.column_totals, found.total) == ((10, 10, 11), (11, 11, 9), 31)


def test_one_row_cannot_keep_its_totals() -> None:
    """With one row its cells are the totals of the columns."""
    found = hide([[12, 3, 9, 20]], 5)
    assert found.cells == ((12, None, None, 20),)
    assert (found.column_totals, found.total) == ((12, None, None, 20), 44)
    assert found.n_valid == 32


def test_one_column_is_a_list() -> None:
    found = hide([[5], [32], [3], [20], [37], [20], [24], [76]], 11)
    assert found.row_totals == tuple(row[0] for row in found.cells) == (None, 32, None, None, 37, 20, 24, 76)
    assert found.column_totals == (217,)
    beside = hide([[5], [0], [12]], 11, impossible=(("r1", "c0"),))
    assert beside.row_totals == (None, 0, None)


def test_one_cell_is_its_own_total() -> None:
    assert hide([[7]], 5).cells == ((7,),)
    assert everything(hide([[4]], 5)) == dict.fromkeys([("r0", "c0"), ("r0", None), (None, "c0"), (None, None)])


def test_a_search_that_takes_too_long_leaves_the_grand_total(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MOST_ROUNDS", 0)
    found = hide([[12, 3], [11, 20]], 5)
    assert [count for count in everything(found).values() if count is not None] == [46]


def test_a_small_row_total_is_hidden_and_protected() -> None:
    found = hide([[2, 1], [10, 12], [14, 11]], 6)
    assert found.row_totals[0] is None
    assert found.row_totals.count(None) >= 2


def test_sometimes_only_the_grand_total_is_left() -> None:
    found = hide([[1, 2], [2, 1]], 6)
    assert [count for count in everything(found).values() if count is not None] == [6]


def test_of_too_few_people_not_even_the_total_is_shown() -> None:
    found = hide([[1, 2], [1, 1]], 6)
    assert set(everything(found).values()) == {None}
    assert (found.deduced, found.n, found.n_valid) == ((), 5, 0)
    assert hide([[0]], 6).total is None


def test_rows_with_different_totals() -> None:
    found = hide([[50, 2], [9, 9], [6, 30], [100, 1]], 5)
    assert all(count is None or count >= 5 for count in everything(found).values())
    assert None not in (*found.row_totals, *found.column_totals)


def test_an_audit_says_what_is_shown_too_small() -> None:
    counts = np.array([[12, 3], [11, 20]])
    assert not audited_table("ab", "xy", counts, hidden=[], k=5).safe
    found = audited_table("ab", "xy", counts, hidden=[("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")], k=5)
    assert found.deduced[1] == Deduced("a", "y", 0, 15)
    assert (found.safe, found.n, found.n_valid) == (True, 46, 0)
    assert audited_table("ab", "xy", counts, hidden=[(None, "y")], k=5).deduced == (Deduced(None, "y", 23, 23),)


def test_what_fails_the_last_audit_is_not_published() -> None:
    full = np.array([[12, 3, 15], [11, 20, 31], [23, 23, 46]])
    table = Table(("a", "b"), ("x", "y"), full, *np.zeros((2, 3, 3), dtype=np.bool_))
    nothing = np.zeros((3, 3), dtype=np.bool_)
    with pytest.raises(NotSafeToPublish) as shown:
        publishable(table, nothing, 5)
    assert shown.value.facts() == {"row": "a", "column": "y", "low": 3, "high": 3, "k": 5}
    nothing[0, 1] = True
    with pytest.raises(NotSafeToPublish) as follows:
        publishable(table, nothing, 5)
    assert follows.value.facts() == {"row": "a", "column": "y", "low": 3, "high": 3, "k": 5}


def test_a_cut_that_does_not_help_is_replaced_by_hiding_something_else() -> None:
    """The solver may give a cut that its own answer already meets; the search goes on all the same."""
    sums = Table(("a",), ("x", "y"), np.zeros((2, 3), dtype=np.int64), *np.zeros((2, 2, 3), dtype=np.bool_)).sums
    mask = np.array([True, False, False, True, False, False])
    costs = np.arange(1.0, 7) ** 2
    said = iter([[search.Cut(np.ones(6), 1)], []])
    found = search.cheapest(costs, hidden=mask, secret=mask, shown=np.zeros(6, dtype=np.bool_), sums=sums, broken=lambda _: next(said))
    assert found is not None
    assert np.flatnonzero(found).tolist() == [0, 2, 3, 4]  # and not 0, 1, 3, 4
    assert search.cheapest(costs, hidden=mask, secret=mask, shown=~mask, sums=sums, broken=lambda _: []) is None


@pytest.mark.parametrize(
    ("rows", "columns", "counts"),
    [
        ("ab", "xy", [[1, 2]]),
        ("aa", "xy", [[1, 2], [3, 4]]),
        ("ab", "xx", [[1, 2], [3, 4]]),
        ("ab", "xy", [[1, -2], [3, 4]]),
        ("ab", "xy", [[1.0, 2.0], [3.0, 4.0]]),
        ("", "", []),
        ("ab", "xy", [[10**7, 2], [3, 4]]),
    ],
)
def test_what_is_not_a_table_is_refused(rows: str, columns: str, counts: list[list[int]]) -> None:
    with pytest.raises(NotATable):
        suppressed_table(rows, columns, np.array(counts), k=5)


def test_a_table_of_ordinary_lists_is_a_table_too() -> None:
    assert suppressed_table("ab", "xy", [[12, 10], [11, 20]], k=10).total == 53  # type: ignore[arg-type]


def test_who_knows_the_rule_learns_no_small_number_exactly() -> None:
    """Hiding the fewest people would leave one table only of which the rule hides just these cells; then all cells are hidden."""
    counts = np.array([[4, 4, 6], [0, 5, 11], [12, 3, 6]])
    table = checked_table("abc", "xyz", counts, (), 4)
    mask = cheapest_to_hide(table, 4)
    assert mask is not None
    assert 0 < mask.sum() < 9
    found = suppressed_table("abc", "xyz", counts, k=4)
    assert [total is None for total in (*found.row_totals, *found.column_totals, found.total)] == [False] * 7
    assert set(found.cells) == {(None, None, None)}


def test_what_is_not_in_the_table_is_refused() -> None:
    with pytest.raises(ThresholdTooLow):
        hide([[1]], 1)
    with pytest.raises(UnknownCell) as caught:
        audited_table("ab", "xy", np.ones((2, 2), dtype=np.int64), hidden=[("a", "q")], k=5)
    assert caught.value.facts() == {"row": "a", "column": "q"}
    with pytest.raises(ImpossibleCellFilled) as filled:
        hide([[12, 3], [11, 20]], 5, impossible=(("r0", "c1"),))
    assert filled.value.facts() == {"row": "r0", "column": "c1", "count": 3}
    with pytest.raises(TableTooLarge):
        hide([[20] * 50] * 50, 5)
