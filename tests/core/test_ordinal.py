"""Polychoric correlations and ordinal alpha: edges and laws. Numbers computed in R stand in tests/reference."""

from math import asin, pi, sin

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import multivariate_normal

from kring.core.ordinal import MOST_CORRELATION, TooManyCategories, WhyNot, below, ordinal_alpha, polychoric
from tests.core.drawn import one_factor

NAN = np.nan


def correlations(values: np.ndarray) -> np.ndarray:
    found = polychoric(values).correlations
    assert found is not None
    return found


@pytest.mark.parametrize("both", [5, 10, 15, 20, 25])
def test_of_two_items_cut_in_the_middle_the_correlation_is_known(both: int) -> None:
    values = np.repeat([[1, 2], [2, 1], [1, 1], [2, 2]], [30 - both, 30 - both, both, both], axis=0)
    assert correlations(values)[0, 1] == pytest.approx(sin(pi / 2 * (4 * both / 60 - 1)), abs=1e-6)


@pytest.mark.parametrize("rho", [-0.999, -0.95, -0.3, 0.0, 0.5, 0.99, 0.999])
@pytest.mark.parametrize(("x", "y"), [(-1.5, -1.4), (0, 0), (0.1, 0.12), (-0.1, 0.1), (1, 2), (-2.2, 0.5), (1, -1)])
def test_the_chance_below_two_limits(x: float, y: float, rho: float) -> None:
    expected = multivariate_normal.cdf([x, y], cov=[[1, rho], [rho, 1]])
    assert float(below(np.array(x), np.array(y), rho)) == pytest.approx(expected, abs=1e-11)
    assert float(below(np.array(0.0), np.array(0.0), rho)) == pytest.approx(0.25 + asin(rho) / (2 * pi), abs=1e-12)


def test_items_that_say_the_same_reach_the_bound_and_their_mirror_the_other() -> None:
    one = np.tile([1, 2, 3, 4], 20)
    assert correlations(np.column_stack([one, one, 5 - one])).round(6).tolist() == [
        [1, MOST_CORRELATION, -MOST_CORRELATION],
        [MOST_CORRELATION, 1, -MOST_CORRELATION],
        [-MOST_CORRELATION, -MOST_CORRELATION, 1],
    ]


@pytest.mark.parametrize(
    ("values", "why_not"),
    [
        (np.empty((0, 3)), WhyNot.TOO_FEW_PERSONS),
        (np.array([[1.0, 2.0]]), WhyNot.TOO_FEW_PERSONS),
        (np.full((9, 2), NAN), WhyNot.TOO_FEW_PERSONS),
        (np.array([[1, NAN], [2, NAN], [NAN, 1], [NAN, 2]]), WhyNot.TOO_FEW_PERSONS),
        (np.full((9, 2), 3.0), WhyNot.NO_VARIANCE),
        (np.array([[1.0], [2.0]]), WhyNot.TOO_FEW_ITEMS),
        (np.empty((3, 0)), WhyNot.TOO_FEW_ITEMS),
    ],
    ids=["nobody", "one person", "all missing", "no pair", "no variance", "one item", "no item"],
)
def test_nothing_to_say_has_a_reason(values: np.ndarray, why_not: WhyNot) -> None:
    found, coefficient = polychoric(values), ordinal_alpha(values)
    assert (found.correlations, found.why_not, found.n, found.n_valid) == (None, why_not, len(values), 0)
    assert (coefficient.value, coefficient.why_not, coefficient.n, coefficient.n_valid) == (None, why_not, len(values), 0)


def test_a_negative_ordinal_alpha_is_shown_and_where_the_sum_is_negative_there_is_none() -> None:
    one = np.tile([1, 2, 3, 4], 20)
    turned = ordinal_alpha(np.column_stack([one, 5 - one]))
    assert turned.value is not None
    assert turned.value < -1
    blocks = np.full((240, 3), NAN)
    for block, (a, b) in zip(np.split(blocks, 3), ((0, 1), (1, 2), (0, 2))):
        block[:, a], block[:, b] = one, 5 - one
    found = ordinal_alpha(blocks)
    assert (found.value, found.why_not, found.consistent, found.n_valid) == (None, WhyNot.NOT_POSITIVE, False, 80)


def test_an_item_without_variance_is_dropped_and_a_category_never_used_is_no_threshold() -> None:
    values = one_factor(300, 3)
    found = polychoric(np.column_stack([values[:, 0], np.full(300, 2.0), values[:, 1] * 2, values[:, 2]]))
    assert (found.items, found.dropped) == ((0, 2, 3), (1,))
    assert found.thresholds == polychoric(values).thresholds
    np.testing.assert_array_equal(found.correlations, polychoric(values).correlations)
    assert ordinal_alpha(np.column_stack([values, np.full(300, 2.0)])).dropped == (3,)


def test_an_item_with_a_value_for_everybody_is_refused() -> None:
    with pytest.raises(TooManyCategories) as caught:
        polychoric(np.column_stack([np.tile([1, 2, 3], 7), np.arange(21)]))
    assert caught.value.facts() == {"column": 1, "categories": 21, "most": 20}


def test_missing_answers_leave_the_pair() -> None:
    values = one_factor(300, 3)
    values[:40, 0] = NAN
    values[40:60, 1] = NAN
    found = polychoric(values)
    assert (found.n, found.n_valid) == (300, 240)
    assert found.correlations is not None
    assert found.correlations[0, 1] == pytest.approx(correlations(values[60:])[0, 1], abs=0.05)


def test_correlations_that_do_not_belong_together_are_said_so() -> None:
    draw = np.random.default_rng(3)
    blocks = []
    for (a, b), sign in (((0, 1), 1), ((1, 2), 1), ((0, 2), -1)):
        block = np.full((40, 3), NAN)
        first = draw.integers(1, 5, 40)
        block[:, a], block[:, b] = first, first if sign > 0 else 5 - first
        blocks.append(block)
    assert polychoric(np.vstack(blocks)).consistent is False
    assert ordinal_alpha(np.vstack(blocks)).consistent is False
    assert polychoric(one_factor(200, 3)).consistent is True


@pytest.mark.parametrize(("n", "shown", "conclusive"), [(29, False, False), (30, True, False), (99, True, False), (100, True, True)])
def test_shown_from_30_and_conclusive_from_100(n: int, shown: bool, conclusive: bool) -> None:
    found = ordinal_alpha(one_factor(n, 4))
    assert (found.shown, found.conclusive) == (shown, conclusive)


@given(st.integers(0, 10_000))
def test_neither_order_nor_code_nor_turning_all_items_changes_the_correlations(seed: int) -> None:
    values = one_factor(60, 2, seed=seed)
    found = correlations(values)
    np.testing.assert_array_equal(correlations(values[::-1]), found)
    np.testing.assert_array_equal(correlations(values**2), found)
    np.testing.assert_allclose(correlations(5 - values), found, atol=1e-7)
    np.testing.assert_allclose(correlations(np.column_stack([values[:, 0], 5 - values[:, 1]])), 2 * np.eye(2) - found, atol=1e-7)
