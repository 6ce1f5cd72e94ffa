"""Close groups: pupils who all choose each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from kring.core.provenance import Result, method
from kring.core.sociometry.nominations import Nominations, sorted_nominations
from kring.core.sociometry.rates import mutual

__all__ = ["Cliques", "mutual_cliques"]

SMALLEST = 3  # pupils in a clique that is worth a name (methods.md C.6)
MOST = 200  # more than this nobody can read, and a class of 40 can have a million

Pupils = frozenset[int]


@dataclass(frozen=True, slots=True)
class Cliques(Result):
    """The largest groups in which all chose each other, largest first, then by id; None when there are more than 200.

    n: pupils on the list; n_valid: those who took part.
    """

    n: int
    n_valid: int
    cliques: tuple[tuple[str, ...], ...] | None


@method("mutual-cliques", 1, data=("nominations",))
def mutual_cliques(nominations: Nominations) -> Cliques:
    """Find every group of three or more who all chose each other and that no other pupil can be added to; groups may overlap.

    Source: Bron & Kerbosch 1973, with the pivot of Tomita e.a. 2006.

    >>> from kring.core.sociometry.nominations import Edge, nominations_from
    >>> pairs = ("AB", "BA", "AC", "CA", "BC", "CB", "CD", "DC")
    >>> mutual_cliques(nominations_from("ABCD", [Edge(*pair) for pair in pairs], {})).cliques
    (('A', 'B', 'C'),)
    """
    ordered, _ = sorted_nominations(nominations)
    friends = [frozenset(np.flatnonzero(row).tolist()) for row in mutual(ordered.positive)]
    found = _grown(frozenset(), frozenset(range(len(friends))), frozenset(), friends)
    large = list(islice((sorted(clique) for clique in found if len(clique) >= SMALLEST), MOST + 1))
    named = tuple(tuple(ordered.pupils[i] for i in clique) for clique in sorted(large, key=lambda clique: (-len(clique), clique)))
    return Cliques(len(friends), int(ordered.nominators.sum()), named if len(large) <= MOST else None)


def _grown(clique: Pupils, open_to: Pupils, done: Pupils, friends: list[Pupils]) -> Iterator[Pupils]:
    """Give every largest group with this clique in it, with pupils it is open to and without those who are done."""
    if not open_to and not done:
        yield clique
        return
    pivot = max(open_to | done, key=lambda i: (len(friends[i] & open_to), -i))
    for i in sorted(open_to - friends[pivot]):
        yield from _grown(clique | {i}, open_to & friends[i], done & friends[i], friends)
        open_to, done = open_to - {i}, done | {i}
