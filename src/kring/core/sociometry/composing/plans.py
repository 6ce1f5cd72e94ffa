"""A composition with its reasons: what it reached, what better is not excluded, and why each pupil sits well."""

from dataclasses import dataclass

import numpy as np

from kring.core.provenance import Result
from kring.core.sociometry.composing.ground import Ground
from kring.core.sociometry.composing.search import Found, Reached


@dataclass(frozen=True, slots=True)
class PupilPlace:
    """Why a pupil sits well: the group or seat by number, and which of the classmates that the pupil chose are near, of how many."""

    pupil: str
    place: int
    near: tuple[str, ...]
    chosen: int


@dataclass(frozen=True, slots=True, eq=False)
class Plan(Result):
    """A composition. `n` pupils placed, of whom `n_valid` chose somebody.

    `places`: the pupils of each group or seat. In order of importance: `without_chosen` pupils who chose somebody and have none of them
    near; `broken` pairs that the teacher would rather keep apart and who are near each other; `weight`, the sum of choices (+1 each),
    rejections and soft wishes (-2 each) between those near, on seats half for front and back; and `met_before` pairs who were together in
    the last plans. `could_gain` is how much more weight is not excluded, 0 when it is proven best; `reached` tells it for each goal.
    """

    places: tuple[tuple[str, ...], ...]
    pupils: tuple[PupilPlace, ...]
    without_chosen: int
    broken: tuple[tuple[str, str], ...]
    weight: float
    met_before: int
    could_gain: float
    reached: tuple[Reached, ...]
    n: int
    n_valid: int

    @property
    def proven(self) -> bool:
        """Nothing better exists, by any of the goals."""
        return all(each.proven for each in self.reached)

    @property
    def percent_better_possible(self) -> float | None:
        """At most so much more weight is possible; None when the weight is not positive."""
        return 100 * self.could_gain / self.weight if self.weight > 0 else None


def plan_of(ground: Ground, found: Found, *, units: int) -> Plan:
    """Say what was found in words of the class; `units` of nearness make one whole."""
    place, names = np.array(found.place, dtype=np.intp), ground.pupils
    alone, _, weight, met = found.reached
    near = ground.near[place[:, None], place[None, :]] > 0
    broken = np.argwhere(np.triu(near & ground.rather_apart)).tolist()
    return Plan(
        places=tuple(tuple(names[i] for i in np.flatnonzero(place == p)) for p in range(len(ground.near))),
        pupils=tuple(
            PupilPlace(name, found.place[i], tuple(names[j] for j in np.flatnonzero(row & near[i])), int(row.sum()))
            for i, (name, row) in enumerate(zip(names, ground.choices))
        ),
        without_chosen=alone.value,
        broken=tuple((names[i], names[j]) for i, j in broken),
        weight=-weight.value / units,
        met_before=met.value,
        could_gain=(weight.value - weight.bound) / units,
        reached=found.reached,
        n=len(names),
        n_valid=int(ground.choices.any(axis=1).sum()),
    )
