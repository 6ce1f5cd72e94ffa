"""Sociogram: who stands where (target) and who belongs together (web). Only positive choices are ever drawn."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from math import hypot

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from kring.core.sociometry import Layout, Sociogram
from kring.documents import palette
from kring.documents.charts.canvas import Chart, chart
from kring.documents.charts.groupings import letters, shapes
from kring.documents.charts.labels import Label, placed_labels
from kring.documents.charts.legend import dots_key, lines_key
from kring.documents.charts.ties import BROAD, Curve, curves, drawn_tie, stroke_of, ties_of
from kring.documents.elements import Element, element, group
from kring.documents.lettering import line_of, short_names

WIDTH, HEIGHT, REACH, NODE, LETTER = 720.0, 700.0, 300.0, 11.0, 14.0
OWN_NODE, OWN_LETTER = 16.0, 24.0  # the picture with one name is drawn small
CENTRE, KEY = (WIDTH / 2, 322.0), 64.0
FADED, MANY = 0.12, 12  # fewer pupils need not fill the canvas


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a sociogram is drawn. `sure`: whether its groups are; None when that was not asked, then they have a letter and no shape.

    `beside`: this web stands beside another of the same layout, and everybody must be in the same place in both.
    """

    selected: str | None = None
    mutual_only: bool = False
    sure: bool | None = None
    newcomers: Collection[str] = ()
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything a sociogram is drawn from."""

    sociogram: Sociogram
    places: tuple[tuple[float, float], ...]
    names: Mapping[str, str]
    shown: Shown
    radius: float
    letters: Mapping[int, str] = field(default_factory=dict)
    letter: float = LETTER

    @property
    def pupils(self) -> tuple[str, ...]:
        return self.sociogram.nominations.pupils

    @property
    def chosen(self) -> int | None:
        return None if self.shown.selected is None else self.pupils.index(self.shown.selected)


def sociogram_target(sociogram: Sociogram, layout: Layout, names: Mapping[str, str], shown: Shown = Shown()) -> Chart:
    """Rings: often chosen in the middle, not chosen at the edge. Lines only of the selected pupil; a page can uncover those of others."""
    radius = min(NODE, REACH * layout.mark)
    scene = Scene(sociogram, _on_disc(layout), names, shown, radius)
    said = _("De leerlingen staan in ringen: wie vaker gekozen is staat dichter bij het midden, wie niet gekozen is staat aan de rand.")
    drawn = curves(list(ties_of(sociogram, mutual_only=shown.mutual_only)), scene.places, radius)
    key = dots_key(HEIGHT - 26, WIDTH, newcomers=bool(shown.newcomers))
    return _drawn(scene, _("Doelschijf: wie staat waar"), said, drawn, kind="target", under=[*_rings(layout)], key=[*key])


def sociogram_web(sociogram: Sociogram, layout: Layout, names: Mapping[str, str], shown: Shown = Shown()) -> Chart:
    """All choices; pupils who choose each other lie near one another, and groups that are sure lie on a soft shape."""
    places, radius = (_on_disc(layout), min(NODE, REACH * layout.mark)) if shown.beside else _spread_out(sociogram, layout)
    letter_of = {} if shown.sure is False else letters(sociogram)
    scene = Scene(sociogram, places, names, shown, radius, letter_of)
    said = _("Alle keuzes: een dikke lijn is over en weer, een dunne pijl is één kant op. Wie elkaar kiest, staat bij elkaar.")
    drawn = curves(list(ties_of(sociogram, mutual_only=shown.mutual_only)), places, radius)
    under = [*shapes(letter_of, places, radius)] if shown.sure else []
    dots = dots_key(HEIGHT - 50, WIDTH, newcomers=bool(shown.newcomers))
    lines = lines_key(HEIGHT - 22, WIDTH, mutual_only=shown.mutual_only, grouped=bool(under))
    return _drawn(scene, _("Web: wie hoort bij wie"), said, drawn, kind="web", under=under, key=[*dots, *lines])


def unnamed_target(sociogram: Sociogram, layout: Layout, names: Mapping[str, str], pupil: str) -> Chart:
    """The target with the name of one pupil: for the pupil's own pages, which show nothing about who chose whom."""
    scene = Scene(sociogram, _on_disc(layout), names, Shown(selected=pupil), OWN_NODE, letter=OWN_LETTER)
    label = _labels(scene, {pupil: names[pupil]}, [])
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


def _on_disc(layout: Layout) -> tuple[tuple[float, float], ...]:
    return tuple((CENTRE[0] + REACH * float(x), CENTRE[1] - REACH * float(y)) for x, y in zip(layout.x, layout.y))


def _spread_out(sociogram: Sociogram, layout: Layout) -> tuple[tuple[tuple[float, float], ...], float]:
    """The places of a web over the whole canvas, with the radius of a dot.

    Pupils without any tie stand in a row below: where they stand has no meaning, and far off they would press the others together.
    """
    choices = sociogram.nominations.positive
    tied = np.logical_or(choices.any(axis=0), choices.any(axis=1))
    alone = np.flatnonzero(~tied & tied.any()).tolist()
    floor = 50 if len(alone) else 0
    few = min(1.0, (len(tied) / MANY) ** 0.5)
    x, wide = _spread(layout.x, tied, CENTRE[0], (CENTRE[0] - 50) * few)
    y, high = _spread(-layout.y, tied, CENTRE[1] - floor / 2, (CENTRE[1] - 36 - floor / 2) * few)
    for number, i in enumerate(alone):
        x[i] = CENTRE[0] + (number - (len(alone) - 1) / 2) * min(90.0, (WIDTH - 100) / len(alone))
        y[i] = 2 * CENTRE[1] - 36
    return tuple(zip(x, y)), min(NODE, layout.mark * min(wide, high))


def _spread(values: NDArray[np.float64], tied: NDArray[np.bool_], middle: float, reach: float) -> tuple[list[float], float]:
    """The values moved and stretched so that those of tied pupils fill middle ± reach, with the stretch."""
    kept = values[tied] if tied.any() else values
    low, high = (float(kept.min()), float(kept.max())) if len(kept) else (0.0, 0.0)
    stretch = min(2 * reach / (high - low), 3 * REACH) if high > low else REACH
    return [middle + stretch * (float(value) - (low + high) / 2) for value in values], stretch


def _drawn(scene: Scene, title: str, said: str, drawn: list[Curve], *, kind: str, under: list[Element], key: list[Element]) -> Chart:
    veiled = kind == "target"
    labels = _labels(scene, short_names({pupil: scene.names[pupil] for pupil in scene.pupils}), [] if veiled else drawn)
    broad = BROAD if veiled else stroke_of(drawn)
    ties = group([_tie(scene, curve, broad, veiled=veiled) for curve in drawn], class_="ties", fill="none", stroke_linecap="round")
    dots = group([_dot(scene, i, labels[pupil], facts_of(scene, i)) for i, pupil in enumerate(scene.pupils)], class_="pupils")
    return chart(title, said, [*under, ties, dots, *key], width=WIDTH, height=HEIGHT, kind=kind, role="group")


def _rings(layout: Layout) -> Iterator[Element]:
    """From the outside in, each a shade deeper."""
    radii = sorted((float(radius) for radius in layout.radii), reverse=True)
    shades = (palette.RING_1, palette.RING_2, palette.RING_3, palette.RING_4)
    for number, radius in enumerate(radii):
        between = radius + (0.11 if number == 0 else (radii[number - 1] - radius) / 2)
        shade, edge = shades[min(number, 3)], palette.RING_EDGE
        yield element("circle", cx=CENTRE[0], cy=CENTRE[1], r=REACH * between, fill=shade, stroke=edge, stroke_width=2)


def _labels(scene: Scene, texts: Mapping[str, str], lines: list[Curve]) -> dict[str, Label]:
    places = dict(zip(scene.pupils, scene.places))
    points = np.concatenate([one.points for one in lines]) if lines else None
    return placed_labels(texts, places, radius=scene.radius, size=scene.letter, width=WIDTH, height=HEIGHT - KEY, lines=points)


def _tie(scene: Scene, curve: Curve, broad: float, *, veiled: bool) -> Element:
    own = scene.chosen in (curve.tie.one, curve.tie.other)
    visibility = "hidden" if veiled and not own else None
    faded = FADED if scene.chosen is not None and not own else None
    return drawn_tie(curve, scene.pupils, scene.radius, broad, visibility=visibility, opacity=faded)


def _dot(scene: Scene, i: int, label: Label | None, facts: str) -> Element:
    """A pupil; a selected one has a second circle around. With facts it can be pointed at and reached by keyboard."""
    around = _around(scene, i)
    name = None if label is None else _name(label)
    if not facts:
        return group(
            [around if scene.chosen == i else None, _quiet(scene, i) if label is None else _circle(scene, i), name], class_="pupil"
        )
    parts = [element("title", facts), _touch(scene, i), around, _circle(scene, i), _letter(scene, i), _new(scene, i), name]
    return group(parts, class_=f"pupil n{i}", data_pupil=scene.pupils[i], tabindex="0", role="img", aria_label=facts)


def _around(scene: Scene, i: int) -> Element:
    x, y = scene.places[i]
    hidden = None if scene.chosen == i else "hidden"
    ring = {"cx": x, "cy": y, "r": scene.radius + 5, "stroke_width": 4.0}
    return element("circle", fill="none", stroke=palette.SUN, visibility=hidden, class_="pupil__around", **ring)


def _circle(scene: Scene, i: int) -> Element:
    """Filled: chosen; open: not chosen; dashed: did not take part."""
    (x, y), took_part = scene.places[i], bool(scene.sociogram.nominations.nominators[i])
    chosen = int(scene.sociogram.received.count[i]) > 0
    fill = palette.PAPER if not chosen else palette.BRAND if took_part else palette.BRAND_SOFT
    dashes = None if took_part else "3.5 2.5"
    return element("circle", cx=x, cy=y, r=scene.radius, fill=fill, stroke=palette.BRAND, stroke_width=2, stroke_dasharray=dashes)


def _new(scene: Scene, i: int) -> Element | None:
    """A plus on the dot of who was not on the list before; where the letter of a group stands, it stands beside the dot."""
    if scene.pupils[i] not in scene.shown.newcomers:
        return None
    (x, y), r = scene.places[i], scene.radius
    x, y = (x + r * 0.8, y - r * 0.8) if i in scene.letters else (x, y)
    plus = element("path", d=f"M{x:.1f} {y - 3.6:.1f}v7.2M{x - 3.6:.1f} {y:.1f}h7.2", stroke=palette.INK_ON_SUN, stroke_width=2)
    return element("g", element("circle", cx=x, cy=y, r=6.5, fill=palette.SUN, stroke=palette.PAPER, stroke_width=1.5), plus)


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
