"""Schools in which everybody has a list to fill in, and what their database holds afterwards. A program.

`open PLAN PUPILS SCHOOLS` makes them and writes the plan; `compare PLAN TOLD` says what of the acknowledged answers is not there.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from kring.core.access import Role
from kring.core.answering import PLACES
from kring.library import instrument
from kring.web.answering.models import Answer
from kring.web.answering.sealing import public_key
from kring.web.answering.tickets import issue, read
from kring.web.models import Assignment, Board, Enrolment, Group, Invitation, Pupil, Round, School, Submission
from kring.web.wall import schools_open
from tests.cast import START, client_of, group, member
from tests.reliability.load import asking
from tests.reliability.load.plan import Plan
from tests.reliability.load.plan import read as read_plan

CLASS = 25
LIST = "kring-leerling"


class Opened(NamedTuple):
    """The tickets of one school, for two devices each, and the door of one of its teachers."""

    tickets: list[tuple[str, str]]
    cookie: str
    pages: list[str]


def open_schools(plan: Path, pupils: int, schools: int) -> dict[str, Any]:
    call_command("migrate", verbosity=0, interactive=False)
    board = Board.objects.create(name="Board")
    opened = [open_school(board, f"School {n}", -(-pupils // schools)) for n in range(schools)]
    mixed = [pair for turn in zip(*(one.tickets for one in opened)) for pair in turn][:pupils]  # neighbours are of other schools
    first, later = zip(*mixed)
    Plan(first, later, tuple((item.key, item.low, item.high) for item in instrument(LIST).items), public_key()).write(plan)
    return {"cookie": opened[0].cookie, "pages": opened[0].pages}


def open_school(board: Board, name: str, pupils: int) -> Opened:
    school = School.objects.create(board=board, name=name, type=School.Type.PRIMARY)
    with schools_open([school.pk]):
        anna = member(school, Role.TEACHER, f"anna {name}")
        groups = [group(school, f"6 {n}", [6]) for n in range(-(-pupils // CLASS))]
        Assignment.objects.create(school=school, membership=anna, group=groups[0], from_at=START)
        asked = make_round(groups[0])
        invitations = Invitation.objects.bulk_create(invitations_of(asked, groups, pupils))
        now = timezone.now()
        tickets = [(ticket(one, now), ticket(one, now + timedelta(seconds=1))) for one in invitations]
        cookie = client_of(anna).cookies[settings.SESSION_COOKIE_NAME].value
    where = {"group": [groups[0].pk], "round_progress": [asked.pk, groups[0].pk]}
    pages = [reverse(route, args=[anna.pk, *keys]) for route, keys in where.items()]
    return Opened(tickets, f"{settings.SESSION_COOKIE_NAME}={cookie}", pages)


def ticket(of: Invitation, at: datetime) -> str:
    return issue(of, at=at, until=at + timedelta(hours=1)).text


def make_round(of: Group) -> Round:
    today, shown = timezone.localdate(), instrument(LIST)
    days = {"opens_on": today - timedelta(days=1), "closes_on": today + timedelta(days=20)}
    of_list = {"instrument": shown.key, "version": shown.version, "title": shown.title}
    return Round.objects.create(school=of.school, year=of.year, **of_list, **days)


def invitations_of(asked: Round, groups: list[Group], pupils: int) -> Iterator[Invitation]:
    for number in range(pupils):
        seat = groups[number // CLASS]
        name = f"kind{number:04d}"
        one = Pupil.objects.create(school=seat.school, given_name=name, family_name="Test", sort_name=name, admin_key=name)
        Enrolment.objects.create(school=seat.school, pupil=one, group=seat, year_level=6, from_at=START)
        yield Invitation(school=seat.school, round=asked, group=seat, pupil=one)


def compare(plan: Plan, told: Path) -> dict[str, Any]:
    """Of every item the answer that was acknowledged last stands there, or a later one that was sent. `lost` and `wrong` are to be 0."""
    kept, found = answers(plan), Counter[str]()
    for respondent, last in last_of_each(plan, told).items():
        for item, place in last.items():
            found["acknowledged"] += 1
            there, value = kept.get((respondent, item), (0, None))
            found["lost"] += there < place
            found["later"] += there > place  # on disk, and the answer did not reach who sent it
            found["wrong"] += there > 0 and plan.answer(respondent, there) != (item, value)
    found["kept"] = len(kept)
    return {name: found[name] for name in ("acknowledged", "lost", "wrong", "later", "kept")} | {"sound": is_sound()}


def last_of_each(plan: Plan, told: Path) -> dict[int, dict[str, int]]:
    """The highest place that was acknowledged, of every respondent and item."""
    found: dict[int, dict[str, int]] = {}
    for respondent, place in asking.acknowledged(told):
        of = found.setdefault(respondent, {})
        item, _ = plan.answer(respondent, place)
        of[item] = max(of.get(item, 0), place)
    return found


def answers(plan: Plan) -> dict[tuple[int, str], tuple[int, object]]:
    """Respondent and item → place and value, as they stand in the database."""
    respondents = {read(text).of: number for number, text in enumerate(plan.tickets)}
    found: dict[tuple[int, str], tuple[int, object]] = {}
    for school in School.objects.values_list("pk", flat=True):
        with schools_open([school]):
            rows = Answer.objects.filter(school=school).values_list("filling__invitation", "item", "turn", "value")
            found |= {(respondents[of], item): (turn % PLACES, value) for of, item, turn, value in rows}
    return found


def is_sound() -> bool:
    """What the database itself says of its pages."""
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        return bool(cursor.fetchone()[0] == "ok")


def handed_in(plan: Plan) -> dict[int, dict[str, object]]:
    """Respondent → the answers of the list that was handed in."""
    respondents = {read(text).of: number for number, text in enumerate(plan.tickets)}
    found: dict[int, dict[str, object]] = {}
    for school in School.objects.values_list("pk", flat=True):
        with schools_open([school]):
            rows = Submission.objects.filter(school=school).values_list("invitation", "answers")
            found |= {respondents[of]: answers for of, answers in rows}
    return found


def main() -> None:
    question, path, *more = sys.argv[1:]
    plan = Path(path)
    ways: dict[str, Callable[[], object]] = {
        "open": lambda: open_schools(plan, *map(int, more)),
        "compare": lambda: compare(read_plan(plan), Path(more[0])) | {"handed in": handed_in(read_plan(plan))},
    }
    print(json.dumps(ways[question]()))
