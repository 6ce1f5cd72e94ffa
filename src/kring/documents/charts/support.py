"""One goal of a plan over time: measurements before, during and after the support, with medians, the target and what was not held.

A line per phase, never through the line between phases; no regression bands: too few points carry them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _

from kring.core.trials import PhaseName
from kring.documents import palette
from kring.documents.charts.canvas import Chart, chart
from kring.documents.elements import Element, element
from kring.documents.figures import decimal
from kring.documents.lettering import line_of

WIDTH, TALL, TOP, LEFT, RIGHT, FOOT = 520.0, 200.0, 34.0, 44.0, 16.0, 54.0


@dataclass(frozen=True, slots=True)
class SupportPoint:
    """One measurement."""

    on: date
    phase: PhaseName
    value: float


@dataclass(frozen=True, slots=True)
class SupportLine:
    """A goal with everything that is drawn; `named` says a day as people say it."""

    title: str
    high: float
    points: tuple[SupportPoint, ...]
    medians: tuple[tuple[PhaseName, float], ...]
    target: float | None
    not_held: tuple[date, ...]
    first: tuple[date, str]
    last: tuple[date, str]
    names_phases: bool = True


def phase_word(phase: PhaseName) -> str:
    return {PhaseName.BASELINE: _("vooraf"), PhaseName.SUPPORT: _("tijdens"), PhaseName.FADE_OUT: _("afbouw")}[phase]


def support(line: SupportLine) -> Chart:
    """The picture; its description says the same in words."""
    drawn = [*_axis(line), *_target(line), *_phases(line), *_medians(line), *_not_held(line), *_points(line), *_days(line)]
    return chart(line.title, said_of(line), drawn, width=WIDTH, height=TOP + TALL + FOOT, kind="support")


def said_of(line: SupportLine) -> str:
    """What the picture shows, in words."""
    parts = [
        _("%(phase)s: %(count)s metingen, midden %(median)s")
        % {"phase": phase_word(phase), "count": sum(one.phase is phase for one in line.points), "median": decimal(median, 1)}
        for phase, median in line.medians
    ]
    parts += [_("doel: %(target)s") % {"target": decimal(line.target, 1)}] if line.target is not None else []
    parts += [_("%(count)s keer niet gedaan") % {"count": len(line.not_held)}] if line.not_held else []
    return "; ".join(parts) + "." if parts else _("Nog geen metingen.")


def _x(line: SupportLine, on: date) -> float:
    days = max(1, (line.last[0] - line.first[0]).days)
    return LEFT + 10 + (WIDTH - LEFT - RIGHT - 20) * min(max(0, (on - line.first[0]).days), days) / days


def _y(line: SupportLine, value: float) -> float:
    return TOP + TALL - 8 - (TALL - 16) * min(value, line.high) / line.high


def _axis(line: SupportLine) -> Iterator[Element]:
    yield element("rect", x=LEFT, y=TOP, width=WIDTH - LEFT - RIGHT, height=TALL, rx=6, fill=palette.RING)
    for share in (0.0, 0.5, 1.0):
        value = line.high * share
        y = _y(line, value)
        yield element("path", d=f"M{LEFT} {y:.1f}H{WIDTH - RIGHT}", stroke=palette.LINE, stroke_width=1)
        yield line_of(decimal(value, 1 if value % 1 else 0), LEFT - 8, y + 4, 12, paint=palette.INK_SOFT, anchor="end")


def _target(line: SupportLine) -> Iterator[Element]:
    if line.target is None:
        return
    y = _y(line, line.target)
    yield element("path", d=f"M{LEFT} {y:.1f}H{WIDTH - RIGHT}", stroke=palette.GREEN, stroke_width=2, stroke_dasharray="8 4")
    is_crossed = any(0 <= y - _y(line, median) < 18 for _phase, median in line.medians)  # then its word stands below
    yield line_of(_("doel"), LEFT + 6, y + 14 if is_crossed else y - 5, 12, paint=palette.GREEN, weight="700")


def _spans(line: SupportLine) -> list[tuple[PhaseName, list[SupportPoint]]]:
    return [(phase, found) for phase in PhaseName if (found := [one for one in line.points if one.phase is phase])]


def _phases(line: SupportLine) -> Iterator[Element]:
    """A line between two phases, and the name of each above its points."""
    spans = _spans(line)
    for (_before, earlier), (_phase, later) in pairwise(spans):
        x = (_x(line, earlier[-1].on) + _x(line, later[0].on)) / 2
        yield element("path", d=f"M{x:.1f} {TOP - 22}V{TOP + TALL}", stroke=palette.LINE_STRONG, stroke_width=1.6, stroke_dasharray="3 3")
    for phase, found in spans if line.names_phases else ():
        middle = (_x(line, found[0].on) + _x(line, found[-1].on)) / 2
        yield line_of(phase_word(phase), middle, TOP - 10, 13, paint=palette.INK_SOFT, anchor="middle", weight="700")


def _medians(line: SupportLine) -> Iterator[Element]:
    medians = dict(line.medians)
    for phase, found in _spans(line):
        if phase in medians:
            y, start, end = _y(line, medians[phase]), _x(line, found[0].on) - 6, _x(line, found[-1].on) + 6
            yield element("path", d=f"M{start:.1f} {y:.1f}H{end:.1f}", stroke=palette.PLUM, stroke_width=3, stroke_linecap="round")


def _not_held(line: SupportLine) -> Iterator[Element]:
    """A cross on the ground line: a shape, never a colour alone."""
    y = TOP + TALL + 12
    for on in line.not_held:
        x = _x(line, on)
        d = f"M{x - 4:.1f} {y - 4}L{x + 4:.1f} {y + 4}M{x - 4:.1f} {y + 4}L{x + 4:.1f} {y - 4}"
        yield element("path", d=d, stroke=palette.INK_SOFT, stroke_width=1.8)


def _points(line: SupportLine) -> Iterator[Element]:
    for _phase, found in _spans(line):
        places = [(_x(line, one.on), _y(line, one.value)) for one in found]
        for (x1, y1), (x2, y2) in pairwise(places):
            yield element("path", d=f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}", stroke=palette.BRAND, stroke_width=1.6, fill="none")
        for x, y in places:
            yield element("circle", cx=round(x, 1), cy=round(y, 1), r=5, fill=palette.BRAND, stroke=palette.PAPER, stroke_width=1.5)


def _days(line: SupportLine) -> Iterator[Element]:
    base = TOP + TALL + 34
    yield line_of(line.first[1], LEFT, base, 12, paint=palette.INK_SOFT)
    yield line_of(line.last[1], WIDTH - RIGHT, base, 12, paint=palette.INK_SOFT, anchor="end")
    key = _("paarse streep: het midden · kruisje: niet gedaan") if line.not_held else _("paarse streep: het midden van de metingen")
    yield line_of(key, LEFT, base + 16, 12, paint=palette.INK_SOFT)
