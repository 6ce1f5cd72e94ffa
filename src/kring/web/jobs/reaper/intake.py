"""Work whose worker is gone: another takes it up, or it is said to have failed. Never silence, and never the same work by two."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django_tasks_db.models import DBTaskResult

from kring.core.work import is_taken_up_again
from kring.web.jobs import rows
from kring.web.jobs.intake import cut_off, fail_what_nobody_does
from kring.web.jobs.models import Job
from kring.web.schools.models import School
from kring.web.wall import schools_open

log = logging.getLogger(__name__)


def put_right(*, at: datetime) -> None:
    """A chore: what workers that are gone left in the queue, and what stands in no queue."""
    for left in _left_lying():
        _put_right(left, at=at)
    for school in School.objects.values_list("id", flat=True):
        with schools_open([school]):
            fail_what_nobody_does(Job.objects.filter(school_id=school), at=at)


def _left_lying() -> "list[DBTaskResult[Any, Any]]":
    """The queue is asked first, and then who lives: whoever took something up in between is not thought dead."""
    busy = list(DBTaskResult.objects.running())
    alive = rows.counts()
    return [one for one in busy if not one.worker_ids or one.worker_ids[-1] not in alive]


@dataclass(frozen=True, slots=True)
class _Fate:
    """What becomes of the place in the queue."""

    status: str
    is_over: bool


def _put_right(left: "DBTaskResult[Any, Any]", *, at: datetime) -> None:
    named = left.args_kwargs.get("kwargs", {})
    school = named.get("school")
    with transaction.atomic(), schools_open([UUID(school)] if school else []):
        job = Job.objects.filter(pk=named["job"]).first() if school and named.get("job") else None
        fate = _fate(job, tries=len(left.worker_ids))
        mine = DBTaskResult.objects.filter(pk=left.pk, status="RUNNING", started_at=left.started_at)
        if mine.update(status=fate.status, finished_at=at if fate.is_over else None) and job is not None:
            _tell(job, fate, at=at)
    log.warning("work %s was left lying: %s", left.pk, fate.status)


def _fate(job: Job | None, *, tries: int) -> _Fate:
    if job is None:
        return _Fate("FAILED", is_over=True)
    if job.is_over:  # it fell after its last step
        return _Fate("SUCCESSFUL" if job.state == Job.State.DONE else "FAILED", is_over=True)
    again = is_taken_up_again(begun=job.state == Job.State.RUNNING, repeatable=job.repeatable, tries=tries)
    return _Fate("READY", is_over=False) if again else _Fate("FAILED", is_over=True)


def _tell(job: Job, fate: _Fate, *, at: datetime) -> None:
    if fate.is_over:
        cut_off(job, at=at)
    else:
        Job.objects.filter(pk=job.pk).update(state=Job.State.WAITING, done=0, total=0)
