"""A round while it runs: where it and each list stand, reminders, reopening, taking back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core import running
from kring.core.calendar import Calendar, DaysOff, SchoolYear
from kring.core.rounds import RoundAlreadyClosed, Window
from kring.core.running import Asked, Reminder, Standing, State

YEAR = SchoolYear(date(2026, 8, 1), date(2027, 7, 31))
AUTUMN_BREAK = DaysOff("Herfstvakantie", date(2026, 10, 17), date(2026, 10, 25))
STUDY_DAY = DaysOff("Studiedag", date(2026, 11, 4), date(2026, 11, 4), frozenset({"6a"}))
BEUK = Calendar((YEAR,), (AUTUMN_BREAK, STUDY_DAY))
NOVEMBER = Window(date(2026, 11, 2), date(2026, 11, 13))
CLOSED = datetime(2026, 11, 16, 8, tzinfo=UTC)
DAY = timedelta(days=1)
DAYS = st.dates(YEAR.starts_on, YEAR.ends_on - timedelta(days=40))


# ---- where it stands --------------------------------------------------------------------------------------------


@given(day=st.dates(date(2026, 10, 1), date(2026, 12, 31)))
def test_a_round_goes_through_its_states_once_and_in_order(day: date) -> None:
    order = list(State)
    today, tomorrow = (running.state(NOVEMBER, closed_at=None, on=one) for one in (day, day + DAY))
    assert order.index(today) <= order.index(tomorrow) < order.index(State.CLOSED)
    assert (today is State.OPEN) == (NOVEMBER.opens_on <= day <= NOVEMBER.closes_on)
    assert running.state(NOVEMBER, closed_at=CLOSED, on=day) is State.CLOSED


@pytest.mark.parametrize(
    ("asked", "stands"),
    [
        (Asked(), Standing.MISSING),
        (Asked(absent=True), Standing.ABSENT),
        (Asked(absent=True, left=True), Standing.LEFT),
        (Asked(absent=True, left=True, withdrawn=True), Standing.WITHDRAWN),
        (Asked(answer_until=date(2026, 11, 20)), Standing.LATER),
        (Asked(answer_until=date(2026, 11, 15)), Standing.MISSING),
        (Asked(done_on=date(2026, 11, 13), absent=True, withdrawn=True), Standing.DONE),
        (Asked(done_on=date(2026, 11, 16)), Standing.DONE_LATE),
        (Asked(done_on=date(2026, 11, 16), answer_until=date(2026, 11, 20)), Standing.DONE),
    ],
)
def test_each_list_stands_somewhere(asked: Asked, stands: Standing) -> None:
    assert running.standing(asked, closes_on=NOVEMBER.closes_on, on=date(2026, 11, 16)) is stands


@given(asked=st.builds(Asked, withdrawn=st.booleans(), left=st.booleans(), absent=st.booleans(), answer_until=st.none() | DAYS), on=DAYS)
def test_nobody_waits_for_who_is_away_and_what_came_in_is_in(asked: Asked, on: date) -> None:
    stands = running.standing(asked, closes_on=NOVEMBER.closes_on, on=on)
    assert (stands in running.WAITED_FOR) == (not (asked.withdrawn or asked.left or asked.absent))
    done = running.standing(replace(asked, done_on=on), closes_on=NOVEMBER.closes_on, on=on)
    assert done in {Standing.DONE, Standing.DONE_LATE}


# ---- one list ---------------------------------------------------------------------------------------------------


def test_only_of_a_list_that_may_still_come_something_is_said() -> None:
    running.refuse_settled(Asked(left=True), closed_at=None)
    for asked, closed_at, rule in (
        (Asked(), CLOSED, RoundAlreadyClosed),
        (Asked(done_on=date(2026, 11, 3)), None, running.ListInAlready),
        (Asked(withdrawn=True), None, running.TakesNoPart),
    ):
        with pytest.raises(rule):
            running.refuse_settled(asked, closed_at=closed_at)


def test_a_later_day_is_a_school_day_of_the_year_after_the_last_one() -> None:
    today, last = date(2026, 11, 18), NOVEMBER.closes_on
    running.check_later_day(BEUK, YEAR, today, closes_on=last, on=today)
    for day, rule in ((last, running.LaterDayNotLater), (today - DAY, running.LaterDayNotLater)):
        with pytest.raises(rule):
            running.check_later_day(BEUK, YEAR, day, closes_on=last, on=today)
    with pytest.raises(running.LaterDayOutsideYear):
        running.check_later_day(BEUK, YEAR, date(2027, 8, 2), closes_on=last, on=today)
    with pytest.raises(running.LaterDayFree) as refused:
        running.check_later_day(BEUK, YEAR, date(2026, 11, 21), closes_on=last, on=today)
    assert refused.value.instead == date(2026, 11, 23)


# ---- reminders --------------------------------------------------------------------------------------------------


def test_halfway_and_two_school_days_before_the_end() -> None:
    found = {NOVEMBER.opens_on + n * DAY: running.reminder(BEUK, NOVEMBER, on=NOVEMBER.opens_on + n * DAY) for n in range(-1, 14)}
    assert [day.day for day, what in found.items() if what is Reminder.HALFWAY] == [9, 10]
    assert [day.day for day, what in found.items() if what is Reminder.ENDS_SOON] == [11, 12, 13]
    assert running.halfway(BEUK, NOVEMBER, group="6a") == date(2026, 11, 9)  # free on the fourth: nine days
    assert running.halfway(BEUK, Window(date(2026, 11, 2), date(2026, 11, 5))) is None
    assert running.halfway(BEUK, Window(date(2026, 11, 1), date(2026, 11, 6))) == date(2026, 11, 3)  # from a Sunday: five


def test_a_short_round_is_reminded_of_once() -> None:
    week = Window(date(2026, 11, 9), date(2026, 11, 12))
    assert [running.reminder(BEUK, week, on=week.opens_on + n * DAY) for n in range(4)] == [None, *[Reminder.ENDS_SOON] * 3]


@given(opens=DAYS, days=st.integers(0, 35), on=DAYS, group=st.sampled_from([None, "6a", "6b"]))
def test_nobody_is_reminded_on_a_free_day_or_outside_the_round(opens: date, days: int, on: date, group: str | None) -> None:
    window = Window(opens, opens + days * DAY)
    if running.reminder(BEUK, window, on=on, group=group) is not None:
        assert window.opens_on <= on <= window.closes_on
        assert BEUK.is_school_day(on, group=group)


@given(opens=DAYS, days=st.integers(0, 35))
def test_once_the_end_is_near_it_stays_near(opens: date, days: int) -> None:
    window = Window(opens, opens + days * DAY)
    found = [what for n in range(days + 1) if (what := running.reminder(BEUK, window, on=opens + n * DAY))]
    assert found == sorted(found, key=list(Reminder).index)
    assert not found or found[-1] is Reminder.ENDS_SOON


# ---- open it once more, or take it back -------------------------------------------------------------------------


def test_what_is_closed_is_opened_again_with_a_reason_within_its_year() -> None:
    today = date(2026, 11, 18)
    assert running.reopening_reason("  Zes kinderen\n waren ziek ") == "Zes kinderen waren ziek"
    running.check_reopening(YEAR, closed_at=CLOSED, until=today, on=today)
    with pytest.raises(running.ReopeningReasonMissing):
        running.reopening_reason(" ziek ")
    with pytest.raises(running.RoundNotClosed):
        running.check_reopening(YEAR, closed_at=None, until=today, on=today)
    for until in (today - DAY, YEAR.ends_on + DAY):
        with pytest.raises(running.ReopeningTooLong):
            running.check_reopening(YEAR, closed_at=CLOSED, until=until, on=today)


def test_only_an_open_round_in_which_nothing_came_in_is_taken_back() -> None:
    running.refuse_not_empty([0, 0], closed_at=None)
    with pytest.raises(RoundAlreadyClosed):
        running.refuse_not_empty([0], closed_at=CLOSED)
    with pytest.raises(running.RoundNotEmpty) as refused:
        running.refuse_not_empty([0, 2, 1], closed_at=None)
    assert refused.value.came_in == 3
