"""The catalogue of directions: every entry whole and within its schema, every mistake in a file named with its place."""

import json
from pathlib import Path

import pytest

from kring import library
from kring.core.instruments import Level
from kring.file_problems import ContentRefused
from kring.library import direction, directions, instruments, newest
from tests.content.test_schemas import plain, schema

FOLDER = library.CONTENT / "catalogue"
NAME = "werk-in-stukken-1.yaml"
GOOD = (FOLDER / NAME).read_text(encoding="utf-8")


def in_folder(folder: Path, text: str) -> Path:
    (folder / "catalogue").mkdir()
    (folder / "catalogue" / NAME).write_text(text)
    return folder


def test_every_entry_fits_its_schema() -> None:
    texts = [path.read_text(encoding="utf-8") for path in FOLDER.glob("*.yaml")]
    assert [error.message for text in texts for error in schema("direction").iter_errors(plain(text))] == []
    assert len(texts) == len(directions()) >= 25
    assert json.dumps(plain(GOOD))  # an editor can read it


def test_every_scale_of_our_lists_has_something_for_a_pupil_and_for_a_class() -> None:
    scales = {scale.key for one in instruments() if one.key.startswith(("kring-leerling", "kring-leerkracht")) for scale in one.scales}
    asked = [
        (scale, level, year) for scale in scales for level, years in ((Level.PUPIL, (1, 5, 10)), (Level.GROUP, (5,))) for year in years
    ]
    assert [one for one in asked if not any(entry.fits(one[0], one[1], (one[2],)) for entry in newest())] == []
    assert {scale for one in directions() for scale in one.scales} <= scales


def test_it_is_found_by_scale_level_and_age_and_as_it_was_chosen() -> None:
    found = direction("mentor-vast-gesprek", 1)
    assert found is not None
    assert found.fits("wellbeing", Level.PUPIL, (9,))
    assert not found.fits("wellbeing", Level.PUPIL, (8,))
    assert not found.fits("wellbeing", Level.GROUP, (9,))
    assert not found.fits("feelings", Level.PUPIL, (9,))
    assert found.fits("wellbeing", Level.PUPIL, ())  # of an age that is not known
    assert direction("mentor-vast-gesprek", 2) is None


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("key: werk-in-stukken", "key: anders", "key"),
        ("levels: [pupil, small_group]", "levels: [everybody]", "levels"),
        ("levels: [pupil, small_group]", "levels: []", "levels"),
        ("year_levels: [1, 14]", "year_levels: [14, 1]", "year_levels"),
        ("scales: [task_approach, confidence]", "scales: []", "scales"),
        ("may_redistribute_text: true", "may_redistribute_text: false", "may_redistribute_text"),
        ("evidence: practice", "evidence: magic", "evidence"),
        ("review_by: 2028-08-01", "review_by: 2020-08-01", "review_by"),
        ("watch:", "watched:", "watch"),
        ("what:", "what: []\nmore:", "what"),
        (GOOD[GOOD.index("what:") : GOOD.index("watch:")], "what: [een, twee]\n", "what"),
        (GOOD, "[", None),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, old: str, new: str, field: str | None) -> None:
    assert old in GOOD
    folder = in_folder(tmp_path, GOOD.replace(old, new))
    with pytest.raises(ContentRefused) as refused:
        directions(folder)
    assert field in {problem.column for problem in refused.value.problems}
