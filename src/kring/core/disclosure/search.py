"""The cheapest set of cells to hide: a whole-number programme that learns its conditions one by one (cutting planes)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

MOST_ROUNDS = 100  # two or three are usual; a table that needs more is not searched on
WHOLE = 1e-6  # how far from a whole number, or from enough, the solver may stay


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """What every good choice y of hidden cells keeps to: weights·y ≥ needed."""

    weights: Floats
    needed: float


def cheapest(
    costs: Floats, *, hidden: Mask, secret: Mask, shown: Mask, sums: csr_array, broken: Callable[[Mask], Iterable[Cut]]
) -> Mask | None:
    """The cheapest cells to hide with `hidden` among them and `shown` not, such that nothing is `broken`; None if none is found.

    `sums` are the equations that the table obeys: a `secret` cell that is hidden alone in one is no secret. All arrays have
    one value per cell.
    """
    cuts = [_capped(each) for each in _company(sums, secret)]
    for _ in range(MOST_ROUNDS):
        found = _solved(costs, hidden, shown, cuts)
        new = [] if found is None else [_capped(each) for each in broken(found)]
        if found is None or not new:
            return found
        cuts += [each if each.weights @ found < each.needed - WHOLE else _otherwise(found) for each in new]
    return None


def smallest(counts: NDArray[np.int64], k: int) -> Mask:
    """Which parts of a whole of at least k people to hide: those below k, and then the smallest until two or more are together k.

    There is always enough to hide, for all together are the whole. Ties go to the first. Whoever knows this rule knows that no hidden part
    is greater than one that is shown: where that narrows a small part to fewer than k possibilities, all parts are hidden.
    """
    order = np.argsort(counts, kind="stable")
    together, hide = np.cumsum(counts[order]), int(np.count_nonzero(counts < k))
    while hide and (hide == 1 or together[hide - 1] < k):
        hide += 1
    mask = np.zeros(len(counts), dtype=np.bool_)
    mask[order[:hide]] = True
    return np.ones_like(mask) if 0 < hide < len(counts) and _narrowed(counts, order, hide, k) else mask


def _narrowed(counts: NDArray[np.int64], order: NDArray[np.intp], hide: int, k: int) -> bool:
    """Whether the rule of `smallest` tells too much about one of the `hide` parts that it hides; some part is shown."""
    parts, first = order[:hide], int(order[hide])
    most = {int(part): int(counts[first]) - int(part > first) for part in parts}  # of equal parts the first is hidden
    total = int(counts[parts].sum())
    others = {part: max(each for other, each in most.items() if other != part) for part in most if counts[part] < k}
    return any(_reach(most[part], limit, total, hide, k) < k for part, limit in others.items())


def _reach(most: int, most_of_others: int, total: int, parts: int, k: int) -> int:
    """The greatest minus the least that one of so many hidden parts can be, if together they are `total` and the rule hid just these.

    Then either all are below k; or one of them is the extra part, at most as great as the smallest that is shown, and the others would
    be hidden in vain without it: there is one of them, or together they are below k.
    """
    others = parts - 1
    spare = 0 if others == 1 else k - 1  # what the small parts beside this one can be together when one of the others is the extra part

    def possible(n: int) -> bool:
        rest = total - n
        if n >= k:
            return n <= most and 0 <= rest < k
        all_small = 0 <= rest <= others * (k - 1)
        return all_small or max(k, rest - max(spare - n, 0)) <= min(most_of_others, rest)

    numbers = range(min(total, max(most, k - 1)) + 1)
    return next(filter(possible, reversed(numbers))) - next(filter(possible, numbers))


def _company(sums: csr_array, secret: Mask) -> Iterable[Cut]:
    for line in abs(sums).toarray():
        for cell in np.flatnonzero(line * secret):
            weights = line.copy()
            weights[cell] = 0.0
            yield Cut(weights, 1)


def _capped(cut: Cut) -> Cut:
    """No cell gives more than is needed; that says the same for whole choices and more for broken ones."""
    return Cut(np.minimum(cut.weights, cut.needed) / cut.needed, 1)


def _otherwise(found: Mask) -> Cut:
    """Something else must be hidden too: a choice within one that is not enough is not enough either."""
    return Cut((~found).astype(np.float64), 1)


def _solved(costs: Floats, hidden: Mask, shown: Mask, cuts: list[Cut]) -> Mask | None:
    rows = np.array([each.weights for each in cuts])
    enough = LinearConstraint(csr_array(rows), lb=np.ones(len(cuts)))
    limits = Bounds(hidden.astype(np.float64), (~shown).astype(np.float64))
    # Without presolve: with it HiGHS prints a line of its own now and then, and has called a plan feasible that was not (scipy #24141).
    found = milp(costs, integrality=np.ones(len(costs)), bounds=limits, constraints=enough, options={"mip_rel_gap": 0.0, "presolve": False})
    return None if found.x is None else found.x > 0.5
