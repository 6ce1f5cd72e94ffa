"""Who was away too long, and from which second."""

from datetime import UTC, datetime, timedelta

import pytest

from kring.core.access import FAMILY, PARTNERS, STAFF, Role
from kring.core.idleness import AWAY, NOTED_EVERY, PUPIL_AWAY, is_away, is_noted, longest_away, noted_every, warned_before

SEEN = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("role", sorted(STAFF | PARTNERS | FAMILY - {Role.PUPIL}))
def test_everybody_but_a_pupil_has_twenty_minutes(role: Role) -> None:
    assert longest_away([role]) == timedelta(minutes=20)


def test_a_pupil_has_ten() -> None:
    assert longest_away([Role.GUARDIAN, Role.PUPIL]) == timedelta(minutes=10)


@pytest.mark.parametrize(("asked", "given"), [(5, 5), (20, 20), (60, 20)])
def test_a_school_may_ask_for_less_and_never_for_more(asked: int, given: int) -> None:
    assert longest_away([Role.TEACHER], shorter=timedelta(minutes=asked)) == timedelta(minutes=given)


@pytest.mark.parametrize("longest", [AWAY, PUPIL_AWAY, timedelta(seconds=8)])
def test_the_second_at_which_it_is_too_long(longest: timedelta) -> None:
    end = SEEN + longest + noted_every(longest)
    assert not is_away(SEEN, at=end - SECOND, longest=longest)
    assert is_away(SEEN, at=end, longest=longest)


def test_a_clock_that_was_ahead_gives_nobody_more_time() -> None:
    assert not is_away(SEEN, at=SEEN - timedelta(minutes=1), longest=AWAY)
    assert is_away(SEEN, at=SEEN - timedelta(minutes=1, seconds=1), longest=AWAY)
    assert is_away(SEEN, at=SEEN - timedelta(days=30), longest=AWAY)


def test_being_there_is_not_written_down_every_second() -> None:
    assert is_noted(SEEN, at=SEEN + NOTED_EVERY - SECOND, longest=AWAY)
    assert not is_noted(SEEN, at=SEEN + NOTED_EVERY, longest=AWAY)
    assert not is_noted(SEEN, at=SEEN - SECOND, longest=AWAY)


def test_nobody_is_cut_short_by_what_was_not_written_down() -> None:
    """A page that was shown just before being there would be noted again says twenty minutes, and twenty minutes it is."""
    shown = SEEN + NOTED_EVERY - SECOND
    assert not is_away(SEEN, at=shown + AWAY, longest=AWAY)


def test_the_warning_comes_two_minutes_before() -> None:
    assert warned_before(AWAY) == timedelta(minutes=2)
    assert warned_before(timedelta(seconds=10)) == timedelta(seconds=5)
