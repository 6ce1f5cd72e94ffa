"""A plan as it stands in its form."""

from typing import Any

from kring.web.plans.models import Goal, Plan, Step
from kring.web.plans.trials.both_sides import NAMES
from kring.web.plans.trials.queries import first_goal, first_step
from kring.web.schools.models import Membership


def filled(actor: Membership, plan: Plan) -> dict[str, Any]:
    """The fields by name, with the moment at which it was last edited."""
    goal, step = first_goal(actor, plan), first_step(actor, plan)
    said: dict[str, Any] = {"starts_on": plan.starts_on, "ends_on": plan.ends_on, "because": plan.because, "read": plan.edited_at}
    lines = {name: plan.parts.get(name, "") for name in NAMES.values()}
    return {**said, **lines, **(_goal(goal) if goal else {}), **(_step(step) if step else {})}


def _goal(goal: Goal) -> dict[str, Any]:
    levels = {f"level_{level + 2}": goal.levels.get(str(level), "") for level in (-2, -1, 0, 1, 2)}
    same = {name: getattr(goal, name) for name in ("type", "level", "text", "measure", "unit", "target", "start_level", "own_words")}
    own = {"by_pupil": bool(goal.own_words and not goal.own_words_by_text), "own_words_by": goal.own_words_by_text}
    return {**same, **levels, **own, "better": "high" if goal.higher_is_better else "low"}


def _step(step: Step) -> dict[str, Any]:
    same = {name: getattr(step, name) for name in ("executor", "where", "times_a_week", "entry")}
    return {**same, "what": step.text, "core_steps": "\n".join(step.core_steps)}
