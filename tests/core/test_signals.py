"""What a signal must hold, and how it is answered."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.calendar import Calendar, DaysOff
from kring.core.signals import (
    Answered,
    AnswerReasonTooShort,
    FirstStep,
    NothingSeen,
    SeenLater,
    Urgency,
    WatchDayMissing,
    WatchesTooLong,
    age,
    asks_for_talk,
    is_answered,
    is_talked_about,
    may_begin_plan,
    median,
    refuse_reason,
    refuse_seen_later,
    refuse_unseen,
    urgency,
    waits_since,
    watched_until,
)

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
TODAY = NOW.date()


def test_an_opinion_alone_is_no_signal() -> None:
    refuse_unseen("Huilde na de pauze.", [])
    refuse_unseen("", ["tired"])
    with pytest.raises(NothingSeen):
        refuse_unseen("  ", [])


def test_what_is_seen_was_seen_before_now() -> None:
    refuse_seen_later(NOW + timedelta(seconds=59), at=NOW)
    with pytest.raises(SeenLater):
        refuse_seen_later(NOW + timedelta(minutes=2), at=NOW)


@pytest.mark.parametrize("reason", ["", "ok", "...........", "123 456 789 0"])
def test_an_answer_has_a_reason(reason: str) -> None:
    with pytest.raises(AnswerReasonTooShort):
        refuse_reason(reason)
    refuse_reason("Opa is overleden.")


def test_watching_ends_on_a_day_within_six_weeks() -> None:
    last = TODAY + timedelta(days=42)
    assert watched_until(Answered.WATCH, last, on=TODAY) == last
    assert watched_until(Answered.EXPLAIN, last, on=TODAY) is None
    with pytest.raises(WatchDayMissing):
        watched_until(Answered.WATCH, None, on=TODAY)
    for day in (TODAY, TODAY - timedelta(days=1), last + timedelta(days=1)):
        with pytest.raises(WatchesTooLong):
            watched_until(Answered.WATCH, day, on=TODAY)


def test_it_waits_since_it_came_or_since_watching_ended() -> None:
    day = date(2026, 3, 9)
    assert waits_since(TODAY, None, None) == TODAY
    assert waits_since(TODAY, Answered.WATCH, day) == day
    assert waits_since(TODAY, Answered.ACT, None) == TODAY


def test_an_answer_stands_and_watching_stands_until_its_day() -> None:
    day = TODAY + timedelta(days=7)
    assert not is_answered(None, None, on=TODAY)
    assert [is_answered(Answered.WATCH, day, on=day - timedelta(days=1)), is_answered(Answered.WATCH, day, on=day)] == [True, False]
    assert all(is_answered(kind, None, on=TODAY) for kind in Answered)


@given(st.integers(0, 400))
def test_what_waits_longer_is_never_less_urgent(days: int) -> None:
    rising = [*Urgency]
    assert rising.index(urgency(days)) <= rising.index(urgency(days + 1))


def test_a_week_is_shown_and_two_weeks_go_to_the_coordinator() -> None:
    assert [urgency(days) for days in (0, 4, 5, 10, 11)] == [Urgency.NEW, Urgency.NEW, Urgency.WAITS, Urgency.WAITS, Urgency.TOO_LONG]


@given(st.sets(st.sampled_from(FirstStep)))
def test_a_plan_begins_after_all_first_steps(steps: set[FirstStep]) -> None:
    assert may_begin_plan(steps) == (len(steps) == len(FirstStep))
    assert may_begin_plan([*FirstStep, "something else"])


def test_a_serious_worry_is_talked_about_with_both() -> None:
    assert [asks_for_talk(worry) for worry in (0, 1, 2, 3)] == [False, False, True, True]
    both = [is_talked_about(with_pupil=pupil, with_guardian=guardian) for pupil in (False, True) for guardian in (False, True)]
    assert both == [False, False, False, True]


@given(st.lists(st.integers(0, 500), min_size=1))
def test_no_more_than_half_lie_on_either_side_of_the_median(days: list[int]) -> None:
    middle = median(days)
    assert middle is not None
    assert 2 * sum(day < middle for day in days) <= len(days)
    assert 2 * sum(day > middle for day in days) <= len(days)


def test_of_none_there_is_no_median_and_of_two_it_lies_between() -> None:
    assert (median([]), median([9, 4]), median([9, 4, 5])) == (None, 6.5, 5)


def test_nothing_grows_old_in_a_holiday() -> None:
    holiday = Calendar((), (DaysOff("Vakantie", date(2026, 3, 3), date(2026, 3, 6)),))
    assert age(Calendar(), TODAY, on=date(2026, 3, 9)) == 5
    assert age(holiday, TODAY, on=date(2026, 3, 9)) == 1
