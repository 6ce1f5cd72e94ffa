"""Recall, what was missed and how long before, of the list of whom to look at (methods D.4)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from kring.core.list_quality import FollowedPupil, NegativeLeadTime, lead_time, list_fairness, list_quality

HELPED = date(2026, 3, 30)


def ago(days: int) -> date:
    return HELPED - timedelta(days=days)


@pytest.mark.parametrize(
    ("pupil", "shown", "needed", "before"),
    [
        (FollowedPupil(), False, None, None),
        (FollowedPupil((ago(3),), said=False), True, False, None),
        (FollowedPupil((ago(3),), HELPED, said=False), True, True, 3),
        (FollowedPupil((ago(3), ago(30)), HELPED), True, True, 30),
        (FollowedPupil((HELPED,), HELPED), True, True, 0),
        (FollowedPupil((ago(-1),), HELPED), False, True, None),  # seen when help had begun
        (FollowedPupil((ago(183),), HELPED), False, True, None),  # too long before to have led to it
        (FollowedPupil((), HELPED), False, True, None),
    ],
)
def test_shown_in_time_needed_and_how_long_before(pupil: FollowedPupil, shown: bool, needed: bool | None, before: int | None) -> None:
    assert (pupil.was_shown, pupil.was_needed, pupil.days_before) == (shown, needed, before)


def test_found_missed_and_not_needed_are_counted_and_below_twenty_no_percentage() -> None:
    few = [*[FollowedPupil((ago(14),), HELPED)] * 12, *[FollowedPupil((), HELPED)] * 6, *[FollowedPupil((ago(2),), said=False)] * 3]
    found = list_quality(few)
    assert (found.found, found.missed, found.not_needed, found.n, found.n_valid) == (12, 6, 3, 21, 18)
    assert (found.recall.share, found.lead.median, found.recall.too_few) == (None, None, True)
    many = list_quality([*few, *[FollowedPupil((ago(28),), HELPED)] * 12])
    assert (many.recall.share, many.lead.median, many.lead.low, many.lead.high) == (0.8, 21.0, 14, 28)
    assert many.recall.interval is not None


@given(st.lists(st.integers(0, 200), min_size=20, max_size=60))
def test_the_interval_holds_the_median_and_covers_enough(days: list[int]) -> None:
    found = lead_time(days)
    assert found.median is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low <= found.median <= found.high
    k = max(int(binom.ppf(0.025, len(days), 0.5)), 1)
    assert 1 - 2 * binom.cdf(k - 1, len(days), 0.5) >= 0.95


def test_days_are_not_negative() -> None:
    with pytest.raises(NegativeLeadTime):
        lead_time([3, -1])


def test_who_needed_it_is_shown_as_often_in_each_group_or_that_is_said() -> None:
    seen, unseen = FollowedPupil((ago(5),), HELPED, group="5"), FollowedPupil((), HELPED, group="6")
    rows = [*[seen] * 25, *[FollowedPupil((), HELPED, group="5")] * 2, *[unseen] * 20, *[FollowedPupil((ago(5),), HELPED, group="6")] * 4]
    found = list_fairness([*rows, FollowedPupil(group="6"), FollowedPupil((ago(5),), HELPED, group="7"), FollowedPupil(said=False)])
    assert [(one.lower, one.higher) for one in found.flags] == [("6", "5")]
    assert (found.too_small, found.n, found.n_valid) == (("7",), 54, 52)
    assert list_fairness([]).groups == ()
