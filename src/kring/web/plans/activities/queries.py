"""An activity plan with its actions, and the colleagues who may take one on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from kring.core.access import Record, Role, Verb
from kring.core.plans import Change, Kind, State, may_change
from kring.web.access import may, may_do
from kring.web.plans.groups.hushing import Hush
from kring.web.plans.groups.queries import sees_names
from kring.web.plans.models import Evaluation, Plan, Step
from kring.web.schools.models import Group, Membership, live

EDITABLE = (State.DRAFT, State.RUNNING)


@dataclass(frozen=True, slots=True)
class ActivitySheet:
    """Everything on the page."""

    plan: Plan
    steps: Sequence[Step]
    evaluation: Evaluation | None
    may_write: bool

    @property
    def changes(self) -> list[Change]:
        return may_change(Kind.ACTIVITY, State(self.plan.state)) if self.may_write else []

    @property
    def may_edit(self) -> bool:
        return self.may_write and State(self.plan.state) in EDITABLE


def sheet_of(actor: Membership, plan: Plan) -> ActivitySheet:
    """In a constant number of questions to the database."""
    steps = list(may(actor, Step, Verb.READ, of=Record.GROUP_PLAN).filter(plan=plan).order_by("ends_on", "place", "id"))
    judged = may(actor, Evaluation, Verb.READ, of=Record.GROUP_PLAN).filter(plan=plan).select_related("evaluated_by__person").first()
    if not sees_names(actor):
        hush = Hush(actor.school, plan.group)
        plan.parts = hush.values(plan.parts, "need")
        hush.row(plan, "title")
        hush.rows(steps, "text")
        hush.rows([judged] if judged else [], "carried_out", "effect")
    return ActivitySheet(plan, steps, judged, may_do(actor, plan, Verb.WRITE))


def owners(actor: Membership, group: Group, *, at: datetime) -> list[Membership]:
    """Who teaches this group now, and who coordinates: they can open the plan."""
    teaches = Q(assignments__group=group) & live(at, "assignments__")
    found = may(actor, Membership, Verb.COUNT, at=at).filter(live(at), teaches | Q(role=Role.COORDINATOR.value))
    return list(found.select_related("person").distinct().order_by("person__given_name", "pk"))
