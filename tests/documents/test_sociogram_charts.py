"""Sociograms: every pupil named and reachable, names apart, choices only where they may be seen."""

from itertools import combinations
from math import hypot

import numpy as np
import pytest

from kring.core.sociometry import Edge, Participation, nominations_from, sociogram, target_layout, web_layout
from kring.documents.charts import Chart, sociogram_target, sociogram_web
from kring.documents.charts.labels import placed_labels
from kring.documents.charts.sociogram import HEIGHT, WIDTH, unnamed_target
from kring.documents.lettering import short_names
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
    selected = ties(sociogram_target(FOUND, TARGET, sample.names(), selected="l02"))
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
    made = ties(sociogram_web(FOUND, WEB, sample.names(), selected="l02"))
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


@pytest.mark.parametrize("count", [9, 18, 26, 30, 34])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_names_cover_no_other_name_and_stay_on_the_canvas(count: int, seed: int) -> None:
    found = sample.class_sociogram(count=count, seed=seed, absent=1)
    layout = target_layout(found)
    names = short_names(sample.names(count))
    places = {pupil: (WIDTH / 2 + 300 * x, 322 - 300 * y) for pupil, x, y in zip(layout.pupils, layout.x, layout.y)}
    placed = placed_labels(names, places, radius=10.5, size=13.5, width=WIDTH, height=HEIGHT)
    assert all(label.box.outside(WIDTH, HEIGHT) == 0 for label in placed.values())
    assert [(a.text, b.text) for a, b in combinations(placed.values(), 2) if a.box.overlap(b.box) > 4] == []


def test_pupils_without_ties_do_not_press_the_others_together() -> None:
    edges = [Edge(f"l{i:02d}", f"l{i % 8 + 1:02d}") for i in range(1, 9)]
    pupils = [f"l{i:02d}" for i in range(1, 11)]
    found = sociogram(
        nominations_from(pupils, edges, dict.fromkeys(pupils, Participation.EMPTY) | dict.fromkeys(pupils[:8], Participation.DONE))
    )
    made = svg_tree(sociogram_web(found, web_layout(found), sample.names(10)).svg)
    places = {node.get("data-pupil"): next(node.iter(f"{SVG}circle")) for node in made.iter(f"{SVG}g") if node.get("data-pupil")}
    across = [float(places[pupil].get("cx", "")) for pupil in pupils[:8]]
    assert max(across) - min(across) == pytest.approx(620, abs=1)
    assert {float(places[pupil].get("cy", "")) for pupil in pupils[8:]} == {610.0}


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
