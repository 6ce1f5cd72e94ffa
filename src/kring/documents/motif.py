"""The sign of the house: children in a circle, one place open."""

from __future__ import annotations

from math import cos, pi, sin

from kring.documents import palette
from kring.documents.charts.canvas import Chart
from kring.documents.elements import SVG_NAMESPACE, Element, element

SEATS, OPEN_SEAT, SUN_SEAT = 9, 2, 6


def motif() -> Chart:
    """A drawing without meaning of its own, hidden from screen readers."""
    halo = element("circle", cx=60, cy=60, r=56, fill=palette.RING)
    rug = element("circle", cx=60, cy=60, r=24, fill=palette.BRAND_SOFT)
    parts = [halo, rug, *(_seat(number) for number in range(SEATS))]
    box = {"xmlns": SVG_NAMESPACE, "viewBox": "0 0 120 120", "aria_hidden": "true", "class_": "report-header__motif"}
    frame = element("svg", *parts, width=120, height=120, **box)
    return Chart("", "", "motif", frame)


def _seat(number: int) -> Element:
    angle = 2 * pi * number / SEATS - pi / 2
    x, y = 60 + 41 * cos(angle), 60 + 41 * sin(angle)
    if number == OPEN_SEAT:
        return element("circle", cx=x, cy=y, r=8, fill=palette.PAPER, stroke=palette.BRAND, stroke_width=2, stroke_dasharray="3.5 2.5")
    return element("circle", cx=x, cy=y, r=9, fill=palette.SUN if number == SUN_SEAT else palette.BRAND)
