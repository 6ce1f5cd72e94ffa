"""Processes that are killed, a disk that is full, a database that is cut off: what was acknowledged stays, and the rest is said.

It happens in a program of its own (`restarting.py`), on SQLite in a file or on a PostgreSQL of its own.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kring.commands import ROOT
from tests.reliability.conftest import Held

PROGRAM = "from tests.reliability.restarting import main; main()"
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
COUNTS = {"sqlite": {False: (1, 0, 0.0), True: (12, 0, 0.0)}, "postgresql": {False: (0, 2, 1.5), True: (12, 15, 20.0)}}
"""Workers killed, databases cut off, seconds in between: small, whole."""


@pytest.mark.django_db  # not of the database of the tests, but so that the run on PostgreSQL takes it along
def test_restart(database: str, tmp_path: Path, long: bool, held: Held) -> None:
    kills, cuts, gap = COUNTS[database][long]
    found = answers(database, tmp_path, kills, cuts, gap)
    assert found["claimed"] == {"hours": 15, "most": 1}
    assert found["full"] == {"before": 200, "full": [507] * 3, "lost": 0, "goes on": 200, "again": 200, "sound": True}
    told = [check_killed(found["killed"], kills)] if kills else []
    told += [check_cut_off(found["cut off"], cuts)] if cuts else []
    claim = "workers are killed, the disk is full, the database is cut off under load; nothing acknowledged is lost"
    held(f"{NAMES[database]}: {claim}", "; ".join(told))


def check_killed(killed: dict[str, Any], kills: int) -> str:
    """Every other job may be repeated: another worker takes it up. The rest is said to have failed."""
    for number, (_repeatable, *fate, done) in enumerate(killed["fates"]):
        assert fate == (["failed", 1, "cut_off"] if number % 2 else ["done", 2, ""])
        assert (done == 20) is (number % 2 == 0)
    again, failed = (kills + 1) // 2, kills // 2
    assert killed["files"] == again
    assert killed["queue"] == {"SUCCESSFUL": again} | ({"FAILED": failed} if failed else {})
    assert killed["chores"] == ["done"]
    assert killed["stopped"] == [0, 0]  # the exit code of the schedule, and nothing of it left
    ends = f"{again} jobs taken up and done, {failed} said to have failed, slowest after {killed['slowest']:.1f} s"
    return f"{kills} workers killed: {ends}; the schedule stopped after {killed['stopped after']:.1f} s"


def check_cut_off(found: dict[str, Any], cuts: int) -> str:
    """Every answer is a page or a 503 that says when to come back; what was shown is in the log; every letter arrived."""
    assert (found["told"].keys() <= {"200", "503 later"}, found["lost"], found["sound"]) == (True, 0, True), found
    assert found["told"]["200"] > 0
    assert (found["letters"], found["left"]) == (found["of"], 0)
    shown, refused = found["told"]["200"], found["told"].get("503 later", 0)
    return (
        f"cut off {cuts} times: {shown} pages shown, 0 missing in the log, {refused} times 503 with Retry-After and no other error; "
        f"{found['letters']} letters of {found['of']} delivered, {found['twice']} twice"
    )


def answers(database: str, data: Path, kills: int, cuts: int, gap: float) -> dict[str, Any]:
    settings = {"KRING_DATA": str(data), "KRING_DATABASE": "", "KRING_MODE": "demo", "DJANGO_SETTINGS_MODULE": "kring.settings"}
    path = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "OPENBLAS_NUM_THREADS": "1"}
    command = (sys.executable, "-c", PROGRAM, database, *map(str, (kills, cuts, gap)))
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **settings, **path}, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = {}
    for line in done.stdout.splitlines():
        if line.startswith("{"):
            found |= json.loads(line)
    return found
