"""A small trial in a few calls, for tests: thought out, measured, started, ticked off, on days that one names."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils import timezone

from kring.core.decisions import Outcome
from kring.core.signals import FirstStep
from kring.web.models import Membership, Pupil
from kring.web.plans.first_steps import StepsSaid
from kring.web.plans.models import Goal, Plan, Step
from kring.web.plans.trials import actions
from kring.web.plans.trials.actions import GoalSaid, NewTrial, StepSaid
from kring.web.plans.trials.weighing import Decided, Judged

ALL_STEPS = StepsSaid(tuple(step.value for step in FirstStep))
MONDAY = datetime(2026, 1, 12, 9, tzinfo=UTC)
SIDES = {"in_pupil": "Zij tekent graag en is stil", "in_surroundings": "De pauze is druk en lang"}
LEVELS = {-2: "vraagt nooit", -1: "vraagt een keer", 0: "vraagt drie keer", 1: "vraagt vier keer", 2: "vraagt elke dag"}
FORM: dict[str, Any] = {
    "type": "skill",
    "level": "pupil",
    "text": "Noor vraagt in de grote pauze een kind om mee te spelen",
    "own_words": "Ik wil iemand durven vragen",
    "by_pupil": "on",
    "own_words_by": "",
    "measure": "hoe goed het vragen lukt, in de grote pauze",
    "unit": "rating",
    "better": "high",
    "target": "6",
    "start_level": "-1",
    "entry": "",
    "what": "Voordoen en samen oefenen voor de pauze",
    "core_steps": "voordoen\noefenen\nterugkijken",
    "executor": "Anna",
    "where": "class",
    "because": "",
    "times_a_week": "3",
    "first_steps": [step.value for step in FirstStep],
    "steps_because": "",
    **SIDES,
    "starts_on": "2026-01-19",
    "ends_on": "2026-02-27",
    **{f"level_{level + 2}": words for level, words in LEVELS.items()},
}


def new_trial(*, level: str = "pupil", text: str = FORM["text"], **more: Any) -> NewTrial:
    goal = GoalSaid(text=text, level=level, type="skill", measure=FORM["measure"], unit="rating", levels=LEVELS, target=6)
    step = StepSaid(text=FORM["what"], executor="Anna", where="class", times_a_week=3, core_steps=("voordoen", "oefenen"))
    said: dict[str, Any] = {"steps": ALL_STEPS, "parts": SIDES, **more}
    return NewTrial(goal=goal, step=step, starts_on=date(2026, 1, 19), ends_on=date(2026, 2, 27), **said)


def thought_out(actor: Membership, pupil: Pupil, *, at: datetime = MONDAY, **goal: Any) -> Plan:
    return actions.think_out(actor, pupil, new_trial(**goal), at=at)


def measured(actor: Membership, plan: Plan, *values: float, first: datetime, apart: int = 2) -> None:
    goal = Goal.objects.get(plan=plan)
    for number, value in enumerate(values):
        day = first + timedelta(days=apart * number)
        actions.measure(actor, plan, goal.pk, value, on=day.date(), observer="Anna", at=day)


def running(actor: Membership, pupil: Pupil, *, at: datetime = MONDAY, **goal: str) -> Plan:
    """Started a week after it was thought out."""
    plan = thought_out(actor, pupil, at=at, **goal)
    measured(actor, plan, 2, 3, 2, first=at)
    actions.start(actor, plan, at=at + timedelta(days=7))
    plan.refresh_from_db()
    return plan


def carried_out(actor: Membership, plan: Plan, *, weeks: int, from_at: datetime, is_done: bool = True) -> None:
    step = Step.objects.get(plan=plan)
    for week in range(weeks):
        for day in (0, 2, 4):
            at = from_at + timedelta(weeks=week, days=day)
            actions.tick_off(actor, plan, step.pk, is_done=is_done, on=timezone.localdate(at), at=at)


def judged(plan: Plan, *, level: int = 0, **more: Any) -> Judged:
    said: dict[str, Any] = {"effect": "Noor vraagt nu vaker iemand", "pupil_view": "agrees", "guardians_view": "agrees", **more}
    return Judged(carried_out="Bijna elke dag gedaan, ook samen", levels={str(Goal.objects.get(plan=plan).pk): level}, **said)


def decided(outcome: Outcome, next_on: date, reason: str = "") -> Decided:
    return Decided(outcome=outcome, next_on=next_on, reason=reason)
