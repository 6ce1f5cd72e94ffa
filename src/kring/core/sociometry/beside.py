"""Two rounds of one class beside each other: everybody in the same place, so that only the choices differ."""

import numpy as np

from kring.core.provenance import method
from kring.core.sociometry.layout import NO_RING, Layout
from kring.core.sociometry.order import by_id
from kring.core.sociometry.rates import Floats
from kring.core.sociometry.sociograms import Sociogram
from kring.core.sociometry.web import GOLDEN_ANGLE, MARK, largest_mark, web_layout

__all__ = ["beside_layout"]

SPOTS = 600


@method("beside-layout", 1, data=("now", "before"))
def beside_layout(now: Sociogram, before: Sociogram) -> Layout:
    """Place everybody who is in one of the two rounds once.

    Those of now stand as in their own web, which begins where they stood before; who left since stands where there is most room.
    Raises what `web_layout` raises.

    >>> from kring.core.sociometry.nominations import Edge, nominations_from
    >>> from kring.core.sociometry.sociograms import sociogram
    >>> now = sociogram(nominations_from("ABC", [Edge(*pair) for pair in ("AB", "BC", "CA")], {}))
    >>> before = sociogram(nominations_from("ABD", [Edge(*pair) for pair in ("AB", "BD", "DA")], {}))
    >>> beside_layout(now, before).pupils
    ('A', 'B', 'C', 'D')
    """
    here = web_layout(now, start=web_layout(before))
    left = tuple(by_id(set(before.nominations.pupils) - set(here.pupils)))
    point = np.stack([here.x, here.y], axis=1)
    for _pupil in left:
        point = np.vstack([point, _most_room(point)])
    ring = np.full(len(point), NO_RING, dtype=np.int64)
    return Layout(here.pupils + left, point[:, 0].copy(), point[:, 1].copy(), ring, (), largest_mark(point))


def _most_room(point: Floats) -> Floats:
    """Find the spot of a spiral over the disc that is farthest from everybody."""
    rank = np.arange(SPOTS)
    radius = np.sqrt((rank + 0.5) / SPOTS) * (1 - MARK)
    spots: Floats = np.stack([radius * np.cos(rank * GOLDEN_ANGLE), radius * np.sin(rank * GOLDEN_ANGLE)], axis=1)
    across = spots[:, None] - point[None]
    nearest: Floats = np.hypot(across[..., 0], across[..., 1]).min(axis=1)
    found: Floats = spots[int(nearest.argmax())]
    return found
