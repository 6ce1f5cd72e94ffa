"""Asking again for what failed, and stopping what is no longer needed."""

from datetime import datetime

from django.utils.module_loading import import_string

from kring.core.access import Verb
from kring.core.work import JobNotFailed, JobNotToBeStopped
from kring.web.action import action
from kring.web.jobs import intake
from kring.web.jobs.models import Job
from kring.web.schools.models import Membership


@action("job.asked_again", needs=Verb.READ)
def ask_again(actor: Membership, job: Job, *, at: datetime) -> Job:
    """The same work anew, by the rights of now. Raises JobNotFailed, JobUnderWay."""
    if not job.can_be_asked_again:
        raise JobNotFailed
    return intake.start(actor, job.kind, import_string(job.task), at=at, repeatable=job.repeatable)


@action("job.stopped", needs=Verb.READ)
def stop(actor: Membership, job: Job, *, at: datetime) -> None:  # noqa: ARG001
    """Its author needs it no longer: the worker leaves off at the next step, and keeps nothing. Raises JobNotToBeStopped."""
    if not job.can_be_stopped:
        raise JobNotToBeStopped
    intake.stop(job, at=at)
