"""The writer of the log: what is acknowledged is there, in chains without gaps, whatever threads, processes, kills and locks do.

It happens in a program of its own (`writing.py`), on SQLite in a file or on a PostgreSQL of its own.
"""

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from kring.commands import ROOT
from kring.commands.postgres import postgresql
from tests.reliability.conftest import Held

PROGRAM = "import django; django.setup(); from tests.reliability import writing; writing.main()"
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
COUNTS = {False: (2, 4, 10), True: (4, 16, 250)}  # processes, threads, writes of each: small, whole
SOUND = {"sound": [True, True, True], "lost": 0, "told twice": 0}


@pytest.mark.django_db  # not of the database of the tests, but so that the run on PostgreSQL takes it along
def test_writer(database: str, tmp_path: Path, long: bool, held: Held) -> None:
    processes, threads, writes = COUNTS[long]
    found = answers(database, tmp_path, COUNTS[long])
    asked = processes * threads * writes
    assert found["together"] == {"acknowledged": asked, "asked": asked, **SOUND}
    assert found["killed"].items() >= SOUND.items()
    assert found["killed"]["acknowledged"] > 0
    assert found["poison"] == {"outcomes": ["NotWritten"] * 5 + ["ZeroDivisionError"] * 5 + ["kept"] * 5, "kept": 5, **SOUND}
    assert found["joins"] == {"kept": 0}
    assert found["forked"] == {"kept": 3}
    assert found["too_late"] == {"outcome": "NotWritten", "kept": 0}
    assert found["locked"] == {"outcome": "NotWritten", "in time": True, "kept at most": True, **SOUND}
    assert found["crossing"] == {"outcomes": ["done", "done"], **SOUND}
    assert found["batches"] == {"works": [1, 40]}
    held(
        f"{NAMES[database]}: readings written by {processes} processes of {threads} threads, also killed in the middle of it",
        f"{asked} acknowledged and there; then killed: {found['killed']['acknowledged']} acknowledged, 0 lost; every chain whole",
    )


def answers(database: str, data: Path, counts: tuple[int, int, int]) -> dict[str, Any]:
    with ExitStack() as stack:
        address = stack.enter_context(postgresql()) if database == "postgresql" else ""
        settings = {"KRING_DATA": str(data), "KRING_DATABASE": address, "KRING_MODE": "test", "DJANGO_SETTINGS_MODULE": "kring.settings"}
        path = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "OPENBLAS_NUM_THREADS": "1"}
        command = (sys.executable, "-c", PROGRAM, *map(str, counts))
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, **settings, **path}, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = {}
    for line in done.stdout.splitlines():
        found |= json.loads(line)
    return found
