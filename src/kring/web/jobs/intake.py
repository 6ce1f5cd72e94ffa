"""Set work going: the job and its place in the queue are one transaction."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import get_language
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from kring.core.work import JobUnderWay
from kring.web.jobs.models import Job
from kring.web.schools.models import Membership

SETTLED = timedelta(minutes=1)
UNFINISHED = (Job.State.WAITING, Job.State.RUNNING)
IN_QUEUE = ("READY", "RUNNING")


def running(author: Membership, kind: str, *, at: datetime) -> Job | None:
    """The work of this kind that this person already set going and that is not over."""
    busy = Job.objects.filter(author=author, kind=kind, state__in=UNFINISHED)
    fail_what_nobody_does(busy, at=at)
    return busy.first()


def start(author: Membership, kind: str, task: Task, *, at: datetime, repeatable: bool = False) -> Job:  # type: ignore[type-arg]
    """A new job of this person, handed to the worker; `repeatable` says that doing it twice is as good as doing it once.

    Raises JobUnderWay: two clicks at the same moment.
    """
    made = Job(school_id=author.school_id, author=author, kind=kind, task=task.module_path, repeatable=repeatable, created_at=at)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise JobUnderWay from None
    task.enqueue(job=str(made.pk), school=str(author.school_id), language=get_language() or settings.LANGUAGE_CODE)
    return made


def fail_what_nobody_does(jobs: QuerySet[Job], *, at: datetime) -> None:
    """What is in no queue any more: its worker was cut off, or its task is one that this version of Kring does not know."""
    for job in jobs.filter(state__in=UNFINISHED, created_at__lt=at - SETTLED):
        if not DBTaskResult.objects.filter(status__in=IN_QUEUE, args_kwargs__kwargs__job=str(job.pk)).exists():
            cut_off(job, at=at)


def cut_off(job: Job, *, at: datetime) -> None:
    left = Job.objects.filter(pk=job.pk, state__in=UNFINISHED)
    left.update(state=Job.State.FAILED, cause=Job.Cause.CUT_OFF, finished_at=at)


def stop(job: Job, *, at: datetime) -> None:
    """Whoever does it finds that it is no longer theirs (`Progress`)."""
    left = Job.objects.filter(pk=job.pk, state__in=UNFINISHED)
    left.update(state=Job.State.FAILED, cause=Job.Cause.STOPPED, finished_at=at)
