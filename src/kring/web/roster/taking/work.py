"""Taking a list of pupils over, in the background."""

from django.utils import timezone, translation
from django_tasks import task

from kring.web.jobs.work import work_on
from kring.web.roster.taking import actions, queries
from kring.web.wall import schools_open

KIND = "roster"


@task()
def take_over(job: str, school: str, language: str) -> None:
    """The list that its author asked to take over last; nothing when that was done already by a worker that was cut off after it."""
    with translation.override(language), work_on(job, school) as progress:
        progress.of(1)
        author = progress.job.author
        with schools_open([author.school_id]):
            found = queries.asked_last(author)
            if found is not None:
                actions.apply_roster(author, found, at=timezone.now())
        progress.step()
