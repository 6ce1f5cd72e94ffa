"""Every route, asked by everybody: what comes back equals the expectation file, nothing leaks, and foreign looks like absent."""

from collections.abc import Iterable
from zlib import crc32

import pytest

from kring.web.checks import all_routes
from tests.access.expectation import Line, expectations, lines, read
from tests.access.judging import UNDER_HAT, ask, judge, may_know, told
from tests.access.world import World

pytestmark = pytest.mark.django_db
LINES = lines()
FIRST_LINES = {str(line) for line in {(line.method, line.route): line for line in reversed(LINES)}.values()}
BEFORE_ANY_ROW = frozenset({"login", "second step"})
DEMO_ONLY = {"demo_login"}  # the route does not exist outside a demo


def asked_now(line: Line, people: Iterable[str], *, long: bool) -> list[str]:
    """In short one of those who get the same answer, on every line another; with --long everybody.

    Who must log in or show a second factor hears so before any row is looked for: in short on the first line of a route.
    """
    alike: dict[str, list[str]] = {}
    left_out = frozenset() if long or str(line) in FIRST_LINES else BEFORE_ANY_ROW
    for who in people:
        answer = line.answer(who, under_hat=line.route in UNDER_HAT)
        if answer not in left_out:
            alike.setdefault(answer, []).append(who)
    in_turn = [sorted(some, key=lambda who: crc32(f"{line} {who}".encode())) for some in alike.values()]
    return [who for some in in_turn for who in (some if long else some[:1])]


@pytest.mark.parametrize("line", LINES, ids=str)
def test_everybody_gets_what_the_file_says(world: World, line: Line, long: bool) -> None:
    assert [fault for who in asked_now(line, world.everybody(), long=long) for fault in judge(world, line, who)] == []


IN_SHORT = 10
WHO_KNOWS = sorted({who for people in expectations().knows.values() for who in people})


@pytest.mark.parametrize("who", WHO_KNOWS)
def test_what_somebody_may_know_is_somewhere(world: World, who: str, long: bool) -> None:
    if not long and crc32(who.encode()) % IN_SHORT:
        pytest.skip("asked of everybody with --long; of a few here")
    found = set()
    for line in LINES:
        if line.method == "GET" and line.answer(who, under_hat=line.route in UNDER_HAT).startswith("page"):
            found |= told(world, ask(world, who, line).text)
    assert found | {f"name-{who}"} == may_know(who) | {f"name-{who}"}  # one's own name need not stand anywhere


def routes_not_in_the_file(file: list[Line]) -> set[str | None]:
    return {route.name for _, route in all_routes()} - {line.route for line in file} - DEMO_ONLY


def test_every_route_stands_in_the_file() -> None:
    assert routes_not_in_the_file(LINES) == set()


def test_a_route_that_is_not_in_the_file_is_found() -> None:
    gone = [line for line in LINES if line.route != "pupil_pdf"]
    assert routes_not_in_the_file(gone) - routes_not_in_the_file(LINES) == {"pupil_pdf"}


def test_a_line_without_a_route_is_found() -> None:
    assert {line.route for line in LINES} <= {route.name for _, route in all_routes()}


def test_every_person_in_the_file_exists(world: World) -> None:
    """A name that was mistyped would quietly be nobody."""
    named = {who for line in LINES for who in (*line.answers, *line.otherwise)} | set(WHO_KNOWS) | set(expectations().always)
    assert named - set(world.everybody()) - {"everybody"} == set()
    assert set(expectations().knows) == set(world.tells)


def test_a_line_goes_on_and_a_word_stands_for_people() -> None:
    found = read(
        "team = anna dora\nALWAYS lars: as visitor\nGET home - | team: page;\n  everybody but wim: onward\n# no\nKNOWS a b | team\n"
    )
    line = found.lines[0]
    assert [line.answer(who) for who in ("dora", "carla", "wim", "lars", "visitor")] == ["page", "onward", "nothing", "login", "login"]
    assert found.knows == {"a": {"anna", "dora"}, "b": {"anna", "dora"}}
