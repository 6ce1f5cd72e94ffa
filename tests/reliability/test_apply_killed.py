"""An upload whose applying is cut off with `kill -9`: all of it is there or nothing, and what was answered stays.

The kills happen in a program of their own (`applying.py`), on SQLite in a file or on a PostgreSQL of its own.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from kring.commands import ROOT
from kring.commands.postgres import postgresql
from tests.reliability.conftest import Held

PROGRAM = "import django; django.setup(); from tests.reliability import applying; applying.main()"
SEED = 2026
APPLIED, REFUSED = 302, 409
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
COUNTS = {"sqlite": (3, 100), "postgresql": (2, 50)}  # kills: small, whole
CLASS = ROOT / "examples" / "klas"
Kill = Mapping[str, Any]


@pytest.mark.django_db  # not of the database of the tests, but so that the run on PostgreSQL takes it along
def test_apply_killed(database: str, tmp_path: Path, long: bool, held: Held) -> None:
    kills, last = killed(database, tmp_path, COUNTS[database][long])
    whole = last["whole"]
    assert whole.items() >= in_the_files().items()
    for kill in kills:
        assert_all_or_nothing(kill, whole)
    assert last["at the end"] == [whole] * len(kills)
    held(f"{NAMES[database]}: applying a class is cut off by kill -9; all of it or nothing; what was answered stays", told(kills, whole))


def killed(database: str, data: Path, count: int) -> tuple[Sequence[Kill], Mapping[str, Any]]:
    with ExitStack() as stack:
        address = stack.enter_context(postgresql()) if database == "postgresql" else ""
        settings = {"KRING_DATA": str(data), "KRING_DATABASE": address, "KRING_MODE": "test", "DJANGO_SETTINGS_MODULE": "kring.settings"}
        path = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "OPENBLAS_NUM_THREADS": "1"}
        command = (sys.executable, "-c", PROGRAM, str(count), str(SEED))
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, **settings, **path}, check=True, stdout=subprocess.PIPE, text=True)
    *kills, last = map(json.loads, done.stdout.splitlines())
    assert len(kills) == count
    return kills, last


def in_the_files() -> dict[str, int]:
    """What applying must bring, counted in the files themselves: two waves of answers and choices."""
    rows = {name: len((CLASS / f"{name}.csv").read_text("utf-8").splitlines()) - 1 for name in ("pupils", "nominations", "participation")}
    people = {"Pupil": rows["pupils"], "Enrolment": rows["pupils"], "ListedPupil": rows["participation"]}
    return people | {"Nomination": rows["nominations"], "Round": 4, "Sociogram": 2, "StoredFile": 0, "applied": 1, "events": 1}


def assert_all_or_nothing(kill: Kill, whole: Mapping[str, int]) -> None:
    assert kill["before"]["Pupil"] == kill["before"]["Round"] == kill["before"]["applied"] == 0
    assert kill["left"] in (kill["before"], whole)
    assert kill["sound"]
    if kill["answered"]:
        assert (kill["answered"], kill["left"]) == (APPLIED, whole)
    assert kill["again"] == (REFUSED if kill["left"] == whole else APPLIED)
    assert kill["at_last"] == whole


def told(kills: Sequence[Kill], whole: Mapping[str, int]) -> str:
    nothing = sum(kill["left"] == kill["before"] for kill in kills)
    answered = sum(kill["answered"] == APPLIED for kill in kills) + sum(kill["again"] == APPLIED for kill in kills)
    rows = sum(max(0, count - kills[0]["before"][name]) for name, count in whole.items())
    return (
        f"{len(kills)} kills: {nothing} times nothing, {len(kills) - nothing} times all {rows} rows, never a part; "
        f"applied again after each; {answered} answered and then killed, 0 lost"
    )
