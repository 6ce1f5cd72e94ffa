"""Whose turn it is, whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.turns import SILENT_LOOKS, Heard, Turn, heard, is_late, may_have_leapt, silent, turn

NOON, HOUR = datetime(2026, 3, 1, 12, tzinfo=UTC), timedelta(hours=1)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.mark.parametrize(
    ("passed", "due"),
    [
        (timedelta(0), Turn.LATER),
        (HOUR - timedelta(microseconds=1), Turn.LATER),
        (HOUR, Turn.NOW),
        (timedelta(days=30), Turn.NOW),
        (-HOUR, Turn.LATER),
        (-HOUR - timedelta(microseconds=1), Turn.FROM_HERE),
        (timedelta(days=-30), Turn.FROM_HERE),
    ],
)
def test_the_turn_comes_once_per_interval(passed: timedelta, due: Turn) -> None:
    assert turn(NOON, HOUR, at=NOON + passed) is due


def test_what_was_never_done_is_due() -> None:
    assert turn(None, HOUR, at=NOON) is Turn.NOW


@pytest.mark.parametrize(("day", "apart"), [(date(2026, 3, 29), 1), (date(2026, 10, 25), 3)])
def test_the_night_in_which_the_clock_changes_has_as_many_hours_as_it_lasts(day: date, apart: int) -> None:
    """From one o'clock to three o'clock on the wall."""
    before, after = (datetime.combine(day, time(hour), AMSTERDAM) for hour in (1, 3))
    assert turn(before, timedelta(hours=apart), at=after) is Turn.NOW
    assert turn(before, timedelta(hours=apart, microseconds=1), at=after) is Turn.LATER


@given(st.lists(st.timedeltas(-timedelta(days=60), timedelta(days=60)), max_size=60))
def test_however_the_clock_jumps_no_interval_has_two_turns_and_none_waits_longer_than_two(jumps: list[timedelta]) -> None:
    """A true minute passes between two looks; beside it the clock jumps now and then."""
    last: datetime | None = None
    clock, done_at, minutes = NOON, [0], 0
    for jump in (timedelta(0), *jumps):
        clock += jump
        for _ in range(150):
            minutes, clock = minutes + 1, clock + timedelta(minutes=1)
            due = turn(last, HOUR, at=clock)
            if due is Turn.NOW:
                done_at.append(minutes)
            last = last if due is Turn.LATER else clock
    gaps = [later - sooner for sooner, later in pairwise(done_at)]
    assert max(gaps, default=0) <= 240  # jumps come each 150 minutes
    assert minutes - done_at[-1] <= 240
    assert len([gap for gap in gaps[1:] if gap < 60]) <= len(jumps)  # only a clock that was set forward makes one early


def test_more_than_a_day_beyond_the_interval_may_be_a_leap() -> None:
    bound = NOON + HOUR + timedelta(days=1)
    assert [may_have_leapt(NOON, HOUR, at=at) for at in (NOON, bound, bound + timedelta(microseconds=1))] == [False, False, True]
    assert not may_have_leapt(None, HOUR, at=bound + timedelta(days=365))
    assert not may_have_leapt(NOON, HOUR, at=NOON - timedelta(days=365))


def test_who_calls_is_never_silent() -> None:
    known: dict[str, Heard] = {}
    for count in range(50):
        known = heard(known, {"a": count // SILENT_LOOKS})
        assert silent(known) == frozenset()


def test_who_stops_calling_is_silent_after_some_looks_and_not_before() -> None:
    known = heard({}, {"a": 7, "b": 0})
    for look in range(1, SILENT_LOOKS + 1):
        known = heard(known, {"a": 7, "b": look})
        assert silent(known) == (frozenset({"a"}) if look == SILENT_LOOKS else frozenset())
    assert known["a"] == Heard(7, SILENT_LOOKS)
    assert heard(known, {"b": 9}).keys() == {"b"}


def test_a_chore_is_late_after_two_intervals_and_five_minutes() -> None:
    bound = NOON + 2 * HOUR + timedelta(minutes=5)
    assert [is_late(NOON, HOUR, at=at) for at in (NOON, bound, bound + timedelta(seconds=1))] == [False, False, True]
    assert is_late(None, HOUR, at=NOON)
