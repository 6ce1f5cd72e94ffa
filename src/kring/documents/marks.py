"""Shapes: one for each band and one for each informant, so that colour is never the only sign."""

from __future__ import annotations

from kring.core.bands import Band
from kring.core.instruments import Informant
from kring.documents import palette
from kring.documents.elements import Element, Paint, element

STRONG = {Band.RED: palette.RED, Band.ORANGE: palette.ORANGE, Band.GREEN: palette.GREEN, Band.NO_SCORE: palette.NONE}
SOFT = {Band.RED: palette.RED_SOFT, Band.ORANGE: palette.ORANGE_SOFT, Band.GREEN: palette.GREEN_SOFT, Band.NO_SCORE: palette.RING}


def band_mark(band: Band, x: float, y: float, size: float, *, certain: bool) -> Element:
    """Triangle red, diamond orange, circle green, dashed circle no score; striped when within measurement error."""
    paint = STRONG[band]
    if band is Band.NO_SCORE:
        return element("circle", cx=x, cy=y, r=size * 0.9, fill="none", stroke=paint, stroke_width=1.6, stroke_dasharray="2.4 2")
    outline = _outline(band, x, y, size)
    fill = paint if certain else palette.PAPER
    shape = element(outline.tag, **outline.attributes, fill=fill, stroke=paint, stroke_width=max(1.2, size / 4.5))
    return shape if certain else element("g", shape, _stripes(band, x, y, size, paint))


def informant_mark(informant: Informant, x: float, y: float, size: float, paint: Paint, *, certain: bool = True) -> Element:
    """Circle pupil, square teacher, triangle guardian; striped within measurement error; a light halo keeps overlapping marks apart."""
    outline = _informant_outline(informant, x, y, size)
    halo = element(outline.tag, **outline.attributes, fill=palette.PAPER, stroke=palette.PAPER, stroke_width=5)
    fill = paint if certain else palette.PAPER
    shape = element(outline.tag, **outline.attributes, fill=fill, stroke=paint, stroke_width=1.8)
    striped = None if certain else _stripes(Band.RED if informant is Informant.GUARDIAN else Band.GREEN, x, y, size, paint)
    return element("g", halo, shape, striped)


def _informant_outline(informant: Informant, x: float, y: float, size: float) -> Element:
    if informant is Informant.PUPIL:
        return element("circle", cx=x, cy=y, r=size)
    if informant is Informant.TEACHER:
        side = size * 0.88
        return element("rect", x=x - side, y=y - side, width=2 * side, height=2 * side, rx=1.5)
    return element("path", d=_triangle(x, y, size * 1.15))


def _outline(band: Band, x: float, y: float, size: float) -> Element:
    if band is Band.GREEN:
        return element("circle", cx=x, cy=y, r=size * 0.92)
    return element("path", d=_triangle(x, y, size * 1.1) if band is Band.RED else _diamond(x, y, size * 1.12))


def _diamond(x: float, y: float, size: float) -> str:
    return f"M{x:.2f} {y - size:.2f}L{x + size:.2f} {y:.2f}L{x:.2f} {y + size:.2f}L{x - size:.2f} {y:.2f}Z"


def _triangle(x: float, y: float, size: float) -> str:
    return f"M{x:.2f} {y - size:.2f}L{x + size:.2f} {y + size * 0.75:.2f}H{x - size:.2f}Z"


def _stripes(band: Band, x: float, y: float, size: float, paint: Paint) -> Element:
    """Two slanted strokes inside the shape: a pattern would need an id that may clash on a page with many pictures."""
    reach, low = (0.42, 0.25) if band is Band.RED else (0.5, 0.0)
    step = size * 0.3
    down, up = size * (reach * 0.75 + low), size * (reach - low)
    starts = (x - size * reach - step * 0.5, x - size * reach + step * 0.9)
    lines = "".join(f"M{left:.2f} {y + down:.2f}L{left + size * reach * 1.6:.2f} {y - up:.2f}" for left in starts)
    return element("path", d=lines, stroke=paint, stroke_width=max(0.9, size / 6), fill="none")
