"""Whether the help of a plan may be more than basic support, and who looked at that."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from kring.core.basic_support import is_about_functions, is_structural
from kring.core.plans import Layer
from kring.library import intervention
from kring.web.plans.models import Plan, Step
from kring.web.plans.trials.queries import Sheet
from kring.web.schools.models import Membership

LOOKED_AT = "layer_looked_at"
"""Part of a plan: who asked which layer it is, and on which day."""


@dataclass(frozen=True, slots=True)
class LookedAt:
    """By whom, and when."""

    who: str
    on: date


def is_flagged(sheet: Sheet) -> bool:
    """Help of one pupil with planning, remembering and keeping on that became structural, in a plan of basic support."""
    return sheet.plan.support_layer == Layer.BASIC and any(_is_flagged(one.step, sheet) for one in sheet.log)


def _is_flagged(step: Step, sheet: Sheet) -> bool:
    entry, goals = intervention(step.entry), [one.goal.text for one in sheet.goals if one.goal.pk == step.goal_id]
    decided = [one.outcome for one in sheet.earlier]
    return is_structural(step.level, times_a_week=step.times_a_week, decided=decided) and is_about_functions(
        entry.scales if entry else (), step.text, *goals
    )


def looked_at(plan: Plan) -> LookedAt | None:
    """None as long as nobody did."""
    said = plan.parts.get(LOOKED_AT)
    return LookedAt(said["who"], date.fromisoformat(said["on"])) if said else None


def kept(actor: Membership, *, at: datetime) -> dict[str, Any]:
    """The part as it is kept."""
    return {LOOKED_AT: {"who": str(actor.person), "on": timezone.localdate(at).isoformat()}}
