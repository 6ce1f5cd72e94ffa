"""Who came new: a watch with four tasks for the teacher, by the action that enrols; and a chore.

The chore sees who was enrolled for a day to come, and reminds of a talk that was not held.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from kring.core.access import Role
from kring.core.calendar import Calendar
from kring.core.newcomers import TALK_BY, Step, days_of, is_newcomer
from kring.web.newcomers.models import NewcomerWatch
from kring.web.people.intake import holders, tell
from kring.web.school_years.queries import calendar_of
from kring.web.schools.models import Assignment, Enrolment, Group, Membership, School, live
from kring.web.tasks.intake import give_task
from kring.web.wall import schools_open

TASKS = {step: f"newcomer.{step}" for step in Step}


def watch_over_newcomers(*, at: datetime) -> None:
    """School by school."""
    for school in School.objects.order_by("pk"):
        with schools_open([school.pk]), transaction.atomic():
            watch_arrivals(school, at=at)
            _remind(school, at)


def watch_arrivals(school: School, *, at: datetime) -> None:
    """Whoever came new and has no watch gets one: for actions that enrol, within their transaction."""
    calendar = calendar_of(school)
    for enrolment in _came_lately(school, at):
        begin_watch(enrolment, calendar, at=at)


def _came_lately(school: School, at: datetime) -> Iterable[Enrolment]:
    """Without a watch yet; who came longer ago than the talk would be is new no more, and who came with the whole group never was."""
    watched = NewcomerWatch.objects.filter(pupil=OuterRef("pupil"))
    earlier = Enrolment.objects.filter(pupil=OuterRef("pupil"), from_at__lt=OuterRef("from_at"))
    classmates = Enrolment.objects.filter(group=OuterRef("group"), from_at__lt=OuterRef("from_at"))
    came = Enrolment.objects.filter(live(at), ~Exists(watched), ~Exists(earlier), Exists(classmates), school=school)
    return came.filter(pupil__merged_at=None, from_at__gt=at - TALK_BY).select_related("group__year").order_by("from_at", "pk")


def begin_watch(enrolment: Enrolment, calendar: Calendar, *, at: datetime) -> None:
    """When this pupil is new: the watch, and four tasks."""
    on = timezone.localdate(enrolment.from_at)
    if not is_newcomer(calendar, on, year_starts_on=enrolment.group.year.starts_on, was_here_before=False):
        return
    days = days_of(calendar, on)
    told = {"started_on": on, "talk_from_on": days.talk_from_on, "talk_by_on": days.due[Step.TALK]}
    watch, is_new = NewcomerWatch.objects.get_or_create(
        school_id=enrolment.school_id, pupil_id=enrolment.pupil_id, group=enrolment.group, defaults=told
    )
    for owner in _who_does_it(enrolment.group, at)[:1] if is_new else ():
        for step, due_on in days.due.items():
            give_task(owner, TASKS[step], due_on=due_on, at=at, about=watch, pupil=enrolment.pupil_id, group=enrolment.group)


def _who_does_it(group: Group, at: datetime) -> list[Membership]:
    """Who teaches the group, the longest first; or else a coordinator."""
    taught = Assignment.objects.filter(live(at), live(at, "membership__"), group=group, membership__person__is_active=True)
    teachers = [one.membership for one in taught.select_related("membership__school").order_by("from_at", "pk")]
    return teachers or holders(group.school_id, Role.COORDINATOR, at=at)


def _remind(school: School, at: datetime) -> None:
    """The talk was to be held by now: its teachers and the coordinators hear so, once."""
    late = NewcomerWatch.objects.filter(
        school=school, ended_at=None, talk_held_on=None, reminded_at=None, talk_by_on__lt=timezone.localdate(at)
    )
    for row in late.select_related("group"):
        hearing = {hat.pk: hat for hat in [*_who_does_it(row.group, at), *holders(school.pk, Role.COORDINATOR, at=at)]}
        tell(hearing.values(), "newcomer.talk_waits", row, at=at)
        NewcomerWatch.objects.filter(pk=row.pk).update(reminded_at=at)
