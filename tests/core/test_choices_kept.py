"""Until which day choices of classmates stay."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.choices_kept import choices_go, rejections_go
from kring.core.sociometry import KeptTooLong

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@given(DAYS, st.integers(0, 365))
def test_a_no_stays_to_its_last_day_and_not_a_day_longer(closed_on: date, days: int) -> None:
    last = closed_on + timedelta(days=days)
    assert not rejections_go(closed_on, kept_days=days, on=last)
    assert rejections_go(closed_on, kept_days=days, on=last + timedelta(days=1))


def test_no_school_keeps_it_longer_than_a_year() -> None:
    with pytest.raises(KeptTooLong):
        rejections_go(date(2026, 11, 17), kept_days=366, on=date(2026, 11, 18))


@given(DAYS)
def test_choices_go_two_years_after_the_school_year(ends_on: date) -> None:
    assert not choices_go(ends_on, on=ends_on + timedelta(days=729))
    assert choices_go(ends_on, on=ends_on + timedelta(days=732))


def test_the_day_that_is_not_there_every_year() -> None:
    assert not choices_go(date(2028, 2, 29), on=date(2030, 2, 28))
    assert choices_go(date(2028, 2, 29), on=date(2030, 3, 1))
