"""Opening a case, and taking a seat at it."""

from datetime import date

import pytest

from kring.core.cases import (
    CaseEndsTooSoon,
    CasePurposeTooShort,
    CaseRunsTooLong,
    SeatOutlastsCase,
    check_case,
    check_seat,
    latest_end,
)

TODAY = date(2026, 11, 22)
PURPOSE = "samen zoeken naar rust in de klas"


def test_a_case_keeps_its_purpose_in_tidy_words() -> None:
    assert check_case("  samen zoeken \n naar rust ", opened_on=TODAY, until=date(2027, 1, 1)) == "samen zoeken naar rust"


@pytest.mark.parametrize("purpose", ["", "overleg", " " * 40, "a b c d e f g", "x" * 14])
def test_a_purpose_must_say_something(purpose: str) -> None:
    with pytest.raises(CasePurposeTooShort) as refused:
        check_case(purpose, opened_on=TODAY, until=date(2027, 1, 1))
    assert refused.value.least == 15


@pytest.mark.parametrize("until", [TODAY, date(2026, 11, 21)])
def test_a_case_ends_after_today(until: date) -> None:
    with pytest.raises(CaseEndsTooSoon):
        check_case(PURPOSE, opened_on=TODAY, until=until)


def test_a_case_runs_for_a_year_at_most() -> None:
    assert check_case(PURPOSE, opened_on=TODAY, until=date(2027, 11, 22)) == PURPOSE
    with pytest.raises(CaseRunsTooLong) as refused:
        check_case(PURPOSE, opened_on=TODAY, until=date(2027, 11, 23))
    assert refused.value.most == date(2027, 11, 22)


def test_a_year_from_a_leap_day_ends_on_the_28th() -> None:
    assert latest_end(date(2028, 2, 29)) == date(2029, 2, 28)


def test_a_seat_ends_no_later_than_its_case() -> None:
    check_seat(date(2027, 1, 1), from_on=TODAY, case_until=date(2027, 1, 1))
    with pytest.raises(SeatOutlastsCase) as refused:
        check_seat(date(2027, 1, 2), from_on=TODAY, case_until=date(2027, 1, 1))
    assert refused.value.most == date(2027, 1, 1)
    with pytest.raises(CaseEndsTooSoon):
        check_seat(TODAY, from_on=TODAY, case_until=date(2027, 1, 1))
