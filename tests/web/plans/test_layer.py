"""Structural help of one pupil with executive functions is flagged, and does not go on as basic support before somebody looked (R092)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from kring.core.basic_support import BasicSupportNotChecked
from kring.core.decisions import Outcome
from kring.web.models import Membership, Plan, Step
from kring.web.plans.trials import actions
from kring.web.plans.trials.layer import is_flagged
from kring.web.plans.trials.queries import sheet_of
from tests.asking import text_of
from tests.cast import Cast, client_of
from tests.web.plans.test_trials import END, STARTED
from tests.web.plans.trial_steps import MONDAY, carried_out, decided, judged, measured, new_trial

pytestmark = pytest.mark.django_db
FLAG = "Is dit nog basisondersteuning?"
TASK = "Noor begint elke dag zelf aan haar taak"
NEXT = date(2026, 3, 30)


@pytest.fixture(autouse=True)
def at_the_end() -> Any:
    with time_machine.travel(END, tick=False):
        yield


def post(actor: Membership, route: str, *keys: object, **sent: Any) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]), sent)


def helped(cast: Cast, *, text: str = TASK, times: int = 3, level: str = "pupil", entry: str = "") -> Plan:
    """Carried out for six weeks, and it went forward."""
    new = new_trial(text=text, level=level)
    plan = actions.think_out(cast.anna, cast.pupil_noor, replace(new, step=replace(new.step, times_a_week=times, entry=entry)), at=MONDAY)
    measured(cast.anna, plan, 2, 3, 2, first=MONDAY)
    actions.start(cast.anna, plan, at=STARTED)
    carried_out(cast.anna, plan, weeks=6, from_at=STARTED)
    measured(cast.anna, plan, 3, 4, 4, 5, 5, 5, first=STARTED, apart=5)
    plan.refresh_from_db()
    return plan


def flagged(cast: Cast, plan: Plan) -> bool:
    return is_flagged(sheet_of(cast.anna, plan, at=END))


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({}, True),
        ({"text": "Noor vraagt elke dag een kind om mee te spelen"}, False),
        ({"text": "Noor vertelt elke dag hoe het ging", "entry": "zelf-bijhouden"}, True),
        ({"times": 2}, False),
        ({"level": "group"}, False),
    ],
    ids=["task", "play", "catalogue", "seldom", "class"],
)
def test_structural_help_of_one_pupil_is_flagged_as_a_remark(cast: Cast, how: dict[str, Any], expected: bool) -> None:  # noqa: FBT001
    plan = helped(cast, **how)
    assert flagged(cast, plan) is expected
    assert (FLAG in text_of(cast.anna, "trial", plan.pk)) is expected


def test_another_layer_is_not_treated_as_basic_support(cast: Cast) -> None:
    plan = helped(cast)
    Plan.objects.filter(pk=plan.pk).update(support_layer=Plan.Layer.BASIC_PLUS)
    assert not flagged(cast, Plan.objects.get())


def test_treated_as_basic_support_without_a_check_it_does_not_go_on(cast: Cast) -> None:
    """Bad input of R092: refused with a sentence, and nothing is decided; after one tap it goes on."""
    plan = helped(cast)
    assert "meer dan basisondersteuning" in text_of(cast.anna, "trial_evaluate", plan.pk)
    sent = {"carried_out": "Bijna elke dag gedaan", "effect": "Noor begint vaker zelf", "reached_0": "-1", "decision": "continue"}
    sent |= {"pupil_view": "agrees", "guardians_view": "agrees", "next_on": NEXT.isoformat(), "reason": "Het gaat de goede kant op"}
    refused = post(cast.anna, "trial_evaluate", plan.pk, **sent)
    assert (refused.status_code, "kies “Nagekeken”" in refused.content.decode()) == (409, True)
    assert not plan.evaluations.exists()
    assert post(cast.anna, "trial_layer", plan.pk).status_code == 302
    assert "Nagekeken door Anna" in text_of(cast.anna, "trial", plan.pk)
    assert post(cast.anna, "trial_evaluate", plan.pk, **sent).status_code == 302


def test_what_is_done_now_and_then_is_flagged_once_it_went_on(cast: Cast) -> None:
    plan = helped(cast, times=1)
    go_on = decided(Outcome.CONTINUE, NEXT, "Het gaat de goede kant op")
    actions.evaluate(cast.anna, plan, judged(plan, level=-1), go_on, at=END)
    plan.refresh_from_db()
    assert flagged(cast, plan)
    later = END + timedelta(weeks=4)
    carried_out(cast.anna, plan, weeks=4, from_at=END + timedelta(days=1))
    adapt = decided(Outcome.ADAPT, (later + timedelta(weeks=6)).date(), "Wij doen het anders")
    with pytest.raises(BasicSupportNotChecked):
        actions.evaluate(cast.anna, plan, judged(plan, level=-1), adapt, at=later)


def test_fading_out_waits_for_nobody(cast: Cast) -> None:
    plan = helped(cast)
    actions.evaluate(cast.anna, plan, judged(plan), decided(Outcome.FADE_OUT, NEXT, "Het lukt nu zonder"), at=END)
    assert Plan.objects.get().state == "running"


def test_it_is_looked_at_by_who_may_write_while_it_runs(cast: Cast) -> None:
    plan = helped(cast)
    assert post(cast.carla, "trial_layer", plan.pk).status_code == 404
    assert post(cast.els, "trial_layer", plan.pk).status_code == 404
    Plan.objects.filter(pk=plan.pk).update(state="evaluated", evaluated_at=END)
    assert post(cast.anna, "trial_layer", plan.pk).status_code == 409
    assert "layer_looked_at" not in Plan.objects.get().parts
    assert Step.objects.count() == 1
