"""The doors through which the schedule learns which clocks ring, and the overview of care what is due. No event is recorded here."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from kring.core.access import Role
from kring.core.development_plans import ADOPTED_WITHIN, REVIEW_WARNED, WARNED_WITHIN, adopt_clock
from kring.core.plans import Kind, State
from kring.web.due import Due
from kring.web.plans.development.evaluating.actions import ADOPT, CHECK, REVIEW
from kring.web.plans.development.queries import lines, next_check, review_of
from kring.web.plans.models import Evaluation, Plan, PlanVersion
from kring.web.schools.models import Membership, Pupil, School
from kring.web.tasks.intake import Wanted

__all__ = ["ADOPT", "CHECK", "REVIEW", "clocks_due", "due_lines"]

CHECK_WARNED = timedelta(days=7)
WATCHERS = frozenset({Role.COORDINATOR, Role.TEACHER, Role.MENTOR, Role.BEHAVIOUR_SPECIALIST})


def clocks_due(school: School, coordinators: Sequence[UUID], *, on: date) -> Iterator[Wanted]:
    """Of coordinators: adopt within six weeks, look in between, and look together within a year."""
    adopted = set(PlanVersion.objects.filter(school=school, plan__kind=Kind.DEVELOPMENT).values_list("plan_id", flat=True))
    rows = list(Plan.objects.filter(school=school, kind=Kind.DEVELOPMENT).exclude(state=State.EVALUATED))
    looked: dict[UUID, list[Evaluation]] = {}
    for one in Evaluation.objects.filter(plan__in=rows):
        looked.setdefault(one.plan_id, []).append(one)
    for plan in rows:
        for kind, day in _rings(plan, looked.get(plan.pk, []), plan.pk in adopted, on):
            for hat in coordinators:
                yield Wanted(hat, kind, "plan", plan.pk, day, pupil_id=plan.pupil_id)


def _rings(plan: Plan, looked: Sequence[Evaluation], is_adopted: bool, on: date) -> Iterator[tuple[str, date]]:  # noqa: FBT001
    if plan.clock_from_on and not is_adopted and on >= plan.clock_from_on + ADOPTED_WITHIN - WARNED_WITHIN:
        yield ADOPT, adopt_clock(plan.clock_from_on, on=on).due_on
    review = review_of(plan, looked, on=on)
    if review and on >= review.due_on - REVIEW_WARNED:
        yield REVIEW, review.due_on
    check = next_check(plan) if plan.state == State.RUNNING else None
    if check and on >= check - CHECK_WARNED:
        yield CHECK, check


def due_lines(actor: Membership, *, at: datetime, pupil: Pupil | None = None) -> Iterator[Due]:
    """Every support plan that this person may read, with its first day."""
    if Role(actor.role) not in WATCHERS:
        return
    for one in lines(actor, at=at, pupil=pupil):
        address = reverse("development_plan", args=[actor.pk, one.plan.pk])
        yield Due(_("Ontwikkelingsperspectief"), address, one.day, one.is_late, one.plan.pupil_id, None, "", one.words)
