"""Before a small trial begins somebody looked at the pupil and at what is around it (R089)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.both_sides import BothSidesNotConsidered, Side, missing_sides, refuse_unconsidered

LINE = "De pauze is druk en lang"
SIDES = st.lists(st.sampled_from(Side))


def test_a_factor_of_one_side_and_a_line_of_the_other_are_enough() -> None:
    refuse_unconsidered(["pupil"], {Side.SURROUNDINGS: LINE})
    refuse_unconsidered([*Side], {})
    refuse_unconsidered([], dict.fromkeys(Side, LINE))


@pytest.mark.parametrize("said", ["", "   ", "druk", "a        b"])
@pytest.mark.parametrize("side", Side)
def test_an_intervention_that_is_started_without_a_side_is_refused(side: Side, said: str) -> None:
    """Bad input of R089."""
    lines = {**dict.fromkeys(Side, LINE), side: said}
    assert missing_sides([], lines) == (side,)
    with pytest.raises(BothSidesNotConsidered):
        refuse_unconsidered([], lines)


@given(known=SIDES, written=SIDES)
def test_each_side_counts_once_wherever_it_stands(known: list[Side], written: list[Side]) -> None:
    missing = missing_sides(known, dict.fromkeys(written, LINE))
    assert {*missing} == {*Side} - {*known} - {*written}
    assert missing_sides([*known, *missing], dict.fromkeys(written, LINE)) == ()
