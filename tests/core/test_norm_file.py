"""A norm file in which nobody can be found."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.columns import NotAColumn, UnequalColumns
from kring.core.instruments import NumberOutsideBounds
from kring.core.norm_file import anonymous_norm_file


@given(st.integers(0, 150), st.integers(0, 10**6))
def test_every_cell_that_remains_has_ten(n: int, seed: int) -> None:
    draw = np.random.default_rng(seed)
    grades, ages = draw.integers(3, 5, n).tolist(), draw.uniform(6, 8, n)
    genders, schools = draw.choice(["j", "m"], n).tolist(), draw.choice(["x", "y", "z"], n).tolist()
    found = anonymous_norm_file(grades, genders, ages, schools, seed=seed)
    cells = [cell for cell, keep in zip(zip(grades, genders, found.half_year.tolist()), found.kept) if keep]
    assert all(cells.count(cell) >= 10 for cell in cells)
    assert (found.n, found.n_valid, found.cells) == (n, len(cells), len(set(cells)))
    assert found.n_valid + found.in_small_cells + found.unknown == n
    assert ((found.cluster == -1) == ~found.kept).all()
    assert (np.isnan(found.half_year) == ~found.kept).all()


def test_nine_are_too_few_and_ten_are_enough() -> None:
    ten = anonymous_norm_file([3] * 10, ["m"] * 10, [6.5] * 9 + [6.99], ["x"] * 10, seed=1)
    assert (ten.n_valid, ten.half_year.tolist()) == (10, [6.5] * 10)
    nine = anonymous_norm_file([3] * 10, ["m"] * 10, [6.5] * 9 + [7.0], ["x"] * 10, seed=1)
    assert (nine.n_valid, nine.in_small_cells, nine.cells) == (0, 10, 0)


def test_the_unknown_stay_out() -> None:
    found = anonymous_norm_file(
        [3] * 10 + [None, 3, 3, 3], ["m"] * 11 + ["", "m", "m"], [6.5] * 12 + [np.nan, 6.5], ["x"] * 13 + [None], seed=1
    )
    assert (found.unknown, found.n_valid) == (4, 10)


def test_cluster_numbers_follow_the_seed_and_not_the_order_of_schools() -> None:
    schools = [f"school {number}" for number in range(20) for _ in range(10)]
    first, again, other = (anonymous_norm_file([3] * 200, ["m"] * 200, [6.5] * 200, schools, seed=seed).cluster for seed in (1, 1, 2))
    assert first.tolist() == again.tolist()
    assert first.tolist() != other.tolist()
    assert sorted(set(first.tolist())) == list(range(20))
    assert first[::10].tolist() != list(range(20))


def test_bad_input_is_refused() -> None:
    for seed in (-1, 1.5):
        with pytest.raises(NumberOutsideBounds):
            anonymous_norm_file([], [], [], [], seed=seed)  # type: ignore[arg-type]
    with pytest.raises(NotAColumn):
        anonymous_norm_file([[3, 4]], ["m"], [6.5], ["x"], seed=1)  # type: ignore[list-item]


def test_columns_of_unequal_length_are_refused() -> None:
    with pytest.raises(UnequalColumns):
        anonymous_norm_file([3], ["m"], [6.5, 7.0], ["x"], seed=1)
