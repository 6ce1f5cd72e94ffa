"""Set work going: the job and its place in the queue are one transaction."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language
from django_tasks.base import Task

from kring.web.jobs.models import Job
from kring.web.schools.models import Membership

LONGEST = timedelta(hours=1)


def running(author: Membership, kind: str, *, at: datetime) -> Job | None:
    """The work of this kind that this person already set going and that is not over.

    What takes longer than an hour was cut off, by a power cut for instance: it failed, and does not stand in the way of asking again.
    """
    busy = Job.objects.filter(author=author, kind=kind, state__in=(Job.State.WAITING, Job.State.RUNNING))
    busy.filter(created_at__lt=at - LONGEST).update(state=Job.State.FAILED, finished_at=at)
    return busy.first()


def start(author: Membership, kind: str, task: Task, *, at: datetime) -> Job:  # type: ignore[type-arg]
    """A new job of this person, handed to the worker."""
    with transaction.atomic():
        job = Job.objects.create(school_id=author.school_id, author=author, kind=kind, created_at=at)
        task.enqueue(job=str(job.pk), school=str(author.school_id), language=get_language() or settings.LANGUAGE_CODE)
    return job


def put_right(*, at: datetime) -> None:
    """Take up again what a worker left lying (a chore)."""
