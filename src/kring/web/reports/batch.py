"""The reports of all my groups of this year in one go, in the background."""

import re
from datetime import timedelta
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils import timezone, translation
from django_tasks import task

from kring.documents import paper
from kring.web.files import intake as files
from kring.web.jobs.work import Progress, work_on
from kring.web.reports import queries
from kring.web.schools.models import Group
from kring.web.trace import record_work
from kring.web.wall import schools_open

KIND = "group_reports"
ONE_DAY = timedelta(days=1)
NO_LETTER = re.compile(r"[\W_]+")


@task()
def group_reports(job: str, school: str, language: str) -> None:
    """A zip with a PDF per group, for the author of the job, by the author's rights and in the language of the page that asked.

    It stays for a day: long enough to fetch, not long enough to outlive the right to it by much.
    """
    with translation.override(language), work_on(job, school) as progress:
        author = progress.job.author
        with schools_open([author.school_id]):
            groups = queries.running_groups(author, at=timezone.now())
        progress.of(len(groups))
        packed = BytesIO()
        with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
            for number, group in enumerate(groups, 1):
                archive.writestr(file_name(number, group), _report(progress, group))
                progress.step()
        with schools_open([author.school_id]):
            progress.result = files.keep(
                author, "groepsrapporten.zip", packed.getvalue(), content_type="application/zip", at=timezone.now(), kept_for=ONE_DAY
            )


def file_name(number: int, group: Group) -> str:
    """A name that no computer takes for a folder (6/7 is a group of two years) and that no other group has."""
    return f"{number:02d}-groep-{NO_LETTER.sub('-', group.name).strip('-')}.pdf"


def _report(progress: Progress, group: Group) -> bytes:
    author = progress.job.author
    with schools_open([author.school_id]):
        report = queries.group_report(author, group, queries.group_sociograms(author, group), on=timezone.localdate())
    record_work(author, [group], job=progress.job)
    return paper.group_pdf(report)
