"""Parallel groups: what chance alone would do."""

import pytest

from kring.core.intervals import Interval
from kring.core.parallels import Moved, Spread, beside, moved


def test_a_large_difference_is_more_than_chance_and_a_small_one_is_not() -> None:
    large, small = beside([2.6, 3.2], [24, 26], Spread(0.5, 140)), beside([3.0, 3.1], [24, 26], Spread(0.5, 140))
    assert large is not None
    assert small is not None
    assert (large.is_more_than_chance, small.is_more_than_chance) == (True, False)


def test_one_group_or_no_spread_says_nothing() -> None:
    assert beside([3.0], [20], Spread(0.5, 20)) is None
    assert beside([3.0, 3.2], [20, 20], Spread(0.0, 20)) is None
    assert beside([3.0, 3.2], [1, 1], Spread(0.5, 0)) is None


@pytest.mark.parametrize(("by", "direction", "found"), [(0.1, 1, Moved.NOT_CLEARLY), (0.5, 1, Moved.BETTER), (0.5, -1, Moved.WORSE)])
def test_a_change_smaller_than_its_error_is_no_change(by: float, direction: int, found: Moved) -> None:
    assert moved(Interval(2.9, 3.1, 0.95), Interval(2.9 + by, 3.1 + by, 0.95), direction=direction) is found
