"""Does the matrix find what it is for? Holes are planted one by one: a handful in short, all of them with --long."""

import re
from dataclasses import replace

import pytest

from tests.access.expectation import Line, lines
from tests.access.holes import HOLES
from tests.access.judging import judge
from tests.access.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.long]
IN_SHORT = list(HOLES)[:8:2]


def first_difference(world: World, near: str) -> str:
    """The first answer that is not as the file says; lines about the hole are asked first, then all others."""
    ordered = sorted(lines(), key=lambda line: not re.search(near, f"{line} "))
    return next((fault for line in ordered for who in world.everybody() for fault in judged(world, line, who)), "")


def judged(world: World, line: Line, who: str) -> list[str]:
    """A page that breaks is a difference too."""
    try:
        return judge(world, line, who)
    except Exception as broke:  # noqa: BLE001
        return [f"{line} · {who}: it broke, {type(broke).__name__}"]


@pytest.mark.parametrize("hole", HOLES)
def test_a_planted_hole_is_found(world: World, hole: str, long: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not long and hole not in IN_SHORT:
        pytest.skip("one of the holes that are planted with --long")
    near, plant = HOLES[hole]
    plant(monkeypatch)
    found = first_difference(replace(world, absent={}), near)
    print(f"{hole}: found by {found}")
    assert found


def test_there_are_forty() -> None:
    assert len(HOLES) >= 40
