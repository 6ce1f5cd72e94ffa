"""Intervals for means: worked examples, what cannot be said, and laws."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.columns import BeyondMeasure, NotAColumn, NotNumbers
from kring.core.intervals import (
    ClustersOfOthers,
    ImpossibleCount,
    Interval,
    Moments,
    NoInterval,
    NotAnInterval,
    NotAReliability,
    mean_interval,
    mean_interval_clustered,
    mean_interval_now,
    moments,
)

HALF = 0.60 * sqrt(19 / 20)
TWENTY = np.array([2.90 - HALF, 2.90 + HALF] * 10)  # mean 2.90, sd .60


def test_worked_interval_for_a_group_like_this() -> None:
    found = mean_interval(TWENTY)
    assert found.interval is not None
    assert found.interval.low == pytest.approx(2.619191356148048, abs=1e-9)
    assert found.interval.high == pytest.approx(3.180808643851952, abs=1e-9)
    assert found.se == pytest.approx(0.13416407864998736, abs=1e-9)
    assert (found.n, found.n_valid, found.reason, found.provenance.method) == (20, 20, None, "mean-interval/1")


def test_worked_interval_for_this_group_now() -> None:
    found = mean_interval_now(TWENTY, of=24, reliability=0.80)
    assert found.interval is not None
    assert found.interval.low == pytest.approx(2.737875053881302, abs=1e-9)
    assert found.interval.high == pytest.approx(3.062124946118698, abs=1e-9)
    assert found.se == pytest.approx(0.07745966692414832, abs=1e-9)
    assert (found.n, found.n_valid) == (24, 20)


def test_a_perfect_measurement_of_everybody_leaves_nothing_to_chance() -> None:
    found = mean_interval_now(TWENTY, of=20, reliability=1.0)
    assert found.interval == Interval(found.interval.low, found.interval.low, 0.95) if found.interval else False
    assert found.se == 0


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([1.0, 2.0, 3.0, 4.0, np.nan], NoInterval.TOO_FEW),
        ([2.2] * 20, NoInterval.NO_SPREAD),
        ([], NoInterval.TOO_FEW),
        ([np.nan] * 9, NoInterval.TOO_FEW),
        ([1.0, 2.0, 3.0, 4.0, 4.0], None),
    ],
)
def test_below_five_or_without_spread_there_is_no_interval(values: list[float], reason: NoInterval | None) -> None:
    group = np.array(values)
    for found in (mean_interval(group), mean_interval_now(group, of=len(group), reliability=0.8)):
        assert found.reason is reason
        assert (found.interval is None, found.se is None) == (reason is not None, reason is not None)
        assert found.n == len(values)


def test_what_is_not_a_list_of_scores_is_refused() -> None:
    with pytest.raises(ImpossibleCount):
        mean_interval_now(TWENTY, of=19, reliability=0.8)
    with pytest.raises(NotAColumn) as shape:
        mean_interval(TWENTY.reshape(2, 10))
    assert shape.value.facts() == {"name": "values", "shape": (2, 10)}
    with pytest.raises(NotNumbers):
        mean_interval(np.array(["a", "b"]))
    with pytest.raises(NotAColumn):
        mean_interval_clustered(np.array(1.0), [])
    for value in (np.inf, -np.inf, 1e300):
        with pytest.raises(BeyondMeasure):
            mean_interval(np.array([1.0, value]))
    for reliability in (-0.1, 1.1, np.nan):
        with pytest.raises(NotAReliability):
            mean_interval_now(TWENTY, of=24, reliability=reliability)
    with pytest.raises(ClustersOfOthers):
        mean_interval_clustered(TWENTY, ["a"])
    with pytest.raises(NotAnInterval):
        mean_interval(TWENTY, level=1.5)


def test_lists_and_other_kinds_of_numbers_are_scores_too() -> None:
    numbers = [1.0, 2.0, 3.0, 4.0, 2.0]
    same = [mean_interval(np.array(numbers, dtype=kind)) for kind in (np.float32, np.int8, object)]
    assert [mean_interval(numbers), *same] == [mean_interval(np.array(numbers))] * 4  # type: ignore[arg-type]


def test_classes_of_one_size_are_as_many_observations_as_there_are_classes() -> None:
    values = np.array([2.0, 2.4, 3.0, 3.6, 3.1, 2.9, 3.8, 3.4])
    found = mean_interval_clustered(values, list("aabbccdd"))
    means = values.reshape(4, 2).mean(axis=1)
    assert found.se == pytest.approx(means.std(ddof=1) / 2, abs=1e-12)
    assert found.interval is not None
    assert found.interval.high - found.interval.low == pytest.approx(2 * 3.182446305284263 * (found.se or 0), abs=1e-9)


@pytest.mark.parametrize(
    ("values", "classes", "reason"),
    [
        ([1.0, 2.0, 3.0, 4.0, 3.0], "aaaaa", NoInterval.ONE_CLUSTER),
        ([1.0, 2.0, 3.0, 4.0, 3.0, np.nan], "aaaaab", NoInterval.ONE_CLUSTER),
        ([1.0, 2.0, 3.0, 4.0], "aabb", NoInterval.TOO_FEW),
        ([2.0] * 6, "aaabbb", NoInterval.NO_SPREAD),
        ([1.0, 2.0, 3.0, 1.0, 2.0, 3.0], "aaabbb", NoInterval.NO_SPREAD),
        ([1.1, 2.3, 3.4, 2.3, 3.4, 1.1], "aaabbb", NoInterval.NO_SPREAD),
        ([], "", NoInterval.TOO_FEW),
    ],
)
def test_a_school_needs_classes_that_differ(values: list[float], classes: str, reason: NoInterval) -> None:
    found = mean_interval_clustered(np.array(values), list(classes))
    assert (found.interval, found.se, found.reason) == (None, None, reason)


def test_pupils_of_one_class_that_resemble_each_other_widen_the_interval() -> None:
    rng = np.random.default_rng(7)
    classes = np.repeat(np.arange(200), 24)
    values = rng.normal(0, sqrt(0.1), 200)[classes] + rng.normal(0, sqrt(0.9), len(classes))
    robust, simple = mean_interval_clustered(values, [str(each) for each in classes]), mean_interval(values)
    assert robust.se is not None
    assert simple.se is not None
    assert robust.se / simple.se == pytest.approx(sqrt(1 + 23 * 0.10), abs=0.2)


def test_moments_leave_out_what_is_missing() -> None:
    assert moments(np.array([np.nan])) == Moments(0, None, None)
    assert moments(np.array([2.5, np.nan])) == Moments(1, 2.5, None)
    assert moments(np.full(5, 2.2)) == Moments(5, 2.2, 0.0)
    assert moments(np.array([1.0, 3.0])) == Moments(2, 2.0, sqrt(2))


@given(st.lists(st.floats(1, 4), min_size=1, max_size=30))
def test_moments_do_not_depend_on_the_order(values: list[float]) -> None:
    assert moments(np.array(values)) == moments(np.array(sorted(values)))


@given(st.lists(st.tuples(st.floats(1, 4), st.sampled_from("abc")), max_size=30))
def test_a_school_is_the_same_in_any_order(pupils: list[tuple[float, str]]) -> None:
    one, other = (
        mean_interval_clustered(np.array([value for value, _ in rows]), [name for _, name in rows]) for rows in (pupils, sorted(pupils))
    )
    assert one == other
    assert one.provenance == other.provenance


@pytest.mark.parametrize(("low", "high", "level"), [(2.0, 1.0, 0.95), (1.0, 2.0, 1.0), (1.0, 2.0, 0.0), (float("nan"), 2.0, 0.95)])
def test_an_interval_runs_from_low_to_high(low: float, high: float, level: float) -> None:
    with pytest.raises(NotAnInterval):
        Interval(low, high, level)
