"""A good plan in a moment: change two places as long as that helps, from several starts. The solver begins where this ends."""

import numpy as np

from kring.core.sociometry.composing.ground import Ground, Place, Places
from kring.core.sociometry.composing.search import Clock
from kring.core.sociometry.rates import Ints

STARTS = 20
SHAKEN = 3  # changes per pupil before the next start
SEED = 1


def climbed(start: Place, ground: Ground, clock: Clock, *, empty: Place = ()) -> Place:
    """The best plan found from as many starts as there is time for, never worse than `start`, which keeps the hard wishes.

    On `empty` seats nobody sits.
    """
    seeded = np.random.Generator(np.random.PCG64(SEED))
    here = np.array([*start, *empty], dtype=np.intp)
    tops = [_to_the_top(here, ground)]
    for _ in range(STARTS - 1):
        if clock.left() <= 0:
            break
        here = _shaken(here, ground, seeded)
        tops.append(_to_the_top(here, ground))
    plans = np.array(tops)[:, : len(start)]
    return _plan(plans[np.lexsort(ground.worth(plans)[::-1])[0]])


def _plan(places: Places) -> Place:
    return tuple(places.tolist())


def _shaken(here: Places, ground: Ground, seeded: np.random.Generator) -> Places:
    n = len(ground.pupils)
    for pair in seeded.integers(0, len(here), (SHAKEN * n, 2)):
        changed = here.copy()
        changed[pair] = changed[pair[::-1]]
        if ground.keeps(_plan(changed[:n])):
            here = changed
    return here


def _to_the_top(here: Places, ground: Ground) -> Places:
    """Make the best change of two pupils, or of a pupil and an empty seat, until none helps."""
    n = len(ground.pupils)
    first, second = np.triu_indices(len(here), k=1)
    first, second = first[first < n], second[first < n]
    while True:
        worth, now = worth_of_changes(here, ground, first, second), ground.worth(here[None, :n])[:, 0].tolist()
        better = (row for row in np.lexsort(worth[::-1]) if worth[:, row].tolist() < now)
        changes = (_changed(here, first[row], second[row]) for row in better)
        best = next((changed for changed in changes if ground.keeps(_plan(changed[:n]))), None)
        if best is None:
            return here
        here = best


def _changed(here: Places, first: np.intp, second: np.intp) -> Places:
    changed = here.copy()
    changed[[first, second]] = here[[second, first]]
    return changed


def worth_of_changes(here: Places, ground: Ground, first: Places, second: Places) -> Ints:
    """Give what `Ground.worth` says after each change of two places, int[4, changes], from what the change moves alone.

    That takes n³ steps for all changes together, where working out every plan afresh takes n⁴: 60 pupils in a second instead of twenty.
    """
    m, n = len(here), len(ground.pupils)
    beside = (ground.near > 0).astype(np.int64)
    choices, weights, rather_apart, met = (
        np.pad(table.astype(np.int64), (0, m - n)) for table in (ground.choices, ground.weights, ground.rather_apart, ground.met)
    )
    _, broken, weight, together = ground.worth(here[None, :n])[:, 0].tolist()
    alone = (_near_own_choice(here, beside, choices, first, second) == 0) & (choices.sum(axis=1, keepdims=True) > 0)
    return np.stack(
        [
            alone.sum(axis=0),
            broken + _gained(here, beside, rather_apart, first, second),
            weight - _gained(here, ground.near, weights, first, second),
            together + _gained(here, beside, met, first, second),
        ]
    )


def _gained(here: Places, near: Ints, table: Ints, first: Places, second: Places) -> Ints:
    """Give how much more of a table of pairs, int[m, m], comes near each other by each change, int[changes]."""
    a, b, pull = here[first], here[second], table @ near[here]
    between = table[first, second] * (near[a, a] + near[b, b] - 2 * near[a, b])
    gained: Ints = pull[first, b] - pull[first, a] + pull[second, a] - pull[second, b] - between
    return gained


def _near_own_choice(here: Places, beside: Ints, choices: Ints, first: Places, second: Places) -> Ints:
    """Count for each pupil the classmates of their choice who are near after each change, int[m, changes]."""
    a, b, changes = here[first], here[second], np.arange(len(first))
    pull = choices @ beside[here]
    moved = (choices[:, first] - choices[:, second]) * (beside[np.ix_(here, b)] - beside[np.ix_(here, a)])
    count: Ints = pull[np.arange(len(here)), here][:, None] + moved
    count[first, changes] = pull[first, b] - choices[first, second] * (beside[b, b] - beside[a, b])
    count[second, changes] = pull[second, a] - choices[second, first] * (beside[a, a] - beside[a, b])
    return count
