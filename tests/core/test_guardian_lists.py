"""A list for guardians has a reason, goes to those who may be asked, and they are not nagged."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kring.core.guardian_lists import (
    GuardianAskedAlready,
    GuardianListOver,
    HasNoSayAnyMore,
    NoGuardianToAsk,
    NothingToRemindOf,
    ReasonForGuardiansTooShort,
    ReminderTooSoon,
    check_asked,
    check_in_time,
    check_may_hear,
    check_reason,
    check_reminder,
)

NOW = datetime(2026, 3, 9, 10, 0, tzinfo=UTC)
WEEK = timedelta(days=7)


def test_a_reason_is_a_sentence() -> None:
    assert check_reason(" Wij horen graag \n hoe het gaat. ") == "Wij horen graag hoe het gaat."
    for thin in ("", "zomaar", "aaaaaaaaaaaaaaaaaaaaaaaaa", "omdat omdat omdat omdat"):
        with pytest.raises(ReasonForGuardiansTooShort):
            check_reason(thin)


def test_only_who_may_be_asked_and_has_nothing_open() -> None:
    check_asked(["Els"], ["Els", "Ed"], asked=["Ed"])
    for chosen in ([], ["Pim"], ["Els", "Pim"]):
        with pytest.raises(NoGuardianToAsk):
            check_asked(chosen, ["Els", "Ed"], asked=())
    with pytest.raises(GuardianAskedAlready):
        check_asked(["Els", "Ed"], ["Els", "Ed"], asked=["Ed"])


def test_a_reminder_once_a_week() -> None:
    check_reminder(NOW - WEEK, None, is_open=True, at=NOW)
    check_reminder(NOW - 3 * WEEK, NOW - WEEK, is_open=True, at=NOW)
    for asked, reminded in ((NOW - WEEK + timedelta(seconds=1), None), (NOW - 3 * WEEK, NOW - timedelta(days=6))):
        with pytest.raises(ReminderTooSoon):
            check_reminder(asked, reminded, is_open=True, at=NOW)
    with pytest.raises(NothingToRemindOf):
        check_reminder(NOW - 3 * WEEK, None, is_open=False, at=NOW)


def test_who_has_no_say_hears_nothing_more() -> None:
    check_may_hear("Els", ["Els"])
    with pytest.raises(HasNoSayAnyMore):
        check_may_hear("Els", ["Ed"])


def test_a_list_is_filled_in_up_to_and_including_its_last_day() -> None:
    last = date(2026, 3, 20)
    check_in_time(last, on=last)
    with pytest.raises(GuardianListOver) as told:
        check_in_time(last, on=date(2026, 3, 21))
    assert told.value.closes_on == last
