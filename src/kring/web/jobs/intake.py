"""Set work going: the job and its place in the queue are one transaction."""

from django.db import transaction
from django.utils import timezone
from django_tasks.base import Task

from kring.web.jobs.models import Job
from kring.web.schools.models import Membership


def running(author: Membership, kind: str) -> Job | None:
    """The work of this kind that this person already set going and that is not over."""
    busy = (Job.State.WAITING, Job.State.RUNNING)
    return Job.objects.filter(author=author, kind=kind, state__in=busy).first()


def start(author: Membership, kind: str, task: Task) -> Job:  # type: ignore[type-arg]
    """A new job of this person, handed to the worker."""
    with transaction.atomic():
        job = Job.objects.create(school_id=author.school_id, author=author, kind=kind, created_at=timezone.now())
        task.enqueue(job=str(job.pk), school=str(author.school_id))
    return job
