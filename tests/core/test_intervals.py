"""Intervals for means and shares: worked examples, published values and laws."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.groups import Interval, mean_interval, mean_interval_now, wilson
from kring.core.intervals import ImpossibleCount, Moments, NotAnInterval, moments

HALF = 0.60 * sqrt(19 / 20)
TWENTY = np.array([2.90 - HALF, 2.90 + HALF] * 10)  # mean 2.90, sd .60


@pytest.mark.parametrize(
    ("x", "n", "low", "high"),
    [
        (0, 5, 0.0, 0.434482),
        (2, 10, 0.056682, 0.509838),
        (4, 24, 0.06678676329, 0.35853070650),
        (5, 24, 0.092448, 0.404705),
        (6, 24, 0.119994, 0.448994),
        (24, 24, 0.862024, 1.0),
        (60, 300, 0.15865685897, 0.24892892377),
        (120, 600, 0.169947, 0.233870),
        (15, 70, 0.1343870301710779, 0.32391186263478886),
    ],
)
def test_wilson_as_published(x: int, n: int, low: float, high: float) -> None:
    found = wilson(x, n)
    assert [found.low, found.high] == pytest.approx([low, high], abs=6e-7)
    assert found.level == 0.95


def test_wilson_to_nine_digits() -> None:
    assert wilson(4, 24).low == pytest.approx(0.06678676329, abs=1e-9)
    assert wilson(4, 24).high == pytest.approx(0.35853070650, abs=1e-9)
    assert wilson(60, 300).low == pytest.approx(0.15865685897, abs=1e-9)
    assert wilson(60, 300).high == pytest.approx(0.24892892377, abs=1e-9)


@pytest.mark.parametrize(("x", "n"), [(-1, 5), (6, 5), (0, 0)])
def test_a_share_of_what_cannot_be_is_refused(x: int, n: int) -> None:
    with pytest.raises(ImpossibleCount) as caught:
        wilson(x, n)
    assert caught.value.facts() == {"count": x, "of": n}


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.floats(0.5, 0.999))
def test_wilson_lies_within_0_and_1_around_the_share(share: tuple[int, int], level: float) -> None:
    x, n = share
    found = wilson(x, n, level)
    assert 0 <= found.low <= x / n <= found.high <= 1


def test_wilson_95_holds_about_95_of_100_times() -> None:
    draws = np.random.default_rng(1).binomial(24, 0.2, 4000)
    inside = {x: (found := wilson(x, 24)).low <= 0.2 <= found.high for x in range(25)}
    assert 0.93 <= np.mean([inside[int(x)] for x in draws]) <= 0.97


def test_worked_interval_for_a_group_like_this() -> None:
    found = mean_interval(TWENTY)
    assert found is not None
    assert found.low == pytest.approx(2.619191356148048, abs=1e-9)
    assert found.high == pytest.approx(3.180808643851952, abs=1e-9)


def test_worked_interval_for_this_group_now() -> None:
    found = mean_interval_now(TWENTY, of=24, reliability=0.80)
    assert found is not None
    assert found.low == pytest.approx(2.737875053881302, abs=1e-9)
    assert found.high == pytest.approx(3.062124946118698, abs=1e-9)


def test_below_five_or_without_spread_there_is_no_interval() -> None:
    assert mean_interval(np.array([1.0, 2.0, 3.0, 4.0, np.nan])) is None
    assert mean_interval(np.full(20, 2.2)) is None
    assert mean_interval(np.array([])) is None
    assert mean_interval(np.array([1.0, 2.0, 3.0, 4.0, 4.0])) is not None
    assert mean_interval_now(np.array([np.nan]), of=3, reliability=0.8) is None
    assert mean_interval_now(np.array([]), of=0, reliability=0.8) is None
    assert mean_interval_now(np.array([1.0, 2.0, 3.0, 4.0]), of=4, reliability=0.8) is None


def test_more_answers_than_pupils_are_refused() -> None:
    with pytest.raises(ImpossibleCount):
        mean_interval_now(TWENTY, of=19, reliability=0.8)


def test_moments_leave_out_what_is_missing() -> None:
    assert moments(np.array([np.nan])) == Moments(0, None, None)
    assert moments(np.array([2.5, np.nan])) == Moments(1, 2.5, None)
    assert moments(np.full(5, 2.2)) == Moments(5, 2.2, 0.0)
    assert moments(np.array([1.0, 3.0])) == Moments(2, 2.0, sqrt(2))


@given(st.lists(st.floats(1, 4), min_size=1, max_size=30))
def test_moments_do_not_depend_on_the_order(values: list[float]) -> None:
    assert moments(np.array(values)) == moments(np.array(sorted(values)))


@pytest.mark.parametrize(("low", "high", "level"), [(2.0, 1.0, 0.95), (1.0, 2.0, 1.0), (1.0, 2.0, 0.0), (float("nan"), 2.0, 0.95)])
def test_an_interval_runs_from_low_to_high(low: float, high: float, level: float) -> None:
    with pytest.raises(NotAnInterval):
        Interval(low, high, level)
