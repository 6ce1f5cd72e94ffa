"""The door through which the schedule learns who must look at a plan. No event is recorded here: a task says that something is due."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from kring.core.plans import State
from kring.web.plans.models import Plan
from kring.web.plans.trials.actions import DECIDE
from kring.web.plans.trials.queries import MEASURED
from kring.web.schools.models import Enrolment, School, live
from kring.web.tasks.intake import Wanted

__all__ = ["DECIDE", "decisions_due"]

WARNED = timedelta(days=7)


def decisions_due(school: School, teachers: Mapping[UUID, list[UUID]], *, on: date, at: datetime) -> Iterator[Wanted]:
    """Of whoever teaches the pupil, that people look at a plan whose last day is near or over: until they do."""
    running = Plan.objects.filter(school=school, state=State.RUNNING, kind__in=MEASURED, ends_on__lte=on + WARNED)
    plans = list(running.values_list("pk", "pupil_id", "ends_on"))
    sits = Enrolment.objects.filter(live(at), school=school, pupil__in={pupil for _plan, pupil, _ends in plans})
    groups: dict[UUID, list[UUID]] = {}
    for pupil, group in sits.values_list("pupil_id", "group_id"):
        groups.setdefault(pupil, []).append(group)
    for plan, pupil, ends_on in plans:
        for hat in {hat for group in groups.get(pupil, []) for hat in teachers.get(group, [])}:
            yield Wanted(hat, DECIDE, "plan", plan, ends_on or on, pupil_id=pupil)
