"""Who is named for a role."""

import numpy as np
import pytest

from kring.core.sociometry import ImpossibleLevel, named_for_role
from tests.core.sociometry.classes import chosen, full


def test_who_is_named_more_often_than_chance_gives_stands_out() -> None:
    found = named_for_role(chosen("ABCDEFGH", "BA CA DA EA FA GB HB", absent="A"))
    assert found.stands_out == ("A",)
    assert found.rate[:3].tolist() == [5 / 7, 2 / 6, 0.0]
    assert (found.pupils, found.n, found.n_valid) == (tuple("ABCDEFGH"), 8, 8)


def test_when_all_are_named_alike_nobody_stands_out() -> None:
    assert named_for_role(full(6)).stands_out == ()
    assert named_for_role(chosen("ABC", "")).stands_out == ()
    alone = named_for_role(chosen("A", ""))
    assert (alone.stands_out, alone.n_valid) == ((), 0)
    assert np.isnan(alone.rate[0])


def test_the_level_decides_what_is_rare() -> None:
    nominations = chosen("ABCDE", "BA CA DA AB EC")
    assert named_for_role(nominations).stands_out == ()
    assert named_for_role(nominations, level=0.06).stands_out == ("A",)
    with pytest.raises(ImpossibleLevel):
        named_for_role(nominations, level=1)
