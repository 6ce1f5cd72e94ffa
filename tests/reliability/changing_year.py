"""A change of the school year set by processes that are killed, on a database of its own. A program: it says what it saw, one line of JSON.

Every kill has a school of its own. A child asks for the page that sets the change, and is killed somewhere on the way; then another asks.
"""

import json
import os
import random
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kring.class_files.roster import Roster
from kring.core.access import Role, Verb
from kring.core.errors import BrokenRule
from kring.core.roster import Name, PupilLine
from kring.web.access import may
from kring.web.audit.models import Entry
from kring.web.models import Assignment, Board, Enrolment, Group, Membership, Pupil, Round, School, SchoolYear, YearChange
from kring.web.people.dates import begins
from kring.web.roster.bringing.actions import Brought, check_roster
from kring.web.roster.taking.actions import apply_roster
from kring.web.roster.taking.queries import proposal_of
from kring.web.surveys.actions import close_round
from kring.web.wall import schools_open
from kring.web.year_change.actions import Wanted, begin_year_change, set_year_change
from kring.web.year_change.queries import left_over
from tests.cast import client_of, member
from tests.reliability.applying import BEYOND, is_sound, wait_until_alone

CLASS = 25
STARTED = datetime(2020, 8, 1, tzinfo=UTC)
State = Mapping[str, int]


class Acting(Protocol):
    """Something that somebody of a school does."""

    @property
    def actor(self) -> Membership: ...


@dataclass(frozen=True, slots=True)
class Waiting:
    """A change that can be set, who may do it, and a teacher who has a group now."""

    actor: Membership
    teacher: Membership
    change: YearChange
    minute: datetime

    @property
    def state(self) -> State:
        """What there is of this school, and what the teacher sees before the minute and from it on."""
        with schools_open([self.actor.school_id]):
            minute = self.minute
            of_school = {"school_id": self.actor.school_id}
            return {
                "enrolments": Enrolment.objects.filter(**of_school).count(),
                "ended": Enrolment.objects.filter(until_at=minute, **of_school).count(),
                "begun": Enrolment.objects.filter(from_at=minute, **of_school).count(),
                "taught": Assignment.objects.filter(until_at=minute, **of_school).count(),
                "groups": Group.objects.filter(**of_school).count(),
                "set": YearChange.objects.exclude(set_at=None).filter(**of_school).count(),
                "events": Entry.objects.filter(name="year_change.set", **of_school).count(),
                "seen before": may(self.teacher, Pupil, Verb.READ, at=minute - timedelta(microseconds=1)).count(),
                "seen after": may(self.teacher, Pupil, Verb.READ, at=minute).count(),
            }


@dataclass(frozen=True, slots=True)
class Killed:
    """What one kill left behind, and what came of asking again. `answered` and `again` are statuses; 0 is no answer."""

    before: State
    answered: int
    left: State
    sound: bool
    again: int
    at_last: State
    ask_ms: float


def main() -> None:
    """COUNT PUPILS SEED"""
    count, pupils, seed = map(int, sys.argv[1:])
    call_command("migrate", verbosity=0)
    usual = ask_until_answered(prepared(-1, pupils))[1]
    chance = random.Random(seed)
    for number in range(count):
        print(json.dumps(asdict(kill_once(prepared(number, pupils), chance.uniform(0, BEYOND * usual)))), flush=True)
    print(json.dumps({"roster": beside_a_roster(prepared(count, 2 * CLASS)), "round": beside_a_round(prepared(count + 1, CLASS))}))


def prepared(number: int, pupils: int) -> Waiting:
    """A school of its own: classes of 25, one teacher on the first, and a proposal."""
    school = School.objects.create(board=Board.objects.create(name=f"Board {number}"), name=f"School {number}", type=School.Type.PRIMARY)
    today = timezone.localdate()
    with schools_open([school.pk]):
        old = SchoolYear.objects.create(school=school, label="nu", starts_on=date(today.year - 1, 1, 1), ends_on=date(today.year, 12, 30))
        first, last = date(today.year + 1, 1, 1), date(today.year + 1, 12, 31)
        new = SchoolYear.objects.create(school=school, label="straks", starts_on=first, ends_on=last)
        actor, teacher = member(school, Role.COORDINATOR, f"bram{number}"), member(school, Role.TEACHER, f"anna{number}")
        groups = Group.objects.bulk_create(
            Group(school=school, year=old, name=f"{level + 1}{letter}", year_levels=[level + 1])
            for level, letter in ((one % 8, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[one // 8]) for one in range(max(pupils // CLASS, 1)))
        )
        children = Pupil.objects.bulk_create(
            Pupil(school=school, given_name="Kind", sort_name=f"{one:05}", admin_key=str(one)) for one in range(pupils)
        )
        Enrolment.objects.bulk_create(
            Enrolment(school=school, pupil=child, group=in_, year_level=in_.year_levels[0], from_at=STARTED)
            for one, child in enumerate(children)
            for in_ in [groups[one % len(groups)]]
        )
        Assignment.objects.create(school=school, membership=teacher, group=groups[0], from_at=STARTED)
        change = begin_year_change(actor, old, new, at=timezone.now())
    return Waiting(actor, teacher, change, begins(first))


def kill_once(one: Waiting, delay: float) -> Killed:
    before = one.state
    answered, _ = ask(one, kill_after=delay)
    left, sound = one.state, is_sound()
    again, took = ask_until_answered(one)
    return Killed(before, answered, left, sound, again, one.state, took * 1000)


def ask_until_answered(one: Waiting) -> tuple[int, float]:
    """Status and seconds; whoever asked is killed the moment the answer is there."""
    return ask(one, kill_after=None)


def ask(one: Waiting, *, kill_after: float | None) -> tuple[int, float]:
    """Ask in a child, kill its group; the status it passed on before it died, or 0."""
    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.setsid()
        be_asking(one, writing)
    os.close(writing)
    with os.fdopen(reading) as lines:
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


# ---- at the same moment as somebody else ----------------------------------------------------------------------


def beside_a_roster(one: Waiting) -> Mapping[str, object]:
    """Five pupils come with a list while the change is set: each has a place in the new year, or is named as left over."""
    actor, year = one.actor, one.change.from_year
    with schools_open([actor.school_id]):
        names = [(number, "1A") for number in range(2 * CLASS, 2 * CLASS + 5)]
        lines = tuple(PupilLine(at, str(number), Name("Nieuw", "", ""), None, name, 1) for at, (number, name) in enumerate(names))
        now = timezone.now()
        found = check_roster(actor, actor.school, Brought("l", Roster(lines), year, timezone.localdate(now)), at=now)
        found.decisions = {}
        found.shown = proposal_of(actor, found, at=now).fingerprint
        found.save(update_fields=["shown"])
    at_once = together(one, lambda: setting(one), lambda: apply_roster(actor, found, at=now))
    with schools_open([actor.school_id]):
        begun = Enrolment.objects.filter(from_at=one.minute, school_id=actor.school_id).values_list("pupil_id", flat=True)
        at_the_minute = (
            Enrolment.objects.filter(school_id=actor.school_id).exclude(until_at__lte=one.minute).values_list("pupil_id", flat=True)
        )
        named = left_over(actor, YearChange.objects.get(pk=one.change.pk)).values_list("pk", flat=True)
        return {"said": at_once, "seats": len(at_the_minute), "pupils": len({*at_the_minute}), "placed": len({*begun}), "named": len(named)}


def beside_a_round(one: Waiting) -> Mapping[str, object]:
    """Somebody closes the last round while the change is set: refused because it is open, or set because it is closed."""
    actor, year = one.actor, one.change.from_year
    with schools_open([actor.school_id]):
        days = {"opens_on": year.starts_on, "closes_on": year.ends_on}
        last = Round.objects.create(school=actor.school, year=year, instrument="kring-leerling", version=1, title="Laatste", **days)
    at_once = together(one, lambda: setting(one), lambda: close_round(actor, last, at=timezone.now()))
    return {"said": at_once, "set": one.state["set"], "again": together(one, lambda: setting(one))}


def setting(one: Waiting) -> None:
    set_year_change(one.actor, one.change, Wanted(one.minute, one.change.version), at=timezone.now())


def together(one: Acting, *works: Callable[[], object]) -> list[str]:
    """What came of each, begun at the same moment: its rule when it was refused."""
    start, came = threading.Barrier(len(works)), [""] * len(works)

    def run(at: int, work: Callable[[], object]) -> None:
        start.wait()
        try:
            with schools_open([one.actor.school_id]):
                work()
            came[at] = "done"
        except BrokenRule as broken:
            came[at] = type(broken).__name__
        finally:
            connections.close_all()

    running = [threading.Thread(target=run, args=given) for given in enumerate(works)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return came


def be_asking(one: Waiting, tell: int) -> None:
    """The life of the child: log in, ask for the page, pass on what was answered, and wait for the end."""
    try:
        client: Client = client_of(one.actor)
        os.write(tell, b"asking\n")
        answer = client.post(reverse("year_change_set", args=[one.actor.pk, one.change.pk]), {"when": "start", "read": one.change.version})
        os.write(tell, f"{answer.status_code}\n".encode())
        signal.pause()
    finally:
        traceback.print_exc()
        os._exit(1)
