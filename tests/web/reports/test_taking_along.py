"""Taking along what one may see of a group: scores in a spreadsheet, and the reports of all its pupils in one go."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import Settings

from kring.web.jobs.work import WorkBroke, work_on
from kring.web.models import Entry, Job
from kring.web.reports.taking.queries import pupil_reports, pupils_now
from tests.asking import look, may_look
from tests.cast import Cast, client_of
from tests.measurements import classmates, result_round, sociogram_round

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.FILES = tmp_path


@pytest.fixture
def measured(cast: Cast) -> Cast:
    result_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem])
    return cast


def test_a_teacher_takes_the_scores_of_the_own_group_along(measured: Cast) -> None:
    answer = look(measured.anna, "group_xlsx", measured.group_6a.pk)
    rows = list(load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True))
    assert rows[1][0] == "Noor Test"
    assert isinstance(rows[1][5], int | float)
    assert Entry.objects.get(name="file.exported").group_id == measured.group_6a.pk
    assert "Noor Test" in look(measured.anna, "group_csv", measured.group_6a.pk).content.decode()


def test_only_the_team_of_the_group_takes_anything_along(measured: Cast) -> None:
    assert may_look(measured, "group_csv", measured.group_6a.pk) == {"anna", "bram"}


def test_who_looks_beyond_the_own_groups_shows_a_second_factor_first(measured: Cast) -> None:
    client, address = client_of(measured.bram), reverse("group_csv", args=[measured.bram.pk, measured.group_6a.pk])
    assert client.get(address).status_code == 200
    session = client.session
    key = "account_authentication_methods"
    session[key] = [{**one, "at": one["at"] - 7200} for one in session[key]]
    session.save()
    assert client.get(address).headers["Location"].startswith(reverse("step_up"))


def ask(cast: Cast) -> Job:
    answer = client_of(cast.anna).post(reverse("group_pupil_reports", args=[cast.anna.pk, cast.group_6a.pk]))
    job = Job.objects.latest("created_at")
    assert answer.headers["Location"] == reverse("job", args=[cast.anna.pk, job.pk])
    return job


def test_the_reports_of_all_pupils_come_in_one_file(measured: Cast) -> None:
    job = ask(measured)
    assert (job.state, job.done, job.total) == (Job.State.DONE, 2, 2)
    packed = client_of(measured.anna).get(reverse("job_result", args=[measured.anna.pk, job.pk]))
    with ZipFile(BytesIO(packed.content)) as archive:
        assert archive.namelist() == ["01-groep-6A/01-Noor-Test.pdf", "01-groep-6A/02-Sem-Test.pdf"]
        assert archive.read(archive.namelist()[0]).startswith(b"%PDF")
    shown = Entry.objects.filter(name="report.made", record="job").values_list("pupil_id", flat=True)
    assert {measured.pupil_noor.pk, measured.pupil_sem.pk} <= set(shown)


def test_as_many_questions_for_a_class_as_for_one_pupil(measured: Cast, django_assert_max_num_queries: object) -> None:
    sociogram_round(measured.group_6a, [measured.pupil_noor, measured.pupil_sem, *classmates(measured.group_6a, 4)])
    pupils = pupils_now(measured.anna, measured.group_6a, at=timezone.now())
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        reports = list(pupil_reports(measured.anna, measured.group_6a, pupils, on=timezone.localdate()))
    assert [len(one.measurements) for one in reports if one.title in {"Noor Test", "Sem Test"}] == [1, 1]
    assert all(one.sociograms for one in reports)


def test_the_author_stops_what_is_not_needed_any_more(measured: Cast) -> None:
    job = Job.objects.create(school=measured.beuk, author=measured.anna, kind="pupil_reports", created_at=timezone.now(), total=9)
    client = client_of(measured.anna)
    with pytest.raises(WorkBroke), work_on(str(job.pk), str(measured.beuk.pk)) as progress:  # noqa: PT012 (stopped while it runs)
        progress.step()
        assert client.post(reverse("job_stop", args=[measured.anna.pk, job.pk])).status_code == 302
        progress.step()
    job.refresh_from_db()
    assert (job.state, job.cause, job.result) == (Job.State.FAILED, Job.Cause.STOPPED, None)
    assert "U stopte dit" in client.get(reverse("job", args=[measured.anna.pk, job.pk])).content.decode()
    assert client.post(reverse("job_stop", args=[measured.anna.pk, job.pk])).status_code == 409


def test_what_is_done_whole_or_not_at_all_is_not_stopped(measured: Cast) -> None:
    job = Job.objects.create(school=measured.beuk, author=measured.anna, kind="close_rounds", created_at=timezone.now())
    assert client_of(measured.anna).post(reverse("job_stop", args=[measured.anna.pk, job.pk])).status_code == 409
