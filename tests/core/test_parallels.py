"""Parallel groups: what chance alone would do."""

from kring.core.parallels import Spread, beside


def test_a_large_difference_is_more_than_chance_and_a_small_one_is_not() -> None:
    large, small = beside([2.6, 3.2], [24, 26], Spread(0.5, 140)), beside([3.0, 3.1], [24, 26], Spread(0.5, 140))
    assert large is not None
    assert small is not None
    assert (large.is_more_than_chance, small.is_more_than_chance) == (True, False)


def test_one_group_or_no_spread_says_nothing() -> None:
    assert beside([3.0], [20], Spread(0.5, 20)) is None
    assert beside([3.0, 3.2], [20, 20], Spread(0.0, 20)) is None
    assert beside([3.0, 3.2], [1, 1], Spread(0.5, 0)) is None
