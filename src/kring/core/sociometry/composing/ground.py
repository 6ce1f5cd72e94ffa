"""What a composition is judged by: the pupils with their choices, the places with their distances, and the wishes, all by number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kring.core.sociometry.composing.wishes import Pair, Wish, Wishes, WishKind
from kring.core.sociometry.nominations import Nominations, sorted_nominations
from kring.core.sociometry.rates import Bools, Ints

CHOICE, REJECTION = 1, -2  # weight of one choice; of one rejection, and of one pair that the teacher would rather keep apart

Pairing = tuple[int, int]
Place = tuple[int, ...]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """The class by number. `near` int[p, p]: how close two places are; `beside` bool[p, p]: where two sit who must be together.

    `front`: the places in front. `choices` bool[n, n]: who chose whom; `weights` int[n, n]: of two pupils close to each other;
    `rather_apart` and `met` bool[n, n]. Pupils are numbered in the order of their ids.
    """

    pupils: tuple[str, ...]
    near: Ints
    beside: Bools
    front: frozenset[int]
    choices: Bools
    weights: Ints
    rather_apart: Bools
    met: Bools
    wishes: Wishes

    def number(self, pupil: str) -> int:
        """The number of a pupil."""
        return self.pupils.index(pupil)

    @property
    def pairings(self) -> list[Pairing]:
        """Every two pupils of whom it matters whether they are near each other."""
        matters = self.choices | self.choices.T | (self.weights != 0) | self.rather_apart | self.met
        return [(i, j) for i, j in np.argwhere(np.triu(matters)).tolist()]

    def wished(self, kind: WishKind, given: Iterable[Pair]) -> list[tuple[Wish, int, int]]:
        """Pairs of a wish with their numbers, in a fixed order."""
        numbered = sorted(sorted(self.number(pupil) for pupil in pair) for pair in given)
        return [(Wish(kind, (self.pupils[i], self.pupils[j])), i, j) for i, j in numbered]

    def worth(self, plans: Places) -> NDArray[np.int64]:
        """How many plans [plans, n] do by the four goals, int[4, plans], lower is better.

        Pupils near nobody of their choice; pairs that should rather be apart; the weights of who is near, negative; pairs that met before.
        """
        close = self.near[plans[:, :, None], plans[:, None, :]]
        beside = close > 0
        alone = self.choices.any(axis=1) & ~(beside & self.choices).any(axis=2)
        broken, met = ((beside & pairs).sum(axis=(1, 2)) // 2 for pairs in (self.rather_apart, self.met))
        return np.stack([alone.sum(axis=1), broken, -(close * self.weights).sum(axis=(1, 2)) // 2, met])

    def keeps(self, place: Place) -> bool:
        """Whether a plan keeps every hard wish."""
        asked, at = self.wishes, dict(zip(self.pupils, place))
        return (
            not any(self.near[tuple(at[pupil] for pupil in pair)] for pair in asked.apart)
            and all(self.beside[tuple(at[pupil] for pupil in pair)] for pair in asked.together)
            and all(at[pupil] == where for pupil, where in asked.at.items())
            and all(at[pupil] in self.front for pupil in asked.front)
            and all(self._shared_out(share.least, share.most, [at[pupil] for pupil in share.pupils]) for share in asked.shares)
        )

    def _shared_out(self, least: int, most: int, places: Sequence[int]) -> bool:
        counts = np.bincount(places, minlength=len(self.near))
        return bool((counts >= least).all() and (counts <= most).all())


def ground(nominations: Nominations, wishes: Wishes, *, near: Ints, beside: Bools, front: frozenset[int] = frozenset()) -> Ground:
    """Put a class and its wishes by number."""
    ordered, _ = sorted_nominations(nominations)
    rather_apart, met = (_table(ordered.pupils, given) for given in (wishes.rather_apart, wishes.met))
    rejections = np.zeros_like(ordered.positive) if ordered.negative is None else ordered.negative
    one_way = CHOICE * ordered.positive.astype(np.int64) + REJECTION * rejections.astype(np.int64)
    weights = one_way + one_way.T + REJECTION * rather_apart
    return Ground(ordered.pupils, near, beside, front, ordered.positive, weights, rather_apart, met, wishes)


def _table(pupils: Sequence[str], given: Iterable[Pair]) -> Bools:
    """The pairs of whom both are on the list, as a table."""
    numbers = {pupil: i for i, pupil in enumerate(pupils)}
    table = np.zeros((len(pupils), len(pupils)), dtype=np.bool_)
    for pair in given:
        if all(pupil in numbers for pupil in pair):
            i, j = (numbers[pupil] for pupil in pair)
            table[i, j] = table[j, i] = True
    return table
