"""The lines of a sociogram: softly curved, round the dots of others; a mutual choice thick, a one-sided one thin with an arrow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot, sqrt

import numpy as np
from numpy.typing import NDArray

from kring.core.sociometry import Sociogram
from kring.documents import palette
from kring.documents.elements import Element, element

Spots = NDArray[np.float64]
Ints = NDArray[np.intp]
BOWS = np.array([0.08, -0.08, 0.2, -0.2, 0.34, -0.34])  # how far a line may swing out, as a share of its length
ALONG, FINE = np.linspace(0.06, 0.94, 9), np.linspace(0.05, 0.95, 16)
BROAD, MANY = 3.6, 60
CLEAR = 9.0  # from the dot of somebody else to the line
AWAY, SWING = 6.0, 0.5  # what a point too near costs, and what swinging out does


@dataclass(frozen=True, slots=True)
class Tie:
    """A choice to draw, between the numbers of two pupils on the list."""

    one: int
    other: int
    returned: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """The line of a tie: it leaves and arrives in the direction of `over`."""

    tie: Tie
    start: tuple[float, float]
    over: tuple[float, float]
    end: tuple[float, float]

    @property
    def points(self) -> Spots:
        """Some of the places that it passes, float[n, 2]."""
        return _points(np.array(self.start), np.array(self.over), np.array(self.end), FINE)


def ties_of(sociogram: Sociogram, *, mutual_only: bool) -> Iterator[Tie]:
    """One-sided first, so that mutual ties lie on top; a mutual tie once. Of a no there is no line, ever."""
    choices, mutual = sociogram.nominations.positive, sociogram.mutual
    pairs = [(int(i), int(j)) for i, j in np.argwhere(choices)]
    if not mutual_only:
        yield from (Tie(i, j, returned=False) for i, j in pairs if not mutual[i, j])
    yield from (Tie(i, j, returned=True) for i, j in pairs if mutual[i, j] and i < j)


def curves(ties: Sequence[Tie], places: Sequence[tuple[float, float]], radius: float) -> list[Curve]:
    """Each tie along the least winding way that stays clear of the other dots."""
    if not ties:
        return []
    spots = np.array(places, dtype=np.float64)
    one, other = (np.array([getattr(tie, end) for tie in ties]) for end in ("one", "other"))
    starts, ends = spots[one], spots[other]
    across = ends - starts
    aside = np.stack([-across[:, 1], across[:, 0]], axis=1)
    overs = ((starts + ends) / 2)[:, None] + BOWS[:, None] * aside[:, None]
    ways = _points(starts[:, None, None], overs[:, :, None], ends[:, None, None])
    cost = AWAY * _too_near(ways, spots, (one, other), radius + CLEAR) + SWING * np.abs(BOWS) * np.hypot(*across.T)[:, None]
    best = overs[np.arange(len(ties)), cost.argmin(axis=1)]
    return [Curve(tie, _pair(start), _pair(over), _pair(end)) for tie, start, over, end in zip(ties, starts, best, ends)]


def _points(start: Spots, over: Spots, end: Spots, along: Spots = ALONG) -> Spots:
    t = along[:, None]
    found: Spots = (1 - t) ** 2 * start + 2 * t * (1 - t) * over + t**2 * end
    return found


def _too_near(ways: Spots, spots: Spots, own: tuple[Ints, Ints], clear: float) -> Spots:
    """By how much each way of each tie comes too near to dots it has nothing to do with, float[ties, ways]."""
    across, along = (ways[..., axis, None].astype(np.float32) - spots[:, axis].astype(np.float32) for axis in (0, 1))
    gap = np.sqrt((across * across + along * along).min(axis=2))
    for ends in own:
        gap[np.arange(len(ways)), :, ends] = np.inf
    found: Spots = np.maximum(clear - gap, 0).sum(axis=-1)
    return found


def _pair(spot: Spots) -> tuple[float, float]:
    return float(spot[0]), float(spot[1])


def stroke_of(drawn: Sequence[Curve]) -> float:
    """How broad a mutual choice is: less where there are so many that they would be all there is to see."""
    mutual = sum(curve.tie.returned for curve in drawn)
    return BROAD * min(1.0, sqrt(MANY / max(mutual, 1)))


def drawn_tie(curve: Curve, pupils: Sequence[str], radius: float, broad: float, **more: str | float | None) -> Element:
    tie = curve.tie
    return element(
        "g",
        _line(curve, radius, broad),
        None if tie.returned else _head(curve, radius),
        class_=f"tie tie--{'mutual' if tie.returned else 'one-sided'} n{tie.one} n{tie.other}",
        data_from=pupils[tie.one],
        data_to=pupils[tie.other],
        **more,
    )


def _line(curve: Curve, radius: float, broad: float) -> Element:
    returned = curve.tie.returned
    (x1, y1), (x2, y2) = _before(curve.start, curve.over, radius + 1), _before(curve.end, curve.over, radius + (1 if returned else 8))
    line = f"M{x1:.1f} {y1:.1f}Q{curve.over[0]:.1f} {curve.over[1]:.1f} {x2:.1f} {y2:.1f}"
    return element("path", d=line, stroke=palette.BRAND if returned else palette.TIE, stroke_width=broad if returned else 1.3)


def _before(end: tuple[float, float], over: tuple[float, float], room: float) -> tuple[float, float]:
    """The point this far from an end of the line, in the direction in which the line comes in."""
    length = hypot(over[0] - end[0], over[1] - end[1]) or 1.0
    return end[0] + (over[0] - end[0]) / length * room, end[1] + (over[1] - end[1]) / length * room


def _head(curve: Curve, radius: float) -> Element:
    (x, y), (bx, by) = _before(curve.end, curve.over, radius + 1.5), _before(curve.end, curve.over, radius + 10)
    side, back = 0.44, (bx - x, by - y)
    points = [(x, y), (bx - back[1] * side, by + back[0] * side), (bx + back[1] * side, by - back[0] * side)]
    return element("path", d="M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in points) + "Z", fill=palette.TIE)
