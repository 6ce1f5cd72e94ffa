"""How a piece of work in the background runs: behind the wall of its school, with progress, ending done or failed, never silent.

A feature makes its own task and wraps the work:

    @task()
    def group_reports(job: str, school: str, language: str) -> None:
        with work_on(job, school) as progress:
            progress.of(8)
            …
            progress.step()
            progress.result = keep(…)
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from kring.web.files.models import StoredFile
from kring.web.jobs.models import Job
from kring.web.wall import schools_open

log = logging.getLogger(__name__)


class WorkBroke(Exception):
    """The work of a job raised something of this kind; where is in the log."""


class TakenOver(Exception):
    """Another worker has this job now, or it was given up: what is done here counts no more."""


@dataclass(slots=True)
class Progress:
    """Told by the work, read by the page."""

    job: Job
    result: StoredFile | None = None

    def of(self, total: int) -> None:
        """How many steps there are."""
        self._tell(total=total)

    def step(self) -> None:
        """One more is done."""
        self._tell(done=self.job.done + 1)

    def _tell(self, **fields: object) -> None:
        """Only for as long as it is ours: the number of the attempt says so."""
        with schools_open([self.job.school_id]):
            mine = Job.objects.filter(pk=self.job.pk, attempt=self.job.attempt, state=Job.State.RUNNING)
            if not mine.update(**fields):
                raise TakenOver
        for name, value in fields.items():
            setattr(self.job, name, value)

    def fail(self) -> None:
        """Nothing, when another has it."""
        with suppress(TakenOver):
            self._tell(state=Job.State.FAILED, cause=Job.Cause.BROKE, finished_at=timezone.now())


@contextmanager
def work_on(job: str, school: str) -> Iterator[Progress]:
    """Run the work inside; whatever it raises, the job says that it failed and keeps nothing half.

    The queue keeps the text of what a task raises, outside the walls between schools: so it hears that it failed and of what kind, no more.
    """
    progress = Progress(_begun(job, school))
    found = progress.job
    try:
        yield progress
    except BaseException as broken:
        progress.fail()
        log.exception("job %s (%s) failed", job, found.kind)
        raise WorkBroke(type(broken).__name__) from None
    progress._tell(state=Job.State.DONE, finished_at=timezone.now(), result=progress.result)


def _begun(job: str, school: str) -> Job:
    """Ours from here on; a job that waits for nobody is not begun."""
    with schools_open([UUID(school)]):
        waiting = Job.objects.filter(pk=job, state=Job.State.WAITING)
        if not waiting.update(state=Job.State.RUNNING, attempt=F("attempt") + 1):
            raise WorkBroke(TakenOver.__name__)
        return Job.objects.select_related("author__school", "author__person").get(pk=job)
