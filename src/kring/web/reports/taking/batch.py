"""The reports of all pupils of a group, or of all my groups of this year, in the background: one zip, that stays for a day."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from io import BytesIO
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile

from django.utils import timezone, translation
from django_tasks import task

from kring.core.access import Verb
from kring.documents import paper
from kring.documents.reports import PupilReport
from kring.web.access import may
from kring.web.files import intake as files
from kring.web.jobs.work import Progress, work_on
from kring.web.reports.batch import NO_LETTER, ONE_DAY
from kring.web.reports.queries import running_groups
from kring.web.reports.taking import queries
from kring.web.schools.models import Group, Pupil
from kring.web.trace import record_work
from kring.web.wall import schools_open

KIND, OF_GROUP = "pupil_reports", "pupils:"
AT_ONCE = 2  # sheets that are set while the next report is worked out


def kind_of(group: Group | None) -> str:
    """The work says itself of which group it is, so that it can be asked again."""
    return f"{OF_GROUP}{group.pk.hex}" if group else KIND


@task()
def pupil_reports(job: str, school: str, language: str) -> None:
    """A zip with a PDF per pupil, by the author's rights; a folder per group."""
    with translation.override(language), work_on(job, school) as progress:
        author = progress.job.author
        with schools_open([author.school_id]):
            listed = [(group, queries.pupils_now(author, group, at=timezone.now())) for group in _groups(progress)]
        progress.of(sum(len(pupils) for _group, pupils in listed))
        packed = BytesIO()
        with ZipFile(packed, "w", ZIP_STORED) as archive, ThreadPoolExecutor(AT_ONCE) as setters:  # a PDF is packed already
            for number, (group, pupils) in enumerate(listed, 1):
                for name, sheet in _set(progress, setters, group, pupils):
                    archive.writestr(f"{number:02d}-groep-{_plain(group.name)}/{name}", sheet)
        with schools_open([author.school_id]):
            progress.result = files.keep(
                author, "leerlingrapporten.zip", packed.getvalue(), content_type="application/zip", at=timezone.now(), kept_for=ONE_DAY
            )


def _groups(progress: Progress) -> list[Group]:
    author, kind = progress.job.author, progress.job.kind
    if kind.startswith(OF_GROUP):
        return list(may(author, Group, Verb.READ).filter(pk=UUID(kind.removeprefix(OF_GROUP))).select_related("year"))
    return running_groups(author, at=timezone.now())


def _set(progress: Progress, setters: ThreadPoolExecutor, group: Group, pupils: list[Pupil]) -> Iterator[tuple[str, bytes]]:
    """Each sheet with its name in the folder. The sheets are set side by side; the database is asked by one alone."""
    author = progress.job.author
    with schools_open([author.school_id]):
        reports = list(queries.pupil_reports(author, group, pupils, on=timezone.localdate()))
    record_work(author, pupils, job=progress.job)
    language = translation.get_language() or ""
    waiting: list[Future[bytes]] = [setters.submit(_sheet, one, language) for one in reports]
    try:
        for number, (one, sheet) in enumerate(zip(pupils, waiting, strict=True), 1):
            yield f"{number:02d}-{_plain(str(one))}.pdf", sheet.result()
            progress.step()
    finally:
        for sheet in waiting:
            sheet.cancel()


def _sheet(report: PupilReport, language: str) -> bytes:
    with translation.override(language):
        return paper.pupil_pdf(report)


def _plain(name: str) -> str:
    """A name that no computer takes for a folder."""
    return NO_LETTER.sub("-", name).strip("-")
