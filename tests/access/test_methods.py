"""Every other method on every route: nothing is done, nothing is shown, and it says no more than the page itself."""

from collections.abc import Iterable, Iterator
from zlib import crc32

import pytest

from tests.access.expectation import DONE, STATUS, Line, lines
from tests.access.judging import LOGIN, SECOND_STEP, UNDER_HAT, ask, may_know, told
from tests.access.world import World

pytestmark = pytest.mark.django_db
METHODS = ("HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
NOT_DONE = {302, 307, 400, 403, 404, 405}
IN_SHORT = ("anna", "bram", "els", "noor", "anna_by_password", "visitor")


def some_of(things: Iterable[str], about: str, most: int = 1) -> list[str]:
    """A few of them, for each question others."""
    return sorted(things, key=lambda one: crc32(f"{about} {one}".encode()))[:most]


MEANT = {(line.method, line.route) for line in lines()}


def one_per_route() -> Iterator[Line]:
    """In short the first line of each route."""
    seen = set()
    for line in lines():
        if line.route not in seen:
            seen.add(line.route)
            yield line


def others(line: Line) -> Iterator[str]:
    """The methods that this route is not made for; HEAD goes with GET."""
    for method in METHODS:
        if (method, line.route) not in MEANT and not (method == "HEAD" and ("GET", line.route) in MEANT):
            yield method


@pytest.mark.parametrize("line", list(one_per_route()), ids=str)
def test_no_other_method_does_anything(world: World, line: Line, long: bool) -> None:
    if line.route not in UNDER_HAT:
        pytest.skip("of logging in: see tests/web/accounts")
    for method in others(line) if long else some_of(others(line), str(line)):
        for who in world.everybody() if long else some_of(IN_SHORT, f"{method} {line}"):
            asked = ask(world, who, line, method=method)
            assert asked.status in NOT_DONE, (who, method, asked.status)
            assert asked.status not in {302, 307} or asked.place.startswith((LOGIN, SECOND_STEP)), (who, method, asked.place)
            assert not asked.written, (who, method)
            assert asked.lacks == [], (who, method)
            assert told(world, asked.text) <= may_know(who), (who, method)


@pytest.mark.parametrize("line", [line for line in one_per_route() if line.method == "GET"], ids=str)
def test_head_answers_as_get_does_and_shows_nothing(world: World, line: Line, long: bool) -> None:
    for who in world.everybody() if long else some_of(IN_SHORT, f"HEAD {line}"):
        asked = ask(world, who, line, method="HEAD")
        assert (asked.status, asked.text) == (STATUS[line.answer(who, under_hat=line.route in UNDER_HAT)], ""), who
        assert not asked.written


def test_the_people_asked_in_short_get_in_somewhere() -> None:
    for who in IN_SHORT[:-2]:
        assert any(line.answer(who) in DONE for line in lines()), who
