"""Birthdays, also those of 29 February."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.ages import born_by, has_turned

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2080, 12, 31))


@pytest.mark.parametrize(
    ("born_on", "years", "birthday"),
    [
        (date(2010, 11, 22), 16, date(2026, 11, 22)),
        (date(2012, 2, 29), 16, date(2028, 2, 29)),
        (date(2012, 2, 29), 18, date(2030, 3, 1)),
        (date(2010, 2, 28), 18, date(2028, 2, 28)),
        (date(2010, 3, 1), 18, date(2028, 3, 1)),
        (date(2014, 12, 31), 12, date(2026, 12, 31)),
    ],
)
def test_somebody_turns_on_the_birthday_and_not_the_day_before(born_on: date, years: int, birthday: date) -> None:
    assert not has_turned(years, born_on=born_on, on=birthday - timedelta(days=1))
    assert has_turned(years, born_on=born_on, on=birthday)


@given(born_on=DAYS, on=DAYS, years=st.sampled_from([12, 16, 18]))
def test_who_has_turned_stays_so(born_on: date, on: date, years: int) -> None:
    if has_turned(years, born_on=born_on, on=on):
        assert has_turned(years, born_on=born_on, on=on + timedelta(days=1))


@given(on=DAYS, years=st.sampled_from([12, 16, 18]))
def test_a_later_day_never_asks_for_an_earlier_birth(on: date, years: int) -> None:
    assert born_by(years, on=on) <= born_by(years, on=on + timedelta(days=1))


def test_a_century_without_leap_day() -> None:
    assert born_by(16, on=date(2104, 2, 29)) == date(2088, 2, 29)
    assert born_by(4, on=date(2104, 2, 29)) == date(2100, 2, 28)
