"""The class as a whole: dyads, triads, density, reciprocity, coverage, cohesion, centralisation, transitivity.

One class goes in as `Nominations`; a whole country as tables of choices (classes, n, n) with masks (classes, n), classes of unequal size
padded. What cannot be worked out is NaN in arrays and None in a `Structure`, never 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from itertools import combinations, permutations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kring.core.provenance import Result, method
from kring.core.sociometry.nominations import Nominations
from kring.core.sociometry.rates import Bools, Floats, Ints, listed_or_all, refuse_impossible, shares
from kring.core.sociometry.rules import UnevenTables

__all__ = ["Structure", "Structures", "TriadCensus", "structure_of", "structures", "triad_census"]

CELLS = 1 << 17  # cells of the tables of choices that are worked on at once, so that they stay in the processor's cache
MOST_IN_FLOAT32 = 256  # pupils; beyond this counts of triples could pass 2^24, up to which float32 holds whole numbers exactly
TRIADS = {  # one drawing of each kind, by Holland & Leinhardt 1970: pupils 0, 1, 2 and who chooses whom
    "003": "",
    "012": "01",
    "102": "01 10",
    "021D": "10 12",
    "021U": "01 21",
    "021C": "01 12",
    "111D": "01 10 21",
    "111U": "01 10 12",
    "030T": "01 12 02",
    "030C": "01 12 20",
    "201": "01 10 12 21",
    "120D": "10 12 02 20",
    "120U": "01 21 02 20",
    "120C": "01 12 02 20",
    "210": "01 12 21 02 20",
    "300": "01 10 12 21 02 20",
}
TIES = ((0, 1), (1, 0), (0, 2), (2, 0), (1, 2), (2, 1))  # the bits of the code of a triad, lowest first


@dataclass(frozen=True, slots=True)
class Structure(Result):
    """The indices of one class; None is "cannot be worked out". n: pupils on the list; n_valid: those who took part."""

    n: int
    n_valid: int
    edges: int
    observable: int
    mutual_pairs: int
    one_sided_pairs: int
    unconnected_pairs: int
    density: float | None
    reciprocity: float | None
    reciprocity_beyond_chance: float | None
    coverage: float | None
    transitivity: float | None
    cohesion: float | None
    centralisation: float | None

    @property
    def all_mutual(self) -> bool:
        """Every choice is returned, so that cohesion has no value because it has no limit."""
        return self.mutual_pairs > 0 and self.observable == 2 * self.mutual_pairs


@dataclass(frozen=True, slots=True, eq=False)
class Structures(Result):
    """The same indices for many classes, each of shape (classes,). n: classes; n_valid: those where anybody could choose anybody."""

    n: int
    n_valid: int
    listed: Ints
    nominators: Ints
    edges: Ints
    observable: Ints
    mutual_pairs: Ints
    one_sided_pairs: Ints
    unconnected_pairs: Ints
    density: Floats
    reciprocity: Floats
    reciprocity_beyond_chance: Floats
    coverage: Floats
    transitivity: Floats
    cohesion: Floats
    centralisation: Floats


@dataclass(frozen=True, slots=True)
class TriadCensus(Result):
    """How many groups of three there are of each of the sixteen kinds. n: pupils on the list; n_valid: those counted."""

    n: int
    n_valid: int
    counts: Mapping[str, int]


@method("class-structure", 1, data=("nominations",))
def structure_of(nominations: Nominations, *, absent_could_choose: bool = False) -> Structure:
    """Work out the indices of one class, those of `structures`.

    `absent_could_choose` counts absent pupils as nominators who chose nobody, which is what sna and igraph do; pages leave it off.

    >>> from kring.core.sociometry.nominations import Edge, Participation, nominations_from
    >>> choices = [Edge(*pair) for pair in ("AB", "AC", "BA", "CB", "DB")]
    >>> found = structure_of(nominations_from("ABCDE", choices, {"E": Participation.ABSENT}))
    >>> found.density, found.mutual_pairs, found.reciprocity, found.centralisation
    (0.3125, 1, 0.4, 0.625)
    """
    nominators = np.ones(len(nominations.pupils), dtype=np.bool_) if absent_could_choose else nominations.nominators
    found = structures(nominations.positive[None], nominators[None])
    named = {each.name for each in fields(Structure)} - {"n", "n_valid", "provenance"}
    cells = {name: getattr(found, name)[0].item() for name in named}
    known: dict[str, Any] = {name: None if cell != cell else cell for name, cell in cells.items()}
    return Structure(n=len(nominators), n_valid=int(nominators.sum()), **known)


@method("class-structures", 1, rows=("choices", "nominators", "listed"))
def structures(choices: Bools, nominators: Bools, listed: Bools | None = None) -> Structures:
    """Work out the indices of many classes at once: choices bool[c, n, n], nominators (who took part) and listed bool[c, n].

    With N listed, R nominators, A the choices, M mutual pairs, E observable choices (both ends in R), p the density, d choices received:
    density ΣA / (R(N-1)); reciprocity r = 2M / E, beyond chance (r - p) / (1 - p); coverage: share of R with a mutual choice, NaN of one;
    transitivity Σ A_ij A_jk A_ik / Σ_{i≠k} A_ij A_jk; cohesion 2M(1-p) / ((E-2M)p), NaN when every choice is returned;
    centralisation Σ (max d - d_j) / (N-1)². Everything follows from A², whose diagonal counts the mutual choices of each pupil.
    Some .2 s and 40 MB beside the input for 56 000 classes of 26. Raises `UnevenTables`, `ImpossibleChoices`.
    Sources: Wasserman & Faust 1994; Holland & Leinhardt 1971 (transitivity, the weak form); Proctor & Loomis 1951; Freeman 1979.

    >>> returned = structures(np.array([[[0, 1, 1], [1, 0, 0], [0, 0, 0]]], dtype=bool), np.array([[True, True, True]]))
    >>> returned.density, returned.reciprocity.round(6), returned.coverage.round(6)
    (array([0.5]), array([0.666667]), array([0.666667]))
    """
    here = listed_or_all(nominators, listed)
    refuse_impossible(choices, nominators, here)
    if choices.ndim != 3:
        raise UnevenTables(choices=choices.shape, nominators=nominators.shape, listed=here.shape)
    counts = _counts(choices, nominators, here)
    n, r = here.sum(axis=-1, dtype=np.int64), nominators.sum(axis=-1, dtype=np.int64)
    returned, observable, edges = counts["returned"], counts["observable"], counts["edges"]
    density, reciprocity = shares(edges, r * (n - 1)), shares(returned, observable)
    return Structures(
        n=len(n),
        n_valid=int((r * (n - 1) > 0).sum()),
        listed=n,
        nominators=r,
        edges=edges,
        observable=observable,
        mutual_pairs=returned // 2,
        one_sided_pairs=edges - returned,
        unconnected_pairs=n * (n - 1) // 2 - edges + returned // 2,
        density=density,
        reciprocity=reciprocity,
        reciprocity_beyond_chance=shares(reciprocity - density, 1 - density),
        coverage=shares(counts["covered"], np.where(r > 1, r, 0)),
        transitivity=shares(counts["closed"], counts["paths"]),
        cohesion=shares(returned * (1 - density), (observable - returned) * density),
        centralisation=shares(counts["short"], np.where((n > 1) & (r > 0), (n - 1) ** 2, 0)),
    )


@method("triad-census", 1, data=("nominations",))
def triad_census(nominations: Nominations, *, absent_could_choose: bool = False) -> TriadCensus:
    """Count the groups of three of each kind among those who took part, or with `absent_could_choose` all on the list, as sna does.

    "030T" is three one-sided choices of which one closes the way of the others, "300" three who all choose each other.
    Source: Holland & Leinhardt 1970.

    >>> from kring.core.sociometry.nominations import Edge, nominations_from
    >>> found = triad_census(nominations_from("ABC", [Edge("A", "B"), Edge("B", "C"), Edge("A", "C")], {}), absent_could_choose=True)
    >>> [kind for kind, count in found.counts.items() if count]
    ['030T']
    """
    counted = np.ones(len(nominations.pupils), dtype=np.bool_) if absent_could_choose else nominations.nominators
    table = nominations.positive[np.ix_(counted, counted)].astype(np.int64)
    three = np.array(list(combinations(range(len(table)), 3)), dtype=np.intp).reshape(-1, 3)
    code = sum(table[three[:, a], three[:, b]] << bit for bit, (a, b) in enumerate(TIES))
    found = np.bincount(KIND_OF_CODE[code], minlength=len(TRIADS)).tolist()
    return TriadCensus(n=len(counted), n_valid=int(counted.sum()), counts=dict(zip(TRIADS, found)))


def _counts(choices: Bools, nominators: Bools, here: Bools) -> dict[str, Ints]:
    """Count what the indices are made of, some classes at a time: int64[c] each, and exact."""
    classes, n = nominators.shape
    names = ("edges", "observable", "returned", "covered", "closed", "paths", "short")
    counts = {name: np.zeros(classes, dtype=np.int64) for name in names}
    size = max(CELLS // max(n * n, 1), 1)
    for start in range(0, classes if n else 0, size):
        part = slice(start, start + size)
        for name, values in zip(names, _counts_of_some(choices[part], nominators[part], here[part])):
            counts[name][part] = values
    return counts


def _counts_of_some(choices: Bools, nominators: Bools, here: Bools) -> tuple[Floats, ...]:
    c, n = nominators.shape
    table: NDArray[Any] = choices.astype(np.float32 if n <= MOST_IN_FLOAT32 else np.float64)
    given, received = table.reshape(-1, n) @ np.ones(n, dtype=table.dtype), table.sum(axis=1)
    given = given.reshape(c, n)
    steps = table @ table
    returned = np.einsum("cii->ci", steps)
    loops = returned.sum(axis=1)
    short = np.where(here, received.max(axis=1, keepdims=True) - received, 0).sum(axis=1)
    return (
        given.sum(axis=1),
        (received * nominators).sum(axis=1),
        loops,
        (returned > 0).sum(axis=1),
        np.einsum("ci,ci->c", steps.reshape(c, n * n), table.reshape(c, n * n)),
        (given * received).sum(axis=1) - loops,
        short,
    )


def _kinds() -> NDArray[np.intp]:
    """Say which kind each of the 64 codes is: every drawing with its pupils in every order."""
    kinds = np.zeros(64, dtype=np.intp)
    for number, drawing in enumerate(TRIADS.values()):
        for order in permutations(range(3)):
            ties = {(order[int(tie[0])], order[int(tie[1])]) for tie in drawing.split()}
            kinds[sum(1 << bit for bit, tie in enumerate(TIES) if tie in ties)] = number
    return kinds


KIND_OF_CODE = _kinds()
