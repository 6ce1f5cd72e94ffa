"""A mail server that refuses now and then, and a sender that is cut off with `kill -9`: every message arrives.

The kills happen in a program of their own (`posting.py`), on SQLite in a file or on a PostgreSQL of its own.
"""

import json
import os
import random
import subprocess
import sys
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import pytest

from kring.commands import ROOT
from kring.commands.postgres import postgresql
from tests.reliability.conftest import Held
from tests.web.mail.post_office import post_office

PROGRAM = "import django; django.setup(); from tests.reliability import posting; posting.main()"
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
COUNTS = {"sqlite": ((30, 3), (1000, 60)), "postgresql": ((20, 2), (1000, 40))}  # messages and kills: small, whole


@pytest.mark.whole("handing over mail, killed again and again")
@pytest.mark.django_db  # not of the database of the tests, but so that the run on PostgreSQL takes it along
def test_mail_killed(database: str, tmp_path: Path, long: bool, held: Held) -> None:
    count, kills = COUNTS[database][long]
    draw = random.Random(7)
    moods = ("250 OK",) * 17 + ("451 4.7.1 greylisted", "452 4.2.2 full", "421 going down")
    with post_office(about_address=lambda _who: draw.choice(moods)) as (office, server), ExitStack() as stack:
        address = stack.enter_context(postgresql()) if database == "postgresql" else ""
        mail = {"KRING_MAIL": f"smtp://127.0.0.1:{server.port}?tls=none", "KRING_MAIL_FROM": "kring@school.example"}
        settings = {
            "KRING_DATA": str(tmp_path),
            "KRING_DATABASE": address,
            "KRING_MODE": "test",
            "DJANGO_SETTINGS_MODULE": "kring.settings",
        }
        path = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "OPENBLAS_NUM_THREADS": "1"}
        command = (sys.executable, "-c", PROGRAM, str(count), str(kills), "0.4")
        done = subprocess.run(
            command, cwd=ROOT, env={**os.environ, **settings, **mail, **path}, check=True, stdout=subprocess.PIPE, text=True
        )
    told = json.loads(done.stdout)
    assert (told["written"], told["sent"], told["waiting"]) == (count, count, 0)
    arrived = Counter(office.to)
    assert len(arrived) == count
    twice = sum(arrived.values()) - count
    numbers = {message["Message-ID"] for message in office.taken}
    assert len(numbers) == count  # what came twice came under the same number
    assert twice <= kills  # at most the one message that each killed process had in hand
    held(
        f"{NAMES[database]}: the sender of mail is killed and the server refuses now and then; every message arrives",
        f"{count} messages, {kills} kills, {told['tries']} tries: {count} arrived, 0 lost, {twice} came twice under the same number",
    )
