"""What was granted for a while."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.arrangements import (
    Grant,
    GrantAmountUnlikely,
    GrantPeriodWrong,
    GrantResultMissing,
    GrantWithoutAmount,
    GrantWithoutGoals,
    OfferWithoutEnd,
    OfferWithoutPlaces,
    Status,
    check_grant,
    check_offer,
    check_result,
    result_is_due,
    running_sums,
    share_within,
    status,
    sums_within,
)

YEAR = date(2026, 8, 1), date(2027, 7, 31)
HALF = Grant(starts_on=date(2027, 7, 22), ends_on=date(2027, 8, 10), hours=Decimal(20), euros=Decimal(1000))


def a_grant(**other: Any) -> Grant:
    return Grant(**{"starts_on": date(2026, 9, 1), "ends_on": date(2026, 12, 31), "hours": Decimal(10), **other})


def test_a_grant_over_two_years_counts_in_each_for_its_days() -> None:
    whole = a_grant(euros=None)
    assert sums_within([whole, HALF], *YEAR).hours == Decimal("20.0")
    assert sums_within([whole, HALF], *YEAR).euros == Decimal("500.00")
    assert sums_within([whole, HALF], *YEAR).grants == 2
    assert sums_within([whole], date(2027, 8, 1), date(2028, 7, 31)).grants == 0


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 1000),
    st.lists(st.dates(date(2019, 1, 1), date(2035, 1, 1)), max_size=4),
)
def test_the_parts_of_years_that_follow_each_other_are_the_whole(first: date, days: int, cuts: list[date]) -> None:
    grant = Grant(starts_on=first, ends_on=first + timedelta(days=days))
    edges = [date(2018, 1, 1), *sorted(set(cuts)), date(2036, 1, 1)]
    parts = [share_within(grant, a, b - timedelta(days=1)) for a, b in pairwise(edges)]
    assert abs(sum(parts, Decimal(0)) - 1) < Decimal("1e-20")


@pytest.mark.parametrize(
    ("other", "broken"),
    [
        ({"hours": None}, GrantWithoutAmount),
        ({"hours": Decimal(0)}, GrantAmountUnlikely),
        ({"euros": Decimal(-5)}, GrantAmountUnlikely),
        ({"hours": Decimal(10_001)}, GrantAmountUnlikely),
        ({"ends_on": date(2026, 8, 31)}, GrantPeriodWrong),
        ({"ends_on": date(2036, 8, 31)}, GrantPeriodWrong),
    ],
    ids=["no amount", "no hours", "below nothing", "too many", "ends before", "too long"],
)
def test_a_grant_that_cannot_be_is_refused(other: dict[str, Any], broken: type[Exception]) -> None:
    with pytest.raises(broken):
        check_grant(a_grant(**other), "Rustig leren werken")


def test_a_grant_says_what_it_is_for_and_what_came_of_it() -> None:
    assert check_grant(a_grant(), " Rustig leren werken ") == "Rustig leren werken"
    assert check_result(" Hij werkt nu zelf. ") == "Hij werkt nu zelf."
    with pytest.raises(GrantWithoutGoals):
        check_grant(a_grant(), "  ")
    with pytest.raises(GrantResultMissing):
        check_result("goed")


@pytest.mark.parametrize("places", [None, 0, -1, 501])
def test_an_offer_without_places_is_none(places: int | None) -> None:
    with pytest.raises(OfferWithoutPlaces):
        check_offer(places, date(2027, 1, 1), today=date(2026, 11, 23))


@pytest.mark.parametrize("until", [None, date(2026, 11, 23), date(2020, 1, 1)])
def test_an_offer_without_a_day_is_none(until: date | None) -> None:
    with pytest.raises(OfferWithoutEnd):
        check_offer(4, until, today=date(2026, 11, 23))
    check_offer(4, date(2026, 11, 24), today=date(2026, 11, 23))


def test_what_is_over_is_not_counted() -> None:
    over, coming = a_grant(), a_grant(starts_on=date(2027, 3, 1), ends_on=date(2027, 4, 1))
    now = a_grant(ends_on=date(2027, 6, 1), hours=None, euros=Decimal("99.50"))
    day = date(2027, 1, 1)
    assert [status(one, on=day) for one in (over, now, coming)] == [Status.EXPIRED, Status.RUNNING, Status.COMING]
    sums = running_sums([over, now, coming], on=day)
    assert (sums.grants, sums.hours, sums.euros) == (1, Decimal("0.0"), Decimal("99.50"))


def test_the_result_is_asked_for_before_the_end() -> None:
    grant = a_grant()
    assert not result_is_due(grant, "", on=date(2026, 12, 9))
    assert result_is_due(grant, "", on=date(2026, 12, 10))
    assert not result_is_due(grant, "Het hielp goed", on=date(2027, 12, 10))
