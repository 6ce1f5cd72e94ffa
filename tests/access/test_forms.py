"""What a form may change: with every field of every model sent along, only what the file says changes, and nothing foreign comes in."""

import re
from collections.abc import Collection, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import datetime
from typing import Any
from zlib import crc32

import pytest
from django.apps import apps
from django.db import models

from kring.web.checks import all_routes
from tests.access.expectation import DONE, Line, expectations, lines
from tests.access.forms import SENT
from tests.access.judging import UNDER_HAT, address, undone, writing_noted
from tests.access.world import World

pytestmark = pytest.mark.django_db
POSTS = [line for line in lines() if line.method == "POST" and line.route in UNDER_HAT]
TRACES = {"Entry", "Person"}
POISON = "vergif"
LATE = "2031-07-13"
SENT_ELSEWHERE = {"round_new", "role_file_apply"}  # a file in two steps: tests/web/people
DONE_ELSEWHERE = {"paper_list", "trial_close"}  # what stands in the world is in already, or goes on for weeks: tests/web
Rows = Mapping[tuple[str, object], Mapping[str, object]]


def kring() -> list[type[models.Model]]:
    return [model for model in apps.get_app_config("kring").get_models() if model.__name__ not in TRACES]


def rows(tables: Collection[str]) -> Rows:
    written = [model for model in kring() if model._meta.db_table in tables]
    return {(model.__name__, row["id"]): row for model in written for row in model._default_manager.values()}


def poison(world: World) -> dict[str, str]:
    """Every field of every model, filled with what must never arrive: a foreign row, another moment, a text."""
    return {field.name: _poison(field, world) for model in kring() for field in model._meta.local_fields}


def _poison(field: Any, world: World) -> str:
    if isinstance(field, models.ForeignKey):
        return str(world.objects["school_eik"].pk)
    if isinstance(field, models.DateTimeField | models.DateField):
        return LATE
    if isinstance(field, models.UUIDField):
        return str(world.objects["pupil_fien"].pk)
    return "31713" if isinstance(field, models.IntegerField) else "1" if isinstance(field, models.BooleanField) else POISON


def poisoned(value: object, world: World) -> bool:
    foreign = {str(world.objects[name].pk) for name in ("school_eik", "pupil_fien")}
    late = isinstance(value, datetime) and (value.year, value.month, value.day) == (2031, 7, 13)
    return late or str(value) in {*foreign, "31713", LATE} or POISON in str(value)


def changes(before: Rows, after: Rows) -> set[str]:
    """In the words of the file."""
    new = {f"new:{model.lower()}" for model, key in after.keys() - before.keys()}
    gone = {f"gone:{model.lower()}" for model, key in before.keys() - after.keys()}
    changed = {
        f"{name[0].lower()}.{column}"
        for name in before.keys() & after.keys()
        for column, value in after[name].items()
        if before[name][column] != value
    }
    return new | gone | changed


def who_may(line: Line) -> str:
    """Somebody who gets this done; nobody for a line that only refuses."""
    return next((who for who, answer in line.answers.items() if answer in DONE | {"not now"} and who not in {"everybody", "visitor"}), "")


def typed_days(world: World, line: Line) -> dict[str, str]:
    """A day that this very form asks for may be far away: also when some model happens to have a field of that name."""
    asked, poisonous = SENT[line.route].data(world) if line.route in SENT else {}, poison(world)
    return {name: value for name, value in asked.items() if poisonous.get(name) == LATE}


def line_of(route: str) -> Line:
    """The line of which the form stands in forms.py: the first that gets done, or the last that is refused as it is asked there."""
    there = [one for one in POSTS if one.route == route]
    return next((one for one in there if who_may(one)), there[-1])


def made_by(route: str) -> set[str]:
    """Which new rows a form makes; a notice comes of itself."""
    return {change for change in expectations().changes.get(route, set()) if change.startswith("new:")} - {"new:notice"}


@pytest.mark.parametrize("line", [line for line in POSTS if who_may(line) or (line.route in SENT and line == line_of(line.route))], ids=str)
def test_a_form_changes_what_the_file_says_whatever_is_sent_along(world: World, line: Line) -> None:
    sent = SENT.get(line.route) if line == line_of(line.route) else None
    who, good = (sent.who, sent.data(world)) if sent else (who_may(line), typed_days(world, line))
    with undone():
        with writing_noted() as noted:
            answer = world.client(who).post(address(world, who, line), {**poison(world), **good})
        after = rows(noted.tables)
    before = rows(noted.tables)
    assert answer.status_code in {200, 204, 302, 400, 409}, answer.status_code
    fresh = [value for key, row in after.items() for column, value in row.items() if before.get(key, {}).get(column) != value]
    assert [value for value in fresh if poisoned(value, world)] == []
    assert changes(before, after) <= expectations().changes.get(line.route, set())
    if sent and line.route not in DONE_ELSEWHERE:
        assert changes(before, after), re.sub(r"\s+", " ", answer.content.decode().partition("<main")[2])[:2000]


def test_every_form_in_the_file_is_really_sent() -> None:
    """What may change stands in the file, and a form that reaches it stands in forms.py."""
    assert set(expectations().changes) <= set(SENT) | SENT_ELSEWHERE
    assert set(SENT) <= {line.route for line in POSTS}


# ---- pressing twice ---------------------------------------------------------------------------------------------

MAKERS = sorted(route for route in SENT if made_by(route))
MADE_ONCE = {route.name for _, route in all_routes() if hasattr(route.callback, "is_made_once")}
IN_SHORT = 3  # of so many forms one is sent twice, unless with --long
A_NEW_LETTER = "who prints a letter once more wants another one: only the newest lets somebody in"
MAY_MAKE_TWO = {"invite": A_NEW_LETTER, "invite_all": A_NEW_LETTER, "guardian_letter": A_NEW_LETTER}
SHOWN_ON = {
    "agreement_new": "gathering",
    "composition_copy": "composition",
    "consultation_advise": "consultation",
    "deepened_transfer": "deepened",
    "group_plan_adjust": "group_plan",
    "group_pupil_reports": "group",
    "group_reports": "groups",
    "handover_answer": "handovers_asked -",
    "instrument_bring_keep": "instrument_bring",  # and in its second step
    "job_again": "job",
    "plan_step_new": "activity_plan",
    "pupil_reports": "groups",
    "signal_answer": "signal",
    "support_need_coach": "support_need",
    "suspicion_note": "suspicion",
    "worry_answer": "worry",
}
NOT_SHOWN_NOW = {"ask_recovery", "class_open"}  # in the world it was asked for, and the class is in


def counted(route: str) -> int:
    """All rows of the kinds that this form makes."""
    return sum(model._default_manager.count() for model in kring() if f"new:{model.__name__.lower()}" in made_by(route))


def shows_number(world: World, who: str, line: Line) -> bool:
    page, _space, objects = SHOWN_ON.get(line.route, line.route).partition(" ")
    shown = replace(line, route=page, objects=() if objects == "-" else line.objects)
    return 'name="once" value="' in world.client(who).get(address(world, who, shown)).content.decode()


@pytest.mark.parametrize("route", MAKERS)
def test_who_presses_twice_makes_one_thing(world: World, route: str, long: bool) -> None:
    """A law of every form that makes something: the very same once more makes nothing, because it is refused, or says the same again,
    or is made once; then it leads to the same page, and only the form shown anew, with another number, makes another."""
    if not long and crc32(route.encode()) % IN_SHORT:
        pytest.skip("sent twice with --long; one in three forms is here")
    line, who, is_once = line_of(route), SENT[route].who, route in MADE_ONCE
    with undone():
        assert not is_once or route in NOT_SHOWN_NOW or shows_number(world, who, line)
        data, client, to, counts = SENT[route].data(world), world.client(who), address(world, who, line), [counted(route)]
        answers = []
        for number in ("een", "een", "twee"):
            answers.append(client.post(to, {**deepcopy(data), "once": number}))
            counts.append(counted(route))
    before, after_one, after_two, after_three = counts
    assert (after_one < after_two) == (route in MAY_MAKE_TWO)
    if is_once:
        first, again, _other = answers
        assert (first.status_code, again.status_code, again.headers["Location"]) == (302, 302, first.headers["Location"])
        assert before < after_one < after_three
