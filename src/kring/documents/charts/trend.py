"""Trend: the scales below one another, with the moments from left to right; up is always the favourable side.

What may not be compared is not on one line: between the two stands a dashed upright mark.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kring.core.instruments import Informant
from kring.documents import palette
from kring.documents.charts.canvas import Axis, Chart, chart
from kring.documents.charts.profile import INKS
from kring.documents.elements import Element, Paint, element
from kring.documents.lettering import line_of, shortened, width_of
from kring.documents.marks import informant_mark

WIDTH, ROW, TALL, SIDE = 520.0, 78.0, 40.0, 24.0


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A score at a moment (counted from 0 over the whole picture). `joins`: may be compared with the point before it."""

    moment: int
    value: float
    joins: bool


@dataclass(frozen=True, slots=True)
class TrendLine:
    """One scale by one informant; `verdict` is what may be said of the last change, `said` all of it in words."""

    title: str
    informant: Informant
    low: float
    high: float
    direction: int
    points: tuple[TrendPoint, ...]
    verdict: str
    said: str


def trend(title: str, lines: Sequence[TrendLine], moments: Sequence[str]) -> Chart:
    """The picture; `moments` from old to new."""
    height = 4 + len(lines) * ROW + 22
    rows = [part for number, line in enumerate(lines) for part in _row(line, 4 + number * ROW, len(moments))]
    names = list(_moments(moments, height - 8))
    said = "; ".join(f"{line.title}: {line.said}" for line in lines)
    return chart(title, f"{said}.", [*rows, *names], width=WIDTH, height=height, kind="trend")


def _row(line: TrendLine, top: float, moments: int) -> Iterator[Element]:
    room = WIDTH - 2 * SIDE - width_of(line.verdict, 12.5) - 12
    yield line_of(shortened(line.title, 14.5, room), SIDE, top + 15, 14.5, weight="700")
    yield line_of(line.verdict, WIDTH - SIDE, top + 15, 12.5, paint=palette.INK_SOFT, anchor="end")
    base = top + 24
    yield element("rect", x=0, y=base, width=WIDTH, height=TALL, rx=4, fill=palette.RING)
    places = [(_across(point.moment, moments), _up(line, point.value, base), point.joins) for point in line.points]
    ink = INKS[line.informant]
    for (x1, y1, _first), (x2, y2, joined) in pairwise(places):
        yield _between(x1, y1, x2, y2, base, joined=joined, ink=ink)
    for x, y, _joins in places:
        yield informant_mark(line.informant, x, y, 5.5, ink)


def _between(x1: float, y1: float, x2: float, y2: float, base: float, *, joined: bool, ink: Paint) -> Element:
    """A line where two scores may be compared, and an upright break where not."""
    if joined:
        return element("path", d=f"M{x1:.2f} {y1:.2f}L{x2:.2f} {y2:.2f}", stroke=ink, stroke_width=2, fill="none")
    middle, end = (x1 + x2) / 2, base + TALL
    return element("path", d=f"M{middle:.2f} {base:.2f}V{end:.2f}", stroke=palette.LINE_STRONG, stroke_width=2, stroke_dasharray="4 3")


def _across(moment: int, moments: int) -> float:
    return SIDE + 8 + (WIDTH - 2 * SIDE - 16) * moment / max(1, moments - 1)


def _up(line: TrendLine, value: float, base: float) -> float:
    return base + TALL - Axis(line.low, line.high, line.direction, 7, TALL - 7).at(value)


def _moments(moments: Sequence[str], base: float) -> Iterator[Element]:
    for number, name in enumerate(moments):
        anchor = "start" if number == 0 else "end" if number == len(moments) - 1 else "middle"
        yield line_of(name, _across(number, len(moments)) + {"start": -8, "end": 8, "middle": 0}[anchor], base, 11.5, anchor=anchor)
