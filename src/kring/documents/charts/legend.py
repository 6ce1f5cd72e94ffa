"""The key to a sociogram: what dots, lines and soft shapes mean."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kring.documents import palette
from kring.documents.elements import Element, Paint, element
from kring.documents.lettering import line_of, width_of

SIZE, SIGN, GAP = 12.5, 30.0, 24.0


def dots_key(middle: float, width: float, *, newcomers: bool = False) -> Iterator[Element]:
    dots = [(_dot(fill=palette.BRAND), _("gekozen")), (_dot(fill=palette.PAPER), _("niet gekozen")), (_dashed(), _("deed niet mee"))]
    yield from _row(middle, width, [*dots, *([(_new(), _("nieuw sinds de vorige keer"))] if newcomers else [])])


def lines_key(middle: float, width: float, *, mutual_only: bool = False, grouped: bool = False) -> Iterator[Element]:
    signs = [(_thick(), _("kiezen elkaar"))]
    signs += [] if mutual_only else [(_thin(), _("kiest, één kant op"))]
    yield from _row(middle, width, [*signs, *([(_patch(), _("groepje"))] if grouped else [])])


def _row(middle: float, width: float, entries: list[tuple[Element, str]]) -> Iterator[Element]:
    """The entries beside one another, in the middle of the canvas."""
    x = (width - sum(SIGN + width_of(words, SIZE) for _sign, words in entries) - GAP * (len(entries) - 1)) / 2
    for sign, words in entries:
        yield element("g", sign, line_of(words, SIGN, 4, SIZE, paint=palette.INK_SOFT), transform=f"translate({x:g} {middle:g})")
        x += SIGN + width_of(words, SIZE) + GAP


def _dot(fill: Paint) -> Element:
    return element("circle", cx=12, cy=0, r=7.5, fill=fill, stroke=palette.BRAND, stroke_width=2)


def _dashed() -> Element:
    return element("circle", cx=12, cy=0, r=7.5, fill=palette.BRAND_SOFT, stroke=palette.BRAND, stroke_width=2, stroke_dasharray="3.5 2.5")


def _new() -> Element:
    plus = element("path", d="M12 -3V3M9 0H15", stroke=palette.INK_ON_SUN, stroke_width=1.8)
    return element("g", _dot(fill=palette.BRAND), element("circle", cx=12, cy=0, r=4.8, fill=palette.SUN), plus)


def _patch() -> Element:
    shape = element("rect", x=0, y=-8, width=24, height=16, rx=8, fill=palette.GROUPS[0], stroke=palette.GROUP_EDGE, stroke_width=1.5)
    return element("g", shape)


def _thick() -> Element:
    return element("path", d="M1 2Q12 -5 23 2", fill="none", stroke=palette.BRAND, stroke_width=3.6, stroke_linecap="round")


def _thin() -> Element:
    line = element("path", d="M0 2Q9 -4 17 -1.6", fill="none", stroke=palette.TIE, stroke_width=1.3)
    return element("g", line, element("path", d="M25 1.5L15.2 -5L15 2Z", fill=palette.TIE))
