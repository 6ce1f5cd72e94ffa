"""A round whose closing is cut off with `kill -9`: closed whole or open whole.

Closed twice at once, and while a list comes in: closed once, and what came in is counted.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from kring.commands import ROOT
from kring.commands.postgres import postgresql
from tests.reliability.conftest import Held

PROGRAM = "import django; django.setup(); from tests.reliability import closing; closing.main()"
SEED = 2026
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
COUNTS = {"sqlite": (3, 60), "postgresql": (1, 30)}  # kills: small, whole
CLASS = 33
OPEN = {"closed": 0, "precisions": 0, "settled": 0, "events": 0}
CLOSED = {"closed": 1, "precisions": 4, "settled": 1, "events": 1}


@pytest.mark.django_db  # not of the database of the tests, but so that the run on PostgreSQL takes it along
def test_close_killed(database: str, tmp_path: Path, long: bool, held: Held) -> None:
    with ExitStack() as stack:
        address = stack.enter_context(postgresql()) if database == "postgresql" else ""
        settings = {"KRING_DATA": str(tmp_path), "KRING_DATABASE": address, "KRING_MODE": "test"}
        path = {"DJANGO_SETTINGS_MODULE": "kring.settings", "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "OPENBLAS_NUM_THREADS": "1"}
        command = (sys.executable, "-c", PROGRAM, str(COUNTS[database][long]), str(SEED))
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, **settings, **path}, check=True, stdout=subprocess.PIPE, text=True)
    *kills, last = map(json.loads, done.stdout.splitlines())
    assert last["before"] == OPEN
    for kill in kills:
        assert kill["left"] in (OPEN, CLOSED)
        assert kill["sound"]
        assert kill["left"] == CLOSED or not kill["done"]
        assert kill["at_last"] == CLOSED
    for one in last["met"]:
        assert_closed_once(one)
    still_open = sum(kill["left"] == OPEN for kill in kills)
    held(
        f"{NAMES[database]}: closing a round is cut off by kill -9, asked twice, and meets a list that comes in",
        f"{len(kills)} kills: {still_open} times open whole, {len(kills) - still_open} times closed whole; closed again after each; of "
        "two one closes, and a list is counted or refused",
    )


def assert_closed_once(one: Mapping[str, Any]) -> None:
    first, came_in, second = one["said"]
    assert sorted((first, second)) == ["RoundAlreadyClosed", "done"]
    assert came_in in {"done", "RoundAlreadyClosed"}
    assert one["lists"] == CLASS - (came_in != "done")
    assert one["counted"] == [one["lists"]]
