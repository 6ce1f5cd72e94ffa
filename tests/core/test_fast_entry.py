"""One key per answer."""

from kring.core.fast_entry import IN_A_ROW, REASONS, SKIP, keys_of
from kring.core.instruments import Item, Option


def test_a_code_of_one_digit_is_its_own_key_and_others_go_by_their_place() -> None:
    assert keys_of(Item("a", "Ik lach.", (Option(1, "nooit"), Option(2, "vaak")))) == {1: "1", 2: "2"}
    below = Item("a", "Ik lach.", (Option(-1, "nooit"), Option(0, "soms"), Option(1, "vaak")))
    assert keys_of(below) == {-1: "1", 0: "2", 1: "3"}
    assert keys_of(Item.of_numbers("a", "Hoe vaak?", (0, 50))) == {}


def test_no_key_has_two_meanings() -> None:
    assert len({*IN_A_ROW, SKIP, *REASONS.values()}) == len(IN_A_ROW) + 1 + len(REASONS)
