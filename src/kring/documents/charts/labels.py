"""Where the names go in a sociogram: beside their own dot, over no other dot and no other name, and over few lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kring.documents.lettering import shortened, width_of

Spots = NDArray[np.float64]
LETTERS = (1.0, 0.9, 0.8)  # a name in a crowd is set smaller …
BRIEF = 4.2  # … and then shortened, to this many times the height of its letters
HOPS, PLACES = 40, 16
# The costs of: covering anything, leaving the canvas, lying on a point of a line, small letters, a part of the name, not being first.
COVERED, OUTSIDE, LINE, SMALLER, SHORTENED, LATER = 10.0, 1000.0, 2.5, 40.0, 300.0, 0.05


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the canvas."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Box) -> float:
        """The area in both."""
        across = min(self.right, other.right) - max(self.left, other.left)
        along = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, across) * max(0.0, along)

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


@dataclass(frozen=True, slots=True, eq=False)
class _Choice:
    """Every place a name could take: its text there, (middle, base, size) and (left, top, right, bottom), and what each costs anyway."""

    texts: tuple[str, ...]
    spots: Spots
    boxes: Spots
    cost: Spots

    def label(self, number: int) -> Label:
        middle, base, size = self.spots[number].tolist()
        return Label(self.texts[number], middle, base, size, Box(*self.boxes[number].tolist()))


def placed_labels(
    texts: Mapping[str, str],
    places: Mapping[str, tuple[float, float]],
    *,
    radius: float,
    size: float,
    width: float,
    height: float,
    lines: Spots | None = None,
) -> dict[str, Label]:
    """Each name in the best place that is free, the most crowded pupils first; then whoever still lies on another name moves over.

    `lines` are points on the lines of the drawing, float[n, 2]: a name rather lies where few of them pass.
    A pupil without a text takes room with its dot and has no name.
    """
    dots = np.array([(x - radius - 2, y - radius - 2, x + radius + 2, y + radius + 2) for x, y in places.values()]).reshape(-1, 4)
    points = np.empty((0, 2)) if lines is None else lines
    order = sorted(texts, key=lambda one: (_room(one, places), one))
    choices = [
        _choice(_sets(texts[one], size, crowded=len(texts) > 1), places[one], radius, dots, points, (width, height)) for one in order
    ]
    taken = _settled(choices)
    return {one: choice.label(number) for one, choice, number in zip(order, choices, taken)}


def _settled(choices: Sequence[_Choice]) -> list[int]:
    """First each in turn, then all again while that brings names apart. Who has no place yet takes no room."""
    taken, boxes = [-1] * len(choices), np.zeros((len(choices), 4))
    for _hop in range(HOPS):
        before = list(taken)
        for one, choice in enumerate(choices):
            boxes[one] = 0.0
            taken[one] = _best(choice, boxes)
            boxes[one] = choice.boxes[taken[one]]
        if taken == before:
            break
    return taken


def _best(choice: _Choice, others: Spots) -> int:
    return int((choice.cost + _covered(choice.boxes, others)).argmin())


def _choice(
    sets: Sequence[tuple[str, float, float]],
    place: tuple[float, float],
    radius: float,
    dots: Spots,
    lines: Spots,
    canvas: tuple[float, float],
) -> _Choice:
    halves = [width_of(text, letter) / 2 for text, letter, _disliked in sets]
    spots = np.concatenate([_around(half, letter, place, radius) for half, (_text, letter, _disliked) in zip(halves, sets)])
    texts = tuple(np.repeat([text for text, _letter, _disliked in sets], PLACES).tolist())
    disliked = np.repeat([disliked for _text, _letter, disliked in sets], PLACES) + np.tile(LATER * np.arange(PLACES), len(sets))
    half = np.repeat(halves, PLACES)
    middle, base, letter = spots.T
    boxes = np.stack([middle - half, base - letter * 0.8, middle + half, base + letter * 0.28], axis=1)
    cost = disliked + OUTSIDE * _outside(boxes, canvas) + LINE * _crossed(boxes, lines) + _covered(boxes, dots)
    return _Choice(texts, spots, boxes, cost)


def _outside(boxes: Spots, canvas: tuple[float, float]) -> Spots:
    beyond: Spots = np.maximum(-boxes[:, :2], 0).sum(axis=1) + np.maximum(boxes[:, 2:] - np.array(canvas), 0).sum(axis=1)
    return beyond


def _covered(boxes: Spots, others: Spots) -> Spots:
    """What it costs each box that others lie on it: a line may pass under a name, a name may not."""
    across = np.minimum(boxes[:, None, 2], others[None, :, 2]) - np.maximum(boxes[:, None, 0], others[None, :, 0])
    along = np.minimum(boxes[:, None, 3], others[None, :, 3]) - np.maximum(boxes[:, None, 1], others[None, :, 1])
    covered: Spots = COVERED * (np.maximum(across, 0) * np.maximum(along, 0)).sum(axis=1)
    return covered


def _crossed(boxes: Spots, lines: Spots) -> Spots:
    """How many points of lines lie in each box; most lie near none of them."""
    low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    x, y = lines[((lines > low) & (lines < high)).all(axis=1)].T
    inside = (x > boxes[:, :1]) & (x < boxes[:, 2:3]) & (y > boxes[:, 1:2]) & (y < boxes[:, 3:])
    counted: Spots = inside.sum(axis=1, dtype=np.float64)
    return counted


def _room(pupil: str, places: Mapping[str, tuple[float, float]]) -> float:
    x, y = places[pupil]
    return min((((x - a) ** 2 + (y - b) ** 2) ** 0.5 for other, (a, b) in places.items() if other != pupil), default=0.0)


def _sets(text: str, size: float, *, crowded: bool) -> list[tuple[str, float, float]]:
    """The name in each size, with how little that is liked: large letters before small ones, and the whole name before a part of it."""
    whole = [(text, size * share, SMALLER * step) for step, share in enumerate(LETTERS)]
    smallest = size * LETTERS[-1]
    brief = shortened(text, smallest, BRIEF * smallest) if crowded else text
    return whole if brief == text else [*whole, (brief, smallest, SHORTENED)]


def _around(half: float, letter: float, place: tuple[float, float], radius: float) -> Spots:
    """The places around a dot in the order of preference, as (middle, base, size), float[16, 3]."""
    x, y = place
    below, above, beside = y + radius + letter + 1, y - radius - 5, y + letter * 0.35
    far = radius + 5 + half
    spots = [(x, below), (x, above), (x + far, beside), (x - far, beside)]
    spots += [(x + side * half * share, base) for share in (0.5, 0.8) for base in (below, above) for side in (1, -1)]
    spots += [(x + side * far * 0.95, base) for base in (y + radius + 2, y - radius + letter * 0.7) for side in (1, -1)]
    return np.array([(middle, base, letter) for middle, base in spots])
