"""Who stands between others, hangs by one tie, is chosen from outside."""

from random import Random

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.core.sociometry import Nominations, bridges_of, chosen_from_outside, fragile_ties
from kring.core.sociometry.bridges import articulation, betweenness
from tests.core.sociometry.classes import chosen, classes, full, in_other_order, patient, worked


def test_the_middle_of_a_line_is_a_bridge() -> None:
    found = bridges_of(chosen("ABCDE", "AB BC DC DE"))
    assert found.betweenness.tolist() == [0, 3, 4, 3, 0]
    assert found.articulation.tolist() == [False, True, True, True, False]
    assert found.top.tolist() == [False, False, True, False, False]
    assert found.bridge.tolist() == [False, True, True, True, False]
    assert (found.n, found.n_valid) == (5, 5)


def test_a_pupil_with_the_highest_betweenness_is_a_bridge_though_the_class_would_not_fall_apart() -> None:
    found = bridges_of(chosen("ABCDE", "AB BC CD DE EA AC"))
    assert not found.articulation.any()
    assert found.bridge.tolist() == [True, False, True, False, False]


def test_when_many_share_the_first_place_nobody_stands_out() -> None:
    ring = bridges_of(chosen("ABCDE", "AB BC CD DE EA"))
    assert ring.betweenness.tolist() == [1.0] * 5
    assert not ring.bridge.any()


@pytest.mark.parametrize("nominations", [chosen("", ""), chosen("A", ""), chosen("ABC", ""), full(5), chosen("ABC", "AB", absent="BC")])
def test_without_anybody_between_others_there_is_no_bridge(nominations: Nominations) -> None:
    found = bridges_of(nominations)
    assert found.betweenness.tolist() == [0.0] * len(nominations.pupils)
    assert not found.bridge.any()


@pytest.mark.parametrize("seed", range(8))
def test_betweenness_and_articulation_as_networkx_has_them(seed: int) -> None:
    generator = np.random.Generator(np.random.PCG64(seed))
    n = int(generator.integers(5, 30))
    choices = generator.random((n, n)) < (0.5 + seed % 3) / n
    np.fill_diagonal(choices, 0)
    graph = nx.from_numpy_array(choices.astype(int), create_using=nx.DiGraph)
    theirs = nx.betweenness_centrality(graph, normalized=False)
    np.testing.assert_allclose(betweenness(choices), [theirs[i] for i in range(n)], atol=1e-9)
    tied = choices | choices.T
    assert set(np.flatnonzero(articulation(tied)).tolist()) == set(nx.articulation_points(nx.from_numpy_array(tied.astype(int))))


@patient
@given(classes(largest=9), st.randoms(use_true_random=False))
def test_another_order_of_the_list_changes_the_order_only(nominations: Nominations, dice: Random) -> None:
    order = list(range(len(nominations.pupils)))
    dice.shuffle(order)
    one, two = bridges_of(nominations), bridges_of(in_other_order(nominations, order))
    assert two.betweenness.tolist() == one.betweenness[order].tolist()
    assert two.bridge.tolist() == one.bridge[order].tolist()
    assert two.provenance == one.provenance


def test_who_hangs_by_a_pupil_who_leaves_is_named() -> None:
    nominations = chosen("ABCD", "AB BA AC CA DA")
    assert fragile_ties(nominations, {"A"}).fragile.tolist() == [False, True, True, False]
    assert fragile_ties(nominations, {"B"}).fragile.tolist() == [False, False, False, False]
    assert fragile_ties(nominations, {"A", "B"}).fragile.tolist() == [False, False, True, False]
    assert not fragile_ties(nominations, {"somebody else"}).fragile.any()
    assert fragile_ties(chosen("ABCD", "AB BA AC CA AD"), {"B", "C"}).fragile.tolist() == [True, False, False, False]


def test_many_from_outside_are_three_and_more_than_chance_gives() -> None:
    groups = "AB BA AC CA BC CB DE ED DF FD EF FE GH HG GI IG HI IH"
    found = chosen_from_outside(chosen("ABCDEFGHI", groups + " DA GA EA"))
    assert found.count.tolist() == [3, 0, 0, 0, 0, 0, 0, 0, 0]
    assert found.expected[0] == pytest.approx(0.5)
    assert found.at_least[0] == pytest.approx(1 / 6**3)
    assert found.many.tolist() == [True, *[False] * 8]
    assert not chosen_from_outside(chosen("ABCDEFGHI", groups + " DA GA")).many.any()
    assert (found.n, found.n_valid) == (9, 9)


@pytest.mark.parametrize("nominations", [chosen("", ""), chosen("A", ""), chosen("ABC", ""), full(5), worked()])
def test_choices_from_outside_in_any_class(nominations: Nominations) -> None:
    found = chosen_from_outside(nominations)
    assert not found.many.any()
    assert ((found.at_least >= 0) & (found.at_least <= 1)).all()
    turned = chosen_from_outside(in_other_order(nominations, list(range(len(nominations.pupils)))[::-1]))
    assert (turned.count[::-1].tolist(), turned.at_least[::-1].tolist()) == (found.count.tolist(), found.at_least.tolist())
    assert turned.provenance == found.provenance
