"""A round closed by processes that are killed, on a database of its own. A program: a line of JSON per kill, and one of what met.

Every kill has a school of its own with a round in which a class answered. A child closes it and is killed with all its group somewhere on
the way; then another child closes it again. Afterwards two close at once, and one closes while a list comes in.
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

from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from kring.core.access import Role
from kring.core.errors import BrokenRule
from kring.web.audit.models import Entry
from kring.web.models import Board, Membership, Pupil, Round, ScalePrecision, School, Submission, Task
from kring.web.surveys.actions import close_round
from kring.web.surveys.intake import Incoming, take_submissions
from kring.web.tasks.intake import give_task
from kring.web.wall import schools_open
from tests.cast import group, member
from tests.measurements import HANDED_IN, PUPIL_LIST, answers, classmates, list_round
from tests.reliability.applying import BEYOND, is_sound, wait_until_alone
from tests.reliability.changing_year import together

CLASS = 33  # one list is not in; of thirty and more the school's own precision is kept
State = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A round that can be closed, who may do it, and whose list is not in."""

    actor: Membership
    round: Round
    silent: Pupil

    @property
    def state(self) -> State:
        with schools_open([self.actor.school_id]):
            here = {"school": self.actor.school_id}
            return {
                "closed": Round.objects.filter(pk=self.round.pk, closed_at__isnull=False, closed_by=self.actor).count(),
                "precisions": ScalePrecision.objects.filter(**here).count(),
                "settled": Task.objects.filter(is_settled=True, **here).count(),
                "events": Entry.objects.filter(school_id=self.actor.school_id, name="round.closed").count(),
            }


@dataclass(frozen=True, slots=True)
class Killed:
    """What one kill left behind, and what came of doing it again."""

    done: bool
    left: State
    sound: bool
    at_last: State


def main() -> None:
    """COUNT SEED"""
    count, seed = map(int, sys.argv[1:])
    call_command("migrate", verbosity=0)
    before, usual = prepared(0).state, close(prepared(1), kill_after=None)[1]
    chance = random.Random(seed)
    for number in range(2, 2 + count):
        one = prepared(number)
        done = close(one, kill_after=chance.uniform(0, BEYOND * usual))[0]
        left, sound = one.state, is_sound()
        close(one, kill_after=None)
        print(json.dumps(asdict(Killed(done, left, sound, one.state))), flush=True)
    print(json.dumps({"before": before, "met": [met(prepared(count + 2)), met(prepared(count + 3))]}), flush=True)


def prepared(number: int) -> Waiting:
    """A school of its own with a class that answered, but for the last one, and a task to close. The precisions are those of closing."""
    school = School.objects.create(board=Board.objects.create(name=f"Board {number}"), name="School", type=School.Type.PRIMARY)
    with schools_open([school.pk]):
        one_group, actor = group(school, "6", [6]), member(school, Role.COORDINATOR, f"bram{number}")
        pupils = classmates(one_group, CLASS)
        found = list_round(one_group, pupils, silent=1)
        give_task(actor, "round.close_due", due_on=found.closes_on, at=HANDED_IN, about=found)
        ScalePrecision.objects.filter(school=school).delete()
        return Waiting(actor, found, pupils[-1])


def met(one: Waiting) -> Mapping[str, object]:
    """Two who close at once, and a list that comes in at that moment."""
    school = one.actor.school_id

    def closing() -> None:
        close_round(one.actor, Round.objects.get(pk=one.round.pk), at=timezone.now())

    def coming_in() -> None:
        late = Incoming(one.silent.pk, one.silent.enrolments.get().group_id, answers(PUPIL_LIST, 3), HANDED_IN)
        take_submissions(Round.objects.get(pk=one.round.pk), [late])

    said = together(one, closing, coming_in, closing)
    with schools_open([school]):
        lists = Submission.objects.filter(school=school).count()
        return {
            "said": said,
            "lists": lists,
            "counted": sorted({*ScalePrecision.objects.filter(school=school).values_list("n", flat=True)}),
        }


def close(one: Waiting, *, kill_after: float | None) -> tuple[bool, float]:
    """Do it in a child, kill its group; whether it said that it was done before it died, and how long that took."""
    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.setsid()
        _be_closing(one, writing)
    os.close(writing)
    with os.fdopen(reading) as said:
        assert said.readline() == "begun\n"
        begun = time.perf_counter()
        words = "" if kill_after is not None else said.readline()
        took = time.perf_counter() - begun
        time.sleep(kill_after or 0)
        os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
        words += said.read()
    wait_until_alone()
    return "done" in words, took


def _be_closing(one: Waiting, tell: int) -> None:
    """The life of the child: close it, say so, and wait for the end. What was closed before is refused."""
    try:
        with schools_open([one.actor.school_id]):
            os.write(tell, b"begun\n")
            try:
                close_round(one.actor, Round.objects.get(pk=one.round.pk), at=timezone.now())
            except BrokenRule:
                os.write(tell, b"refused\n")
        os.write(tell, b"done\n")
        signal.pause()
    finally:
        traceback.print_exc()
        os._exit(1)
