"""The key to a sociogram: what dots and lines mean, and the letter of each group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from string import ascii_uppercase

from django.utils.translation import gettext as _

from kring.core.sociometry import Sociogram
from kring.documents import palette
from kring.documents.elements import Element, Paint, element
from kring.documents.lettering import line_of, width_of

SIZE = 12.5


def dots_key(top: float) -> Iterator[Element]:
    dots = [(_dot(fill=palette.BRAND), _("gekozen")), (_dot(fill=palette.PAPER), _("niet gekozen")), (_dashed(), _("deed niet mee"))]
    yield from _row(top, dots)


def lines_key(top: float) -> Iterator[Element]:
    yield from _row(top, [(_thick(), _("kiezen elkaar")), (_thin(), _("kiest, één kant op"))])


def _row(middle: float, entries: list[tuple[Element, str]]) -> Iterator[Element]:
    x = 24.0
    for sign, words in entries:
        yield element("g", sign, line_of(words, 30, 4, SIZE, paint=palette.INK_SOFT), transform=f"translate({x:g} {middle:g})")
        x += 30 + width_of(words, SIZE) + 22


def _dot(fill: Paint) -> Element:
    return element("circle", cx=12, cy=0, r=7.5, fill=fill, stroke=palette.BRAND, stroke_width=2)


def _dashed() -> Element:
    return element("circle", cx=12, cy=0, r=7.5, fill=palette.BRAND_SOFT, stroke=palette.BRAND, stroke_width=2, stroke_dasharray="3.5 2.5")


def _thick() -> Element:
    return element("path", d="M0 0H24", stroke=palette.BRAND, stroke_width=3.4)


def _thin() -> Element:
    return element(
        "g", element("path", d="M0 0H17", stroke=palette.TIE, stroke_width=1.3), element("path", d="M24 0L15.5 -3.8V3.8Z", fill=palette.TIE)
    )


def letters(sociogram: Sociogram) -> dict[int, str]:
    """The letter of each pupil's group, for groups of two and more; empty when there are no groups or more than the alphabet."""
    if sociogram.communities is None:
        return {}
    member_of = sociogram.communities.member_of.tolist()
    sizes = Counter(member_of)
    groups = [number for number in sorted(sizes) if sizes[number] > 1]
    letter = dict(zip(groups, ascii_uppercase)) if len(groups) <= len(ascii_uppercase) else {}
    return {i: letter[number] for i, number in enumerate(member_of) if number in letter}
