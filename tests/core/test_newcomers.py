"""Who is new, by which days what is done, and that nobody is made a buddy."""

from datetime import date

import pytest

from kring.core.calendar import Calendar, DaysOff
from kring.core.newcomers import (
    BuddyNotAsked,
    BuddyNotInGroup,
    EndedBeforeTalk,
    StepLaterThanToday,
    WatchEnded,
    check_buddy,
    check_end,
    check_step,
    days_of,
    is_newcomer,
    refuse_over,
)

CALENDAR = Calendar((), (DaysOff("Zomer", date(2026, 8, 1), date(2026, 8, 31)), DaysOff("Kerst", date(2026, 12, 21), date(2027, 1, 1))))
AUGUST = date(2026, 8, 1)


@pytest.mark.parametrize(
    ("began_on", "was_here", "new"),
    [
        (date(2026, 9, 1), False, False),
        (date(2026, 9, 14), False, False),  # the tenth school day after the summer
        (date(2026, 9, 15), False, True),
        (date(2026, 11, 2), True, False),  # from another group of the school
    ],
)
def test_who_is_new(began_on: date, was_here: bool, new: bool) -> None:
    assert is_newcomer(CALENDAR, began_on, year_starts_on=AUGUST, was_here_before=was_here) is new


def test_the_days_fall_on_school_days() -> None:
    days = days_of(CALENDAR, date(2026, 11, 16))
    assert [day.isoformat() for day in days.due.values()] == ["2026-11-23", "2026-11-23", "2026-12-07", "2026-12-18"]
    assert days.talk_from_on == date(2026, 12, 7)


def test_a_buddy_sits_in_the_group_and_said_yes() -> None:
    check_buddy("sem", ["sem"], both_said_yes=True)
    with pytest.raises(BuddyNotInGroup):
        check_buddy("lot", ["sem"], both_said_yes=True)
    with pytest.raises(BuddyNotAsked):
        check_buddy("sem", ["sem"], both_said_yes=False)


def test_what_was_done_was_done_already_and_an_end_before_the_talk_has_a_reason() -> None:
    check_step(AUGUST, on=AUGUST)
    refuse_over(None)
    check_end(AUGUST, "")
    check_end(None, "Verhuisd naar een andere school")
    with pytest.raises(StepLaterThanToday):
        check_step(date(2026, 8, 2), on=AUGUST)
    with pytest.raises(WatchEnded):
        refuse_over("now")
    with pytest.raises(EndedBeforeTalk):
        check_end(None, "klaar")
