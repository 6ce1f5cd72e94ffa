"""The power is cut while answers are saved: what the save route says to SQLite, on a disk that keeps only what is flushed."""

import json
from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from kring.settings import SQLITE
from tests.reliability.conftest import Held
from tests.reliability.load.copying import copy_of_test_database
from tests.reliability.load.serving import world
from tests.reliability.power_cuts import Cuts

CUTS, SAVES = {False: 40, True: 300}, {False: 100, True: 600}
TRACING = "import django; django.setup(); from tests.reliability.load.tracing import main; main()"
AS_SET = SQLITE["OPTIONS"]["init_command"]


@pytest.fixture(scope="module")
def traced(
    database: str,
    long: bool,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,  # noqa: ARG001
) -> Iterator[tuple[bytes, list[list[str]]]]:
    """The database as it was, and what was said to it in each transaction."""
    if database != "sqlite":
        pytest.skip("PostgreSQL flushes by itself; that it does is asked of it at the start (checks)")
    with django_db_blocker.unblock(), world(database, pupils=20, copied=copy_of_test_database) as school:
        school.asked("-c", TRACING, str(school.plan), str(school.home), str(SAVES[long]))
        yield (school.home / "before.sqlite3").read_bytes(), json.loads((school.home / "statements.json").read_text())


def test_power_cuts(traced: tuple[bytes, list[list[str]]], long: bool, held: Held) -> None:
    cuts = Cuts(*traced, AS_SET)
    for seed in range(CUTS[long]):
        cuts.cut(seed)
    assert {name: cuts.found[name] for name in ("cuts", "corrupt", "half", "lost")} == {
        "cuts": CUTS[long],
        "corrupt": 0,
        "half": 0,
        "lost": 0,
    }
    assert cuts.found["acknowledged"] > 0
    held(
        "SQLite: the power is cut while answers are saved; what was not flushed is dropped, reordered, torn",
        f"{CUTS[long]} cuts in {len(cuts.work)} transactions, {cuts.found['acknowledged']} acknowledged, 0 lost, 0 half, 0 corrupt",
    )


def test_power_cuts_are_seen(traced: tuple[bytes, list[list[str]]]) -> None:
    """The same with a database that does not wait for its flushes."""
    cuts = Cuts(*traced, AS_SET.replace("synchronous=FULL", "synchronous=NORMAL"))
    for seed in range(CUTS[False]):
        cuts.cut(seed)
    assert cuts.found["lost"] > 0
