"""Before and after the start of a plan: what lists say beyond the error of measurement, and what was seen since."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.change import reliable_changes
from kring.core.since_start import ScaleScore, SeenSince, changes_since, is_danger

START = date(2026, 1, 12)
THEN = ScaleScore(("list", "1", "contact", "pupil"), "contact", "pupil", date(2026, 1, 5), date(2026, 1, 9), 2.0, 0.25, 1)
NOW = replace(THEN, first_on=date(2026, 3, 2), last_on=date(2026, 3, 6), mean=3.0)


def test_the_change_is_the_difference_over_what_chance_can_do() -> None:
    (found,) = changes_since([NOW, THEN], START)
    assert (found.title, found.before_on, found.after_on) == ("contact", THEN.last_on, NOW.last_on)
    assert found.rci == pytest.approx(1.0 / (0.25 * 2**0.5))
    (turned,) = changes_since([replace(THEN, direction=-1), replace(NOW, direction=-1)], START)
    assert turned.rci == pytest.approx(-1.0 / (0.25 * 2**0.5))


def test_the_last_list_before_and_the_newest_after_count() -> None:
    longer_ago = replace(THEN, first_on=date(2025, 1, 6), last_on=date(2025, 1, 10), mean=0.0)
    between = replace(NOW, first_on=date(2026, 2, 2), last_on=date(2026, 2, 6), mean=9.0)
    assert changes_since([longer_ago, THEN, between, NOW], START) == changes_since([THEN, NOW], START)


@pytest.mark.parametrize(
    "other",
    [
        replace(NOW, line=("list", "2", "contact", "pupil")),  # another version
        replace(NOW, line=("list", "1", "contact", "teacher")),
        replace(NOW, first_on=date(2026, 1, 11)),  # asked while it began
        replace(THEN, first_on=START - timedelta(days=60)),
    ],
)
def test_what_cannot_be_compared_says_nothing(other: ScaleScore) -> None:
    assert changes_since([THEN, other], START) == ()
    assert changes_since([other], START) == ()


def test_without_an_error_of_measurement_there_is_no_index() -> None:
    (found,) = changes_since([THEN, replace(NOW, sem=None)], START)
    assert found.rci is None
    assert changes_since([replace(THEN, sem=0.1), NOW], START) == changes_since([THEN, NOW], START)  # the larger of two errors


@given(before=st.floats(0, 5), after=st.floats(0, 5))
def test_it_is_the_method_of_the_core(before: float, after: float) -> None:
    import numpy as np

    (found,) = changes_since([replace(THEN, mean=before), replace(NOW, mean=after)], START)
    assert found.rci == reliable_changes(np.array([before]), np.array([after]), sem=0.25).index[0]


def test_a_great_worry_is_danger_until_somebody_takes_it_away() -> None:
    assert is_danger([SeenSince(1, is_wrong=False), SeenSince(3, is_wrong=False)])
    assert not is_danger([SeenSince(2, is_wrong=False), SeenSince(3, is_wrong=True)])
    assert not is_danger([])
