"""What the two pictures of a class share: places on the unit circle's disc, with room between the pupils."""

from collections.abc import Sequence
from dataclasses import dataclass

from kring.core.provenance import Result, written
from kring.core.sociometry.rates import Floats, Ints
from kring.core.sociometry.rules import UnevenNominations

__all__ = ["Layout"]

ROOM = 1.2  # smallest distance between two pupils, in diameters of their marks
NO_RING = -1


@dataclass(frozen=True, slots=True, eq=False)
class Layout(Result):
    """Where each pupil stands, on the disc of the unit circle, y upwards. n, n_valid: pupils on the list, all of whom have a place.

    x, y: float[n]; ring: int[n], 0 innermost, -1 in a web; radii: of the rings, from inside out, empty in a web; mark: the largest
    radius of a pupil's mark that keeps 1.2 diameters between any two and every mark inside the circle.
    """

    pupils: tuple[str, ...]
    x: Floats
    y: Floats
    ring: Ints
    radii: tuple[float, ...]
    mark: float

    @property
    def n(self) -> int:
        """How many pupils there are."""
        return len(self.pupils)

    @property
    def n_valid(self) -> int:
        """How many have a place: all."""
        return len(self.pupils)

    def only(self, pupils: Sequence[str]) -> "Layout":
        """Give the same places of these pupils, all of whom have one, in this order."""
        place = {pupil: i for i, pupil in enumerate(self.pupils)}
        chosen = [place[pupil] for pupil in pupils]
        return Layout(tuple(pupils), self.x[chosen], self.y[chosen], self.ring[chosen], self.radii, self.mark)

    def fingerprint(self) -> bytes:
        """Write the places by id, so that the order of the list means nothing."""
        places = sorted(zip(self.pupils, self.x.tolist(), self.y.tolist(), self.ring.tolist(), strict=True))
        return written((places, self.radii, self.mark))

    def __post_init__(self) -> None:
        """Refuse parts of unequal length, and close the arrays."""
        for part in ("x", "y", "ring"):
            values = getattr(self, part)
            if values.shape != (len(self.pupils),):
                raise UnevenNominations(part=part, pupils=len(self.pupils), shape=values.shape)
            values.flags.writeable = False
