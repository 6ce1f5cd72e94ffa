"""A list of pupils taken over by processes that are killed, on a database of its own. A program: a line of JSON per kill.

Every kill has a school of its own, with a list to which its coordinator said yes. A child takes it over and is killed with all its group
somewhere on the way; then another child takes it over again.
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

from django.core.management import call_command
from django.db import connections

from kring.class_files.roster import Roster
from kring.core.access import Role
from kring.core.errors import BrokenRule
from kring.core.roster import Name, PupilLine
from kring.web.models import Board, Enrolment, Group, Membership, Pupil, RosterFile, School, SchoolYear
from kring.web.roster.bringing.actions import Brought, check_roster
from kring.web.roster.taking.actions import apply_roster
from kring.web.roster.taking.queries import proposal_of
from kring.web.wall import schools_open
from tests.cast import member
from tests.reliability.applying import is_sound, wait_until_alone

AT = datetime(2026, 9, 1, 12, tzinfo=UTC)
PUPILS = 200
BEYOND = 1.25  # of the usual time: some kills come after it was done
State = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A list that can be taken over, and who may do it."""

    actor: Membership
    found: RosterFile

    @property
    def state(self) -> State:
        with schools_open([self.actor.school_id]):
            counts = {model.__name__: model.objects.filter(school_id=self.actor.school_id).count() for model in (Pupil, Enrolment, Group)}
            return {**counts, "applied": RosterFile.objects.filter(pk=self.found.pk, applied_at__isnull=False).count()}


@dataclass(frozen=True, slots=True)
class Killed:
    """What one kill left behind, and what came of doing it again."""

    after_ms: float
    done: bool
    left: State
    sound: bool
    at_last: State


def main() -> None:
    """COUNT SEED"""
    count, seed = map(int, sys.argv[1:])
    call_command("migrate", verbosity=0)
    whole = prepared(0)
    usual = take_over(whole, kill_after=None)[1]
    chance = random.Random(seed)
    for number in range(1, count + 1):
        one = prepared(number)
        after = chance.uniform(0, BEYOND * usual)
        done = take_over(one, kill_after=after)[0]
        left, sound = one.state, is_sound()
        take_over(one, kill_after=None)
        print(json.dumps(asdict(Killed(after * 1000, done, left, sound, one.state))), flush=True)
    print(json.dumps({"whole": whole.state}), flush=True)


def prepared(number: int) -> Waiting:
    """A school of its own with a year, no group, and a list of 200 pupils that was shown and said yes to."""
    school = School.objects.create(board=Board.objects.create(name=f"Board {number}"), name="School", type=School.Type.PRIMARY)
    with schools_open([school.pk]):
        days = {"starts_on": date(2026, 8, 1), "ends_on": date(2027, 7, 31)}
        year = SchoolYear.objects.create(school=school, label="2026-2027", **days)
        actor = member(school, Role.COORDINATOR, f"bram{number}")
        lines = tuple(
            PupilLine(at, str(at), Name(f"Kind{at}", "", "Proef"), date(2018, 1, 1 + at % 28), f"{at % 8 + 1}A", None)
            for at in range(PUPILS)
        )
        found = check_roster(actor, school, Brought("l", Roster(lines), year, year.starts_on), at=AT)
        found.shown = proposal_of(actor, found, at=AT).fingerprint
        found.save(update_fields=["shown"])
        return Waiting(actor, found)


def take_over(one: Waiting, *, kill_after: float | None) -> tuple[bool, float]:
    """Do it in a child, kill its group; whether it said that it was done before it died, and how long that took."""
    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.setsid()
        _be_taking_over(one, writing)
    os.close(writing)
    with os.fdopen(reading) as lines:
        assert lines.readline() == "begun\n"
        begun = time.perf_counter()
        said = "" if kill_after is not None else lines.readline()
        took = time.perf_counter() - begun
        time.sleep(kill_after or 0)
        os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
        said += lines.read()
    wait_until_alone()
    return "done" in said, took


def _be_taking_over(one: Waiting, tell: int) -> None:
    """The life of the child: take it over, say so, and wait for the end. What was taken over before is refused."""
    try:
        with schools_open([one.actor.school_id]):
            os.write(tell, b"begun\n")
            try:
                apply_roster(one.actor, RosterFile.objects.get(pk=one.found.pk), at=AT)
            except BrokenRule:
                os.write(tell, b"refused\n")
        os.write(tell, b"done\n")
        signal.pause()
    finally:
        traceback.print_exc()
        os._exit(1)
