"""A whole school answers at once: what was acknowledged stands there, whatever is killed, cut off, full, slow or brought twice.

The server is the one that a school runs, with its own database; figures of speed are for `./kring bench`.
"""

import json
import signal
import time
from collections.abc import Iterator

import pytest

from kring.settings import SQLITE
from tests.reliability.conftest import Held
from tests.reliability.load import serving
from tests.reliability.load.bothering import a_little_more, greedy, refused, slow
from tests.reliability.load.filling_up import small_disk
from tests.reliability.load.plan import read
from tests.reliability.load.serving import SCHOOL, World, ended, found, loading, started, world
from tests.reliability.power_cuts import Cuts

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
RESPONDENTS, CHILDREN = {False: 16, True: 300}, {False: 8, True: 125}
SECONDS = {False: 0.5, True: 30.0}
KILLS, GAP = {False: 2, True: 100}, 0.7
CUTS, TRACED = {False: 20, True: 300}, {False: 120, True: 600}
TIMES_FULL = {False: 1, True: 20}
SLOW = {False: 20, True: 500}
ITEMS = 40
FAULTLESS = {"lost": 0, "wrong": 0, "sound": True}
PROGRAM = "import django; django.setup(); from tests.reliability.load.{} import main; main()"

pytestmark = pytest.mark.django_db  # not of the database of the tests, but so that the run on PostgreSQL takes it along


@pytest.fixture(scope="module")
def school(database: str, long: bool) -> Iterator[World]:
    with world(database, pupils=RESPONDENTS[long] + CHILDREN[long], schools=2) as made:
        yield made


def test_answers_brought_twice(school: World, long: bool, held: Held) -> None:
    wanted = ITEMS * CHILDREN[long]
    with serving.serving(school) as port:
        told = school.asked("-c", PROGRAM.format("delivering"), str(port), str(school.plan), str(wanted), "7")
    assert set(told["brought"]) == {"200 kept"}
    assert told["handed in"] == {"200 handed_in": 2 * CHILDREN[long]}
    assert not {one for one in told["late"] if one.startswith("200") and one != "200 set_aside"}
    assert school.asked("-c", SCHOOL, "handed_in", str(school.plan)) == told["final"]
    held(
        f"{NAMES[school.database]}: two devices of each child bring their answers, each twice and in any order, one in five sealed",
        f"{wanted} final answers in {told['requests']} requests, all right; {CHILDREN[long]} lists handed in twice, each stands there once",
    )


def test_answers_killed(school: World, long: bool, held: Held) -> None:
    """The whole server, in the middle of it, with signal 9."""
    school.told.write_bytes(b"")
    port = serving.free_port(8950)
    server = started(school, serving.gunicorn(f"127.0.0.1:{port}"), port)
    respondents = loading(school, port, seconds=10_000, respondents=RESPONDENTS[long])
    slowest = 0.0
    try:
        for _ in range(KILLS[long]):
            time.sleep(GAP)
            ended(server, signal.SIGKILL)
            start = time.monotonic()
            server = started(school, serving.gunicorn(f"127.0.0.1:{port}"), port)
            slowest = max(slowest, time.monotonic() - start)
        time.sleep(GAP)
    finally:
        respondents.terminate()
        told = found(respondents)
        ended(server)
    compared = school.compared()
    assert told["saves"] > 0
    assert compared.items() >= FAULTLESS.items(), compared
    assert not {one for one in told["told"] if one.startswith("5") and one != "503"}, told["told"]
    held(
        f"{NAMES[school.database]}: the whole server is killed while {RESPONDENTS[long]} save without pause",
        f"{KILLS[long]} kills, {told['saves']} saves acknowledged, 0 lost, {compared['later']} on disk of which nobody heard; "
        f"answers again within {slowest:.1f} s",
    )


def test_answers_without_room(school: World, long: bool, held: Held) -> None:
    """A disk that is full refuses in words and keeps what it had; with room again it goes on by itself."""
    school.told.write_bytes(b"")
    with small_disk(school) as (small, fill), serving.serving(small) as port:
        respondents = loading(small, port, seconds=10_000, respondents=RESPONDENTS[long])
        try:
            for _ in range(TIMES_FULL[long]):
                for is_full in (True, False):
                    time.sleep(GAP)
                    fill(is_full)
            time.sleep(GAP)
            goes_on = found(loading(small, port, seconds=0.2, respondents=1))["saves"]
        finally:
            respondents.terminate()
            told = found(respondents)
        compared = small.compared()
    assert told["told"].get("507", 0) > 0, told["told"]
    assert set(told["told"]) <= {"200", "507", "503", "over a new line"}
    assert goes_on > 0
    assert compared.items() >= FAULTLESS.items(), compared
    how = {"sqlite": "a disk in memory, filled to the last byte", "postgresql": "what PostgreSQL says when a file cannot grow"}
    held(
        f"{NAMES[school.database]}: the disk is full while {RESPONDENTS[long]} save ({how[school.database]})",
        f"full {TIMES_FULL[long]} times: {told['saves']} saves acknowledged, 0 lost; {told['told']['507']} times 507; it went on by itself",
    )


def test_answers_bothered(school: World, long: bool, held: Held) -> None:
    """Slow and greedy visitors are refused in words, and who saves meanwhile does not notice."""
    school.told.write_bytes(b"")
    plan = read(school.plan)
    bodies = greedy(plan.tickets[0], plan.items[0][0])
    with serving.serving(school) as port, slow(port, count=SLOW[long]) as lines:
        respondents = loading(school, port, seconds=SECONDS[long], respondents=RESPONDENTS[long])
        statuses = refused(port, bodies)
        a_little_more(lines)
        told = found(respondents)
    assert {name: status for name, status in statuses.items() if not 400 <= status < 500 and status} == {}
    assert set(told["told"]) <= {"200", "over a new line"}
    assert school.compared().items() >= FAULTLESS.items()
    held(
        f"{NAMES[school.database]}: {SLOW[long]} visitors who never finish a request, bodies of 10 MB, JSON 30,000 deep and other rubbish",
        f"each refused with its own status ({len(bodies)} kinds, no 5xx); {told['saves']} saves meanwhile, 0 errors, 0 lost",
    )


def test_power_cuts(school: World, long: bool, held: Held) -> None:
    if school.database != "sqlite":
        pytest.skip("PostgreSQL flushes by itself; what it promises is asked of it at the start (checks)")
    told = school.asked("-c", PROGRAM.format("tracing"), str(school.plan), str(school.home), str(TRACED[long]))
    before, work = (school.home / "before.sqlite3").read_bytes(), json.loads((school.home / "statements.json").read_text())
    cuts = Cuts(before, work, SQLITE["OPTIONS"]["init_command"])
    for seed in range(CUTS[long]):
        cuts.cut(seed)
    assert cuts.found.items() >= {"cuts": CUTS[long], "corrupt": 0, "half": 0, "lost": 0}.items()
    assert cuts.found["acknowledged"] > 0
    held(
        "SQLite: the power is cut while answers are saved: what was not flushed is dropped, reordered, torn",
        f"{CUTS[long]} cuts in {told['transactions']} transactions, {cuts.found['acknowledged']} acknowledged, 0 lost, 0 half, 0 corrupt",
    )


def test_power_cuts_are_seen(school: World) -> None:
    """The same cuts with a database that does not wait for its flushes: the proof sees what is lost."""
    if school.database != "sqlite":
        pytest.skip("of SQLite")
    before, work = (school.home / "before.sqlite3").read_bytes(), json.loads((school.home / "statements.json").read_text())
    cuts = Cuts(before, work, SQLITE["OPTIONS"]["init_command"].replace("synchronous=FULL", "synchronous=NORMAL"))
    for seed in range(CUTS[False]):
        cuts.cut(seed)
    assert cuts.found["lost"] > 0
