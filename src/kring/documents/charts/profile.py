"""Profile: the scales below one another, one line each, with a dot and its error bar for each informant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kring.core.bands import Band
from kring.core.instruments import Cuts, Informant
from kring.documents import palette
from kring.documents.charts.canvas import Axis, Chart, area_names, chart, track
from kring.documents.elements import Element, Paint, element
from kring.documents.figures import decimal, trimmed
from kring.documents.lettering import line_of, shortened, width_of
from kring.documents.marks import informant_mark
from kring.documents.words import band_word, certainty_word, informant_word

WIDTH, ROW, TRACK, SIDE = 520.0, 106.0, 52.0, 12.0
INKS: dict[Informant, Paint] = {Informant.PUPIL: palette.BRAND, Informant.TEACHER: palette.INK, Informant.GUARDIAN: palette.PLUM}


@dataclass(frozen=True, slots=True)
class ProfilePoint:
    """What one informant says on one scale; low and high are the ends of the error bar, in the units of the scale."""

    informant: Informant
    value: float
    low: float | None
    high: float | None
    band: Band
    certain: bool | None

    @property
    def verdict(self) -> str:
        """The score in words: 2,9 · groen, grensgebied."""
        if self.band is Band.NO_SCORE:
            return decimal(self.value, 2)
        words = band_word(self.band) if self.certain is None else f"{band_word(self.band)}, {certainty_word(certain=self.certain)}"
        return f"{decimal(self.value, 2)} · {words}"


@dataclass(frozen=True, slots=True)
class ProfileLine:
    """One scale with up to three informants; without points the note says why there is no score."""

    title: str
    low: float
    high: float
    direction: int
    cuts: Cuts | None
    points: tuple[ProfilePoint, ...]
    note: str = ""


def profile(title: str, lines: Sequence[ProfileLine], *, bar: str) -> Chart:
    """The picture; `bar` says what the error bars mean."""
    rows = [part for number, line in enumerate(lines) for part in _row(line, 4 + number * ROW)]
    legend = list(_legend(lines, 4 + len(lines) * ROW + 8))
    height = 4 + len(lines) * ROW + 30
    return chart(title, _described(lines, bar), [*rows, *legend], width=WIDTH, height=height, kind="profile")


def _described(lines: Sequence[ProfileLine], bar: str) -> str:
    said = "; ".join(f"{line.title}: {_said(line)}" for line in lines)
    return f"{said}. {bar}"


def _said(line: ProfileLine) -> str:
    return ", ".join(f"{informant_word(point.informant)} {point.verdict}" for point in line.points) or line.note


def _row(line: ProfileLine, top: float) -> Iterator[Element]:
    axis = Axis(line.low, line.high, line.direction, SIDE, WIDTH - SIDE)
    verdict = line.points[0].verdict if len(line.points) == 1 else line.note if not line.points else ""
    room = WIDTH - 2 * SIDE - width_of(verdict, 13) - 12
    yield line_of(shortened(line.title, 15, room), SIDE, top + 15, 15, weight="700")
    yield line_of(verdict, WIDTH - SIDE, top + 15, 13, paint=palette.INK_SOFT, anchor="end")
    yield from track(axis, line.cuts, top=top + 24, height=TRACK)
    yield from _ticks(axis, line, top + 24 + TRACK + 12)
    yield from area_names(axis, line.cuts, base=top + 24 + 13)
    middle = top + 24 + 15 + (TRACK - 15) / 2
    for number, point in enumerate(line.points):
        yield _point(point, axis, middle + (number - (len(line.points) - 1) / 2) * 9)


def _ticks(axis: Axis, line: ProfileLine, base: float) -> Iterator[Element]:
    anchors = {axis.left: "start", axis.right: "end"}
    values = [line.low, line.high, *((line.cuts.red, line.cuts.green) if line.cuts else ())]
    for value in values:
        place = axis.at(value)
        yield line_of(trimmed(value), place, base, 10.5, paint=palette.INK_SOFT, anchor=anchors.get(place, "middle"))


def _point(point: ProfilePoint, axis: Axis, y: float) -> Element:
    ink = INKS[point.informant]
    mark = informant_mark(point.informant, axis.at(point.value), y, 6.5, ink, certain=point.certain is not False)
    if point.low is None or point.high is None:
        return mark
    ends = sorted((axis.at(point.low), axis.at(point.high)))
    bar = f"M{ends[0]:.2f} {y:.2f}H{ends[1]:.2f}M{ends[0]:.2f} {y - 4:.2f}V{y + 4:.2f}M{ends[1]:.2f} {y - 4:.2f}V{y + 4:.2f}"
    return element("g", element("path", d=bar, stroke=ink, stroke_width=2, fill="none", stroke_linecap="round"), mark)


def _legend(lines: Sequence[ProfileLine], top: float) -> Iterator[Element]:
    informants = list(dict.fromkeys(point.informant for line in lines for point in line.points))
    x = SIDE + 7
    for informant in informants:
        yield informant_mark(informant, x, top, 5.5, INKS[informant])
        yield line_of(informant_word(informant), x + 12, top + 4, 12, paint=palette.INK_SOFT)
        x += 30 + width_of(informant_word(informant), 12)
    if informants and any(point.certain is False for line in lines for point in line.points):
        yield informant_mark(informants[0], x, top, 5.5, INKS[informants[0]], certain=False)
        yield line_of(_("gestreept: grensgebied"), x + 12, top + 4, 12, paint=palette.INK_SOFT)
