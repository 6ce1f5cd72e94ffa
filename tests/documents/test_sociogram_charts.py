"""Sociograms: every pupil named and reachable, names apart, choices only where they may be seen."""

from itertools import combinations
from math import hypot

import numpy as np
import pytest

from kring.core.sociometry import Edge, Participation, Sociogram, beside_layout, nominations_from, sociogram, target_layout, web_layout
from kring.documents.charts import Chart, sociogram_target, sociogram_web
from kring.documents.charts.contours import contours
from kring.documents.charts.labels import Box, placed_labels
from kring.documents.charts.sociogram import HEIGHT, KEY, WIDTH, Shown, unnamed_target
from kring.documents.charts.ties import Tie, curves
from kring.documents.lettering import short_names, width_of
from tests.documents import sample
from tests.documents.markup import SVG, svg_texts, svg_tree

FOUND = sample.class_sociogram()
TARGET, WEB = target_layout(FOUND), web_layout(FOUND)


def nodes(made: Chart) -> dict[str, dict[str, str]]:
    return {node.get("data-pupil", ""): dict(node.attrib) for node in svg_tree(made.svg).iter(f"{SVG}g") if node.get("data-pupil")}


def ties(made: Chart) -> list[dict[str, str]]:
    return [dict(node.attrib) for node in svg_tree(made.svg).iter(f"{SVG}g") if node.get("data-from")]


@pytest.mark.parametrize("made", [sociogram_target(FOUND, TARGET, sample.names()), sociogram_web(FOUND, WEB, sample.names())])
def test_every_pupil_can_be_reached_and_says_its_facts(made: Chart) -> None:
    found = nodes(made)
    assert set(found) == set(sample.pupils())
    assert all(node["tabindex"] == "0" and node["role"] == "img" for node in found.values())
    first = found["l01"]["aria-label"]
    assert first == "Adam Bakker: gekozen door 2 van 27, waarvan 1 over en weer; kiest zelf 3."
    assert found["l30"]["aria-label"] == "Zoë Jansen: deed niet mee; gekozen door 5 van 28."
    assert svg_tree(made.svg).get("role") == "group"
    assert set(short_names(sample.names()).values()) <= set(svg_texts(made.svg))


def test_the_target_shows_no_choices_until_a_pupil_is_selected() -> None:
    assert {tie.get("visibility") for tie in ties(sociogram_target(FOUND, TARGET, sample.names()))} == {"hidden"}
    selected = ties(sociogram_target(FOUND, TARGET, sample.names(), Shown(selected="l02")))
    shown = [tie for tie in selected if "visibility" not in tie]
    assert shown
    assert all("l02" in (tie["data-from"], tie["data-to"]) for tie in shown)


def test_the_web_shows_all_choices_mutual_ones_once_and_without_an_arrow() -> None:
    made = ties(sociogram_web(FOUND, WEB, sample.names()))
    mutual = [tie for tie in made if "tie--mutual" in tie["class"]]
    assert len(mutual) == int(FOUND.mutual.sum()) // 2
    assert len(made) == int(FOUND.nominations.positive.sum()) - len(mutual)
    markup = svg_tree(sociogram_web(FOUND, WEB, sample.names()).svg)
    paths = {node.get("class", "").split()[1]: len(list(node)) for node in markup.iter(f"{SVG}g") if node.get("data-from")}
    assert paths == {"tie--mutual": 1, "tie--one-sided": 2}


def test_a_selected_pupil_fades_the_ties_of_others() -> None:
    made = ties(sociogram_web(FOUND, WEB, sample.names(), Shown(selected="l02")))
    assert all(("opacity" in tie) == ("l02" not in (tie["data-from"], tie["data-to"])) for tie in made)


def test_negative_choices_are_never_drawn() -> None:
    with_negatives = sample.class_sociogram(negatives=True)
    assert with_negatives.nominations.negative is not None
    drawn = {(tie["data-from"], tie["data-to"]) for tie in ties(sociogram_web(with_negatives, web_layout(with_negatives), sample.names()))}
    listed = with_negatives.nominations.pupils
    rejected = {(listed[i], listed[j]) for i, j in np.argwhere(with_negatives.nominations.negative)}
    assert not drawn & rejected


def test_absent_pupils_are_dashed_and_unchosen_ones_open() -> None:
    made = svg_tree(sociogram_web(FOUND, WEB, sample.names()).paper)
    circles = {node.get("data-pupil"): list(node.iter(f"{SVG}circle"))[-1] for node in made.iter(f"{SVG}g") if node.get("data-pupil")}
    assert {pupil for pupil, circle in circles.items() if circle.get("stroke-dasharray")} == {"l29", "l30"}
    unchosen = {pupil for pupil, never in zip(FOUND.nominations.pupils, FOUND.never_chosen) if never}
    assert {pupil for pupil, circle in circles.items() if circle.get("fill") == "#ffffff"} == unchosen


def spots(made: Chart) -> dict[str, tuple[str | None, str | None]]:
    circles = {
        node.get("data-pupil", ""): node.find(f"{SVG}circle") for node in svg_tree(made.svg).iter(f"{SVG}g") if node.get("data-pupil")
    }
    return {pupil: (circle.get("cx"), circle.get("cy")) for pupil, circle in circles.items() if circle is not None}


def covered(made: Chart) -> list[str]:
    """What lies over or outside what: names over names, names over dots, names beyond the canvas."""
    tree = svg_tree(made.svg)
    dots, boxes = [], []
    for node in (one for one in tree.iter(f"{SVG}g") if one.get("data-pupil")):
        (dot, name), touch = (list(node.iter(f"{SVG}{tag}"))[-1] for tag in ("circle", "text")), node.find(f"{SVG}circle")
        assert touch is not None
        x, y, r = (float(dot.get(key, "")) for key in ("cx", "cy", "r"))
        dots.append(Box(x - r, y - r, x + r, y + r))
        size, middle, base = (float(name.get(key, "")) for key in ("font-size", "x", "y"))
        half = width_of(name.text or "", size) / 2
        boxes.append((name.text, Box(middle - half, base - size * 0.8, middle + half, base + size * 0.28)))
    return [
        *(f"{a} over {b}" for (a, one), (b, two) in combinations(boxes, 2) if one.overlap(two) > 1),
        *(f"{a} over a dot" for a, one in boxes for dot in dots if one.overlap(dot) > 1),
        *(f"{a} outside" for a, one in boxes if one.outside(WIDTH, HEIGHT - KEY) > 0),
    ]


def test_names_cover_no_other_name_and_no_dot_and_stay_on_the_canvas(long: bool) -> None:  # noqa: FBT001 - a fixture
    for seed in range(1000 if long else 10):
        count = 10 + seed % 25
        found = sample.class_sociogram(count=count, seed=seed, absent=seed % 2)
        for layout, draw in ((target_layout(found), sociogram_target), (web_layout(found), sociogram_web)):
            assert covered(draw(found, layout, sample.names(count))) == []


def everybody_chooses(count: int) -> Sociogram:
    pupils = sample.pupils(count)
    return sociogram(nominations_from(pupils, [Edge(a, b) for a in pupils for b in pupils if a != b], {}))


def test_when_everybody_chooses_everybody_the_lines_are_thin_and_nobody_is_in_a_group() -> None:
    found = everybody_chooses(24)
    made = sociogram_web(found, web_layout(found), sample.names(24), Shown(sure=True))
    widths = {float(node.get("stroke-width", "")) for node in svg_tree(made.svg).iter(f"{SVG}path") if "Q" in node.get("d", "")}
    assert widths - {3.6, 1.3} == {1.68}
    assert not [node for node in svg_tree(made.svg).iter() if node.get("class") == "grouping"]
    assert covered(made) == []


def test_where_nobody_chooses_anybody_all_have_a_place() -> None:
    pupils = sample.pupils(12)
    found = sociogram(nominations_from(pupils, [], dict.fromkeys(pupils, Participation.EMPTY)))
    assert ties(sociogram_web(found, web_layout(found), sample.names(12))) == []
    assert covered(sociogram_web(found, web_layout(found), sample.names(12))) == []


def test_two_pupils_of_one_name_each_have_their_own() -> None:
    names = sample.names() | {"l01": "Noor Bakker", "l02": "Noor Bakker", "l03": "Noor Visser"}
    shown = svg_texts(sociogram_target(FOUND, TARGET, names).svg)
    assert (shown.count("Noor Bakker"), shown.count("Noor V.")) == (4, 2)  # each with its halo; whole names where letters do not tell


def test_groups_have_a_shape_when_they_are_sure_a_letter_when_nobody_asked_and_nothing_when_they_are_not() -> None:
    def parts(*, sure: bool | None) -> tuple[bool, bool]:
        made = sociogram_web(FOUND, WEB, sample.names(), Shown(sure=sure))
        shapes = [node for node in svg_tree(made.svg).iter() if node.get("class") == "grouping"]
        return bool(shapes), "A" in svg_texts(made.svg)

    assert (parts(sure=True), parts(sure=None), parts(sure=False)) == ((True, True), (False, True), (False, False))


def test_only_mutual_choices_can_be_drawn() -> None:
    for layout, draw in ((TARGET, sociogram_target), (WEB, sociogram_web)):
        made = draw(FOUND, layout, sample.names(), Shown(mutual_only=True))
        assert {tie["class"].split()[1] for tie in ties(made)} == {"tie--mutual"}


def test_two_rounds_beside_each_other_have_everybody_in_the_same_place() -> None:
    before = sample.class_sociogram(count=28, seed=5)
    shared = beside_layout(FOUND, before)
    drawn = [
        sociogram_web(one, shared.only(one.nominations.pupils), sample.names(), Shown(beside=True, newcomers=new))
        for one, new in ((before, ()), (FOUND, ("l29", "l30")))
    ]
    then, now = (spots(made) for made in drawn)
    assert len(then) == 28
    assert all(now[one] == spot for one, spot in then.items())
    assert "nieuw sinds de vorige keer" in svg_texts(drawn[1].svg)
    assert "nieuw sinds de vorige keer" not in svg_texts(drawn[0].svg)


def test_lines_go_round_the_dots_of_others() -> None:
    (straight,) = curves([Tie(0, 1, returned=True)], [(0, 0), (300, 0)], 11)
    (around,) = curves([Tie(0, 1, returned=True)], [(0, 0), (300, 0), (150, 20)], 11)
    assert straight.over[1] > 0
    assert around.over[1] < 0
    assert np.hypot(*(around.points - (150, 20)).T).min() > 20
    assert curves([], [], 11) == []


def test_a_contour_closes_around_a_hole_and_around_two_hills() -> None:
    ring = np.zeros((7, 7))
    ring[1:6, 1:6], ring[3, 3] = 2.0, 0.0
    assert sorted(len(line) for line in contours(ring, 1.0)) == [4, 20]
    hills = np.zeros((4, 4))
    hills[1, 1] = hills[2, 2] = 2.0
    assert sorted(len(line) for line in contours(hills, 1.0)) == [4, 4]


def test_pupils_without_ties_do_not_press_the_others_together() -> None:
    edges = [Edge(f"l{i:02d}", f"l{i % 8 + 1:02d}") for i in range(1, 9)]
    pupils = [f"l{i:02d}" for i in range(1, 11)]
    found = sociogram(
        nominations_from(pupils, edges, dict.fromkeys(pupils, Participation.EMPTY) | dict.fromkeys(pupils[:8], Participation.DONE))
    )
    made = svg_tree(sociogram_web(found, web_layout(found), sample.names(10)).svg)
    places = {node.get("data-pupil"): next(node.iter(f"{SVG}circle")) for node in made.iter(f"{SVG}g") if node.get("data-pupil")}
    across = [float(places[pupil].get("cx", "")) for pupil in pupils[:8]]
    assert max(across) - min(across) == pytest.approx(566, abs=1)
    assert {float(places[pupil].get("cy", "")) for pupil in pupils[8:]} == {608.0}


def test_the_picture_for_one_pupil_names_and_ties_nobody_else() -> None:
    made = unnamed_target(FOUND, TARGET, sample.names(), "l22")
    assert svg_texts(made.svg) == ["Noor El Amrani", "Noor El Amrani"]
    assert nodes(made) == {}
    assert ties(made) == []
    assert made.description.startswith("Noor El Amrani: gekozen door")
    assert svg_tree(made.svg).get("role") == "img"


def test_the_same_class_gives_the_same_picture() -> None:
    again = sample.class_sociogram()
    assert sociogram_web(again, web_layout(again), sample.names()).svg == sociogram_web(FOUND, WEB, sample.names()).svg


def test_no_pupil_lies_under_the_room_of_another() -> None:
    for layout, draw in ((TARGET, sociogram_target), (WEB, sociogram_web)):
        made = svg_tree(draw(FOUND, layout, sample.names()).svg)
        rooms = [node for node in made.iter(f"{SVG}circle") if node.get("class") == "pupil__touch"]
        spots = [(float(node.get("cx", "")), float(node.get("cy", "")), float(node.get("r", ""))) for node in rooms]
        assert len(spots) == 30
        assert all(hypot(x - a, y - b) >= r + s - 0.1 for (x, y, r), (a, b, s) in combinations(spots, 2))


def test_where_nothing_is_free_the_name_covers_as_little_as_it_can() -> None:
    crowd = {f"p{i}": (100.0 + 3 * (i % 4), 100.0 + 3 * (i // 4)) for i in range(16)}
    placed = placed_labels(dict.fromkeys(crowd, "Naam"), crowd, radius=10, size=13, width=200, height=200)
    assert set(placed) == set(crowd)
    assert all(label.box.outside(200, 200) == 0 for label in placed.values())
