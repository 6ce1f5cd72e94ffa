"""Parallel groups: what chance alone would do."""

import pytest

from kring.core.intervals import Interval
from kring.core.parallels import LEVEL, Moved, Spread, beside, moved, reach


def test_a_large_difference_is_more_than_chance_and_a_small_one_is_not() -> None:
    large, small = beside([2.6, 3.2], [24, 26], Spread(0.5, 140)), beside([3.0, 3.1], [24, 26], Spread(0.5, 140))
    assert large is not None
    assert small is not None
    assert (large.is_more_than_chance, small.is_more_than_chance) == (True, False)


def test_one_group_or_no_spread_says_nothing() -> None:
    assert beside([3.0], [20], Spread(0.5, 20)) is None
    assert beside([3.0, 3.2], [20, 20], Spread(0.0, 20)) is None
    assert beside([3.0, 3.2], [1, 1], Spread(0.5, 0)) is None


@pytest.mark.parametrize("n", [2, 5, 25, 100])
def test_a_mean_of_four_times_as_many_reaches_half_as_far(n: int) -> None:
    few, many = (reach(3.0, size, Spread(0.5, 150)) for size in (n, 4 * n))
    assert few.high - few.low == pytest.approx(2 * (many.high - many.low))
    assert (few.low + few.high) / 2 == pytest.approx(3.0)
    assert few.level == LEVEL


def test_one_reaches_as_far_as_student_says() -> None:
    """t with 150 degrees of freedom is 1.9759 at 97.5 %."""
    assert reach(0.0, 1, Spread(1.0, 150)).high == pytest.approx(1.9759, abs=0.0001)


@pytest.mark.parametrize(("by", "direction", "found"), [(0.1, 1, Moved.NOT_CLEARLY), (0.5, 1, Moved.BETTER), (0.5, -1, Moved.WORSE)])
def test_a_change_smaller_than_its_error_is_no_change(by: float, direction: int, found: Moved) -> None:
    assert moved(Interval(2.9, 3.1, 0.95), Interval(2.9 + by, 3.1 + by, 0.95), direction=direction) is found
