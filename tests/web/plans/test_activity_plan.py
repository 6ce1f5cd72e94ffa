"""The activity plan of a class: actions with an owner and a day, heavy enough for what is serious, and tasks of those who do them."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from kring.web.models import Plan, Step, Task
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db
MONDAY = datetime(2025, 11, 10, 10, tzinfo=UTC)
LATER = date(2025, 12, 12)


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with time_machine.travel(MONDAY) as travel:
        yield travel


def post(actor: Any, route: str, *keys: object, **sent: Any) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]), sent)


def made(cast: Cast, **more: Any) -> Plan:
    sent = {"title": "Rust bij het naar buiten gaan", "need": "weten wie wanneer gaat", "is_serious": "on", "ends_on": LATER, **more}
    assert post(cast.anna, "activity_plan_new", cast.group_6a.pk, **sent).status_code == 302
    return Plan.objects.get(kind="activity")


def step(cast: Cast, plan: Plan, text: str, level: str, owner: Any = None) -> Any:
    sent = {"text": text, "level": level, "owner": (owner or cast.anna).pk, "ends_on": date(2025, 11, 28)}
    return post(cast.anna, "plan_step_new", plan.pk, **sent)


def start(cast: Cast, plan: Plan, because: str = "") -> Any:
    return post(cast.anna, "activity_plan_start", plan.pk, because=because)


def test_one_loose_action_is_not_enough_for_something_serious(cast: Cast) -> None:
    plan = made(cast)
    step(cast, plan, "Elke dag samen oefenen", "group")
    refusal = start(cast, plan)
    assert refusal.status_code == 409
    assert "Voor iets ernstigs is dit te weinig" in refusal.content.decode()
    assert not Task.objects.filter(kind="plan.step").exists()
    step(cast, plan, "Ouders vertellen wat we oefenen", "family", cast.bram)
    assert start(cast, plan).status_code == 302
    plan.refresh_from_db()
    assert (plan.state, plan.seen_as) == ("running", "groupplan")
    assert {task.owner for task in Task.objects.filter(kind="plan.step")} == {cast.anna, cast.bram}
    assert "activiteitenplan van groep 6A" in text_of(cast.bram, "tasks")


def test_with_a_reason_one_will_do_and_a_done_action_settles_its_task(cast: Cast) -> None:
    plan = made(cast)
    step(cast, plan, "Elke dag samen oefenen", "group")
    assert start(cast, plan, "De directie neemt het verder over.").status_code == 302
    step(cast, plan, "Een tweede, onderweg bedacht", "staff_school", cast.bram)
    one, other = Step.objects.filter(plan=plan).order_by("place")
    assert look(cast.anna, "plan_step", one.pk).status_code == 302
    assert post(cast.anna, "plan_step_done", one.pk).status_code == 302
    assert Task.objects.get(record_id=one.pk).done_at is not None
    assert post(cast.anna, "plan_step_remove", other.pk).status_code == 302
    assert Task.objects.get(record_id=other.pk).dropped_at is not None
    seen = {"carried_out": "Elke dag.", "quality": 4, "effect": "Geen duwen meer.", "decision": "stop"}
    assert post(cast.anna, "activity_plan_evaluate", plan.pk, **seen).status_code == 302
    assert "Geen duwen meer." in text_of(cast.anna, "activity_plan", plan.pk)
    assert post(cast.anna, "plan_step_new", plan.pk, text="nog iets", level="group", owner=cast.anna.pk, ends_on=LATER).status_code == 409
    assert start(cast, plan).status_code == 409


def test_who_sees_it_and_what_it_asks_the_database(cast: Cast) -> None:
    plan = made(cast)
    step(cast, plan, "Elke dag samen oefenen", "group")
    assert may_look(cast, "activity_plan", plan.pk) == {"anna", "bram", "rik"}
    assert may_look(cast, "activity_plan_new", cast.group_6a.pk) == {"anna", "bram"}
    assert look(cast.anna, "group_plan", plan.pk).status_code == 404
    asked = queries_for(cast.anna, "activity_plan", [plan.pk])
    step(cast, plan, "Iets met ouders", "family", cast.bram)
    step(cast, plan, "Iets in het team", "staff_school")
    assert queries_for(cast.anna, "activity_plan", [plan.pk]) == asked
    assert "is lui" not in text_of(cast.anna, "activity_plan", plan.pk)
    assert post(cast.anna, "activity_plan_new", cast.group_6a.pk, title="x", need="is druk", ends_on=LATER).status_code == 409
    assert post(cast.carla, "plan_step_new", plan.pk, text="x").status_code == 404
