"""A list of pupils whose taking over is cut off with `kill -9`: the whole school is there or nobody, and doing it again completes it."""

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from kring.commands import ROOT
from kring.commands.postgres import postgresql
from tests.reliability.conftest import Held

PROGRAM = "import django; django.setup(); from tests.reliability import taking_over; taking_over.main()"
SEED = 2026
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
COUNTS = {"sqlite": (4, 60), "postgresql": (2, 30)}  # kills: small, whole
WHOLE = {"Pupil": 200, "Enrolment": 200, "Group": 8, "applied": 1}
NOTHING = {"Pupil": 0, "Enrolment": 0, "Group": 0, "applied": 0}


@pytest.mark.whole("taking over, killed again and again")
@pytest.mark.django_db  # not of the database of the tests, but so that the run on PostgreSQL takes it along
def test_taking_over_killed(database: str, tmp_path: Path, long: bool, held: Held) -> None:
    with ExitStack() as stack:
        address = stack.enter_context(postgresql()) if database == "postgresql" else ""
        settings = {
            "KRING_DATA": str(tmp_path),
            "KRING_DATABASE": address,
            "KRING_MODE": "test",
            "DJANGO_SETTINGS_MODULE": "kring.settings",
        }
        path = {"DJANGO_SETTINGS_MODULE": "kring.settings", "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "OPENBLAS_NUM_THREADS": "1"}
        command = (sys.executable, "-c", PROGRAM, str(COUNTS[database][long]), str(SEED))
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, **settings, **path}, check=True, stdout=subprocess.PIPE, text=True)
    *kills, last = map(json.loads, done.stdout.splitlines())
    assert last["whole"] == WHOLE
    for kill in kills:
        assert kill["left"] in (NOTHING, WHOLE)
        assert kill["sound"]
        assert kill["left"] == WHOLE or not kill["done"]
        assert kill["at_last"] == WHOLE
    nothing = sum(kill["left"] == NOTHING for kill in kills)
    held(
        f"{NAMES[database]}: taking over a list of 200 pupils is cut off by kill -9; all of it or nothing",
        f"{len(kills)} kills: {nothing} times nobody, {len(kills) - nothing} times all 200 pupils in 8 groups; done again after each",
    )
