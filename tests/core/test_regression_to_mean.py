"""Back to the mean: the shares against a simulation and exact cases. The published table stands in tests/reference."""

from math import asin, pi

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.columns import BeyondMeasure
from kring.core.instruments import NumberOutsideBounds
from kring.core.regression_to_mean import expected_second_scores, still_below_cut

NAN = float("nan")


def test_expected_scores_come_back() -> None:
    found = expected_second_scores(np.array([42.0, NAN, 50.0]), mean=50.0, retest=0.83)
    assert found.expected[[0, 2]].tolist() == pytest.approx([43.36, 50.0], abs=1e-12)
    assert (found.n, found.n_valid) == (3, 2)


def test_half_of_the_reds_at_reliability_75_leave_red() -> None:
    assert still_below_cut(np.array([0.75]), share_below=0.10).no_longer.tolist() == pytest.approx([0.488], abs=5e-4)


@pytest.mark.parametrize("r", [0.0, 0.3, 0.6, 0.9, 1.0])
def test_at_the_middle_the_share_is_that_of_sheppard(r: float) -> None:
    found = still_below_cut(np.array([r]), share_below=0.5)
    assert found.still.tolist() == pytest.approx([2 * (0.25 + asin(r) / (2 * pi))], abs=1e-12)


@given(st.floats(0.001, 0.999))
def test_without_any_reliability_it_is_chance_and_with_all_of_it_nothing_moves(share: float) -> None:
    found = still_below_cut(np.array([0.0, 1.0]), share_below=share)
    assert found.still.tolist() == pytest.approx([share, 1.0], abs=1e-9)
    assert (found.still + found.no_longer).tolist() == pytest.approx([1.0, 1.0])


@given(st.floats(0.01, 0.99), st.lists(st.floats(0, 1), min_size=2, max_size=2))
def test_a_more_reliable_scale_keeps_more_below(share: float, pair: list[float]) -> None:
    found = still_below_cut(np.array(sorted(pair)), share_below=share)
    assert found.still[0] <= found.still[1] + 1e-12


def test_far_below_hardly_anybody_stays_and_never_fewer_than_nobody() -> None:
    still = still_below_cut(np.array([0.0, 0.5]), share_below=1e-50).still
    assert (still >= 0).all()
    assert still.max() < 1e-6


def test_a_simulation_agrees() -> None:
    draw = np.random.Generator(np.random.PCG64(1))
    first = draw.normal(size=400_000)
    second = 0.8 * first + 0.6 * draw.normal(size=400_000)
    found, below = still_below_cut(np.array([0.8]), share_below=0.10), first < -1.2815515655446004
    assert found.still[0] == pytest.approx(np.mean(second[below] < -1.2815515655446004), abs=0.005)
    assert [found.mean_first, found.mean_second[0]] == pytest.approx([first[below].mean(), second[below].mean()], abs=0.01)


def test_a_reliability_that_is_lacking_stays_so() -> None:
    found = still_below_cut(np.array([NAN, 0.8]), share_below=0.10)
    assert np.isnan(found.still).tolist() == [True, False]
    assert (found.n, found.n_valid) == (2, 1)


@pytest.mark.parametrize(("retest", "share"), [(1.1, 0.1), (-0.1, 0.1), (0.8, 0.0), (0.8, 1.0), (0.8, NAN)])
def test_shares_and_reliabilities_lie_between_0_and_1(retest: float, share: float) -> None:
    with pytest.raises(NumberOutsideBounds):
        still_below_cut(np.array([retest]), share_below=share)


def test_expecting_needs_a_retest_correlation_and_a_mean() -> None:
    with pytest.raises(NumberOutsideBounds):
        expected_second_scores(np.array([42.0]), mean=50.0, retest=1.5)
    with pytest.raises(BeyondMeasure):
        expected_second_scores(np.array([42.0]), mean=NAN, retest=0.8)
