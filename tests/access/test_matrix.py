"""Every route, asked by everybody: what comes back equals the expectation file, and nothing leaks."""

import pytest

from kring.web.checks import all_routes
from tests.access.expectation import Line, lines
from tests.access.judging import UNDER_HAT, absent, ask, judge
from tests.access.world import World

pytestmark = pytest.mark.django_db
LINES = lines()
DEMO_ONLY = {"demo_login"}  # the route does not exist outside a demo


@pytest.mark.parametrize("line", LINES, ids=str)
def test_everybody_gets_what_the_file_says(world: World, line: Line) -> None:
    assert [fault for who in world.everybody() for fault in judge(world, line, who)] == []


@pytest.mark.parametrize("line", [line for line in LINES if line.objects], ids=str)
def test_what_is_foreign_looks_like_what_is_absent(world: World, line: Line) -> None:
    """To the letter, and in where it leads."""
    for who in world.actors:
        if line.answer(who, under_hat=line.route in UNDER_HAT) == "nothing":
            foreign, missing = ask(world, who, line), ask(world, who, line, keys=absent(world, line))
            assert (foreign.status, foreign.place, foreign.text) == (missing.status, missing.place, missing.text), who


def routes_not_in_the_file(file: list[Line]) -> set[str | None]:
    return {route.name for _, route in all_routes()} - {line.route for line in file} - DEMO_ONLY


def test_every_route_stands_in_the_file() -> None:
    assert routes_not_in_the_file(LINES) == set()


def test_a_route_that_is_not_in_the_file_is_found() -> None:
    assert routes_not_in_the_file([line for line in LINES if line.route != "pupil_pdf"]) == {"pupil_pdf"}


def test_a_line_without_a_route_is_found() -> None:
    assert {line.route for line in LINES} <= {route.name for _, route in all_routes()}
