"""Answering by keyboard: one key per answer."""

from typing import Final

from kring.core.instruments import Item, NoAnswer

SKIP: Final = "-"
REASONS: Final = {NoAnswer.DONT_KNOW: "w", NoAnswer.NOT_APPLICABLE: "n"}
"""“Weet ik niet” and “niet van toepassing”."""
IN_A_ROW: Final = "1234567890abcdefghijklmopqrstuvxyz"  # without w and n


def keys_of(item: Item) -> dict[int, str]:
    """Which key sets which code: its own digit where every code is one, else its place in the row; none where there are too many.

    >>> from kring.core.instruments import Option
    >>> keys_of(Item("a", "Ik lach.", (Option(0, "nooit"), Option(4, "vaak"))))
    {0: '0', 4: '4'}
    >>> keys_of(Item.of_numbers("b", "Hoe gaat het?", (1, 10)))[10], keys_of(Item.of_numbers("c", "Hoe gaat het?", (0, 100)))
    ('0', {})
    """
    codes = [option.code for option in item.options]
    if all(0 <= code <= 9 for code in codes):
        return {code: str(code) for code in codes}
    return dict(zip(codes, IN_A_ROW, strict=False)) if len(codes) <= len(IN_A_ROW) else {}
