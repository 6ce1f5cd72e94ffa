"""By which day, put off to which, over when; and a task typed in one line."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.calendar import Calendar, DaysOff, SchoolYear
from kring.core.tasks import (
    UNDO_LASTS,
    DropReasonMissing,
    DueDayFree,
    DueDayPast,
    DueDayTooFar,
    PutOffNotLater,
    TaskNotUndone,
    TaskOver,
    TaskSaysNothing,
    TaskTooLong,
    When,
    check_due,
    day_said,
    drop_reason,
    due_day,
    put_off,
    refuse_over,
    refuse_undo,
    split_line,
    title_of,
    when,
)

MONDAY = date(2026, 11, 23)
CHRISTMAS = DaysOff("Kerstvakantie", date(2026, 12, 19), date(2027, 1, 3))
BEUK = Calendar((SchoolYear(date(2026, 8, 1), date(2027, 7, 31)),), (CHRISTMAS,))
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wanted", "due"),
    [
        (date(2026, 11, 25), date(2026, 11, 25)),
        (date(2026, 11, 28), date(2026, 11, 27)),  # Saturday
        (date(2026, 12, 28), date(2026, 12, 18)),  # in the holiday
        (date(2026, 11, 2), MONDAY),  # over: today
        (MONDAY, MONDAY),
    ],
)
def test_what_kring_asks_is_due_on_a_school_day(wanted: date, due: date) -> None:
    assert due_day(BEUK, wanted, on=MONDAY) == due


@pytest.mark.parametrize("wanted", [date(2026, 12, 1), date(2026, 12, 24), date(2026, 12, 29)])
def test_in_a_holiday_it_is_due_on_the_first_day_after(wanted: date) -> None:
    assert due_day(BEUK, wanted, on=date(2026, 12, 24)) == date(2027, 1, 4)


@given(st.dates(MONDAY, date(2027, 7, 31)))
def test_a_due_day_is_a_school_day_and_never_later_than_wanted(wanted: date) -> None:
    found = due_day(BEUK, wanted, on=MONDAY)
    assert BEUK.is_school_day(found)
    assert MONDAY <= found <= wanted


def test_a_chosen_day_is_not_over() -> None:
    with pytest.raises(DueDayPast) as refused:
        check_due(BEUK, date(2026, 11, 20), on=MONDAY)
    assert refused.value.day == date(2026, 11, 20)


def test_a_chosen_day_without_school_names_the_day_before() -> None:
    with pytest.raises(DueDayFree) as refused:
        check_due(BEUK, date(2026, 12, 28), on=MONDAY)
    assert (refused.value.name, refused.value.instead) == ("Kerstvakantie", date(2026, 12, 18))
    with pytest.raises(DueDayFree) as refused:
        check_due(BEUK, date(2026, 11, 29), on=MONDAY)
    assert (refused.value.name, refused.value.instead) == ("weekend", date(2026, 11, 27))


def test_in_the_holiday_the_first_day_after_it_is_named() -> None:
    with pytest.raises(DueDayFree) as refused:
        check_due(BEUK, date(2026, 12, 28), on=date(2026, 12, 22))
    assert refused.value.instead == date(2027, 1, 4)


def test_a_chosen_day_lies_in_a_school_year() -> None:
    with pytest.raises(DueDayTooFar) as refused:
        check_due(BEUK, date(2027, 8, 2), on=MONDAY)
    assert refused.value.last == date(2027, 7, 31)
    check_due(BEUK, date(2027, 7, 30), on=MONDAY)


def test_without_a_school_year_a_year_ahead_will_do() -> None:
    check_due(Calendar(), date(2027, 6, 1), on=MONDAY)
    with pytest.raises(DueDayTooFar):
        check_due(Calendar(), date(2028, 6, 1), on=MONDAY)
    check_due(BEUK, date(2027, 9, 1), on=date(2027, 8, 9))  # the year is over and the next not made yet


def test_a_sunday_is_no_day_to_have_something_done_by() -> None:
    with pytest.raises(DueDayFree) as refused:
        check_due(BEUK, date(2026, 11, 22), on=date(2026, 11, 22))
    assert refused.value.instead == MONDAY


def test_putting_off_goes_forward_to_a_school_day() -> None:
    assert put_off(MONDAY, date(2026, 11, 25), BEUK, on=MONDAY) == date(2026, 11, 25)
    with pytest.raises(PutOffNotLater):
        put_off(date(2026, 11, 25), date(2026, 11, 25), BEUK, on=MONDAY)
    with pytest.raises(DueDayFree):
        put_off(MONDAY, date(2026, 12, 21), BEUK, on=MONDAY)


@pytest.mark.parametrize(
    ("due_on", "found"),
    [
        (date(2026, 11, 20), When.OVERDUE),
        (MONDAY, When.TODAY),
        (date(2026, 11, 29), When.THIS_WEEK),
        (date(2026, 11, 30), When.NEXT_WEEK),
        (date(2026, 12, 6), When.NEXT_WEEK),
        (date(2026, 12, 7), When.LATER),
    ],
)
def test_weeks_run_from_monday(due_on: date, found: When) -> None:
    assert when(due_on, on=MONDAY) is found


def test_what_is_over_is_left_alone() -> None:
    refuse_over(None, None)
    for done, dropped in ((NOON, None), (None, NOON)):
        with pytest.raises(TaskOver):
            refuse_over(done, dropped)


def test_ticking_off_is_taken_back_within_a_day() -> None:
    refuse_undo(NOON, is_settled=False, at=NOON + UNDO_LASTS)
    for done, is_settled, at in ((None, False, NOON), (NOON, True, NOON), (NOON, False, NOON + UNDO_LASTS + timedelta(seconds=1))):
        with pytest.raises(TaskNotUndone):
            refuse_undo(done, is_settled=is_settled, at=at)


def test_what_kring_asked_is_dropped_with_a_reason() -> None:
    assert drop_reason("  al gedaan \n op papier ", is_own=False) == "al gedaan op papier"
    assert drop_reason("", is_own=True) == ""
    with pytest.raises(DropReasonMissing):
        drop_reason("ja", is_own=False)


def test_a_task_says_something_in_one_line() -> None:
    assert title_of("  bellen \n met de GGD ") == "bellen met de GGD"
    with pytest.raises(TaskSaysNothing):
        title_of(" x ")
    with pytest.raises(TaskTooLong):
        title_of("x" * 201)
    assert title_of("x" * 200) == "x" * 200


@pytest.mark.parametrize(
    ("line", "title", "day"),
    [
        ("bellen met de GGD, vr", "bellen met de GGD", date(2026, 11, 27)),
        ("bellen, Ma", "bellen", date(2026, 11, 30)),  # said on a Monday: the next one
        ("bellen, morgen", "bellen", date(2026, 11, 24)),
        ("bellen, vandaag.", "bellen", MONDAY),
        ("bellen, 12 maart", "bellen", date(2027, 3, 12)),
        ("bellen, vrijdag 4 dec.", "bellen", date(2026, 12, 4)),
        ("bellen, 4-12", "bellen", date(2026, 12, 4)),
        ("bellen, 29/2", "bellen", date(2028, 2, 29)),
        ("bellen, 31 februari", "bellen, 31 februari", None),
        ("bellen, 4 12 2026", "bellen, 4 12 2026", None),
        ("bellen, ² maart", "bellen, ² maart", None),
        ("bellen vr", "bellen vr", None),
        (", vr", ", vr", None),
        ("bellen, straks", "bellen, straks", None),
    ],
)
def test_a_line_may_end_in_a_day(line: str, title: str, day: date | None) -> None:
    assert split_line(line, on=MONDAY) == (title, day)


@given(st.text(max_size=300))
def test_no_line_breaks_it(text: str) -> None:
    try:
        title, _day = split_line(text, on=MONDAY)
    except (TaskSaysNothing, TaskTooLong):
        return
    assert 2 <= len(title) <= 200


@given(st.text(max_size=30))
def test_a_day_that_is_said_is_still_to_come(words: str) -> None:
    day = day_said(words, on=MONDAY)
    assert day is None or day >= MONDAY
