"""The care score against what the school wants."""

from fractions import Fraction

import pytest

from kring.core.ambitions.judging import Answer, Certainty
from kring.core.ambitions.share import ShareNotAnAmbition, judged_share, refuse_no_ambition

FIFTH = Fraction(1, 5)


@pytest.mark.parametrize(
    ("mean", "x", "n", "answer", "certainty"),
    [
        (FIFTH, 20, 100, Answer.MET, Certainty.WITHIN_CHANCE),
        (FIFTH + Fraction(1, 10**9), 20, 100, Answer.NOT_MET, Certainty.WITHIN_CHANCE),
        (Fraction(1, 50), 4, 200, Answer.MET, Certainty.CERTAIN),
        (Fraction(2, 5), 80, 200, Answer.NOT_MET, Certainty.CERTAIN),
    ],
)
def test_exactly_twenty_percent_passes_and_chance_is_told(mean: Fraction, x: int, n: int, answer: Answer, certainty: Certainty) -> None:
    found = judged_share(mean, x=x, n=n, highest=FIFTH)
    assert (found.answer, found.certainty) == (answer, certainty)


@pytest.mark.parametrize("percent", [0, 100, -5])
def test_none_or_all_is_no_ambition(percent: int) -> None:
    with pytest.raises(ShareNotAnAmbition):
        refuse_no_ambition(percent)


def test_one_in_a_hundred_and_all_but_one_are_ambitions() -> None:
    for percent in (1, 99):
        refuse_no_ambition(percent)
