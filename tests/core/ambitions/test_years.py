"""Over the years: only what was asked in the same way is joined."""

from datetime import date

import pytest

from kring.core.ambitions.years import Moment, MomentTwice, year_trend
from kring.core.instruments import Informant

OLD, NEW = frozenset({"q1", "q2"}), frozenset({"q1", "q3"})


def moment(year: int, value: float | None, *, items: frozenset[str] = OLD, scale: str = "rust", by: Informant = Informant.PUPIL) -> Moment:
    return Moment(by, scale, items, date(year, 11, 1), value, 80)


def values(*moments: Moment) -> list[list[float | None]]:
    return [[each.value for each in line.moments] for line in year_trend(moments).lines]


def test_the_same_items_make_one_line_in_order_of_days() -> None:
    assert values(moment(2025, 3.2), moment(2023, 3.0), moment(2024, 3.1)) == [[3.0, 3.1, 3.2]]


def test_other_items_start_a_new_line_and_so_does_going_back() -> None:
    assert values(moment(2023, 3.0), moment(2024, 3.1, items=NEW), moment(2025, 3.2)) == [[3.0], [3.1], [3.2]]


def test_a_moment_without_a_value_is_a_gap() -> None:
    found = year_trend([moment(2023, 3.0), moment(2024, None), moment(2025, 3.2)])
    assert [each.value for each in found.lines[0].moments] == [3.0, None, 3.2]
    assert (found.n, found.n_valid) == (3, 2)


def test_scales_and_informants_have_their_own_lines() -> None:
    found = values(moment(2023, 3.0), moment(2023, 2.0, scale="thuis"), moment(2023, 1.0, by=Informant.TEACHER))
    assert found == [[3.0], [2.0], [1.0]]


def test_nothing() -> None:
    found = year_trend([])
    assert (found.lines, found.n, found.n_valid) == ((), 0, 0)


def test_two_numbers_on_one_day_are_refused() -> None:
    with pytest.raises(MomentTwice) as caught:
        year_trend([moment(2023, 3.0), moment(2023, 3.1, items=NEW)])
    assert caught.value.facts() == {"scale": "rust", "on": date(2023, 11, 1)}
