"""Work whose worker is gone: taken up once more or said to have failed; and asking again for what failed."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from kring.core.work import JobNotFailed, JobUnderWay
from kring.web.jobs import rows
from kring.web.jobs.actions import ask_again
from kring.web.jobs.intake import start
from kring.web.jobs.reaper.intake import put_right
from kring.web.jobs.work import TakenOver, WorkBroke, work_on
from kring.web.models import Beat, Job
from kring.web.reports.batch import group_reports
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db
TASK = "kring.web.reports.batch.group_reports"


def job_of(cast: Cast, **given: Any) -> Job:
    fields: dict[str, Any] = {"kind": "group_reports", "task": TASK, "created_at": timezone.now(), "state": Job.State.RUNNING, "attempt": 1}
    return Job.objects.create(school=cast.beuk, author=cast.anna, **(fields | given))


def queued(job: Job | None, *workers: str, status: str = "RUNNING", **more: Any) -> DBTaskResult[Any, Any]:
    named = {"job": str(job.pk), "school": str(job.school_id), "language": "nl"} if job else {}
    given: dict[str, Any] = {"task_path": TASK, "backend_name": "default", "run_after": timezone.now(), "worker_ids": list(workers)}
    return DBTaskResult.objects.create(status=status, args_kwargs={"args": [], "kwargs": named}, started_at=timezone.now(), **given, **more)


def fate_of(job: Job, left: DBTaskResult[Any, Any], *, at: datetime | None = None) -> tuple[str, str, str]:
    put_right(at=at or timezone.now())
    job.refresh_from_db()
    left.refresh_from_db()
    return left.status, job.state, job.cause


def test_work_that_may_be_repeated_is_taken_up_once_more(cast: Cast) -> None:
    job = job_of(cast, repeatable=True, done=3, total=8)
    assert fate_of(job, queued(job, uuid4().hex)) == ("READY", "waiting", "")
    assert (job.done, job.total) == (0, 0)
    with work_on(str(job.pk), str(cast.beuk.pk)):
        pass
    job.refresh_from_db()
    assert (job.state, job.attempt) == ("done", 2)


def test_what_brought_two_workers_down_has_failed(cast: Cast) -> None:
    job = job_of(cast, repeatable=True, attempt=2)
    left = queued(job, uuid4().hex, uuid4().hex)
    assert fate_of(job, left) == ("FAILED", "failed", "cut_off")
    assert left.finished_at is not None
    assert job.finished_at is not None


def test_work_that_may_not_be_repeated_has_failed(cast: Cast) -> None:
    job = job_of(cast)
    assert fate_of(job, queued(job, uuid4().hex)) == ("FAILED", "failed", "cut_off")


def test_work_that_was_not_begun_is_taken_up(cast: Cast) -> None:
    job = job_of(cast, state=Job.State.WAITING, attempt=0)
    assert fate_of(job, queued(job, uuid4().hex)) == ("READY", "waiting", "")


@pytest.mark.parametrize(("state", "status"), [(Job.State.DONE, "SUCCESSFUL"), (Job.State.FAILED, "FAILED")])
def test_a_worker_that_fell_after_its_last_step_changes_nothing(cast: Cast, state: str, status: str) -> None:
    job = job_of(cast, state=state)
    assert fate_of(job, queued(job, uuid4().hex)) == (status, state, "")


def test_work_of_who_lives_is_left_alone(cast: Cast) -> None:
    job = job_of(cast, repeatable=True)
    alive = rows.begin_beating(Beat.Kind.WORKER, at=timezone.now())
    assert fate_of(job, queued(job, uuid4().hex, alive.hex)) == ("RUNNING", "running", "")


def test_what_is_in_no_queue_has_failed_and_what_was_just_asked_has_not(cast: Cast) -> None:
    lost, just_now = job_of(cast, created_at=timezone.now() - timedelta(minutes=2)), job_of(cast, kind="other")
    gone_wrong = queued(lost, status="FAILED")  # this version of Kring does not know the task
    waiting = queued(None, status="READY")
    assert fate_of(lost, gone_wrong) == ("FAILED", "failed", "cut_off")
    assert fate_of(just_now, waiting) == ("READY", "running", "")


def test_a_place_in_the_queue_without_a_job_is_closed() -> None:
    lost = [queued(None, uuid4().hex), queued(None)]
    put_right(at=timezone.now())
    assert list(DBTaskResult.objects.filter(pk__in=[one.pk for one in lost]).values_list("status", flat=True)) == ["FAILED"] * 2


def test_who_was_given_up_and_goes_on_changes_nothing(cast: Cast) -> None:
    """A worker that stood still for minutes wakes up: another has its job."""
    job = job_of(cast, state=Job.State.WAITING, attempt=0, repeatable=True)

    def taken_over() -> None:
        with work_on(str(job.pk), str(cast.beuk.pk)) as progress:
            Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, attempt=2, done=5)
            progress.step()

    with pytest.raises(WorkBroke, match=TakenOver.__name__):
        taken_over()
    job.refresh_from_db()
    assert (job.state, job.done, job.cause) == ("running", 5, "")


def test_a_job_that_is_over_is_not_begun_again(cast: Cast) -> None:
    job = job_of(cast, state=Job.State.FAILED)
    with pytest.raises(WorkBroke, match="TakenOver"), work_on(str(job.pk), str(cast.beuk.pk)):
        raise AssertionError
    job.refresh_from_db()
    assert job.state == "failed"


def test_two_clicks_at_the_same_moment_start_one_job(cast: Cast) -> None:
    job_of(cast, state=Job.State.WAITING)
    with pytest.raises(JobUnderWay):
        start(cast.anna, "group_reports", group_reports, at=timezone.now())
    assert Job.objects.count() == 1


# ---- asking again ---------------------------------------------------------------------------------------------


def test_what_failed_is_asked_for_again_with_one_button(cast: Cast, settings: Settings, tmp_path: Any) -> None:
    settings.FILES = tmp_path
    failed = job_of(cast, state=Job.State.FAILED, cause=Job.Cause.CUT_OFF, repeatable=True)
    anna, again = client_of(cast.anna), reverse("job_again", args=[cast.anna.pk, failed.pk])
    page = anna.get(reverse("job", args=[cast.anna.pk, failed.pk])).content.decode()
    assert "Het werk is onderbroken" in page
    assert again in page
    answer = anna.post(again)
    made = Job.objects.exclude(pk=failed.pk).get()
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("job", args=[cast.anna.pk, made.pk]))
    assert (made.state, made.kind, made.task, made.repeatable) == ("done", "group_reports", TASK, True)


def test_work_that_begins_anew_says_so(cast: Cast) -> None:
    page = reverse("job", args=[cast.anna.pk, job_of(cast, attempt=2).pk])
    assert "begint opnieuw" in client_of(cast.anna).get(page).content.decode()


@pytest.mark.parametrize("state", [Job.State.WAITING, Job.State.RUNNING, Job.State.DONE])
def test_what_did_not_fail_is_not_asked_for_again(cast: Cast, state: str) -> None:
    job = job_of(cast, state=state)
    answer = client_of(cast.anna).post(reverse("job_again", args=[cast.anna.pk, job.pk]))
    assert (answer.status_code, Job.objects.count()) == (409, 1)
    assert "Alleen wat niet is gelukt" in answer.content.decode()
    with pytest.raises(JobNotFailed):
        ask_again(cast.anna, job, at=timezone.now())


def test_asking_again_while_the_same_runs_is_refused(cast: Cast) -> None:
    failed = job_of(cast, state=Job.State.FAILED)
    job_of(cast)
    answer = client_of(cast.anna).post(reverse("job_again", args=[cast.anna.pk, failed.pk]))
    assert (answer.status_code, Job.objects.count()) == (409, 2)
    assert "al bezig" in answer.content.decode()


@pytest.mark.parametrize("name", ["carla", "bram", "frans", "rik"])
def test_nobody_asks_again_for_another(cast: Cast, name: str) -> None:
    job, actor = job_of(cast, state=Job.State.FAILED), cast.actors()[name]
    assert client_of(actor).post(reverse("job_again", args=[actor.pk, job.pk])).status_code == 404
    assert Job.objects.count() == 1
