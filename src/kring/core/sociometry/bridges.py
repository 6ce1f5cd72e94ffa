"""Pupils between others: who holds parts of a class together, who hangs by one tie, whom many from other groups choose.

Facts to look at, not labels. Order of pupils in the algorithms: by id, so that the order of the list decides nothing.
"""

from collections.abc import Set
from dataclasses import dataclass

import numpy as np
from scipy.sparse.csgraph import connected_components

from kring.core.provenance import Result, method
from kring.core.sociometry.chance import RARE, poisson_binomial
from kring.core.sociometry.communities import communities_of
from kring.core.sociometry.nominations import Nominations, sorted_nominations
from kring.core.sociometry.order import in_list_order
from kring.core.sociometry.rates import NOTHING, Bools, Floats, Ints, mutual

__all__ = ["Bridges", "FragileTies", "FromOutside", "bridges_of", "chosen_from_outside", "fragile_ties"]

MOST_AT_TOP = 3  # when more pupils share the highest betweenness, nobody stands out
MANY = 3  # choices from outside the own group, and so many rarely by chance


@dataclass(frozen=True, slots=True, eq=False)
class Bridges(Result):
    """Who stands between others, in the order of the list. n: pupils on the list; n_valid: those who took part.

    betweenness: shortest ways between two others that pass this pupil, float[n]; articulation: without this pupil more parts of the class
    are without any choice between them, bool[n]; top: nobody has a higher betweenness, bool[n]; bridge: one or both.
    """

    n: int
    n_valid: int
    betweenness: Floats
    articulation: Bools
    top: Bools

    @property
    def bridge(self) -> Bools:
        """Articulation point or highest betweenness."""
        return self.articulation | self.top


@dataclass(frozen=True, slots=True, eq=False)
class FragileTies(Result):
    """Whose mutual choices, often a single one, are all with pupils who leave, bool[n]. n: pupils listed; n_valid: who took part."""

    n: int
    n_valid: int
    fragile: Bools


@dataclass(frozen=True, slots=True, eq=False)
class FromOutside(Result):
    """Choices received from pupils of other groups. n: pupils on the list; n_valid: those who took part.

    count: int[n]; expected: by blind choosing, float[n]; at_least: how often that gives as many or more, float[n]; many: at least three,
    and chance gives so many at most once in twenty, bool[n].
    """

    n: int
    n_valid: int
    count: Ints
    expected: Floats
    at_least: Floats
    many: Bools


@method("bridges", 1, data=("nominations",))
def bridges_of(nominations: Nominations) -> Bridges:
    """Find the pupils who stand between others, a choice in either direction being a tie.

    top: the highest betweenness above 0; nobody when more than three share it. Sources: Freeman 1977; Brandes 2001.

    >>> from kring.core.sociometry.nominations import Edge, nominations_from
    >>> found = bridges_of(nominations_from("ABCD", [Edge("A", "B"), Edge("C", "B"), Edge("D", "C")], {}))
    >>> found.betweenness.tolist(), found.bridge.tolist()
    ([0.0, 2.0, 2.0, 0.0], [False, True, True, False])
    """
    ordered, places = sorted_nominations(nominations)
    tied = ordered.positive | ordered.positive.T
    found = betweenness(tied) / 2
    highest = found > max(float(found.max(initial=0.0)), NOTHING) - NOTHING
    top = highest & (int(highest.sum()) <= MOST_AT_TOP)
    cut = articulation(tied)
    return Bridges(
        n=len(places),
        n_valid=int(ordered.nominators.sum()),
        betweenness=in_list_order(found, places),
        articulation=in_list_order(cut, places),
        top=in_list_order(top, places),
    )


@method("fragile-ties", 1, data=("nominations", "leaving"))
def fragile_ties(nominations: Nominations, leaving: Set[str]) -> FragileTies:
    """Find the pupils who stay and whose mutual choices are all with those who are leaving; ids that are not listed are passed over.

    >>> from kring.core.sociometry.nominations import Edge, nominations_from
    >>> fragile_ties(nominations_from("ABC", [Edge(*pair) for pair in ("AB", "BA", "CA")], {}), {"B"}).fragile.tolist()
    [True, False, False]
    """
    goes = np.array([pupil in leaving for pupil in nominations.pupils], dtype=np.bool_)
    both = mutual(nominations.positive)
    fragile = ~goes & both.any(axis=1) & ~(both & ~goes).any(axis=1)
    return FragileTies(len(goes), int(nominations.nominators.sum()), fragile)


@method("chosen-from-outside", 1, data=("nominations",))
def chosen_from_outside(nominations: Nominations) -> FromOutside:
    """Count the choices that each pupil gets from pupils of other groups, the groups of `communities_of`, beside what chance gives.

    By chance a nominator spreads the choices that go outside the own group blindly over the names outside it, so that the count is
    Poisson-binomial, as in `chosen_by_chance`. Source of the reasoning: Newcomb & Bukowski 1983.

    >>> from kring.core.sociometry.nominations import Edge, nominations_from
    >>> pairs = ("AB", "BA", "AC", "CA", "BC", "CB", "DE", "ED", "DF", "FD", "EF", "FE", "DA")
    >>> found = chosen_from_outside(nominations_from("ABCDEF", [Edge(*pair) for pair in pairs], {}))
    >>> found.count.tolist(), round(float(found.at_least[0]), 6)
    ([1, 0, 0, 0, 0, 0], 0.333333)
    """
    ordered, places = sorted_nominations(nominations)
    member_of = communities_of(ordered).member_of
    outside = member_of[:, None] != member_of
    across = ordered.positive & outside
    count = across.sum(axis=0, dtype=np.int64)
    rates = np.where(outside, (across.sum(axis=1) / np.maximum(outside.sum(axis=1), 1))[:, None], 0.0)
    above = np.cumsum(poisson_binomial(rates)[::-1], axis=0)[::-1]
    at_least = np.minimum(above[count, np.arange(len(count))], 1.0)
    return FromOutside(
        n=len(count),
        n_valid=int(ordered.nominators.sum()),
        count=in_list_order(count, places),
        expected=in_list_order(rates.sum(axis=0), places),
        at_least=in_list_order(at_least, places),
        many=in_list_order((count >= MANY) & (at_least <= RARE + NOTHING), places),
    )


def betweenness(ties: Bools) -> Floats:
    """Sum over ordered pairs the share of shortest ways that pass each pupil, float[n], from all pupils at once. Source: Brandes 2001."""
    n, table = len(ties), ties.astype(np.float64)
    ways, reached = np.eye(n), np.eye(n, dtype=np.bool_)
    layers = [np.eye(n)]
    while layers[-1].any():
        further = np.where(reached, 0.0, layers[-1] @ table)
        reached |= further > 0
        ways += further
        layers.append(further)
    resting = np.zeros((n, n))
    for nearer, further in zip(reversed(layers[:-1]), reversed(layers[1:])):
        share = np.where(further > 0, (1 + resting) / np.maximum(ways, 1), 0.0)
        resting += nearer * (share @ table.T)
    np.fill_diagonal(resting, 0.0)
    return np.asarray(resting.sum(axis=0))


def articulation(tied: Bools) -> Bools:
    """Say without whom the others fall in more parts than now, bool[n]."""
    n = len(tied)
    parts = [_parts(np.delete(np.delete(tied, i, axis=0), i, axis=1)) for i in range(n)]
    return np.array(parts, dtype=np.int64) > _parts(tied)


def _parts(tied: Bools) -> int:
    return int(connected_components(tied, directed=False, return_labels=False)) if len(tied) else 0
