"""How often each was written down: a bar and a number per line, the most frequent on top. Whole numbers alone, no percentage of so few."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kring.documents import palette
from kring.documents.charts.canvas import Chart, chart
from kring.documents.elements import Element, element
from kring.documents.lettering import line_of, shortened

WIDTH, ROW, BAR, NUMBER = 340.0, 40.0, 12.0, 28.0


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted, and how often each."""

    title: str
    rows: tuple[tuple[str, int], ...]


def tally(counted: Tally) -> Chart:
    """The picture; its description says the same in words."""
    most = max((number for _label, number in counted.rows), default=1)
    drawn = [part for place, row in enumerate(counted.rows) for part in _row(row, place * ROW, most)]
    said = "; ".join(f"{label}: {number}" for label, number in counted.rows) or _("Nog niets geteld.")
    return chart(counted.title, said, drawn, width=WIDTH, height=max(ROW, len(counted.rows) * ROW), kind="tally")


def _row(row: tuple[str, int], top: float, most: int) -> Iterator[Element]:
    label, number = row
    yield line_of(shortened(label, 13.5, WIDTH - 8), 2, top + 15, 13.5)
    room = WIDTH - NUMBER
    yield element("rect", x=0, y=top + 21, width=room, height=BAR, rx=4, fill=palette.RING)
    yield element("rect", x=0, y=top + 21, width=round(room * number / most, 1), height=BAR, rx=4, fill=palette.BRAND)
    yield line_of(str(number), WIDTH - 4, top + 32, 14, anchor="end", weight="700")
