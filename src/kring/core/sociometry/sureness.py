"""How sure the groups of a class are: whether they come back when some of those who took part are left out.

Order of pupils here: by id, so that the order of the list decides nothing.
"""

from dataclasses import dataclass

import numpy as np

from kring.core.provenance import Result, method
from kring.core.sociometry.communities import (
    ROUNDS,
    THROWN,
    Labels,
    adjusted_rand,
    best_division,
    best_of,
    climbed,
    excess_ties,
    merged,
    refined,
    tie_weights,
    with_loners_alone,
)
from kring.core.sociometry.nominations import Nominations, sorted_nominations
from kring.core.sociometry.rates import Bools, Floats

__all__ = ["Sureness", "sureness_of"]

RERUNS = 200
LEFT_OUT = 10  # one in ten
SURE = 0.60  # methods.md C.7
CLIMBS = 20  # runs of Louvain in every round of a re-run …
KEPT = 2  # … of which the best two are joined and refined


@dataclass(frozen=True, slots=True)
class Sureness(Result):
    """How well groups come back. value: mean adjusted Rand index, None when there are no groups to find.

    n: pupils on the list; n_valid: those who took part; left_out: how many of them each re-run leaves out.
    """

    n: int
    n_valid: int
    left_out: int
    value: float | None

    @property
    def unsure(self) -> bool | None:
        """Below .60 a page says that the groups are not sure."""
        return None if self.value is None else self.value < SURE


@method("community-sureness", 1, data=("nominations",))
def sureness_of(nominations: Nominations, *, seed: int = 0) -> Sureness:
    """Find the groups 200 times without a random tenth of the nominators (at least one), and compare them with the groups of all.

    The value is the mean adjusted Rand index; None when nobody chose or fewer than two took part. Costs some .5 s for a class of 30, twenty
    times `communities_of`: the re-runs go through the class together, in four rounds of 20 runs of Louvain instead of 50, which reach the
    same modularity in some 95 of 100 re-runs. Source of the index: Hubert & Arabie 1985.

    >>> from kring.core.sociometry.nominations import Edge, nominations_from
    >>> pairs = ("AB", "BA", "AC", "CA", "BC", "CB", "DE", "ED", "DF", "FD", "EF", "FE")
    >>> sureness_of(nominations_from("ABCDEF", [Edge(*pair) for pair in pairs], {})).value
    1.0
    """
    ordered, _ = sorted_nominations(nominations)
    took_part = np.flatnonzero(ordered.nominators)
    left_out = max((len(took_part) + LEFT_OUT // 2) // LEFT_OUT, 1)
    value = None
    if ordered.positive.any() and len(took_part) > 1:
        chance = np.random.Generator(np.random.PCG64(seed))
        out = chance.permuted(np.tile(took_part, (RERUNS, 1)), axis=1)[:, :left_out]
        found = divisions(_thinned(ordered.positive, out), chance)
        value = float(adjusted_rand(best_division(tie_weights(ordered.positive)), found).mean())
    return Sureness(len(ordered.pupils), len(took_part), left_out, value)


def _thinned(positive: Bools, out: Labels) -> Floats:
    """Give the weights of ties without the choices of those left out, float[reruns, n, n]."""
    tables = np.tile(positive, (len(out), 1, 1)).astype(np.float64)
    tables[np.arange(len(out))[:, None], out] = 0.0
    return tables + np.swapaxes(tables, 1, 2)


def divisions(weights: Floats, chance: np.random.Generator) -> Labels:
    """Divide each of many classes, all runs of a round together: int[reruns, n]."""
    many, n = weights.shape[:2]
    table = np.repeat(np.arange(many), CLIMBS)
    excess = np.stack([excess_ties(each) if each.any() else each for each in weights])
    best = np.tile(np.arange(n), (many, 1))
    for number in range(ROUNDS):
        ends = climbed(excess, table, *_starts(best[table], number, chance))
        gain = np.einsum("rij,rij->r", excess[table], (ends[:, :, None] == ends[:, None, :]).astype(np.float64))
        best = np.stack([_better(weights[k], best[k], ends[table == k], gain[table == k]) for k in range(many)])
    return np.stack([with_loners_alone(each, labels) for each, labels in zip(weights, best)])


def _starts(best: Labels, number: int, chance: np.random.Generator) -> tuple[Labels, Labels]:
    """Draw the order of visiting and the groups to begin with, as `communities_of` does in its rounds."""
    orders = chance.permuted(np.tile(np.arange(best.shape[1]), (len(best), 1)), axis=1)
    thrown = chance.random(best.shape) < (THROWN if number else 0.0)
    return orders, np.where(thrown, chance.integers(0, best.max(axis=1, keepdims=True) + 1, best.shape), best)


def _better(weights: Floats, best: Labels, ends: Labels, gain: Floats) -> Labels:
    if not weights.any():
        return best
    ahead = ends[np.argsort(-gain.round(9), kind="stable")[:KEPT]]
    return best_of(weights, [best, *(refined(weights, merged(weights, labels)) for labels in ahead)])
