"""Groups that hold together, the same every time."""

from random import Random

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.sociometry import Nominations
from kring.core.sociometry.communities import communities_of, merged, modularity, refined, relabelled, tie_weights
from tests.core.sociometry.classes import DONE, EMPTY, chosen, classes, in_other_order, patient

TWO_TRIANGLES = "AB BC CA DE EF FD AD"


def test_two_triangles_are_two_groups() -> None:
    found = communities_of(chosen("ABCDEF", TWO_TRIANGLES))
    assert found.member_of.tolist() == [0, 0, 0, 1, 1, 1]
    assert found.count == 2
    assert found.modularity == pytest.approx(6 / 7 - 2 * (7 / 14) ** 2)


def test_groups_are_numbered_by_their_smallest_id_wherever_it_stands_on_the_list() -> None:
    assert communities_of(chosen("FEDCBA", TWO_TRIANGLES)).member_of.tolist() == [1, 1, 1, 0, 0, 0]


def test_a_pupil_without_ties_stands_alone() -> None:
    found = communities_of(chosen("ABCD", "AB BA"))
    assert found.member_of.tolist() == [0, 0, 1, 2]
    assert found.count == 3


@pytest.mark.parametrize("pupils", ["", "A", "ABC"])
def test_without_choices_everybody_stands_alone_and_there_is_no_modularity(pupils: str) -> None:
    found = communities_of(chosen(pupils, ""))
    assert found.member_of.tolist() == list(range(len(pupils)))
    assert found.count == len(pupils)
    assert found.modularity is None


def test_refinement_brings_a_stray_pupil_home() -> None:
    weights = tie_weights(chosen("ABCDEF", TWO_TRIANGLES).positive)
    labels = refined(weights, np.array([0, 0, 1, 1, 1, 1]))
    assert relabelled(labels).tolist() == [0, 0, 0, 1, 1, 1]


def test_merging_joins_the_halves_of_a_group() -> None:
    weights = tie_weights(chosen("ABCDEF", TWO_TRIANGLES).positive)
    assert merged(weights, np.array([0, 0, 0, 1, 1, 2])).tolist() == [0, 0, 0, 1, 1, 1]


@pytest.mark.parametrize("seed", range(6))
def test_never_worse_than_the_best_of_fifty_runs_of_networkx(seed: int) -> None:
    generator = np.random.Generator(np.random.PCG64(seed))
    n = int(generator.integers(18, 35))
    positive = (generator.random((n, n)) < 4 / n) & ~np.eye(n, dtype=np.bool_)
    participation = tuple(DONE if row.any() else EMPTY for row in positive)
    ours = communities_of(Nominations(tuple(f"p{i:02}" for i in range(n)), participation, positive))
    graph = nx.from_numpy_array(tie_weights(positive))
    theirs = max(nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=run)) for run in range(50))
    assert ours.modularity is not None
    assert ours.modularity >= theirs - 1e-9


@patient
@given(classes(smallest=2, largest=10), st.randoms(use_true_random=False))
def test_another_order_of_the_list_changes_the_order_only(nominations: Nominations, dice: Random) -> None:
    order = list(range(len(nominations.pupils)))
    dice.shuffle(order)
    one, two = communities_of(nominations), communities_of(in_other_order(nominations, order))
    assert two.member_of.tolist() == one.member_of[order].tolist()
    assert two.modularity == one.modularity


@patient
@given(classes(smallest=2, largest=10))
def test_no_single_move_makes_it_better(nominations: Nominations) -> None:
    found = communities_of(nominations)
    weights = tie_weights(nominations.positive)
    if found.modularity is None:
        return
    for pupil in range(len(nominations.pupils)):
        for group in range(found.count + 1):
            moved = found.member_of.copy()
            moved[pupil] = group
            assert modularity(weights, moved) <= found.modularity + 1e-9
