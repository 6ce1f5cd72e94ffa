"""A class applied by processes that are killed, on a database of its own. A program: it says what it saw, one line of JSON per kill.

Every kill has a school of its own, with an upload that waits. A child asks for the page that applies it, and is killed with all its
group somewhere on the way. Then another child asks again: it is killed too, the moment it has an answer.
"""

import json
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime

from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from kring.commands import ROOT
from kring.core.access import Role
from kring.library import instrument
from kring.web.audit.models import Entry
from kring.web.exchange.actions import Brought, check_upload
from kring.web.models import Board, Membership, School, Upload
from kring.web.schools.models import OfSchool
from kring.web.wall import schools_open
from tests.cast import client_of, group, member

CLASS = ROOT / "examples" / "klas"
CHECKED_AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
HELD_ON = date(2026, 5, 28)
COUNTED = [model for model in apps.get_models() if issubclass(model, OfSchool)]
BEYOND = 1.25  # of the usual time: some kills come after the answer

State = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An upload that can be applied, and who may do it."""

    actor: Membership
    upload: Upload

    @property
    def state(self) -> State:
        """How much there is of this school; every row bears its school."""
        with schools_open([self.actor.school_id]):
            counts = {model.__name__: model._default_manager.filter(school_id=self.actor.school_id).count() for model in COUNTED}
            applied = Upload.objects.filter(pk=self.upload.pk, applied_at__isnull=False).count()
            events = Entry.objects.filter(name="upload.applied", school_id=self.actor.school_id).count()
        return {**counts, "applied": applied, "events": events}


@dataclass(frozen=True, slots=True)
class Killed:
    """What one kill left behind, and what came of asking again. `answered` and `again` are statuses; 0 is no answer."""

    after_ms: float
    before: State
    answered: int
    left: State
    sound: bool
    again: int
    at_last: State
    ask_ms: float


def main() -> None:
    """COUNT SEED"""
    count, seed = map(int, sys.argv[1:])
    call_command("migrate", verbosity=0)
    waiting = [prepared(number) for number in range(count + 1)]
    ask_until_answered(waiting[0])
    usual = ask_until_answered(prepared(count + 1))[1]
    chance = random.Random(seed)
    for one in waiting[1:]:
        print(json.dumps(asdict(kill_once(one, chance.uniform(0, BEYOND * usual)))), flush=True)
    print(json.dumps({"whole": waiting[0].state, "at the end": [one.state for one in waiting[1:]]}), flush=True)


def prepared(number: int) -> Waiting:
    """A school of its own with an empty group and the example class, checked and not yet applied."""
    board = Board.objects.create(name=f"Board {number}")
    school = School.objects.create(board=board, name=f"School {number}", type=School.Type.PRIMARY)
    with schools_open([school.pk]):
        actor = member(school, Role.COORDINATOR, f"bram{number}")
        kinds = ("pupils", "nominations", "participation", "answers")
        contents = {kind: (CLASS / f"{kind}.csv").read_bytes() for kind in kinds}
        brought = Brought(contents, instrument("kring-leerling", 1), "proof", HELD_ON)
        return Waiting(actor, check_upload(actor, group(school, "6A", [6]), brought, at=CHECKED_AT))


def kill_once(one: Waiting, delay: float) -> Killed:
    before = one.state
    answered, _ = ask(one, kill_after=delay)
    left, sound = one.state, is_sound()
    again, took = ask_until_answered(one)
    return Killed(delay * 1000, before, answered, left, sound, again, one.state, took * 1000)


def ask_until_answered(one: Waiting) -> tuple[int, float]:
    """Status and seconds; whoever asked is killed the moment the answer is there."""
    return ask(one, kill_after=None)


def ask(one: Waiting, *, kill_after: float | None) -> tuple[int, float]:
    """Ask in a child, kill its group; the status it passed on before it died, or 0."""
    child, said = child_asking(one)
    with os.fdopen(said) as lines:
        assert lines.readline() == "asking\n"
        start = time.perf_counter()
        status = "" if kill_after is not None else lines.readline()
        took = time.perf_counter() - start
        time.sleep(kill_after or 0)
        os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
        status += lines.read()
    wait_until_alone()
    return int(status or 0), took


def child_asking(one: Waiting) -> tuple[int, int]:
    """A child in a group of its own and the end of the pipe on which it tells; no connection is open when it is born."""
    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.setsid()
        be_asking(one, writing)
    os.close(writing)
    return child, reading


def be_asking(one: Waiting, tell: int) -> None:
    """The life of the child: log in, ask for the page, pass on what was answered, and wait for the end."""
    try:
        client: Client = client_of(one.actor)
        os.write(tell, b"asking\n")
        answer = client.post(reverse("upload_apply", args=[one.actor.pk, one.upload.pk]))
        os.write(tell, f"{answer.status_code}\n".encode())
        signal.pause()
    finally:
        traceback.print_exc()
        os._exit(1)


def wait_until_alone() -> None:
    """PostgreSQL needs a moment to see that whoever asked is gone; what it was told before is done before."""
    while connection.vendor == "postgresql" and others():
        time.sleep(0.005)


def others() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()")
        return int(cursor.fetchone()[0])


def is_sound() -> bool:
    """No row without the row it points to; on SQLite the file itself too. Raises IntegrityError."""
    connection.check_constraints()
    if connection.vendor == "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        return bool(cursor.fetchall() == [("ok",)])
