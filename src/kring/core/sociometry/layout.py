"""What the two pictures of a class share: places on the unit circle's disc, with room between the pupils."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kring.core.sociometry.rates import Floats, Ints
from kring.core.sociometry.rules import UnevenNominations

ROOM = 1.2  # smallest distance between two pupils, in diameters of their marks
NO_RING = -1


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Where each pupil stands, on the disc of the unit circle, y upwards.

    x, y: float[n]; ring: int[n], 0 innermost, -1 in a web; radii: of the rings, from inside out, empty in a web; mark: the largest
    radius of a pupil's mark that keeps 1.2 diameters between any two and every mark inside the circle.
    """

    pupils: tuple[str, ...]
    x: Floats
    y: Floats
    ring: Ints
    radii: tuple[float, ...]
    mark: float

    def __post_init__(self) -> None:
        """Refuse parts of unequal length, and close the arrays."""
        for part in ("x", "y", "ring"):
            values = getattr(self, part)
            if values.shape != (len(self.pupils),):
                raise UnevenNominations(part=part, pupils=len(self.pupils), shape=values.shape)
            values.flags.writeable = False


def in_list_order(values: NDArray[np.float64], places: NDArray[np.intp]) -> NDArray[np.float64]:
    """Put values worked out in the order of ids back in the order of the list."""
    result = np.empty_like(values)
    result[places] = values
    return result
