"""A need is a sentence, and over when it is over."""

import pytest

from kring.core.support_needs import NeedOver, NeedSaysNothing, need_of, refuse_over


def test_a_need_is_a_sentence() -> None:
    assert need_of("  Ik wil leren\n rustig te blijven. ") == "Ik wil leren rustig te blijven."
    for nothing in ("", "hulp graag"):
        with pytest.raises(NeedSaysNothing):
            need_of(nothing)


def test_what_is_over_is_over() -> None:
    refuse_over(None)
    with pytest.raises(NeedOver):
        refuse_over("now")
