"""A good plan in a moment: change two places as long as that helps, from several starts. The solver begins where this ends."""

import numpy as np

from kring.core.sociometry.composing.ground import Ground, Place, Places

STARTS = 20
SHAKEN = 3  # changes per pupil before the next start
SEED = 1


def climbed(start: Place, ground: Ground, *, empty: Place = ()) -> Place:
    """The best plan found from several starts, never worse than `start`, which keeps the hard wishes; on `empty` seats nobody sits."""
    seeded = np.random.Generator(np.random.PCG64(SEED))
    here = np.array([*start, *empty], dtype=np.intp)
    tops = [_to_the_top(here, ground)]
    for _ in range(STARTS - 1):
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
    rows = np.arange(len(first))
    while True:
        changes = np.tile(here, (len(rows), 1))
        changes[rows, first], changes[rows, second] = here[second], here[first]
        worth, now = ground.worth(changes[:, :n]), ground.worth(here[None, :n])[:, 0].tolist()
        better = (row for row in np.lexsort(worth[::-1]) if worth[:, row].tolist() < now)
        best = next((row for row in better if ground.keeps(_plan(changes[row, :n]))), None)
        if best is None:
            return here
        here = changes[best]
