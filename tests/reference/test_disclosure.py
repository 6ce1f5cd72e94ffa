"""G36: the table of methods.md A.6, audited by others with linear programmes (`expected/06_optimiser_suppression.json`)."""

import numpy as np

from kring.core.disclosure.tables import audited_table, suppressed_table

ROWS, COLUMNS = ("1", "2", "3", "4"), ("a", "b", "c")
COUNTS = np.array([[12, 9, 4], [15, 8, 2], [3, 11, 9], [14, 10, 6]])
SMALL = [("1", "c"), ("2", "c"), ("3", "a")]


def test_with_the_small_numbers_alone_each_follows_exactly() -> None:
    found = audited_table(ROWS, COLUMNS, COUNTS, hidden=SMALL, k=5)
    assert [(each.row, each.column, each.low, each.high) for each in found.deduced] == [
        ("1", "c", 4, 4),
        ("2", "c", 2, 2),
        ("3", "a", 3, 3),
    ]
    assert not found.safe


def test_the_cheapest_extra_cells_and_what_is_left_to_work_out() -> None:
    found = suppressed_table(ROWS, COLUMNS, COUNTS, k=5)
    assert found.primary == set(SMALL)
    assert found.extra == {("1", "a"), ("2", "b"), ("3", "b")}  # 12 + 8 + 11 = 31
    assert {(each.row, each.column): (each.low, each.high) for each in found.deduced} == {
        ("1", "a"): (10, 15),
        ("1", "c"): (1, 6),
        ("2", "b"): (5, 10),
        ("2", "c"): (0, 5),
        ("3", "a"): (0, 5),
        ("3", "b"): (9, 14),
    }
    assert (found.row_totals, found.column_totals, found.total) == ((25, 25, 23, 30), (44, 38, 21), 103)
