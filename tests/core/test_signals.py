"""What a signal must hold, and how it is answered."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kring.core.calendar import Calendar, DaysOff
from kring.core.signals import (
    Answered,
    AnswerReasonTooShort,
    NothingSeen,
    SeenLater,
    WatchDayMissing,
    WatchesTooLong,
    age,
    refuse_reason,
    refuse_seen_later,
    refuse_unseen,
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


def test_nothing_grows_old_in_a_holiday() -> None:
    holiday = Calendar((), (DaysOff("Vakantie", date(2026, 3, 3), date(2026, 3, 6)),))
    assert age(Calendar(), TODAY, on=date(2026, 3, 9)) == 5
    assert age(holiday, TODAY, on=date(2026, 3, 9)) == 1
