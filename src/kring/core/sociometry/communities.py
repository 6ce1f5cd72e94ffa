"""Groups of pupils who choose each other more than they choose others.

The same class always gives the same groups: runs from fixed seeds, the best kept, improved until no single move helps. All runs of a
round go through the class together, pupil by pupil, as one table (runs, n).
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kring.core.sociometry.nominations import Nominations, sorted_nominations
from kring.core.sociometry.rates import NOTHING, Bools, Floats

RUNS = 50
ROUNDS = 4  # the first begins with everybody alone, the others from the best so far …
THROWN = 0.3  # … with this share of the pupils thrown into any group

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
    """Divide a class in groups with the highest modularity that fixed runs of Louvain and a greedy refinement find.

    Weights w_ij = A_ij + A_ji, resolution 1. Four rounds of 50 runs; among equals the division whose labels come first. Sources: Newman &
    Girvan 2004; Blondel e.a. 2008; Lourenço e.a. 2003 (beginning again from the best, disturbed).
    """
    ordered, places = sorted_nominations(nominations)
    weights = tie_weights(ordered.positive)
    best = np.arange(len(places))
    if not weights.any():
        return Communities(_in_list_order(best, places), None)
    for number in range(ROUNDS):
        best = _best_of(weights, [best, *_runs(weights, best, number)])
    best = _with_loners_alone(weights, best)
    return Communities(_in_list_order(best, places), modularity(weights, best))


def tie_weights(positive: Bools) -> Floats:
    """Weight of each two pupils: 0, 1 or 2 choices between them, float[n, n]."""
    table = positive.astype(np.float64)
    return table + table.T


def modularity(weights: Floats, labels: Labels) -> float:
    """Share of ties within groups above the share that the pupils' numbers of ties alone give: Σ_same (w_ij - k_i k_j / 2m) / 2m."""
    same = labels[:, None] == labels[None, :]
    ties = weights.sum(axis=1)
    return float((weights - np.outer(ties, ties) / weights.sum())[same].sum() / weights.sum())


def refined(weights: Floats, labels: Labels) -> Labels:
    """Move one pupil at a time, the best move first, to another group or alone, until no move raises the modularity."""
    n = len(labels)
    excess, labels = _excess(weights), labels.copy()
    while True:
        pull = excess @ (labels[:, None] == np.arange(n + 1)[None, :])
        gain = pull - pull[np.arange(n), labels][:, None]
        pupil, group = divmod(int(gain.argmax()), n + 1)
        if gain[pupil, group] <= NOTHING:
            return labels
        labels[pupil] = group


def merged(weights: Floats, labels: Labels) -> Labels:
    """Join two groups at a time, the best pair first, until no joining raises the modularity."""
    excess, labels = _excess(weights), relabelled(labels)
    while True:
        member = (labels[:, None] == np.arange(labels.max() + 1)[None, :]).astype(np.float64)
        gain = member.T @ excess @ member
        np.fill_diagonal(gain, 0.0)
        if gain.max() <= NOTHING:
            return labels
        kept, joined = sorted(divmod(int(gain.argmax()), len(gain)))
        labels = relabelled(np.where(labels == joined, kept, labels))


def relabelled(labels: Labels) -> Labels:
    """Number the groups from 0 in the order of their first members."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[inverse]


def _with_loners_alone(weights: Floats, labels: Labels) -> Labels:
    """Give pupils without any tie, whom no group wins or loses by, a group of their own."""
    n = len(labels)
    return relabelled(np.where(weights.any(axis=1), labels, n + np.arange(n)))


def _runs(weights: Floats, best: Labels, number: int) -> list[Labels]:
    """Give the different divisions that the runs of one round end in; the number of the round is their seed."""
    seeded, n = np.random.Generator(np.random.PCG64(number)), len(best)
    orders = seeded.permuted(np.tile(np.arange(n), (RUNS, 1)), axis=1)
    start = np.tile(best, (RUNS, 1))
    if number:
        start = np.where(seeded.random((RUNS, n)) < THROWN, seeded.integers(0, best.max() + 1, (RUNS, n)), start)
    ends = _distinct(_climbed(_excess(weights), orders, start))
    return [refined(weights, merged(weights, labels)) for labels in ends]


def _climbed(excess: Floats, orders: Labels, labels: Labels) -> Labels:
    """Let every run visit the pupils in its own order and move each to the best group, until a whole pass moves nobody."""
    runs, n = np.arange(len(orders)), orders.shape[1]
    moving = True
    while moving:
        moving = False
        for pupil in orders.T:
            here = labels[runs, pupil]
            cells = (runs[:, None] * n + labels).ravel()
            pull = np.bincount(cells, weights=excess[pupil].ravel(), minlength=labels.size).reshape(labels.shape)
            group = pull.argmax(axis=1)
            moves = pull[runs, group] > pull[runs, here] + NOTHING
            labels[runs, pupil] = np.where(moves, group, here)
            moving = moving or bool(moves.any())
    return labels


def _best_of(weights: Floats, divisions: Iterable[Labels]) -> Labels:
    return min(_distinct(divisions), key=lambda labels: (-round(modularity(weights, labels), 9), labels.tolist()))


def _distinct(divisions: Iterable[Labels]) -> list[Labels]:
    return [np.array(labels, dtype=np.intp) for labels in sorted({tuple(relabelled(division).tolist()) for division in divisions})]


def _excess(weights: Floats) -> Floats:
    """Give the ties above expectation between different pupils."""
    ties = weights.sum(axis=1)
    excess: Floats = weights - np.outer(ties, ties) / weights.sum()
    np.fill_diagonal(excess, 0.0)
    return excess


def _in_list_order(labels: Labels, places: NDArray[np.intp]) -> Labels:
    result = np.empty_like(labels)
    result[places] = labels
    return result
