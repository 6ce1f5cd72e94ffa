"""A whole school that answers at once: the respondents on the same machine as the server, with SQLite (FULL) and with PostgreSQL.

Without pause, and in an open loop in which so many saves a second fall due whatever the server does; a teacher looks at pages meanwhile.
Beside it the smallest programs under the same server: one that says 200, and one that does a bare insert of many at a time.
Afterwards what was acknowledged is compared with what the database holds.
"""

import statistics
from collections.abc import Iterator
from typing import Any

from kring.commands.bench import Measured, Peer
from tests.reliability.load.serving import World, bare, load, loading, reading, serving, world
from tests.reliability.load.serving import found as outcome

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
WITHOUT_PAUSE, RATE_ASKED, P95_ASKED = 300, 1500, 250.0
PUPILS, OPEN = 3000, {300: 100.0, 600: 250.0}  # saves a second, and the p95 asked in milliseconds
STAFF = 500.0
TIMES = 3
SECONDS, LONG = 20.0, 300.0
CEILINGS = {"answering": "a server that says 200", "inserting": "a server that inserts in batches"}
AT_MOST = 12.0  # times the time of a save at the ceiling: 11,000 a second is about what it is, 1,500 asked


def measure() -> Iterator[Measured]:
    for database in NAMES:
        with world(database, pupils=PUPILS, schools=3) as school:
            yield from without_pause(school)
            for rate, goal in OPEN.items():
                yield from in_an_open_loop(school, rate, goal)


def without_pause(school: World) -> Iterator[Measured]:
    with serving(school) as server:
        load(school, server.port, seconds=2, respondents=WITHOUT_PAUSE)  # warms up
        runs = [load(school, server.port, seconds=SECONDS, respondents=WITHOUT_PAUSE) for _ in range(TIMES)]
    told = {status: sum(run["told"].get(status, 0) for run in runs) for run in runs for status in run["told"]}
    rates = [run["per second"] for run in runs]
    what = f"one save, {WITHOUT_PAUSE} respondents without pause, {NAMES[school.database]}"
    remark = f"{statistics.median(rates):,.0f} saves a second (asked: {RATE_ASKED:,}); {said(told)}; {kept(school)}"
    yield Measured(what, tuple(1000 / rate for rate in rates), 1000 / RATE_ASKED, remark, tuple(ceilings(school)))
    spread = f"p50 {median(runs, 'p50')} ms, p99 {median(runs, 'p99')} ms"
    yield Measured(f"{what}: p95", tuple(run["p95"] for run in runs), P95_ASKED, spread)


def ceilings(school: World) -> Iterator[Peer]:
    """Milliseconds of a save at the smallest servers that there are."""
    for program, name in CEILINGS.items():
        with serving(school, bare(program), BARE_DATABASE=str(school.home / f"{program}.sqlite3")) as server:
            runs = [load(school, server.port, seconds=SECONDS / 2, respondents=WITHOUT_PAUSE, told="nowhere") for _ in range(TIMES)]
        yield Peer(f"{name} ({median(runs, 'per second'):,.0f}/s)", 1000 / median(runs, "per second"), AT_MOST)


def in_an_open_loop(school: World, rate: int, goal: float) -> Iterator[Measured]:
    with serving(school) as server, reading(school, server.port) as teacher:
        run = outcome(loading(school, server.port, seconds=LONG, rate=rate))
        pages = teacher.found()
    errors = {status: times for status, times in run["told"].items() if status not in {"200", "over a new line"}}
    what = f"{PUPILS:,} pupils, {rate} saves a second fall due, {NAMES[school.database]}"
    remark = f"{run['saves']:,} saves in {LONG:.0f} s; p50 {run['p50']} ms, p99 {run['p99']} ms; {said(errors)}; {kept(school)}"
    yield Measured(f"{what}: p95", (run["p95"] if not errors else float("inf"),), goal, remark)
    yield Measured(f"{what}: p95 of a teacher's pages meanwhile", (pages["p95"],), STAFF, f"{pages['pages']} pages; {said(pages['told'])}")


def said(statuses: dict[str, int]) -> str:
    errors = {status: times for status, times in statuses.items() if times and status not in {"200", "over a new line"}}
    return ", ".join(f"{times} × {status}" for status, times in errors.items()) or "no errors"


def kept(school: World) -> str:
    compared = school.compared()
    if compared["lost"] or compared["wrong"] or not compared["sound"]:
        raise RuntimeError(f"answers that were acknowledged are not there: {compared}")
    return f"{compared['acknowledged']:,} last answers compared, 0 lost"


def median(runs: list[dict[str, Any]], name: str) -> float:
    return float(statistics.median(run[name] for run in runs))
