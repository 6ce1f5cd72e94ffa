"""What somebody can work out who also knows the rule by which cells are hidden, as anybody may: the rule is published."""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array, hstack

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]

MOST_STEPS = 6  # up and down from the true number; the first is usually good, and where none is, more is hidden
MOST_WAYS = 3  # each step is tried with as little change as can be, and then with changes that cost differently by chance
DEAR = (0.2, 2.0)
SEED = 1


def told_by_the_rule(full: Counts, hidden: Mask, small: Mask, sums: csr_array, rule: Callable[[Counts], Mask | None]) -> bool:
    """Whether some small number might be the only one for which the rule hides just these cells.

    For each it looks for another table that agrees with all that is shown, has another number there and of which the rule would hide the
    same. Tables near the true one are tried first; where none is found the answer is yes, to be sure. All arrays have the totals too.
    """
    left = {int(cell) for cell in np.flatnonzero(small & hidden)}
    while left:
        cell = min(left)
        same = (world for world in _worlds(full, hidden, sums, cell) if _agrees(rule(world), hidden))
        found = next(same, None)
        if found is None:
            return True
        left = {each for each in left if found.ravel()[each] == full.ravel()[each]}
    return False


def _agrees(one: Mask | None, other: Mask) -> bool:
    return one is not None and np.array_equal(one, other)


def _worlds(full: Counts, hidden: Mask, sums: csr_array, cell: int) -> Iterator[Counts]:
    """Tables that look the same from outside, with another number in this cell; each differs little from the true one."""
    a, unknown = full.ravel(), hidden.ravel()
    up, down = np.where(unknown, float(a.sum()), 0.0), np.where(unknown, a, 0).astype(np.float64)
    rng = np.random.Generator(np.random.PCG64(SEED))
    for costs in (np.ones(2 * len(a)), *rng.uniform(*DEAR, (MOST_WAYS - 1, 2 * len(a)))):
        for moved in (sign * step for step in range(1, MOST_STEPS + 1) for sign in (1, -1)):
            bounds = np.column_stack([np.zeros(2 * len(a)), np.concatenate([up, down])])
            bounds[[cell, len(a) + cell]] = [[max(moved, 0)] * 2, [max(-moved, 0)] * 2]
            if -moved > down[cell]:
                continue
            found = linprog(costs, A_eq=hstack([sums, -sums]), b_eq=np.zeros(sums.shape[0]), bounds=bounds, method="highs")
            if found.x is not None:
                yield full + np.rint(found.x[: len(a)] - found.x[len(a) :]).astype(np.int64).reshape(full.shape)
