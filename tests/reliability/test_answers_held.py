"""A whole school answers at once: what was acknowledged stands there, whatever is killed, full, slow, greedy or brought twice.

The server is the one that a school runs, with a database of its own. Each test leaves the server up and goes on where the last one was;
the last test compares all that was acknowledged in between with what stands there. Figures of speed are for `./kring bench`.
"""

import signal
import time
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from tests.reliability.conftest import Held
from tests.reliability.load.bothering import greedy, refused
from tests.reliability.load.copying import copy_of_test_database
from tests.reliability.load.delivering import delivered
from tests.reliability.load.filling_up import small_disk
from tests.reliability.load.plan import read
from tests.reliability.load.serving import Running, Server, World, found, loading, serving, world

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
RESPONDENTS, CHILDREN, ITEMS = {False: 32, True: 300}, {False: 8, True: 125}, 40
SECONDS = {False: 0.5, True: 30.0}
KILLS, GAP = {False: 1, True: 100}, 1.0  # of each database; seconds
TIMES_FULL = {False: 1, True: 20}
TIMES_GREEDY = {False: 1, True: 200}
REFUSED = {
    "ten megabytes": 413,
    "deep": 400,
    "many entries": 400,
    "many keys": 413,
    "no JSON": 400,
    "half": 400,
    "a large number": 400,
    "a place too high": 400,
    "no number": 400,
    "outside the options": 400,
    "no such item": 400,
    "another ticket": 403,
}
FAULTLESS = {"lost": 0, "wrong": 0, "sound": True}

pytestmark = pytest.mark.django_db  # not of the database of the tests, but so that the run on PostgreSQL takes it along


@pytest.fixture(scope="module")
def school(database: str, long: bool, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:  # noqa: ARG001
    with django_db_blocker.unblock():
        made = world(database, pupils=RESPONDENTS[long] + CHILDREN[long], schools=2, copied=copy_of_test_database)
        with made as school:
            yield school


@pytest.fixture(scope="module")
def server(school: World) -> Iterator[Running]:
    with serving(school) as running:
        yield running


def test_answers_brought_twice(server: Running, long: bool, held: Held) -> None:
    told = delivered(server.port, read(server.of.plan), children=CHILDREN[long], seed=7)
    compared = server.of.compared()
    assert set(told["brought"]) == {"200 kept"}
    assert told["handed in"] == {"200 handed_in": 2 * CHILDREN[long]}
    assert compared["handed in"] == told["final"]
    wanted = ITEMS * CHILDREN[long]
    held(
        f"{NAMES[server.of.database]}: two devices of each child bring their answers, each twice and in any order, one in five sealed",
        f"{wanted} final answers in {told['requests']} requests, all right; {CHILDREN[long]} lists handed in twice, each stands there once",
    )


def test_answers_bothered(server: Running, long: bool, held: Held) -> None:
    """Greedy visitors are refused in words, and who saves meanwhile does not notice. (Slow ones wait at the proxy: test_proxies.)"""
    plan = read(server.of.plan)
    bodies = greedy(plan.tickets[0], plan.items[0][0])
    respondents = loading(server.of, server.port, seconds=SECONDS[long], respondents=RESPONDENTS[long])
    statuses = [refused(server.port, bodies) for _ in range(TIMES_GREEDY[long])]
    told = found(respondents)
    assert [one for one in statuses if one != REFUSED] == []
    assert set(told["told"]) <= {"200", "over a new line"}
    assert told["saves"] > 0  # whether all of these stand there is asked by the next test
    held(
        f"{NAMES[server.of.database]}: bodies of 10 MB, JSON 30,000 deep and other rubbish while {RESPONDENTS[long]} save",
        f"{len(statuses)} times {len(REFUSED)} kinds, each refused with its own status; {told['saves']} saves meanwhile, 0 errors",
    )


def test_answers_killed(server: Running, long: bool, held: Held) -> None:
    """The whole server, in the middle of it, with signal 9."""
    respondents = under_way(server, RESPONDENTS[long])
    slowest = 0.0
    try:
        for _ in range(KILLS[long]):
            time.sleep(GAP)
            server.end(signal.SIGKILL)
            start = time.monotonic()
            server.start()
            slowest = max(slowest, time.monotonic() - start)
        time.sleep(GAP)
    finally:
        respondents.terminate()
        told = found(respondents)
    assert told["saves"] > 0
    assert not {one for one in told["told"] if one.startswith(("4", "5")) and one != "503 busy"}, told["told"]
    compared = check(server.of)
    held(
        f"{NAMES[server.of.database]}: the whole server is killed while {RESPONDENTS[long]} save without pause",
        f"{KILLS[long]} kills, {told['saves']} saves acknowledged, 0 lost, {compared['later']} on disk of which nobody heard; "
        f"answers again within {slowest:.1f} s",
    )


@pytest.mark.whole("a disk that is filled to the last byte")
def test_answers_without_room(server: Running, long: bool, held: Held) -> None:
    """A disk that is full refuses in words and keeps what it had; with room again it goes on by itself."""
    with small_disk(server) as (small, fill):
        respondents = under_way(small, RESPONDENTS[long])
        try:
            for _ in range(TIMES_FULL[long]):
                time.sleep(GAP)
                for is_full, status in ((True, "503 full"), (False, "200")):
                    fill(is_full)
                    assert is_heard(small, status)
        finally:
            respondents.terminate()
            told = found(respondents)
        check(small.of)
    assert told["told"].get("503 full", 0) > 0, told["told"]
    assert set(told["told"]) <= {"200", "503 full", "503 busy", "over a new line"}
    saves, full = told["saves"], told["told"]["503 full"]
    how = {"sqlite": "a disk in memory, filled to the last byte", "postgresql": "what PostgreSQL says when a file cannot grow"}
    held(
        f"{NAMES[server.of.database]}: the disk is full while {RESPONDENTS[long]} save ({how[server.of.database]})",
        f"full {TIMES_FULL[long]} times: {saves} saves acknowledged, 0 lost; {full} refused with 503 in words; it went on by itself",
    )


def under_way(server: Running, many: int) -> Server:
    """Respondents of whom some answers stand there already: on a busy machine they are long in coming."""
    acknowledged = server.of.home / "acknowledged"
    before = acknowledged.stat().st_size if acknowledged.exists() else 0
    respondents = loading(server.of, server.port, seconds=10_000, respondents=many)
    while respondents.poll() is None and (not acknowledged.exists() or acknowledged.stat().st_size == before):
        time.sleep(0.1)
    return respondents


def is_heard(server: Running, status: str) -> bool:
    """Whether one more respondent soon hears this: SQLite still has some room in its log when the disk has none."""
    return any(status in found(loading(server.of, server.port, seconds=1, respondents=1))["told"] for _ in range(20))


def check(of: World) -> dict[str, Any]:
    """All that was acknowledged until now stands there."""
    compared = of.compared()
    assert compared.items() >= FAULTLESS.items(), compared
    assert compared["acknowledged"] > 0
    return compared
