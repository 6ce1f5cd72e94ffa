"""Numbers on a sheet of choices: each sheet its own, the same for ever, and what is typed in from it."""

import pytest

from kring.core.choice_sheets import (
    FEW,
    MoreNumbersThanAsked,
    NobodyAndSomebody,
    NumberNotOnSheet,
    NumberOfOneself,
    NumberTwice,
    chosen_by_number,
    heard_by_adult,
    numbers_on,
)
from kring.core.errors import BrokenRule
from kring.library import instruments

NAMES = [f"pupil {number}" for number in range(30)]
NUMBERS = {12: "a", 34: "b", 56: "c", 78: "me"}


def test_every_name_has_a_number_of_two_digits_and_every_sheet_its_own() -> None:
    here, there = numbers_on("sheet 1", NAMES), numbers_on("sheet 2", NAMES)
    assert len(set(here.values())) == len(NAMES)
    assert all(10 <= number <= 99 for number in here.values())
    assert here != there
    assert sorted(NAMES, key=lambda name: here[name]) != NAMES


def test_a_newcomer_moves_nobody_and_a_large_group_has_three_digits() -> None:
    before = numbers_on("sheet 1", NAMES)
    assert {name: number for name, number in numbers_on("sheet 1", [*NAMES, "new"]).items() if name != "new"} == before
    many = numbers_on("sheet 1", [str(number) for number in range(FEW + 1)])
    assert all(100 <= number <= 999 for number in many.values())


def test_a_full_row_still_has_room() -> None:
    assert len(set(numbers_on("x", [str(number) for number in range(FEW)]).values())) == FEW


@pytest.mark.parametrize("typed", ["12 34", "1234", "34, 12", " 12;34 ", "12-34", "12.34", "12\n34"])
def test_numbers_are_typed_as_they_come(typed: str) -> None:
    assert sorted(chosen_by_number(typed, NUMBERS, oneself="me", limit=2) or []) == ["a", "b"]


def test_nothing_is_skipped_and_nought_is_nobody() -> None:
    assert chosen_by_number("  ", NUMBERS, oneself="me", limit=None) is None
    assert chosen_by_number(" 0 ", NUMBERS, oneself="me", limit=None) == []


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("12 99", NumberNotOnSheet),
        ("1", NumberNotOnSheet),
        ("123", NumberNotOnSheet),
        ("twaalf", NumberNotOnSheet),
        ("１２", NumberNotOnSheet),  # noqa: RUF001
        ("78", NumberOfOneself),
        ("1212", NumberTwice),
        ("0 12", NobodyAndSomebody),
        ("12 34 56", MoreNumbersThanAsked),
    ],
)
def test_what_cannot_be_is_said(typed: str, rule: type[BrokenRule]) -> None:
    with pytest.raises(rule):
        chosen_by_number(typed, NUMBERS, oneself="me", limit=2)


def test_a_grown_up_never_hears_whom_a_child_does_not_choose() -> None:
    asked = [one for one in instruments() if one.questions]
    heard = [question for one in asked for question in heard_by_adult(one)]
    assert heard
    assert not any(question.is_negative or question.is_of_bullying or question.options for question in heard)
    assert {one.key for one in asked if not heard_by_adult(one)} == {"kring-sociogram-punten", "kring-sociogram-pesten"}
