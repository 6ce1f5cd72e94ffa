"""Pupils who all choose each other."""

import networkx as nx
import numpy as np
import pytest

from kring.core.sociometry import Nominations, mutual_cliques
from tests.core.sociometry.classes import DONE, EMPTY, chosen, full, in_other_order, worked


def test_groups_may_overlap_and_come_largest_first() -> None:
    nominations = chosen("ABCDEF", "AB BA AC CA BC CB CD DC CE EC DE ED CF FC DF FD EF FE")
    assert mutual_cliques(nominations).cliques == (("C", "D", "E", "F"), ("A", "B", "C"))
    assert mutual_cliques(in_other_order(nominations, [5, 3, 1, 0, 2, 4])) == mutual_cliques(nominations)


@pytest.mark.parametrize("nominations", [chosen("", ""), chosen("A", ""), worked(), chosen("ABC", "AB BC CA")])
def test_two_who_choose_each_other_are_no_group(nominations: Nominations) -> None:
    assert mutual_cliques(nominations).cliques == ()


def test_everybody_chooses_everybody() -> None:
    found = mutual_cliques(full(6))
    assert (found.n, found.n_valid, found.cliques) == (6, 6, (tuple(f"p{i:02}" for i in range(6)),))


def test_more_groups_than_anybody_can_read_are_not_named() -> None:
    n = 30
    all_but_two = np.arange(n)[:, None] // 3 != np.arange(n)[None, :] // 3
    found = mutual_cliques(Nominations(tuple(f"p{i:02}" for i in range(n)), (DONE,) * n, all_but_two))  # 3^10 groups of ten
    assert (found.n, found.cliques) == (30, None)


@pytest.mark.parametrize("seed", range(6))
def test_groups_as_networkx_has_them(seed: int) -> None:
    choices = np.random.Generator(np.random.PCG64(seed)).random((12, 12)) < 0.4 + 0.08 * seed
    np.fill_diagonal(choices, 0)
    participation = tuple(DONE if row.any() else EMPTY for row in choices)
    found = mutual_cliques(Nominations(tuple("ABCDEFGHIJKL"), participation, choices)).cliques
    theirs = [sorted(clique) for clique in nx.find_cliques(nx.from_numpy_array((choices & choices.T).astype(int))) if len(clique) > 2]
    assert found is not None
    assert set(found) == {tuple("ABCDEFGHIJKL"[i] for i in clique) for clique in theirs}
    assert len(found) == len(theirs)
