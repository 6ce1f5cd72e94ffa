"""What of a handover goes on: one yes is enough, anything else holds it back; and when it is gone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from kring.core.calendar import Calendar, DaysOff
from kring.core.errors import BrokenRule
from kring.core.handovers import (
    ChangeWithoutWords,
    HandoverEmpty,
    HandoverNotPassedOn,
    HandoverNotShown,
    HandoverPassedOn,
    Part,
    Said,
    State,
    Voice,
    agreed_parts,
    check_change,
    check_not_passed,
    check_passed,
    check_shown,
    check_written,
    decides,
    ends_on,
    state,
)

NOW = datetime(2026, 6, 1, tzinfo=UTC)
ALL = tuple(Part)


def voice(who: str | None, *, version: int = 1, after: int = 0, **said: str) -> Voice:
    return Voice(who, version, NOW + timedelta(hours=after), {Part(part): Said(word) for part, word in said.items()})


@pytest.mark.parametrize(
    ("who", "born_on", "with_guardians", "enough"),
    [
        ("els", date(2010, 6, 2), True, True),
        (None, date(2010, 6, 2), True, False),
        (None, date(2010, 6, 2), False, True),
        ("els", date(2010, 6, 1), True, False),
        (None, date(2010, 6, 1), True, True),
        ("els", None, True, True),
        (None, None, True, False),
    ],
)
def test_whose_yes_is_enough(who: str | None, born_on: date | None, with_guardians: bool, enough: bool) -> None:
    assert decides(who, born_on=born_on, on=NOW.date(), with_guardians=with_guardians) is enough


def test_of_who_does_not_decide_a_yes_is_not_enough_and_a_no_counts() -> None:
    heard, yes = replace(voice(None, works="agreed", watch="refused"), decides=False), voice("els", works="agreed", watch="agreed")
    assert agreed_parts(ALL, [heard], version=1) == frozenset()
    assert agreed_parts(ALL, [heard, yes], version=1) == {Part.WORKS}
    assert state(ALL, [replace(voice(None, works="agreed"), decides=False)], version=1, shown=True) is State.SHOWN


def test_one_yes_is_enough_and_a_no_of_anybody_holds_it_back() -> None:
    yes, no = voice("els", works="agreed", watch="agreed"), voice("ed", watch="refused")
    assert agreed_parts(ALL, [yes], version=1) == {Part.WORKS, Part.WATCH}
    assert agreed_parts(ALL, [yes, no], version=1) == {Part.WORKS}
    assert agreed_parts(ALL, [yes, voice(None, works="change")], version=1) == {Part.WATCH}


def test_a_part_that_is_not_written_any_more_does_not_go_on() -> None:
    assert agreed_parts([Part.WISH], [voice("els", works="agreed", wish="agreed")], version=1) == {Part.WISH}


def test_the_last_word_counts_and_only_about_this_text() -> None:
    first, last = voice("els", works="refused"), voice("els", after=1, works="agreed")
    assert agreed_parts(ALL, [last, first], version=1) == {Part.WORKS}
    assert agreed_parts(ALL, [last], version=2) == frozenset()


@pytest.mark.parametrize(
    ("said", "shown", "found"),
    [
        ([], False, State.WRITING),
        ([], True, State.SHOWN),
        ([{"works": "agreed"}], True, State.AGREED),
        ([{"works": "refused"}], True, State.REFUSED),
        ([{"works": "agreed"}, {"watch": "change"}], True, State.CHANGE),
    ],
)
def test_how_far_it_is(said: list[dict[str, str]], shown: bool, found: State) -> None:
    voices = [Voice(str(number), 1, NOW, {Part(part): Said(word) for part, word in one.items()}) for number, one in enumerate(said)]
    assert state(ALL, voices, version=1, shown=shown) is found


@pytest.mark.parametrize(
    ("first", "last", "gone"),
    [
        (date(2026, 10, 17), date(2026, 10, 25), date(2026, 10, 26)),
        (date(2026, 10, 5), date(2026, 10, 5), date(2026, 11, 1)),  # a study day
        (date(2026, 12, 19), date(2027, 1, 3), date(2026, 11, 1)),
        (date(2025, 10, 17), date(2025, 10, 25), date(2026, 11, 1)),  # of the year before
    ],
)
def test_it_is_gone_after_the_autumn_holiday(first: date, last: date, gone: date) -> None:
    assert ends_on(Calendar(days_off=(DaysOff("vakantie", first, last),)), starts_on=date(2026, 8, 1)) == gone


def test_without_holidays_it_is_gone_on_the_first_of_november() -> None:
    assert ends_on(Calendar(), starts_on=date(2026, 8, 1)) == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("rule", "check"),
    [
        (HandoverEmpty, lambda: check_written(dict.fromkeys(ALL, ""))),
        (HandoverNotShown, lambda: check_shown(None)),
        (HandoverPassedOn, lambda: check_not_passed(NOW, at=NOW)),
        (HandoverNotPassedOn, lambda: check_passed(None, at=NOW)),
        (HandoverNotPassedOn, lambda: check_passed(NOW + timedelta(1), at=NOW)),
        (ChangeWithoutWords, lambda: check_change({Part.WORKS: Said.CHANGE}, " ")),
    ],
)
def test_what_is_refused(rule: type[BrokenRule], check: Callable[[], None]) -> None:
    with pytest.raises(rule):
        check()


def test_what_is_allowed() -> None:
    check_written({Part.WORKS: "x"})
    check_shown(NOW)
    check_not_passed(None, at=NOW)
    check_not_passed(NOW + timedelta(1), at=NOW)
    check_passed(NOW, at=NOW)
    check_change({Part.WORKS: Said.CHANGE}, "anders")
    check_change({Part.WORKS: Said.AGREED}, "")
