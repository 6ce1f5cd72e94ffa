"""Making an activity plan of a class, its actions with their tasks, and what became of them."""

from dataclasses import dataclass
from datetime import date, datetime

from kring.core.access import Record, Verb
from kring.core.group_plans import check_need, check_serious
from kring.core.plans import Change, Kind, PlanNotInState, State
from kring.web.action import action
from kring.web.plans.activities.queries import EDITABLE
from kring.web.plans.intake import NewPlan, change_state, held, make_plan, write
from kring.web.plans.models import Evaluation, Plan, Step
from kring.web.schools.models import Group, Membership
from kring.web.tasks.intake import give_task, lapse_about, settle_about

STEP_TASK = "plan.step"


@dataclass(frozen=True, slots=True)
class Question:
    """What the class needs, and whether it is serious."""

    title: str
    need: str
    is_serious: bool
    ends_on: date


@dataclass(frozen=True, slots=True)
class NewStep:
    """What, with whom, by whom and by when."""

    text: str
    level: str
    owner: Membership
    ends_on: date


@dataclass(frozen=True, slots=True)
class Seen:
    """What was done and what changed."""

    carried_out: str
    quality: int
    effect: str
    decision: str


@action("activity_plan.made", needs=Verb.WRITE, of=Record.GROUP_PLAN)
def make_activity_plan(actor: Membership, group: Group, asked: Question, *, on: date, at: datetime) -> Plan:
    """A draft. Raises NeedWordedAsFault, PlanEndsTooSoon."""
    parts = {"need": check_need(asked.need), "serious": asked.is_serious}
    new = NewPlan(kind=Kind.ACTIVITY, title=asked.title, starts_on=on, ends_on=asked.ends_on, parts=parts)
    return make_plan(actor, group, new, at=at)


@action("plan_step.added", needs=Verb.WRITE)
def add_step(actor: Membership, plan: Plan, new: NewStep, *, at: datetime) -> None:  # noqa: ARG001
    """One action; of a plan that runs it is a task at once. Raises PlanNotInState."""
    row = _editable(held(plan))
    made = Step(school_id=row.school_id, plan=row, text=new.text, level=new.level, owner=new.owner, executor=str(new.owner.person))
    made.ends_on, made.place = new.ends_on, row.steps.count()
    made.save(force_insert=True)
    if row.state == State.RUNNING:
        _give(row, made, at)


@action("plan_step.removed", needs=Verb.WRITE)
def remove_step(actor: Membership, step: Step, *, at: datetime) -> None:  # noqa: ARG001
    """Its task need not be done any more. Raises PlanNotInState."""
    _editable(held(step.plan))
    lapse_about(step, at=at)
    Step.objects.filter(pk=step.pk).delete()


@action("plan_step.done", needs=Verb.MEASURE)
def finish_step(actor: Membership, step: Step, *, at: datetime) -> None:  # noqa: ARG001
    """And so is its task."""
    Step.objects.filter(pk=step.pk, done_at=None).update(done_at=at)
    settle_about(step, STEP_TASK, at=at)


@action("activity_plan.started", needs=Verb.WRITE)
def start(actor: Membership, plan: Plan, *, because: str, at: datetime) -> None:  # noqa: ARG001
    """Agreed upon and begun; everybody gets the own actions as tasks. Raises LooseAction, PlanNotInState."""
    row = held(plan)
    steps = list(Step.objects.filter(plan=row).select_related("owner"))
    check_serious([one.level for one in steps], is_serious=bool(row.parts.get("serious")), because=because)
    change_state(row, Change.AGREE, at=at)
    row.refresh_from_db()
    change_state(row, Change.START, at=at)
    write(row, at=at, because=because)
    for one in steps:
        _give(row, one, at)


@action("activity_plan.evaluated", needs=Verb.WRITE)
def evaluate(actor: Membership, plan: Plan, seen: Seen, *, at: datetime) -> None:
    """What was done, and what changed. Raises PlanNotInState."""
    row = held(plan)
    change_state(row, Change.EVALUATE, at=at)
    made = Evaluation(school_id=row.school_id, plan=row, carried_out=seen.carried_out, quality=seen.quality, effect=seen.effect)
    made.decision, made.evaluated_by, made.evaluated_at = seen.decision, actor, at
    made.save(force_insert=True)
    for one in Step.objects.filter(plan=row, done_at=None):
        lapse_about(one, at=at)


def _give(plan: Plan, step: Step, at: datetime) -> None:
    if step.owner and step.ends_on and step.done_at is None:
        give_task(step.owner, STEP_TASK, due_on=step.ends_on, at=at, about=step, group=plan.group_id)


def _editable(row: Plan) -> Plan:
    """Raises PlanNotInState."""
    if State(row.state) not in EDITABLE:
        raise PlanNotInState(state=row.state)
    return row
