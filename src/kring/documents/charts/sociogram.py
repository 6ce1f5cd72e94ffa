"""Sociogram: who stands where (target) and who belongs together (web). Only positive choices are ever drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import hypot

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from kring.core.sociometry import Layout, Sociogram
from kring.documents import palette
from kring.documents.charts.canvas import Chart, chart
from kring.documents.charts.labels import Label, placed_labels
from kring.documents.charts.legend import dots_key, letters, lines_key
from kring.documents.elements import Element, element, group
from kring.documents.lettering import line_of, short_names

WIDTH, HEIGHT, REACH, NODE, LETTER = 720.0, 690.0, 300.0, 10.5, 13.5
OWN_NODE, OWN_LETTER = 16.0, 24.0  # the picture with one name is drawn small
CENTRE = (WIDTH / 2, 322.0)


@dataclass(frozen=True, slots=True)
class Tie:
    """A choice to draw, between the numbers of two pupils on the list."""

    one: int
    other: int
    returned: bool


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything a sociogram is drawn from."""

    sociogram: Sociogram
    places: tuple[tuple[float, float], ...]
    names: Mapping[str, str]
    selected: str | None
    radius: float
    letters: Mapping[int, str]
    letter: float = LETTER

    @property
    def pupils(self) -> tuple[str, ...]:
        return self.sociogram.nominations.pupils

    @property
    def chosen(self) -> int | None:
        return None if self.selected is None else self.pupils.index(self.selected)


def sociogram_target(sociogram: Sociogram, layout: Layout, names: Mapping[str, str], *, selected: str | None = None) -> Chart:
    """Rings: often chosen in the middle, not chosen at the edge. Lines only of the selected pupil; a page can uncover those of others."""
    scene = _scene(sociogram, layout, names, selected)
    said = _("De leerlingen staan in ringen: wie vaker gekozen is staat dichter bij het midden, wie niet gekozen is staat aan de rand.")
    return _drawn(scene, _("Doelschijf: wie staat waar"), said, rings=list(_rings(layout)), veiled="hidden")


def sociogram_web(sociogram: Sociogram, layout: Layout, names: Mapping[str, str], *, selected: str | None = None) -> Chart:
    """All choices; pupils who choose each other lie near one another."""
    scene = replace(_scene(sociogram, layout, names, selected), letters=letters(sociogram))
    said = _("Alle keuzes: een dikke lijn is over en weer, een dunne pijl is één kant op. Wie elkaar kiest, staat bij elkaar.")
    return _drawn(scene, _("Web: wie hoort bij wie"), said, rings=[], veiled=None)


def unnamed_target(sociogram: Sociogram, layout: Layout, names: Mapping[str, str], pupil: str) -> Chart:
    """The target with the name of one pupil: for the pupil's own pages, which show nothing about who chose whom."""
    scene = replace(_scene(sociogram, layout, names, pupil), letter=OWN_LETTER, radius=OWN_NODE)
    label = _labels(scene, {pupil: names[pupil]})
    dots = [_dot(scene, i, label.get(one), facts="") for i, one in enumerate(scene.pupils)]
    title = _("Doelschijf: de plaats van %(name)s") % {"name": names[pupil]}
    return chart(title, facts_of(scene, scene.pupils.index(pupil)), [*_rings(layout), *dots], width=WIDTH, height=HEIGHT - 60, kind="place")


def facts_of(scene: Scene, i: int) -> str:
    """What may be said about one pupil, without the names of others."""
    received, values = scene.sociogram.received, {"name": scene.names[scene.pupils[i]]}
    counted = {
        "chosen": int(received.count[i]),
        "possible": int(received.possible[i]),
        "mutual": int(scene.sociogram.mutual[i].sum()),
        "given": int(scene.sociogram.given[i]),
    }
    if not scene.sociogram.nominations.nominators[i]:
        return _("%(name)s: deed niet mee; gekozen door %(chosen)d van %(possible)d.") % (values | counted)
    text = _("%(name)s: gekozen door %(chosen)d van %(possible)d, waarvan %(mutual)d over en weer; kiest zelf %(given)d.")
    return text % (values | counted)


def _scene(sociogram: Sociogram, layout: Layout, names: Mapping[str, str], selected: str | None) -> Scene:
    """The target fills the canvas with its rings; a web is spread until it fills it."""
    if layout.radii:
        places = tuple((CENTRE[0] + REACH * float(x), CENTRE[1] - REACH * float(y)) for x, y in zip(layout.x, layout.y))
        return Scene(sociogram, places, names, selected, min(NODE, REACH * layout.mark), {})
    return _web_scene(sociogram, layout, names, selected)


def _web_scene(sociogram: Sociogram, layout: Layout, names: Mapping[str, str], selected: str | None) -> Scene:
    """Pupils without any tie stand in a row below: where they stand has no meaning, and far off they would press the others together."""
    choices = sociogram.nominations.positive
    tied = np.logical_or(choices.any(axis=0), choices.any(axis=1))
    alone = np.flatnonzero(~tied)
    floor = 50 if len(alone) and tied.any() else 0
    x, wide = _spread(layout.x, tied, CENTRE[0], CENTRE[0] - 50)
    y, high = _spread(-layout.y, tied, CENTRE[1] - floor / 2, CENTRE[1] - 34 - floor / 2)
    for number, i in enumerate(alone):
        x[i] = CENTRE[0] + (number - (len(alone) - 1) / 2) * min(90.0, (WIDTH - 100) / len(alone))
        y[i] = 2 * CENTRE[1] - 34
    return Scene(sociogram, tuple(zip(x, y)), names, selected, min(NODE, layout.mark * min(wide, high)), {})


def _spread(values: NDArray[np.float64], tied: NDArray[np.bool_], middle: float, reach: float) -> tuple[list[float], float]:
    """The values moved and stretched so that those of tied pupils fill middle ± reach, with the stretch."""
    kept = values[tied] if tied.any() else values
    low, high = (float(kept.min()), float(kept.max())) if len(kept) else (0.0, 0.0)
    stretch = min(2 * reach / (high - low), 3 * REACH) if high > low else REACH
    return [middle + stretch * (float(value) - (low + high) / 2) for value in values], stretch


def _drawn(scene: Scene, title: str, said: str, *, rings: list[Element], veiled: str | None) -> Chart:
    labels = _labels(scene, short_names({pupil: scene.names[pupil] for pupil in scene.pupils}))
    ties = group([_tie(scene, tie, veiled) for tie in _ties(scene.sociogram)], class_="ties")
    dots = group([_dot(scene, i, labels[pupil], facts_of(scene, i)) for i, pupil in enumerate(scene.pupils)], class_="pupils")
    kind, key = ("target", [*dots_key(HEIGHT - 19)]) if rings else ("web", [*dots_key(HEIGHT - 44), *lines_key(HEIGHT - 19)])
    return chart(title, said, [*rings, ties, dots, *key], width=WIDTH, height=HEIGHT, kind=kind, role="group")


def _rings(layout: Layout) -> Iterator[Element]:
    """From the outside in, each a shade deeper."""
    radii = sorted((float(radius) for radius in layout.radii), reverse=True)
    shades = (palette.RING_1, palette.RING_2, palette.RING_3, palette.RING_4)
    for number, radius in enumerate(radii):
        between = radius + (0.11 if number == 0 else (radii[number - 1] - radius) / 2)
        yield element(
            "circle", cx=CENTRE[0], cy=CENTRE[1], r=REACH * between, fill=shades[min(number, 3)], stroke=palette.PAPER, stroke_width=2
        )


def _labels(scene: Scene, texts: Mapping[str, str]) -> dict[str, Label]:
    places = dict(zip(scene.pupils, scene.places))
    return placed_labels(texts, places, radius=scene.radius, size=scene.letter, width=WIDTH, height=HEIGHT - 60)


def _ties(sociogram: Sociogram) -> Iterator[Tie]:
    """One-sided first, so that mutual ties lie on top; a mutual tie once."""
    choices, mutual = sociogram.nominations.positive, sociogram.mutual
    pairs = [(i, j) for i in range(len(choices)) for j in range(len(choices)) if choices[i, j]]
    yield from (Tie(i, j, returned=False) for i, j in pairs if not mutual[i, j])
    yield from (Tie(i, j, returned=True) for i, j in pairs if mutual[i, j] and i < j)


def _tie(scene: Scene, tie: Tie, veiled: str | None) -> Element:
    own = scene.chosen in (tie.one, tie.other)
    visibility = veiled if veiled and not own else None
    faded = 0.25 if scene.chosen is not None and not own else None
    (x1, y1), (x2, y2) = scene.places[tie.one], scene.places[tie.other]
    length = hypot(x2 - x1, y2 - y1) or 1.0
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    start, end = scene.radius + 1, length - scene.radius - (1 if tie.returned else 4)
    line = f"M{x1 + ux * start:.1f} {y1 + uy * start:.1f}L{x1 + ux * end:.1f} {y1 + uy * end:.1f}"
    head = None if tie.returned else _head(x1 + ux * (end + 3), y1 + uy * (end + 3), ux, uy)
    return element(
        "g",
        element(
            "path", d=line, stroke=palette.BRAND if tie.returned else palette.TIE, stroke_width=3.4 if tie.returned else 1.3, fill="none"
        ),
        head,
        class_=f"tie tie--{'mutual' if tie.returned else 'one-sided'} n{tie.one} n{tie.other}",
        data_from=scene.pupils[tie.one],
        data_to=scene.pupils[tie.other],
        visibility=visibility,
        opacity=faded,
    )


def _head(x: float, y: float, ux: float, uy: float) -> Element:
    back, side = 8.5, 3.8
    points = [(x, y), (x - ux * back - uy * side, y - uy * back + ux * side), (x - ux * back + uy * side, y - uy * back - ux * side)]
    return element("path", d="M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in points) + "Z", fill=palette.TIE)


def _dot(scene: Scene, i: int, label: Label | None, facts: str) -> Element:
    """A pupil; a selected one has a second circle around. With facts it can be pointed at and reached by keyboard."""
    x, y = scene.places[i]
    around = (
        element("circle", cx=x, cy=y, r=scene.radius + 5, fill="none", stroke=palette.SUN, stroke_width=4) if scene.chosen == i else None
    )
    name = None if label is None else _name(label)
    if not facts:
        return group([around, _quiet(scene, i) if label is None else _circle(scene, i), name], class_="pupil")
    parts = [element("title", facts), _touch(scene, i), around, _circle(scene, i), _letter(scene, i), name]
    return group(parts, class_=f"pupil n{i}", data_pupil=scene.pupils[i], tabindex="0", role="img", aria_label=facts)


def _circle(scene: Scene, i: int) -> Element:
    """Filled: chosen; open: not chosen; dashed: did not take part."""
    (x, y), took_part = scene.places[i], bool(scene.sociogram.nominations.nominators[i])
    chosen = int(scene.sociogram.received.count[i]) > 0
    fill = palette.PAPER if not chosen else palette.BRAND if took_part else palette.BRAND_SOFT
    dashes = None if took_part else "3.5 2.5"
    return element("circle", cx=x, cy=y, r=scene.radius, fill=fill, stroke=palette.BRAND, stroke_width=2, stroke_dasharray=dashes)


def _quiet(scene: Scene, i: int) -> Element:
    x, y = scene.places[i]
    return element("circle", cx=x, cy=y, r=scene.radius * 0.7, fill=palette.NODE_QUIET)


def _letter(scene: Scene, i: int) -> Element | None:
    letter = scene.letters.get(i)
    if letter is None:
        return None
    filled = int(scene.sociogram.received.count[i]) > 0 and bool(scene.sociogram.nominations.nominators[i])
    (x, y), size = scene.places[i], scene.radius * 1.15
    return line_of(letter, x, y + size * 0.36, size, paint=palette.PAPER if filled else palette.BRAND, anchor="middle", weight="700")


def _touch(scene: Scene, i: int) -> Element:
    """Room for a finger: 44 units across, less where a neighbour stands nearer, so that no pupil lies under another's room."""
    x, y = scene.places[i]
    nearest = min((hypot(x - a, y - b) for j, (a, b) in enumerate(scene.places) if j != i), default=44.0)
    return element("circle", cx=x, cy=y, r=max(scene.radius, min(22.0, nearest / 2)), fill="transparent", class_="pupil__touch")


def _name(label: Label) -> Element:
    """The name over a light copy of itself, so that it stays readable on lines."""
    halo = element(
        "text",
        label.text,
        x=label.x,
        y=label.base,
        font_size=label.size,
        text_anchor="middle",
        stroke=palette.PAPER,
        stroke_width=3.5,
        stroke_linejoin="round",
        aria_hidden="true",
        fill=palette.PAPER,
    )
    return element("g", halo, line_of(label.text, label.x, label.base, label.size, anchor="middle"))
