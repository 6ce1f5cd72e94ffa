"""Lists on paper: numbers of sheets that show a slip of the finger, and no more lists than were asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.paper_sheets import MoreThanAsked, count_of, refuse_beyond, sheet_number


@given(st.integers(1, 99_999))
def test_every_number_is_read_as_it_was_printed(count: int) -> None:
    assert count_of(sheet_number(count)) == count


@given(st.integers(1, 9_999), st.data())
def test_one_wrong_digit_or_two_swapped_are_never_another_sheet(count: int, data: st.DataObject) -> None:
    printed = sheet_number(count)
    place = data.draw(st.integers(0, len(printed) - 1))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != printed[place]]))
    assert count_of(printed[:place] + other + printed[place + 1 :]) is None
    if place and printed[place] != printed[place - 1]:
        assert count_of(printed[: place - 1] + printed[place] + printed[place - 1] + printed[place + 1 :]) is None


def test_what_is_no_number_is_none() -> None:
    assert [count_of(typed) for typed in ("", "abc", "١٢٣", "1", "0 1 3")] == [None, None, None, None, 1]


def test_no_more_lists_come_in_than_were_ticked_off() -> None:
    refuse_beyond(ticked=3, came_in=2)
    with pytest.raises(MoreThanAsked):
        refuse_beyond(ticked=3, came_in=3)
