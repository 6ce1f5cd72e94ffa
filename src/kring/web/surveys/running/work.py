"""Closing rounds in the background: working out how precise a list measures reads every answer that was ever given to it."""

from contextlib import suppress

from django.utils import timezone, translation
from django_tasks import task

from kring.core.rounds import RoundAlreadyClosed
from kring.web.jobs.work import work_on
from kring.web.schools.models import Membership
from kring.web.surveys.actions import close_round
from kring.web.surveys.models import Round
from kring.web.surveys.running.queries import asked_to_close
from kring.web.wall import schools_open

KIND = "close_rounds"


@task()
def close_rounds(job: str, school: str, language: str) -> None:
    """The rounds that the author of the job asked to close and that are open, each whole or not at all."""
    with translation.override(language), work_on(job, school) as progress:
        author = progress.job.author
        while found := _to_close(author):  # also what is asked for meanwhile
            progress.of(progress.job.done + len(found))
            for round in found:
                with schools_open([author.school_id]), suppress(RoundAlreadyClosed):  # a colleague was first
                    close_round(author, round, at=timezone.now())
                progress.step()


def _to_close(author: Membership) -> list[Round]:
    with schools_open([author.school_id]):
        return asked_to_close(author)
