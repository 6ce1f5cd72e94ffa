"""Profile and distribution: everything said in words too, favourable on the right, colour never alone."""

from datetime import date
from xml.etree import ElementTree as ET

import pytest

from kring.core.bands import Band
from kring.core.instruments import Cuts, Informant
from kring.documents.charts import Chart, ProfileLine, ProfilePoint, profile
from kring.documents.charts.canvas import Axis
from kring.documents.charts.distribution import Dot, distribution
from tests.documents.markup import SVG, svg_texts, svg_tree

UP, DOWN = Cuts(2.25, 2.75, "gekozen", date(2026, 1, 1)), Cuts(2.75, 2.25, "gekozen", date(2026, 1, 1))


def point(informant: Informant, value: float, band: Band = Band.GREEN, *, certain: bool | None = True) -> ProfilePoint:
    return ProfilePoint(informant, value, value - 0.3, value + 0.3, band, certain)


def line(*points: ProfilePoint, title: str = "Plezier", direction: int = 1, cuts: Cuts | None = UP) -> ProfileLine:
    return ProfileLine(title, 1, 4, direction, cuts, points, note="te weinig om iets te zeggen")


def test_favourable_is_always_on_the_right() -> None:
    up, down = Axis(1, 4, 1, 0, 300), Axis(1, 4, -1, 0, 300)
    assert (up.at(1), up.at(4), down.at(1), down.at(4)) == (0, 300, 300, 0)
    assert list(up.areas(UP)) == [(Band.RED, 0, 125), (Band.ORANGE, 125, 175), (Band.GREEN, 175, 300)]
    edges = [edge for _, start, end in down.areas(DOWN) for edge in (start, end)]
    assert edges == pytest.approx([0, 125, 125, 175, 175, 300])


def test_a_place_never_leaves_the_line() -> None:
    assert [Axis(1, 4, 1, 10, 20).at(value) for value in (0.0, 9.0)] == [10, 20]


def test_a_profile_says_in_words_what_it_shows() -> None:
    made = profile("Profiel", [line(point(Informant.PUPIL, 2.9, certain=False))], bar="De streep is 80 %.")
    assert made.description == "Plezier: leerling 2,90 · groen, grensgebied. De streep is 80 %."
    texts = svg_texts(made.svg)
    assert {"Plezier", "2,90 · groen, grensgebied", "rood", "oranje", "groen", "1", "4", "2,25", "2,75"} <= set(texts)
    assert "gestreept: grensgebied" in texts


def test_three_informants_have_three_shapes_on_one_line() -> None:
    made = profile("Profiel", [line(*(point(one, 3.0) for one in Informant if one is not Informant.STAFF))], bar="80 %")
    shown = svg_texts(made.svg)
    assert shown.count("Plezier") == 1
    assert {"leerling", "leerkracht", "ouder of verzorger"} <= set(shown)
    filled = [
        node for node in svg_tree(made.paper).iter() if node.get("fill") in {"#11506a", "#1f2b33", "#7a4470"} and node.tag != f"{SVG}text"
    ]
    assert {node.tag.removeprefix(SVG) for node in filled} == {"circle", "rect", "path"}


def test_a_line_without_a_score_says_so() -> None:
    made = profile("Profiel", [line()], bar="80 %")
    assert "te weinig om iets te zeggen" in svg_texts(made.svg)
    assert made.description.startswith("Plezier: te weinig om iets te zeggen")


def test_without_chosen_limits_there_is_no_colour_in_word_or_area() -> None:
    made = profile("Profiel", [line(point(Informant.PUPIL, 3.0, Band.NO_SCORE, certain=None), cuts=None)], bar="80 %")
    texts = svg_texts(made.svg)
    assert "3,00" in texts
    assert not {"rood", "oranje", "groen"} & set(texts)
    assert "#fbe7e3" not in made.paper


def test_unknown_certainty_is_not_called_certain_or_border() -> None:
    assert point(Informant.PUPIL, 3.0, certain=None).verdict == "3,00 · groen"


def dots(*bands: Band) -> list[Dot]:
    places = {Band.RED: 1.8, Band.ORANGE: 2.4, Band.GREEN: 3.4}
    return [Dot(places[band], band, certain=True) for band in bands]


def shapes(made: Chart) -> list[ET.Element]:
    return [node for node in svg_tree(made.paper) if node.tag in {f"{SVG}circle", f"{SVG}path"}]


def counted(bands: list[Band], unscored: int = 0) -> dict[Band, int]:
    return {band: bands.count(band) for band in (Band.RED, Band.ORANGE, Band.GREEN)} | {Band.NO_SCORE: unscored}


@pytest.mark.parametrize("direction", [1, -1])
def test_every_pupil_is_one_dot_and_every_band_is_counted_in_words(direction: int) -> None:
    bands = [Band.RED, *[Band.ORANGE] * 2, *[Band.GREEN] * 4]
    made = distribution("Plezier", dots(*bands), low=1, high=4, direction=direction, cuts=UP, counts=counted(bands, 2))
    assert len(shapes(made)) == 7
    assert {"1 rood", "2 oranje", "4 groen", "2 geen score"} <= set(svg_texts(made.svg))
    assert made.description.startswith("9 leerlingen: 1 rood, 2 oranje, 4 groen, 2 geen score.")


def test_nobody_without_a_score_is_not_mentioned_in_the_picture() -> None:
    made = distribution("Plezier", dots(Band.GREEN), low=1, high=4, direction=1, cuts=UP, counts=counted([Band.GREEN]))
    assert "0 geen score" not in svg_texts(made.svg)


def test_a_dot_stands_in_the_area_of_its_own_colour() -> None:
    on_the_limit = [Dot(2.25, Band.ORANGE, certain=False), Dot(2.2499, Band.RED, certain=False), Dot(2.75, Band.GREEN, certain=True)]
    made = distribution("Plezier", on_the_limit, low=1, high=4, direction=1, cuts=UP, counts=counted([Band.RED, Band.ORANGE, Band.GREEN]))
    green = next(node for node in svg_tree(made.paper).iter(f"{SVG}circle"))
    assert float(green.get("cx", "")) > 10 + 360 * (2.75 - 1) / 3


def test_a_big_class_still_fits_in_the_height() -> None:
    made = distribution("Plezier", dots(*[Band.GREEN] * 80), low=1, high=4, direction=1, cuts=UP, counts=counted([Band.GREEN] * 80))
    assert all(float(node.get("cy", "50")) > 0 for node in svg_tree(made.paper).iter(f"{SVG}circle"))


def test_an_empty_distribution_is_still_a_picture() -> None:
    made = distribution("Plezier", [], low=1, high=4, direction=1, cuts=None, counts=counted([]))
    assert svg_tree(made.svg).get("role") == "img"


def test_every_chart_has_a_title_and_a_description_first() -> None:
    made = profile("Profiel <&>", [line(point(Informant.PUPIL, 2.0))], bar="80 %")
    root = svg_tree(made.svg)
    assert [child.tag for child in list(root)[:2]] == [f"{SVG}title", f"{SVG}desc"]
    assert (root[0].text, root.get("aria-label"), root.get("role")) == ("Profiel <&>", "Profiel <&>", "img")
    assert "style" not in {name for node in root.iter() for name in node.attrib}
    assert str(made) == made.svg == made.__html__()


def test_an_area_too_narrow_for_its_name_goes_without() -> None:
    narrow = Cuts(2.7, 2.75, "gekozen", date(2026, 1, 1))
    assert "oranje" not in svg_texts(profile("Profiel", [line(point(Informant.PUPIL, 3.0), cuts=narrow)], bar="80 %").svg)
