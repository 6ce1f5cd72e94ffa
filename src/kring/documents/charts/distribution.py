"""Distribution: every pupil one dot on the line of a scale, and how many stand in each band."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.core.bands import Band
from kring.core.instruments import Cuts
from kring.documents import palette
from kring.documents.charts.canvas import Axis, Chart, chart, track
from kring.documents.elements import Element, element
from kring.documents.figures import trimmed
from kring.documents.lettering import line_of, width_of
from kring.documents.marks import band_mark
from kring.documents.words import band_word

WIDTH, SIDE, COLUMN, FLOOR = 380.0, 10.0, 13.5, 98.0
ORDER = (Band.RED, Band.ORANGE, Band.GREEN, Band.NO_SCORE)


@dataclass(frozen=True, slots=True)
class Dot:
    """One pupil's place: no name, the table beside the picture has those."""

    value: float
    band: Band
    certain: bool


def distribution(
    title: str, dots: Sequence[Dot], *, low: float, high: float, direction: int, cuts: Cuts | None, counts: Mapping[Band, int]
) -> Chart:
    """Dots stacked on the line of the scale, favourable on the right, with the count, shape and word of each band below."""
    axis = Axis(low, high, direction, SIDE, WIDTH - SIDE)
    columns = _columns(dots, axis, cuts)
    tallest = max((len(column) for column in columns.values()), default=1)
    size = min(6.0, (FLOOR - 14) / (2.2 * tallest))
    parts = [
        *track(axis, cuts, top=6, height=FLOOR),
        *_stacks(columns, size, FLOOR),
        *_ticks(axis, cuts, FLOOR + 20),
        *(_counts(counts, FLOOR + 44) if cuts else ()),
    ]
    return chart(title, _described(counts) if cuts else _uncoloured(len(dots)), parts, width=WIDTH, height=FLOOR + 56, kind="distribution")


def _columns(dots: Sequence[Dot], axis: Axis, cuts: Cuts | None) -> dict[float, list[Dot]]:
    """Dots by place. Near scores share a column, but a column never crosses a limit: a dot stands in the area of its own colour."""
    areas = {band: (start, end) for band, start, end in axis.areas(cuts)} if cuts else {}
    found: dict[float, list[Dot]] = {}
    for dot in sorted(dots, key=lambda dot: (dot.band, dot.value)):
        start, end = areas.get(dot.band, (axis.left, axis.right))
        number = max(1, int((end - start) // COLUMN))
        width = (end - start) / number
        place = min(max(int((axis.at(dot.value) - start) / width), 0), number - 1)
        found.setdefault(start + (place + 0.5) * width, []).append(dot)
    return found


def _stacks(columns: Mapping[float, Sequence[Dot]], size: float, floor: float) -> Iterator[Element]:
    for place, column in columns.items():
        for level, dot in enumerate(column):
            y = floor - size * (2.2 * level) - size + 2
            if dot.band is Band.NO_SCORE:
                yield element("circle", cx=place, cy=y, r=size * 0.92, fill=palette.BRAND)
                continue
            yield band_mark(dot.band, place, y, size, certain=dot.certain)


def _ticks(axis: Axis, cuts: Cuts | None, base: float) -> Iterator[Element]:
    anchors = {axis.left: "start", axis.right: "end"}
    for value in (axis.low, axis.high, *((cuts.red, cuts.green) if cuts else ())):
        yield line_of(trimmed(value), axis.at(value), base, 11, paint=palette.INK_SOFT, anchor=anchors.get(axis.at(value), "middle"))


def _counts(counts: Mapping[Band, int], base: float) -> Iterator[Element]:
    x = SIDE + 6
    for band in ORDER:
        if band is Band.NO_SCORE and not counts.get(band):
            continue
        said = f"{counts.get(band, 0)} {band_word(band)}"
        yield element("g", band_mark(band, x, base - 4.5, 5.5, certain=True), line_of(said, x + 11, base, 13))
        x += width_of(said, 13) + 30


def _described(counts: Mapping[Band, int]) -> str:
    said = ", ".join(f"{counts.get(band, 0)} {band_word(band)}" for band in ORDER)
    pupils = sum(counts.values())
    return (
        ngettext("%(n)d leerling: %(said)s.", "%(n)d leerlingen: %(said)s.", pupils) % {"n": pupils, "said": said}
        + " "
        + _("Elke stip is één leerling. Rechts is gunstig. Een gestreepte stip ligt zo dicht bij een grens dat de kleur onzeker is.")
    )


def _uncoloured(scores: int) -> str:
    line = ngettext("%(n)d leerling heeft een score.", "%(n)d leerlingen hebben een score.", scores) % {"n": scores}
    return line + " " + _("Elke stip is één leerling. Rechts is gunstig. Er zijn geen grenzen gekozen, dus geen kleuren.")
