"""Who decides about a child, and from which day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kring.core.authority import (
    BirthDateUnlikely,
    NotSixteenYet,
    TieEnded,
    birthday,
    check_birth_date,
    check_decides_alone,
    check_goes_on,
    turns_within,
)

TODAY = date(2026, 3, 3)
NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)


def test_from_the_sixteenth_birthday_the_pupil_decides() -> None:
    check_decides_alone(date(2010, 3, 3), on=TODAY)
    for born_on in (date(2010, 3, 4), None):
        with pytest.raises(NotSixteenYet):
            check_decides_alone(born_on, on=TODAY)


def test_a_birth_date_is_that_of_a_pupil() -> None:
    for born_on in (date(2023, 3, 3), date(2001, 3, 4)):
        check_birth_date(born_on, on=TODAY)
    for born_on in (date(2023, 3, 4), date(2001, 3, 3), date(2062, 3, 3)):
        with pytest.raises(BirthDateUnlikely):
            check_birth_date(born_on, on=TODAY)


def test_what_has_ended_stays_ended() -> None:
    check_goes_on(None, at=NOW)
    check_goes_on(NOW + timedelta(seconds=1), at=NOW)
    with pytest.raises(TieEnded):
        check_goes_on(NOW, at=NOW)


@pytest.mark.parametrize(
    ("born_on", "day"),
    [
        (date(2010, 3, 3), None),  # today: it has come
        (date(2010, 3, 4), date(2026, 3, 4)),
        (date(2010, 4, 3), date(2026, 4, 3)),
        (date(2010, 4, 4), None),
        (date(2011, 3, 10), None),
    ],
)
def test_a_birthday_is_announced_a_month_before(born_on: date, day: date | None) -> None:
    assert turns_within(16, born_on=born_on, on=TODAY) == day


def test_who_was_born_on_the_29th_of_february_turns_sixteen_on_that_day_and_eighteen_on_the_first_of_march() -> None:
    assert (birthday(16, born_on=date(2012, 2, 29)), birthday(18, born_on=date(2012, 2, 29))) == (date(2028, 2, 29), date(2030, 3, 1))
