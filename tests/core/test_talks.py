"""The day that a pupil who wants to talk is promised: the true one, also after school, in a weekend and in a holiday."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.calendar import Calendar, DaysOff, SchoolYear
from kring.core.talks import TalkedAlready, is_too_late, promised, refuse_talked

CHRISTMAS = DaysOff("Kerstvakantie", date(2026, 12, 19), date(2027, 1, 3))
STUDY_DAY = DaysOff("Studiedag", date(2026, 11, 24), date(2026, 11, 24), frozenset({"6A"}))
BEUK = Calendar((SchoolYear(date(2026, 8, 1), date(2027, 7, 31)),), (CHRISTMAS, STUDY_DAY))


def at(*moment: int) -> datetime:
    """As the clock of the school says."""
    return datetime(*moment, tzinfo=UTC)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("asked", "read_on", "answer_by_on"),
    [
        (at(2026, 11, 23, 10), date(2026, 11, 23), date(2026, 11, 24)),
        (at(2026, 11, 23, 14, 59), date(2026, 11, 23), date(2026, 11, 24)),
        (at(2026, 11, 23, 15), date(2026, 11, 24), date(2026, 11, 25)),
        (at(2026, 11, 20, 10), date(2026, 11, 20), date(2026, 11, 23)),
        (at(2026, 11, 20, 20), date(2026, 11, 23), date(2026, 11, 24)),
        (at(2026, 11, 21, 11), date(2026, 11, 23), date(2026, 11, 24)),
        (at(2026, 12, 18, 16), date(2027, 1, 4), date(2027, 1, 5)),
        (at(2026, 12, 25, 9), date(2027, 1, 4), date(2027, 1, 5)),
    ],
)
def test_the_promised_day_is_a_school_day(asked: datetime, read_on: date, answer_by_on: date) -> None:
    found = promised(BEUK, asked)
    assert (found.read_on, found.answer_by_on, found.is_read_today) == (read_on, answer_by_on, read_on == asked.date())


def test_a_study_day_of_the_own_group_counts() -> None:
    assert promised(BEUK, at(2026, 11, 23, 10), group="6A").answer_by_on == date(2026, 11, 25)


@given(st.dates(date(2026, 8, 1), date(2027, 7, 1)), st.times())
def test_nobody_is_promised_a_day_without_school(day: date, hour: time) -> None:
    found = promised(BEUK, datetime.combine(day, hour, UTC))
    assert day <= found.read_on < found.answer_by_on
    assert BEUK.is_school_day(found.read_on)
    assert BEUK.is_school_day(found.answer_by_on)


def test_somebody_else_hears_of_it_after_the_day() -> None:
    day = date(2026, 11, 24)
    before, after = day - timedelta(days=1), day + timedelta(days=1)
    assert [is_too_late(day, on=on) for on in (before, day, after)] == [False, False, True]


def test_a_talk_is_had_once() -> None:
    refuse_talked(None)
    with pytest.raises(TalkedAlready):
        refuse_talked(at(2026, 11, 24))
