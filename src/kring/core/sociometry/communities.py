"""Groups of pupils who choose each other more than they choose others.

The same class always gives the same groups: 50 fixed seeds, the best kept, improved until no single move helps.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kring.core.sociometry.nominations import Nominations, sorted_nominations
from kring.core.sociometry.rates import NOTHING, Bools, Floats

SEEDS = range(50)

Labels = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Communities:
    """The group of each pupil, numbered from 0 by the smallest member id, and the modularity (None when nobody chose)."""

    member_of: Labels
    modularity: float | None

    @property
    def count(self) -> int:
        """How many groups there are, pupils who stand alone included."""
        return int(self.member_of.max(initial=-1)) + 1


def communities(nominations: Nominations) -> Communities:
    """Divide a class in groups with the highest modularity that 50 runs of Louvain and a greedy refinement find.

    Weights w_ij = A_ij + A_ji, resolution 1. Among equals the division whose labels come first. Sources: Newman & Girvan 2004;
    Blondel e.a. 2008.
    """
    ordered, places = sorted_nominations(nominations)
    weights = tie_weights(ordered.positive)
    if not weights.any():
        return Communities(_in_list_order(np.arange(len(places)), places), None)
    found = {tuple(relabelled(refined(weights, labels)).tolist()) for labels in _louvain_runs(weights)}
    best = min(found, key=lambda labels: (-round(modularity(weights, np.array(labels)), 9), labels))
    labels = np.array(best, dtype=np.intp)
    return Communities(_in_list_order(labels, places), modularity(weights, labels))


def tie_weights(positive: Bools) -> Floats:
    """Weight of each two pupils: 0, 1 or 2 choices between them, float[n, n]."""
    table = positive.astype(np.float64)
    return table + table.T


def modularity(weights: Floats, labels: Labels) -> float:
    """Share of ties within groups above the share that the pupils' numbers of ties alone give: Σ_same (w_ij - k_i k_j / 2m) / 2m."""
    same = labels[:, None] == labels[None, :]
    return float(_excess(weights)[same].sum() / weights.sum())


def refined(weights: Floats, labels: Labels) -> Labels:
    """Move one pupil at a time, the best move first, to another group or alone, until no move raises the modularity."""
    n = len(labels)
    excess, labels = _excess(weights), labels.copy()
    np.fill_diagonal(excess, 0.0)
    while True:
        member = (labels[:, None] == np.arange(n + 1)[None, :]).astype(np.float64)
        pull = excess @ member
        gain = pull - pull[np.arange(n), labels][:, None]
        pupil, group = divmod(int(gain.argmax()), n + 1)
        if gain[pupil, group] <= NOTHING:
            return labels
        labels[pupil] = group


def relabelled(labels: Labels) -> Labels:
    """Number the groups from 0 in the order of their first members."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[inverse]


def _louvain_runs(weights: Floats) -> list[Labels]:
    import networkx as nx  # here, because it takes a third of a second to load

    graph = nx.from_numpy_array(weights)
    runs = {_labels(nx.community.louvain_communities(graph, seed=seed), len(weights)) for seed in SEEDS}
    return [np.array(run, dtype=np.intp) for run in sorted(runs)]


def _labels(groups: list[set[int]], n: int) -> tuple[int, ...]:
    label = {pupil: number for number, group in enumerate(sorted(groups, key=min)) for pupil in group}
    return tuple(label[pupil] for pupil in range(n))


def _excess(weights: Floats) -> Floats:
    ties = weights.sum(axis=1)
    excess: Floats = weights - np.outer(ties, ties) / weights.sum()
    return excess


def _in_list_order(labels: Labels, places: NDArray[np.intp]) -> Labels:
    result = np.empty_like(labels)
    result[places] = labels
    return result
