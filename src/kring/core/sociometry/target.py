"""The target: who stands where. The more a pupil is chosen, the nearer to the middle; pupils who choose each other stand near each other.

Order of pupils here: by id, so that the order of the list decides nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kring.core.provenance import method
from kring.core.sociometry.communities import communities_of, tie_weights
from kring.core.sociometry.layout import ROOM, Layout
from kring.core.sociometry.nominations import sorted_nominations
from kring.core.sociometry.order import in_list_order
from kring.core.sociometry.rates import NOTHING, Floats, Ints, received
from kring.core.sociometry.sociograms import Sociogram, refuse_too_few

__all__ = ["target_layout"]

RINGS = 4
MIDDLE = 1
SWEEPS = 200
BREAK = np.radians(6)  # between two communities on one ring …
MOST_BREAKS = np.pi / 2  # … unless so many stand there that this would take more than a quarter of it
FIRST_RADIUS = 1.5  # in diameters of a mark, as all radii before they are scaled to the unit circle
RING_GAP = 1.6
SPACING = ROOM * 1.01

Order = NDArray[np.intp]


@method("target-layout", 1, data=("sociogram",))
def target_layout(sociogram: Sociogram) -> Layout:
    """Place the pupils on four rings by choices received, at angles that keep friends together.

    Rings: the top 20 % by rate, up to 50 %, up to 80 %, the rest; ties go to the inner ring, never chosen is always outermost, and when
    all are equal everybody stands on one middle ring. Angles: communities in blocks, 6° apart, equal spacing on a ring, then adjacent
    swaps while they lower Σ w·angle, at most 200 sweeps. The lowest id stands at 90°. Raises `TooFewTookPart`.
    Source of the form: Northway 1940.

    >>> from kring.core.sociometry.nominations import Edge, nominations_from
    >>> from kring.core.sociometry.sociograms import sociogram
    >>> choices = [Edge(*pair) for pair in ("BA", "CA", "DA", "AB", "CB")]
    >>> target_layout(sociogram(nominations_from("ABCD", choices, {}))).ring.tolist()
    [0, 1, 3, 3]
    """
    refuse_too_few(sociogram)
    ordered, places = sorted_nominations(sociogram.nominations)
    found = sociogram.communities or communities_of(sociogram.nominations)
    ring = rings(received(ordered.positive, ordered.nominators).rate)
    board = _Board(ring, found.member_of[places], tie_weights(ordered.positive))
    angle = board.best_angles()
    radii = _radii(board)
    scale = 1 / (radii[-1] + 0.5)
    radius = np.array(radii)[ring] * scale
    turned = angle - angle[0] + np.pi / 2
    x, y = radius * np.cos(turned), radius * np.sin(turned)
    x[0], y[0] = 0.0, radius[0]
    x, y, ring = in_list_order(x, places), in_list_order(y, places), in_list_order(ring, places)
    return Layout(sociogram.nominations.pupils, x, y, ring, tuple(r * scale for r in radii), scale / 2)


def rings(rate: Floats) -> Ints:
    """Give each pupil a ring, 0 innermost to 3, from the rates of choices received, float[n]."""
    chosen = np.nan_to_num(rate)
    if np.ptp(chosen) <= NOTHING:
        return np.full(len(chosen), MIDDLE, dtype=np.int64)
    ahead = (chosen[None, :] > chosen[:, None] + NOTHING).sum(axis=1)
    ring = (10 * ahead[:, None] >= len(chosen) * np.array([2, 5, 8])).sum(axis=1)
    return np.where(chosen > 0, ring, RINGS - 1).astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class _Board:
    """Pupils by id with their ring, community and ties; it looks for the angles."""

    ring: Ints
    community: Order
    weights: Floats

    def best_angles(self) -> Floats:
        """Order the communities, then the pupils within them."""
        order = self._with_best_communities(np.lexsort((np.arange(len(self.ring)), self.community)))
        return self._with_best_neighbours(order, self.angles(order))

    def angles(self, order: Order) -> Floats:
        """Stand the pupils on their rings in this order around the circle; each ring is turned to fit the whole best."""
        n = len(order)
        ideal = np.empty(n)
        ideal[order] = np.arange(n) * (2 * np.pi / n)
        angle = np.empty(n)
        for number in np.unique(self.ring):
            on_ring = order[self.ring[order] == number]
            slots = self.slots(on_ring)
            lead = np.exp(1j * (ideal[on_ring] - slots)).sum()
            angle[on_ring] = slots + (np.angle(lead) if abs(lead) > NOTHING else 0.0)
        return angle

    def slots(self, on_ring: Order) -> Floats:
        """Give equal spacing on a ring, with 6° extra wherever the next pupil is of another community."""
        community = self.community[on_ring]
        changes = np.roll(community, -1) != community
        breaks = changes * min(BREAK, MOST_BREAKS / max(int(changes.sum()), 1))
        step = (2 * np.pi - breaks.sum()) / len(on_ring)
        return np.concatenate([[0.0], np.cumsum(step + breaks)[:-1]])

    def cost(self, angle: Floats) -> float:
        """Give Σ w·angle over all ties."""
        return float((self.weights * _apart(angle[:, None], angle[None, :])).sum())

    def _with_best_communities(self, order: Order) -> Order:
        blocks = [order[self.community[order] == number] for number in range(int(self.community.max()) + 1)]
        sweep_until_still(lambda: sum([self._swap_communities_where_better(blocks, i) for i in range(len(blocks) - 1)]))
        return np.concatenate(blocks)

    def _swap_communities_where_better(self, blocks: list[Order], i: int) -> bool:
        swapped = [*blocks[:i], blocks[i + 1], blocks[i], *blocks[i + 2 :]]
        now, then = (self.cost(self.angles(np.concatenate(order))) for order in (blocks, swapped))
        better = then < now - NOTHING
        if better:
            blocks[:] = swapped
        return better

    def _with_best_neighbours(self, order: Order, angle: Floats) -> Floats:
        rows = [list(order[self.ring[order] == number]) for number in np.unique(self.ring)]
        sweep_until_still(lambda: sum([self._swap_where_better(row, i, angle) for row in rows for i in range(len(row) - 1)]))
        return angle

    def _swap_where_better(self, row: list[int], i: int, angle: Floats) -> bool:
        a, b = row[i], row[i + 1]
        if self.community[a] != self.community[b]:
            return False
        further = _apart(angle[b], angle) - _apart(angle[a], angle)
        pull = self.weights[a] - self.weights[b]
        pull[[a, b]] = 0.0
        better = float(pull @ further) < -NOTHING
        if better:
            row[i], row[i + 1] = b, a
            angle[[a, b]] = angle[[b, a]]
        return better


def sweep_until_still(sweep: Callable[[], int]) -> None:
    """Repeat a sweep until it swaps nothing, at most 200 times."""
    for _ in range(SWEEPS):
        if not sweep():
            return


def _apart(first: Floats | float, second: Floats) -> Floats:
    """Give the smaller angle between two directions, 0 to π."""
    turn = np.abs(first - second) % (2 * np.pi)
    return np.minimum(turn, 2 * np.pi - turn)


def _radii(board: _Board) -> list[float]:
    """Let the rings grow until the pupils on each have room, in diameters of a mark."""
    radii: list[float] = []
    for number in range(RINGS):
        on_ring = np.flatnonzero(board.ring == number)
        least = radii[-1] + RING_GAP if radii else FIRST_RADIUS
        radii.append(max(least, _radius_with_room(board, on_ring)))
    return radii


def _radius_with_room(board: _Board, on_ring: Order) -> float:
    if len(on_ring) < 2:
        return 0.0
    slots = board.slots(on_ring[np.argsort(board.community[on_ring], kind="stable")])
    closest = min(float(np.diff(slots).min()), 2 * np.pi - float(slots[-1]))
    return float(SPACING / (2 * np.sin(min(closest, np.pi) / 2)))
