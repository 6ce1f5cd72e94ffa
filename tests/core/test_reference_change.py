"""What a reference sample does by itself: edges and laws. Numbers computed in R stand in tests/reference."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.change import Change, NoComparison, Occasion
from kring.core.columns import BeyondMeasure
from kring.core.instruments import NotASign, NumberOutsideBounds
from kring.core.reference_change import ChangeRegression, ReferenceTooSmall, reference_change, regression_changes

NAN = float("nan")
PLAIN = ChangeRegression(intercept=1.0, slope=0.5, error_sd=0.4, n=200, mean_first=2.0, squares_first=50.0)


def sample(n: int, *, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.Generator(np.random.PCG64(seed))
    first = draw.normal(50, 10, n)
    return first, 18 + 0.65 * first + draw.normal(0, 6, n)


def test_the_regression_is_least_squares() -> None:
    first, second = sample(300)
    found = reference_change(first, second)
    slope, intercept = np.polyfit(first, second, 1)
    assert found.regression is not None
    assert [found.regression.slope, found.regression.intercept] == pytest.approx([slope, intercept])
    assert found.regression.error_sd == pytest.approx(np.sqrt(np.sum((second - intercept - slope * first) ** 2) / 298))
    assert (found.mean, found.sd) == pytest.approx((np.mean(second - first), np.std(second - first, ddof=1)))
    assert (found.n, found.n_valid, found.regression.n) == (300, 300, 300)


def test_only_pupils_with_both_scores_count() -> None:
    first, second = sample(203)
    first[0], second[1], second[2] = NAN, NAN, NAN
    found, complete = reference_change(first, second), reference_change(first[3:], second[3:])
    assert (found.n, found.n_valid) == (203, 200)
    assert (found.mean, found.regression) == (complete.mean, complete.regression)


@pytest.mark.parametrize(
    ("first", "second", "mean", "sd"),
    [
        (np.array([]), np.array([]), None, None),
        (np.array([NAN]), np.array([2.0]), None, None),
        (np.array([1.0]), np.array([2.0]), 1.0, None),
        (*sample(199), None, None),
        (np.full(200, 2.0), np.arange(200.0), 97.5, None),
        (np.tile([2.2, 2.2000000000000006], 100), np.arange(200.0), 97.3, None),
        (np.arange(200.0), np.full(200, 2.0), -97.5, None),
        (np.arange(200.0), 3 + 2 * np.arange(200.0), 102.5, None),
    ],
    ids=[
        "nobody",
        "nobody twice",
        "one pupil",
        "199 pupils",
        "equal first scores",
        "equal but for rounding",
        "equal second scores",
        "no error",
    ],
)
def test_without_regression(first: np.ndarray, second: np.ndarray, mean: float | None, sd: float | None) -> None:
    found = reference_change(first, second)
    assert found.regression is None
    if len(first) != 199:
        assert found.mean == pytest.approx(mean)
    if len(first) < 2:
        assert found.sd == sd


@given(st.integers(0, 1000))
def test_no_order_of_the_sample_changes_a_bit(seed: int) -> None:
    first, second = sample(210, seed=seed)
    order = np.random.Generator(np.random.PCG64(seed)).permutation(210)
    found, other = reference_change(first, second), reference_change(first[order], second[order])
    assert found == other
    assert found.provenance == other.provenance


def test_a_regression_needs_200_pupils_and_some_error() -> None:
    with pytest.raises(ReferenceTooSmall) as caught:
        replace(PLAIN, n=199)
    assert caught.value.facts() == {"n": 199, "least": 200}
    for value in (0.0, NAN, float("inf")):
        with pytest.raises(NumberOutsideBounds):
            replace(PLAIN, error_sd=value)
        with pytest.raises(NumberOutsideBounds):
            replace(PLAIN, squares_first=value)
    with pytest.raises(BeyondMeasure):
        replace(PLAIN, slope=NAN)


def test_a_score_as_expected_is_no_change() -> None:
    found = regression_changes(np.array([2.0, NAN, 2.0, 2.0]), np.array([2.0, 2.0, NAN, 3.0]), regression=PLAIN)
    assert found.expected[[0, 2, 3]].tolist() == [2.0, 2.0, 2.0]
    assert found.decision.tolist() == [Change.NOT_SHOWN, Change.UNKNOWN, Change.UNKNOWN, Change.CLEARLY_BETTER]
    assert found.index[3] == pytest.approx(2.5)
    assert (found.n, found.n_valid, found.no_comparison) == (4, 2, None)
    assert found.low[0] < found.expected[0] < found.high[0]


def test_for_problems_higher_than_expected_is_worse() -> None:
    found = regression_changes(np.array([2.0]), np.array([3.0]), regression=PLAIN, direction=-1)
    assert found.decision.tolist() == [Change.CLEARLY_WORSE]
    with pytest.raises(NotASign):
        regression_changes(np.array([2.0]), np.array([3.0]), regression=PLAIN, direction=2)


def test_another_version_is_not_expected_from() -> None:
    occasions = (Occasion("a", "pupil"), Occasion("b", "pupil"))
    found = regression_changes(np.array([2.0]), np.array([3.0]), regression=PLAIN, occasions=occasions)
    assert np.isnan([found.expected, found.low, found.high, found.index]).all()
    assert (found.decision.tolist(), found.no_comparison, found.n_valid) == ([Change.UNKNOWN], NoComparison.OTHER_VERSION, 1)
