"""Groups of pupils who choose each other more than they choose others.

The same class always gives the same groups: runs from fixed seeds, the best kept, improved until no single move helps. All runs of a
round go through the class together, pupil by pupil, as one table (runs, n).
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kring.core.provenance import Result, method
from kring.core.sociometry.nominations import Nominations, sorted_nominations
from kring.core.sociometry.order import in_list_order
from kring.core.sociometry.rates import NOTHING, Bools, Floats

__all__ = ["Communities", "communities_of"]

RUNS = 50
ROUNDS = 4  # the first begins with everybody alone, the others from the best so far …
THROWN = 0.3  # … with this share of the pupils thrown into any group

Labels = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Communities(Result):
    """The group of each pupil, numbered from 0 by the smallest member id, and the modularity (None when nobody chose).

    n: pupils on the list; n_valid: those who took part.
    """

    n: int
    n_valid: int
    member_of: Labels
    modularity: float | None

    @property
    def count(self) -> int:
        """How many groups there are, pupils who stand alone included."""
        return int(self.member_of.max(initial=-1)) + 1


@method("communities", 1, data=("nominations",))
def communities_of(nominations: Nominations) -> Communities:
    """Divide a class in groups with the highest modularity that fixed runs of Louvain and a greedy refinement find.

    Weights w_ij = A_ij + A_ji, resolution 1. Four rounds of 50 runs; among equals the division whose labels come first. Some .02 s for a
    class of 30. Sources: Newman & Girvan 2004; Blondel e.a. 2008; Lourenço e.a. 2003 (beginning again from the best, disturbed).

    >>> from kring.core.sociometry.nominations import Edge, nominations_from
    >>> found = communities_of(nominations_from("ABCDEF", [Edge(*pair) for pair in ("AB", "BC", "CA", "DE", "EF", "FD", "AD")], {}))
    >>> found.member_of.tolist(), round(found.modularity, 6)
    ([0, 0, 0, 1, 1, 1], 0.357143)
    """
    ordered, places = sorted_nominations(nominations)
    weights = tie_weights(ordered.positive)
    best = best_division(weights)
    found = modularity(weights, best) if weights.any() else None
    return Communities(len(places), int(ordered.nominators.sum()), in_list_order(best, places), found)


def best_division(weights: Floats) -> Labels:
    """Give the group of each pupil in the best division found, from a table of weights; everybody alone without any tie."""
    best = np.arange(len(weights))
    if not weights.any():
        return best
    for number in range(ROUNDS):
        best = best_of(weights, [best, *_runs(weights, best, number)])
    return with_loners_alone(weights, best)


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
    excess, labels = excess_ties(weights), labels.copy()
    while True:
        pull = excess @ (labels[:, None] == np.arange(n + 1)[None, :])
        gain = pull - pull[np.arange(n), labels][:, None]
        pupil, group = divmod(int(gain.argmax()), n + 1)
        if gain[pupil, group] <= NOTHING:
            return labels
        labels[pupil] = group


def merged(weights: Floats, labels: Labels) -> Labels:
    """Join two groups at a time, the best pair first, until no joining raises the modularity."""
    excess, labels = excess_ties(weights), relabelled(labels)
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


def with_loners_alone(weights: Floats, labels: Labels) -> Labels:
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
    ends = _distinct(climbed(excess_ties(weights)[None], np.zeros(RUNS, dtype=np.intp), orders, start))
    return [refined(weights, merged(weights, labels)) for labels in ends]


def climbed(excess: Floats, table: Labels, orders: Labels, labels: Labels) -> Labels:
    """Let every run visit the pupils in its own order and move each to the best group, until a whole pass moves nobody.

    excess float[t, n, n], of which run number r goes through number table[r]; orders and labels, where each run begins, int[runs, n].
    """
    labels, moving = labels.copy(), np.arange(len(orders))
    while moving.size:
        before = labels[moving]
        labels[moving] = _passed(excess, table[moving], orders[moving], before.copy())
        moving = moving[(labels[moving] != before).any(axis=1)]
    return labels


def _passed(excess: Floats, table: Labels, orders: Labels, labels: Labels) -> Labels:
    """Let every run visit all pupils once."""
    runs, n = np.arange(len(orders)), orders.shape[1]
    first = runs[:, None] * n
    for pupil in orders.T:
        here = labels[runs, pupil]
        pull = np.bincount((first + labels).ravel(), weights=excess[table, pupil].ravel(), minlength=labels.size).reshape(labels.shape)
        group = pull.argmax(axis=1)
        moves = pull[runs, group] > pull[runs, here] + NOTHING
        labels[runs, pupil] = np.where(moves, group, here)
    return labels


def best_of(weights: Floats, divisions: Iterable[Labels]) -> Labels:
    """Take the division with the highest modularity, and among equals the one whose labels come first."""
    return min(_distinct(divisions), key=lambda labels: (-round(modularity(weights, labels), 9), labels.tolist()))


def _distinct(divisions: Iterable[Labels]) -> list[Labels]:
    return [np.array(labels, dtype=np.intp) for labels in sorted({tuple(relabelled(division).tolist()) for division in divisions})]


def excess_ties(weights: Floats) -> Floats:
    """Give the ties above expectation between different pupils."""
    ties = weights.sum(axis=1)
    excess: Floats = weights - np.outer(ties, ties) / weights.sum()
    np.fill_diagonal(excess, 0.0)
    return excess


def adjusted_rand(one: Labels, others: Labels) -> Floats:
    """Agreement of a division, int[n], with each of others, int[r, n]: 1 is the same, 0 is chance. Source: Hubert & Arabie 1985."""
    upper = np.triu(np.ones((len(one), len(one)), dtype=np.bool_), 1)
    together = ((one[:, None] == one[None, :]) & upper)[None]
    theirs = (others[:, :, None] == others[:, None, :]) & upper
    both, ours, other = (pairs.sum(axis=(1, 2), dtype=np.float64) for pairs in (theirs & together, together, theirs))
    by_chance = ours * other / max(int(upper.sum()), 1)
    most = (ours + other) / 2
    same = np.abs(most - by_chance) <= NOTHING  # both all alone or both all together
    return np.where(same, 1.0, (both - by_chance) / np.where(same, 1.0, most - by_chance))
