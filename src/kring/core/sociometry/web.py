"""The web: who belongs with whom. Pupils who choose each other stand close; nothing but closeness has a meaning.

Order of pupils here: by id, so that the order of the list decides nothing. There is no chance in it, so no seed either.
"""

import numpy as np

from kring.core.provenance import method
from kring.core.sociometry.communities import tie_weights
from kring.core.sociometry.layout import NO_RING, ROOM, Layout
from kring.core.sociometry.nominations import sorted_nominations
from kring.core.sociometry.order import in_list_order
from kring.core.sociometry.rates import Bools, Floats
from kring.core.sociometry.rules import ClassTooLargeForWeb
from kring.core.sociometry.sociograms import Sociogram, refuse_too_few

__all__ = ["MOST_PUPILS", "web_layout"]

MOST_PUPILS = 35
STEPS = 300
MARK = 0.055  # radius of a pupil's mark on the unit circle, where there is room
GOLDEN_ANGLE = np.pi * (3 - 5**0.5)
TINY = 1e-9


@method("web-layout", 1, data=("sociogram", "start"))
def web_layout(sociogram: Sociogram, *, start: Layout | None = None) -> Layout:
    """Place the pupils so that distance follows the number of steps between them.

    First the distances of Kamada & Kawai 1989, by majorisation (Gansner, Koren & North 2005), then 300 cooling steps of Fruchterman &
    Reingold 1991, then room around every mark; the lowest id stands at 90°. With `start`, the layout of last round, the steps begin where
    the pupils stood and the whole is turned to fit it (Procrustes), so that they stay in place as far as their choices did.
    Raises `TooFewTookPart`, `ClassTooLargeForWeb`.

    >>> from kring.core.sociometry.nominations import Edge, nominations_from
    >>> from kring.core.sociometry.sociograms import sociogram
    >>> layout = web_layout(sociogram(nominations_from("ABC", [Edge(*pair) for pair in ("AB", "BC", "CA")], {})))
    >>> layout.x.round(3).tolist(), layout.y.round(3).tolist()
    ([0.0, -0.818, 0.818], [0.945, -0.472, -0.472])
    """
    refuse_too_few(sociogram)
    _refuse_too_large(sociogram)
    ordered, places = sorted_nominations(sociogram.nominations)
    weights = tie_weights(ordered.positive)
    known, before = _positions_before(ordered.pupils, start)
    point = _starting_points(weights, known, before)
    if not known.any():
        point = _into_circle(_by_distance(point, steps_between(weights > 0)))
    point = _with_room(_into_circle(_by_forces(point, weights)))
    point = _turned_to(point, known, before) if known.sum() > 1 else _lowest_up(point)
    x, y = in_list_order(point[:, 0], places), in_list_order(point[:, 1], places)
    ring = np.full(len(places), NO_RING, dtype=np.int64)
    return Layout(sociogram.nominations.pupils, x, y, ring, (), largest_mark(point))


def steps_between(tied: Bools) -> Floats:
    """Count the steps between each two pupils; without a path one more than the longest path, at least two. Source: Floyd 1962."""
    n = len(tied)
    steps = np.where(tied, 1.0, np.inf)
    np.fill_diagonal(steps, 0.0)
    for via in range(n):
        steps = np.minimum(steps, steps[:, via : via + 1] + steps[via : via + 1, :])
    longest = steps[np.isfinite(steps)].max()
    return np.where(np.isfinite(steps), steps, max(longest + 1, 2.0))


def _refuse_too_large(sociogram: Sociogram) -> None:
    listed = len(sociogram.nominations.pupils)
    if listed > MOST_PUPILS:
        raise ClassTooLargeForWeb(listed=listed, most=MOST_PUPILS)


def _positions_before(pupils: tuple[str, ...], start: Layout | None) -> tuple[Bools, Floats]:
    """Say who stood in the last layout, and where: bool[n], float[n, 2]."""
    places = {} if start is None else {p: (start.x[i], start.y[i]) for i, p in enumerate(start.pupils)}
    known = np.array([pupil in places for pupil in pupils], dtype=np.bool_)
    return known, np.array([places.get(pupil, (0.0, 0.0)) for pupil in pupils], dtype=np.float64)


def _starting_points(weights: Floats, known: Bools, before: Floats) -> Floats:
    """Begin where they stood; a new pupil amid those with ties, and the others, as everybody in a first round, on a spiral."""
    rank = np.arange(len(known))
    radius = np.sqrt((rank + 0.5) / len(known))
    spiral = np.stack([radius * np.cos(rank * GOLDEN_ANGLE), radius * np.sin(rank * GOLDEN_ANGLE)], axis=1)
    to_known = weights * known
    ties = to_known.sum(axis=1, keepdims=True)
    amid = (to_known @ before) / np.maximum(ties, 1) + 0.05 * spiral
    new = np.where(ties > 0, amid, spiral)
    return np.where(known[:, None], before, new)


def _by_distance(point: Floats, steps: Floats) -> Floats:
    """Minimise Σ (distance - steps)² / steps² by majorisation, at most 200 rounds."""
    n = len(steps)
    if n < 2:
        return point
    strength = 1 / np.where(steps > 0, steps, np.inf) ** 2
    laplacian = np.diag(strength.sum(axis=1)) - strength
    inverse = np.linalg.inv(laplacian + 1 / n)  # the constant takes away the free shift
    point = point * steps.max()
    for _ in range(200):
        pull = strength * steps / np.maximum(_distances(point), TINY)
        np.fill_diagonal(pull, 0.0)
        moved = inverse @ (np.diag(pull.sum(axis=1)) @ point - pull @ point)
        still = float(np.abs(moved - point).max()) < 1e-4
        point = moved
        if still:
            break
    return point


def _by_forces(point: Floats, weights: Floats) -> Floats:
    """Let ties pull (d²/k), all pupils push (k²/d) and the middle hold, in 300 steps that grow smaller."""
    n = len(point)
    k = np.sqrt(np.pi / n) * 0.6
    for step in range(STEPS):
        distance = np.maximum(_distances(point), 0.01)
        force = k**2 / distance**2 - weights * distance / k
        np.fill_diagonal(force, 0.0)
        move = force.sum(axis=1, keepdims=True) * point - force @ point - point * k
        length = np.maximum(np.hypot(move[:, 0], move[:, 1]), TINY)[:, None]
        point = point + move / length * np.minimum(length, 0.1 * (1 - step / STEPS))
    return point


def _distances(point: Floats) -> Floats:
    across = point[:, None, :] - point[None, :, :]
    return np.asarray(np.hypot(across[..., 0], across[..., 1]), dtype=np.float64)


def _into_circle(point: Floats) -> Floats:
    """Put the smallest circle around all on the circle, so that the farthest mark touches it."""
    centred: Floats = point - _middle(point)
    farthest = float(np.hypot(centred[:, 0], centred[:, 1]).max())
    return centred * ((1 - MARK) / farthest) if farthest > TINY else centred


def _middle(point: Floats) -> Floats:
    """Find the middle of the smallest circle around all, by ever smaller steps to the farthest. Source: Bădoiu & Clarkson 2003."""
    middle: Floats = point.mean(axis=0)
    for step in range(2, 200):
        off = point - middle
        middle = middle + off[(off**2).sum(axis=1).argmax()] / step
    return middle


def _lowest_up(point: Floats) -> Floats:
    """Turn the lowest id to 90°."""
    x, y = point[0]
    away = float(np.hypot(x, y))
    if away <= TINY:
        return point
    turned: Floats = point @ np.array([[y, x], [-x, y]]) / away
    turned[0] = 0.0, away
    return turned


def _turned_to(point: Floats, known: Bools, before: Floats) -> Floats:
    """Turn and mirror to stand nearest to the last layout. Source: Schönemann 1966."""
    left, _, right = np.linalg.svd(point[known].T @ before[known])
    turned: Floats = point @ (left @ right)
    return turned


def _with_room(point: Floats) -> Floats:
    """Push pupils who stand too close apart, inside the circle, until all have room."""
    least = 2 * MARK * ROOM * 1.01
    for _ in range(500):
        distance = _distances(point)
        np.fill_diagonal(distance, np.inf)
        short = np.maximum(least - distance, 0.0)
        if not short.any():
            break
        push = short / np.maximum(distance, TINY) / 2
        point = _held(point + push.sum(axis=1, keepdims=True) * point - push @ point)
    return point


def _held(point: Floats) -> Floats:
    """Bring pupils beyond the circle back to its edge."""
    out = np.hypot(point[:, 0], point[:, 1])[:, None]
    return point * np.minimum(1.0, (1 - MARK) / np.maximum(out, TINY))


def largest_mark(point: Floats) -> float:
    """Give the largest radius of a mark that keeps room between any two."""
    distance = _distances(point)
    np.fill_diagonal(distance, np.inf)
    return min(MARK, float(distance.min()) / (2 * ROOM))
