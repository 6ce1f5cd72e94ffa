"""Do the groups come back when some are left out?"""

import numpy as np
import pytest

from kring.core.sociometry import Nominations, sureness_of
from kring.core.sociometry.communities import adjusted_rand, best_division, modularity, tie_weights
from kring.core.sociometry.sureness import divisions
from tests.core.sociometry.classes import DONE, chosen, full, in_other_order

GROUPS = "AB BA AC CA BC CB DE ED DF FD EF FE"


def test_groups_that_always_come_back_are_sure() -> None:
    found = sureness_of(chosen("ABCDEF", GROUPS))
    assert (found.n, found.n_valid, found.left_out, found.value, found.unsure) == (6, 6, 1, 1.0, False)


def test_choices_at_random_give_groups_that_are_not_sure() -> None:
    generator = np.random.Generator(np.random.PCG64(4))
    choices = (generator.random((24, 24)) < 0.4) & ~np.eye(24, dtype=bool)
    found = sureness_of(Nominations(tuple(f"p{i:02}" for i in range(24)), (DONE,) * 24, choices))
    assert found.value is not None
    assert (found.value < 0.5, found.unsure, found.left_out) == (True, True, 2)


@pytest.mark.parametrize("nominations", [chosen("", ""), chosen("A", ""), chosen("ABC", ""), chosen("AB", "AB", absent="B")])
def test_without_groups_there_is_nothing_to_be_sure_of(nominations: Nominations) -> None:
    found = sureness_of(nominations)
    assert (found.value, found.unsure) == (None, None)


def test_a_re_run_without_any_choice_left_leaves_everybody_alone() -> None:
    found = sureness_of(chosen("ABC", "AB"))
    assert found.value is not None
    assert 0 < found.value < 1


def test_everybody_chooses_everybody() -> None:
    assert sureness_of(full(5)).value is not None


def test_the_order_of_the_list_decides_nothing_and_the_seed_does() -> None:
    nominations = chosen("ABCDEFG", GROUPS + " GA GD")
    one, two = sureness_of(nominations), sureness_of(in_other_order(nominations, [4, 6, 0, 2, 5, 1, 3]))
    assert (one, one.provenance) == (two, two.provenance)
    assert sureness_of(nominations, seed=1).value != one.value


def test_re_runs_nearly_always_find_what_the_whole_method_finds() -> None:
    generator = np.random.Generator(np.random.PCG64(11))
    weights = np.stack([tie_weights((generator.random((24, 24)) < 5 / 24) & ~np.eye(24, dtype=bool)) for _ in range(40)])
    found = divisions(weights, np.random.Generator(np.random.PCG64(0)))
    short = [modularity(each, best_division(each)) - modularity(each, labels) for each, labels in zip(weights, found)]
    assert sum(gap < 1e-9 for gap in short) >= 33
    assert max(short) < 0.01


def test_agreement_of_divisions() -> None:
    one = np.array([0, 0, 1, 1], dtype=np.intp)
    others = np.array([[0, 0, 1, 1], [5, 5, 2, 2], [0, 1, 0, 1], [0, 1, 2, 3], [0, 0, 0, 0]], dtype=np.intp)
    assert adjusted_rand(one, others) == pytest.approx([1, 1, -0.5, 0, 0])
    assert adjusted_rand(np.arange(3), np.arange(3)[None]).tolist() == [1.0]
    assert adjusted_rand(np.zeros(1, dtype=np.intp), np.zeros((1, 1), dtype=np.intp)).tolist() == [1.0]
