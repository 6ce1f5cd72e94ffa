"""The change of the school year cut off with `kill -9`, and asked twice: all of it or nothing (security.md 5.2, number 18)."""

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

PROGRAM = "import django; django.setup(); from tests.reliability import changing_year; changing_year.main()"
SEED = 2026
SET, STANDS = 302, 200
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
SIZES = {"sqlite": ((3, 100), (40, 3000)), "postgresql": ((1, 100), (20, 3000))}  # kills and pupils: small, whole
CLASS = 25


@pytest.mark.whole("a change of the school year, killed again and again")
@pytest.mark.django_db  # not of the database of the tests, but so that the run on PostgreSQL takes it along
def test_year_change_killed(database: str, tmp_path: Path, long: bool, held: Held) -> None:
    count, pupils = SIZES[database][long]
    *kills, together = killed(database, tmp_path, count, pupils)
    assert_nobody_is_lost(together)
    for kill in kills:
        assert_all_or_nothing(kill, pupils)
    nothing = sum(kill["left"] == kill["before"] for kill in kills)
    slowest = max(kill["ask_ms"] for kill in kills) / 1000
    held(
        f"{NAMES[database]}: a change of the school year of {pupils} pupils, cut off by kill -9 and asked twice: all of it or nothing",
        f"{count} kills: {nothing} times nothing, {count - nothing} times all, never a part; asked again after each, a second time "
        f"changes nothing; the old teacher sees {CLASS} pupils up to the minute and 0 from it on; setting took at most {slowest:.1f} s",
    )


def killed(database: str, data: Path, count: int, pupils: int) -> Sequence[Mapping[str, Any]]:
    with ExitStack() as stack:
        address = stack.enter_context(postgresql()) if database == "postgresql" else ""
        settings = {"KRING_DATA": str(data), "KRING_DATABASE": address, "KRING_MODE": "test", "DJANGO_SETTINGS_MODULE": "kring.settings"}
        path = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "OPENBLAS_NUM_THREADS": "1"}
        command = (sys.executable, "-c", PROGRAM, str(count), str(pupils), str(SEED))
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, **settings, **path}, check=True, stdout=subprocess.PIPE, text=True)
    kills = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(kills) == count + 1
    return kills


def assert_nobody_is_lost(together: Mapping[str, Any]) -> None:
    """Beside a list of pupils that is taken over, and a round that is closed, at the same moment."""
    roster, last = together["roster"], together["round"]
    assert roster["said"][0] == "done"
    came = 5 if roster["said"][1] == "done" else 0
    assert roster["seats"] == roster["pupils"] == roster["placed"] + roster["named"]
    assert roster["placed"] in {2 * CLASS, 2 * CLASS + came}
    assert roster["pupils"] == 2 * CLASS + came
    assert last["said"][1] == "done"
    assert (last["said"][0], last["set"], *last["again"]) in {("done", 1, "ChangeSet"), ("RoundsStillOpen", 0, "done")}


def assert_all_or_nothing(kill: Mapping[str, Any], pupils: int) -> None:
    whole = kill["at_last"]
    assert kill["before"]["set"] == kill["before"]["begun"] == kill["before"]["ended"] == 0
    assert (whole["set"], whole["events"], whole["ended"], whole["taught"]) == (1, 1, pupils, 1)
    assert 0 < whole["begun"] == whole["enrolments"] - pupils <= pupils
    assert (whole["seen before"], whole["seen after"]) == (CLASS, 0)
    assert kill["left"] in (kill["before"], whole)
    assert kill["sound"]
    if kill["answered"]:
        assert (kill["answered"], kill["left"]) == (SET, whole)
    assert kill["again"] == (STANDS if kill["left"] == whole else SET)
