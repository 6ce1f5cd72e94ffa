"""What a form may change: with every field of every model sent along, only what the file says changes, and nothing foreign comes in."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

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


@pytest.mark.parametrize("line", [line for line in POSTS if who_may(line)], ids=str)
def test_a_form_changes_what_the_file_says_whatever_is_sent_along(world: World, line: Line) -> None:
    sent = SENT.get(line.route) if line == next(one for one in POSTS if one.route == line.route and who_may(one)) else None
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
    if sent:
        assert changes(before, after), re.sub(r"\s+", " ", answer.content.decode().partition("<main")[2])[:2000]


def test_every_form_in_the_file_is_really_sent() -> None:
    """What may change stands in the file, and a form that reaches it stands in forms.py."""
    assert set(expectations().changes) <= set(SENT) | SENT_ELSEWHERE
    assert set(SENT) <= {line.route for line in POSTS}


# ---- pressing twice ---------------------------------------------------------------------------------------------

MADE_ONCE = sorted(route.name or "" for _, route in all_routes() if hasattr(route.callback, "is_made_once"))
SHOWN_ON = {"agreement_new": "gathering"}


def test_what_makes_something_new_with_one_button_is_made_once() -> None:
    asked = {"signal_new", "gathering_new", "agreement_new", "behaviour_record_new", "expert_request_new", "arrangement_new"}
    assert asked | {"group_signal_new", "signal_hand_in", "training_new", "suspicion_new"} <= set(MADE_ONCE)


def counted(route: str) -> int:
    """All rows of the kinds that this form makes."""
    kinds = {change.removeprefix("new:") for change in expectations().changes[route] if change.startswith("new:")}
    return sum(model._default_manager.count() for model in kring() if model.__name__.lower() in kinds)


@pytest.mark.parametrize("route", MADE_ONCE)
def test_who_presses_twice_makes_one_thing_and_comes_to_the_same_page(world: World, route: str) -> None:
    """A law of every form that is made once; with another number, the form shown anew, it makes another."""
    line, who = next(one for one in POSTS if one.route == route and who_may(one)), SENT[route].who
    with undone():
        data, client, to = SENT[route].data(world), world.client(who), address(world, who, line)
        shown = client.get(address(world, who, replace(line, route=SHOWN_ON.get(route, route))))
        assert 'name="once" value="' in shown.content.decode()
        before = counted(route)
        first = client.post(to, {**data, "once": "een"})
        after_one = counted(route)
        again = client.post(to, {**data, "once": "een"})
        after_two = counted(route)
        client.post(to, {**data, "once": "twee"})
        after_three = counted(route)
    assert (first.status_code, again.status_code, again.headers["Location"]) == (302, 302, first.headers["Location"])
    assert before < after_one == after_two < after_three
