"""What may be tried in a plan: every entry whole, on four levels, for every goal and every age; a mistake is named with its place."""

from itertools import product
from pathlib import Path

import pytest

from kring import library
from kring.core.deepening import Level
from kring.core.small_trials import GoalType, check_core_steps
from kring.file_problems import ContentRefused
from kring.library import intervention, interventions

FOLDER = library.CONTENT / "interventions"
NAME = "family-1.yaml"
GOOD = (FOLDER / NAME).read_text(encoding="utf-8")


def test_there_are_thirty_on_four_levels_each_with_steps_to_carry_out() -> None:
    found = interventions()
    assert len(found) >= 30
    assert {one.level for one in found} == {*Level}
    assert len({one.key for one in found}) == len(found)
    for one in found:
        check_core_steps(len(one.core_steps), 6)


def test_every_goal_has_an_idea_at_every_age() -> None:
    asked = product(GoalType, range(1, 15))
    assert [one for one in asked if not any(idea.answers(one[0], "") and idea.is_for((one[1],)) for idea in interventions())] == []


def test_it_is_found_by_key_goal_level_and_age() -> None:
    found = intervention("goed-gedrag-spel")
    assert found is not None
    assert found.answers("motivation", "group")
    assert not found.answers("relation", "")
    assert not found.answers("", "pupil")
    assert (found.is_for((8,)), found.is_for((9,)), found.is_for(())) == (True, False, True)
    assert intervention("bestaat-niet") is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("level: family", "level: everybody"),
        ("version: 1", "version: 2"),
        ("may_redistribute_text: true", "may_redistribute_text: false"),
        ("review_by: 2028-08-01", "review_by: 2020-08-01"),
        ("types: [relation, surroundings]", "types: []"),
        ("times_a_week: 1", "times_a_week: 9"),
        ("year_levels: [1, 14]", "year_levels: [14, 1]"),
        ("evidence: practice", "evidence: magic"),
        ("      - Vraag de ouders wat thuis helpt.\n      - Vertel wat op school helpt.\n", ""),
        (GOOD, "["),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, old: str, new: str) -> None:
    assert old in GOOD
    (tmp_path / "interventions").mkdir()
    (tmp_path / "interventions" / NAME).write_text(GOOD.replace(old, new, 1))
    with pytest.raises(ContentRefused) as refused:
        interventions(tmp_path)
    assert refused.value.problems
