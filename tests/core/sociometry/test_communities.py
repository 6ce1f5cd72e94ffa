"""Groups that hold together, the same every time."""

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.sociometry import Nominations
from kring.core.sociometry.communities import communities, modularity, refined, relabelled, tie_weights
from tests.core.sociometry.classes import chosen, classes, in_other_order, patient

TWO_TRIANGLES = "AB BC CA DE EF FD AD"


def test_two_triangles_are_two_groups() -> None:
    found = communities(chosen("ABCDEF", TWO_TRIANGLES))
    assert found.member_of.tolist() == [0, 0, 0, 1, 1, 1]
    assert found.count == 2
    assert found.modularity == pytest.approx(6 / 7 - 2 * (7 / 14) ** 2)


def test_groups_are_numbered_by_their_smallest_id_wherever_it_stands_on_the_list() -> None:
    assert communities(chosen("FEDCBA", TWO_TRIANGLES)).member_of.tolist() == [1, 1, 1, 0, 0, 0]


def test_a_pupil_without_ties_stands_alone() -> None:
    found = communities(chosen("ABCD", "AB BA"))
    assert found.member_of.tolist() == [0, 0, 1, 2]
    assert found.count == 3


@pytest.mark.parametrize("pupils", ["", "A", "ABC"])
def test_without_choices_everybody_stands_alone_and_there_is_no_modularity(pupils: str) -> None:
    found = communities(chosen(pupils, ""))
    assert found.member_of.tolist() == list(range(len(pupils)))
    assert found.count == len(pupils)
    assert found.modularity is None


def test_refinement_brings_a_stray_pupil_home() -> None:
    weights = tie_weights(chosen("ABCDEF", TWO_TRIANGLES).positive)
    labels = refined(weights, np.array([0, 0, 1, 1, 1, 1]))
    assert relabelled(labels).tolist() == [0, 0, 0, 1, 1, 1]


@patient
@given(classes(smallest=2, largest=10), st.randoms(use_true_random=False))
def test_another_order_of_the_list_changes_the_order_only(nominations: Nominations, dice: Random) -> None:
    order = list(range(len(nominations.pupils)))
    dice.shuffle(order)
    one, two = communities(nominations), communities(in_other_order(nominations, order))
    assert two.member_of.tolist() == one.member_of[order].tolist()
    assert two.modularity == one.modularity


@patient
@given(classes(smallest=2, largest=10))
def test_no_single_move_makes_it_better(nominations: Nominations) -> None:
    found = communities(nominations)
    weights = tie_weights(nominations.positive)
    if found.modularity is None:
        return
    for pupil in range(len(nominations.pupils)):
        for group in range(found.count + 1):
            moved = found.member_of.copy()
            moved[pupil] = group
            assert modularity(weights, moved) <= found.modularity + 1e-9
