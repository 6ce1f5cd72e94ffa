"""Where the names go in a sociogram: beside their own dot, over no other dot and no other name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kring.documents.lettering import width_of


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the canvas."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Box) -> float:
        """The area in both; nearly always there is none, and a class asks this ten thousand times."""
        if self.right <= other.left or other.right <= self.left or self.bottom <= other.top or other.bottom <= self.top:
            return 0.0
        across = min(self.right, other.right) - max(self.left, other.left)
        return across * (min(self.bottom, other.bottom) - max(self.top, other.top))

    def outside(self, width: float, height: float) -> float:
        return max(0.0, -self.left) + max(0.0, -self.top) + max(0.0, self.right - width) + max(0.0, self.bottom - height)


@dataclass(frozen=True, slots=True)
class Label:
    """A name in its place: text, middle of the line, its base, its size and the room it takes."""

    text: str
    x: float
    base: float
    size: float
    box: Box


def placed_labels(
    texts: Mapping[str, str], places: Mapping[str, tuple[float, float]], *, radius: float, size: float, width: float, height: float
) -> dict[str, Label]:
    """Each name in the first place that is free, else the one that covers least; the most crowded pupils choose first.

    A pupil without a text takes room with its dot and has no name.
    """
    dots = {pupil: Box(x - radius - 2, y - radius - 2, x + radius + 2, y + radius + 2) for pupil, (x, y) in places.items()}
    found: dict[str, Label] = {}
    for pupil in sorted(texts, key=lambda one: (_room(one, places), one)):
        taken = [*dots.values(), *(label.box for label in found.values())]
        choices = _choices(texts[pupil], places[pupil], radius, size)
        found[pupil] = _cheapest((_cost(label, taken, width, height), label) for label in choices)
    return found


def _cheapest(choices: Iterator[tuple[float, Label]]) -> Label:
    """The first that costs nothing, else the first of the cheapest: the order of the choices is the order of preference."""
    least, best = next(choices)
    while least > 0 and (another := next(choices, None)):
        if another[0] < least:
            least, best = another
    return best


def _room(pupil: str, places: Mapping[str, tuple[float, float]]) -> float:
    x, y = places[pupil]
    return min((((x - a) ** 2 + (y - b) ** 2) ** 0.5 for other, (a, b) in places.items() if other != pupil), default=0.0)


def _cost(label: Label, taken: Sequence[Box], width: float, height: float) -> float:
    """What the place covers; outside the canvas is worse than anything."""
    return sum([label.box.overlap(box) for box in taken]) + 1000 * label.box.outside(width, height)


def _choices(text: str, place: tuple[float, float], radius: float, size: float) -> Iterator[Label]:
    x, y = place
    for letter in (size, size * 0.88):
        half = width_of(text, letter) / 2
        below, above, beside = y + radius + letter + 1, y - radius - 5, y + letter * 0.35
        far = radius + 5 + half
        spots = [(x, below), (x, above), (x + far, beside), (x - far, beside)]
        spots += [(x + side * half * share, base) for share in (0.5, 0.8) for base in (below, above) for side in (1, -1)]
        spots += [(x, below + letter), (x, above - letter)]
        for middle, base in spots:
            yield Label(text, middle, base, letter, Box(middle - half, base - letter * 0.8, middle + half, base + letter * 0.28))
