"""Classes beside years: no sum of few follows from the sums that are shown."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from kring.core.disclosure import search
from kring.core.disclosure.totals import ShownTotals, shown_totals

ROWS, COLUMNS = ["a", "b", "c", "d"], ["x", "y", "z"]
NOBODY: set[str] = set()
schools = st.lists(st.lists(st.sampled_from([0, 0, 3, 4, 12, 20, 21]), min_size=3, max_size=3), min_size=1, max_size=4)


def found_for(counts: list[list[int]], k: int = 6) -> ShownTotals:
    return shown_totals(ROWS[: len(counts)], COLUMNS, np.array(counts), k=k)


def test_a_small_class_takes_another_of_its_year_with_it() -> None:
    found = shown_totals(["3a", "3b", "4"], ["3", "4"], np.array([[4, 0], [20, 0], [0, 22]]), k=6)
    assert (set(found.rows), set(found.columns), found.all) == ({"4"}, {"3", "4"}, True)
    assert (found.n, found.n_valid) == (46, 22)


def test_without_small_numbers_all_is_shown() -> None:
    found = found_for([[20, 0, 0], [0, 21, 0], [0, 0, 22]])
    assert (set(found.rows), set(found.columns), found.all, found.n_valid) == ({"a", "b", "c"}, {"x", "y", "z"}, True, 63)


def test_of_too_few_nothing_is_shown() -> None:
    for counts in ([[3, 0, 0]], [[0, 0, 0]]):
        found = found_for(counts)
        assert (set(found.rows), set(found.columns), found.all, found.n_valid) == (NOBODY, NOBODY, False, 0)


def test_a_search_that_takes_too_long_leaves_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MOST_ROUNDS", 0)
    found = found_for([[4, 0, 0], [20, 0, 0], [0, 22, 0]])
    assert (set(found.rows), set(found.columns) - {"z"}, found.all) == (NOBODY, NOBODY, True)


@settings(max_examples=25)
@given(schools, st.integers(2, 8))
def test_no_sum_of_few_follows_from_the_sums_that_are_shown(counts: list[list[int]], k: int) -> None:
    found, table = found_for(counts, k), np.array(counts)
    row, column = (np.repeat(np.arange(len(counts)), 3), np.tile(np.arange(3), len(counts)))
    sums = {("row", name): row == at for at, name in enumerate(ROWS[: len(counts)])}
    sums |= {("column", name): column == at for at, name in enumerate(COLUMNS)} | {("all", ""): np.ones(len(row), dtype=np.bool_)}
    shown = {("row", name) for name in found.rows} | {("column", name) for name in found.columns} | ({("all", "")} if found.all else set())
    flat = table.ravel()
    known = [key for key in sums if key in shown]
    equal = {"A_eq": np.array([sums[key] for key in known], dtype=float), "b_eq": [flat[sums[key]].sum() for key in known]} if known else {}
    bounds = [(0, None if count else 0) for count in flat]
    for goal in [*sums.values(), *np.eye(len(row), dtype=np.bool_)]:
        if 0 < flat[goal].sum() < k:
            low, high = (linprog(way * goal.astype(float), bounds=bounds, **equal) for way in (1, -1))
            assert high.fun is None or (-high.fun - low.fun >= k - 1e-6 and -high.fun >= k - 1e-6)
