"""The class as a whole: dyads, density, reciprocity, coverage, cohesion, centralisation, transitivity.

Tables of choices are (..., n, n), masks (..., n), as in `rates`. What cannot be worked out is NaN in arrays and None in a `Structure`.
"""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from kring.core.sociometry.rates import Bools, Floats, Ints, listed_or_all, mutual, shares


@dataclass(frozen=True, slots=True)
class Structure:
    """The indices of one class; None is "cannot be worked out"."""

    listed: int
    nominators: int
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
class Structures:
    """The same indices for many classes, each of shape (...)."""

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

    def one(self, *index: int) -> Structure:
        """Take one class out; without index the only one."""
        cells = {field.name: np.asarray(getattr(self, field.name))[index].item() for field in fields(self)}
        known: dict[str, Any] = {name: None if cell != cell else cell for name, cell in cells.items()}
        return Structure(**known)


def structures(choices: Bools, nominators: Bools, listed: Bools | None = None) -> Structures:
    """Work out the indices of one class or many.

    With N listed, R nominators, A the choices, M mutual pairs, E observable choices (both ends in R):
    density d = ΣA / (R(N-1)); reciprocity r = 2M / E, beyond chance (r - d) / (1 - d); coverage = share of R with a mutual choice;
    the others as in their own functions. Sources: Wasserman & Faust 1994; Proctor & Loomis 1951; Freeman 1979.
    """
    here = listed_or_all(nominators, listed)
    n, r = here.sum(axis=-1, dtype=np.int64), nominators.sum(axis=-1, dtype=np.int64)
    both = mutual(choices)
    edges, pairs = choices.sum(axis=(-1, -2), dtype=np.int64), both.sum(axis=(-1, -2), dtype=np.int64) // 2
    observable = (choices & nominators[..., None, :]).sum(axis=(-1, -2), dtype=np.int64)
    density = shares(edges, r * (n - 1))
    reciprocity = shares(2 * pairs, observable)
    return Structures(
        listed=n,
        nominators=r,
        edges=edges,
        observable=observable,
        mutual_pairs=pairs,
        one_sided_pairs=edges - 2 * pairs,
        unconnected_pairs=n * (n - 1) // 2 - edges + pairs,
        density=density,
        reciprocity=reciprocity,
        reciprocity_beyond_chance=shares(reciprocity - density, 1 - density),
        coverage=shares(both.any(axis=-1).sum(axis=-1), r),
        transitivity=transitivity(choices),
        cohesion=cohesion(pairs, observable, density),
        centralisation=centralisation(choices, here),
    )


def transitivity(choices: Bools) -> Floats:
    """Share of two-step paths i→j→k (i ≠ k) that are closed by i→k: Σ A_ij A_jk A_ik / Σ A_ij A_jk, float (...).

    Source: Holland & Leinhardt 1971, the "weak" form.
    """
    table = choices.astype(np.float32)  # whole numbers far below 2^24: exact, and fast
    steps = table @ table
    loops = np.trace(steps, axis1=-2, axis2=-1)
    closed = (steps * table).sum(axis=(-1, -2), dtype=np.float64)
    return shares(closed, steps.sum(axis=(-1, -2), dtype=np.float64) - loops)


def cohesion(pairs: Ints, observable: Ints, density: Floats) -> Floats:
    """Mutual choices compared with chance: 2M·q / (U·p), p the density, q = 1 - p, U the unreturned observable choices.

    1 is chance; without unreturned choices there is no value. Source: Proctor & Loomis 1951.
    """
    return shares(2 * pairs * (1 - density), (observable - 2 * pairs) * density)


def centralisation(choices: Bools, listed: Bools) -> Floats:
    """How much the choices go to one pupil: Σ (max d - d_j) / (N - 1)², d the choices received. Source: Freeman 1979."""
    count = choices.sum(axis=-2, dtype=np.int64)
    n = listed.sum(axis=-1)
    short = np.where(listed, count.max(axis=-1, keepdims=True, initial=0) - count, 0).sum(axis=-1)
    return shares(short, (n - 1) ** 2)
