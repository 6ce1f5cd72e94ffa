"""Work that takes a while, for a worker that is killed in the middle of it."""

import time

from django.utils import timezone
from django_tasks import task

from kring.web.files import intake as files
from kring.web.jobs.work import work_on
from kring.web.wall import schools_open

STEPS = 20


@task()
def slow(job: str, school: str, language: str) -> None:  # noqa: ARG001
    with work_on(job, school) as progress:
        progress.of(STEPS)
        for _ in range(STEPS):
            time.sleep(0.05)
            progress.step()
        with schools_open([progress.job.school_id]):
            progress.result = files.keep(progress.job.author, "made.txt", b"made", content_type="text/plain", at=timezone.now())
