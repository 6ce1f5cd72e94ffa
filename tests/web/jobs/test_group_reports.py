"""All group reports in the background, by the rights of who asked."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from traceback import format_exception
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import timezone
from pikepdf import Pdf
from pytest_django import Settings

from kring.web.files import intake as files
from kring.web.jobs.work import WorkBroke, work_on
from kring.web.models import Entry, Job, School
from tests.cast import Cast, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.FILES = tmp_path


@pytest.fixture
def this_year(cast: Cast, time_travel: None) -> Cast:
    return cast


@pytest.fixture
def time_travel(cast: Cast) -> None:
    """The school year of the cast runs now, whatever day it is."""
    today = timezone.localdate()
    cast.year.starts_on, cast.year.ends_on = today.replace(month=1, day=1), today.replace(month=12, day=31)
    cast.year.save()


def test_a_teacher_gets_the_reports_of_her_groups(this_year: Cast) -> None:
    anna = client_of(this_year.anna)
    answer = anna.post(reverse("group_reports", args=[this_year.anna.pk]))
    job = Job.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("job", args=[this_year.anna.pk, job.pk]))
    assert (job.state, job.done, job.total) == (Job.State.DONE, 1, 1)
    assert job.result is not None
    packed = anna.get(reverse("job_result", args=[this_year.anna.pk, job.pk]))
    assert packed.headers["Content-Disposition"] == 'attachment; filename="groepsrapporten.zip"'
    with ZipFile(BytesIO(packed.content)) as archive:
        assert archive.namelist() == ["01-groep-6A.pdf"]
        assert archive.read("01-groep-6A.pdf").startswith(b"%PDF")
    assert Entry.objects.get(outcome="done", name__startswith="reports.").name == "reports.asked"
    assert Entry.objects.filter(name="report.made", record="job", group_id=this_year.group_6a.pk).exists()


def test_the_page_of_a_job_says_how_far_it_is(cast: Cast) -> None:
    client = client_of(cast.anna)
    job = Job.objects.create(school=cast.beuk, author=cast.anna, kind="group_reports", created_at=cast.anna.from_at, total=8, done=3)
    page = reverse("job", args=[cast.anna.pk, job.pk])
    assert "3 van 8 klaar" in client.get(page).content.decode()
    assert "3 van 8" in client.get(reverse("jobs", args=[cast.anna.pk])).content.decode()
    Job.objects.filter(pk=job.pk).update(state=Job.State.FAILED)
    assert "niet gelukt" in client.get(page).content.decode()


def test_asking_again_while_it_runs_gives_the_same_job(cast: Cast) -> None:
    job = Job.objects.create(school=cast.beuk, author=cast.anna, kind="group_reports", created_at=timezone.now())
    answer = client_of(cast.anna).post(reverse("group_reports", args=[cast.anna.pk]))
    assert answer.headers["Location"] == reverse("job", args=[cast.anna.pk, job.pk])


def test_work_that_was_cut_off_does_not_stand_in_the_way(cast: Cast) -> None:
    before = timezone.now() - timedelta(hours=2)
    cut_off = Job.objects.create(school=cast.beuk, author=cast.anna, kind="group_reports", created_at=before, state=Job.State.RUNNING)
    answer = client_of(cast.anna).post(reverse("group_reports", args=[cast.anna.pk]))
    assert answer.headers["Location"] != reverse("job", args=[cast.anna.pk, cut_off.pk])
    cut_off.refresh_from_db()
    assert (cut_off.state, cut_off.finished_at is not None) == (Job.State.FAILED, True)


def test_a_group_with_a_slash_in_its_name_makes_no_folder(this_year: Cast) -> None:
    this_year.group_6a.name = "../6/7"
    this_year.group_6a.save()
    client_of(this_year.anna).post(reverse("group_reports", args=[this_year.anna.pk]))
    result = Job.objects.get().result
    assert result is not None
    with ZipFile(BytesIO(files.read(result))) as archive:
        assert archive.namelist() == ["01-groep-6-7.pdf"]


def test_work_that_breaks_says_so(cast: Cast) -> None:
    job = Job.objects.create(school=cast.beuk, author=cast.anna, kind="group_reports", created_at=cast.anna.from_at)
    with pytest.raises(WorkBroke, match="ZeroDivisionError"), work_on(str(job.pk), str(cast.beuk.pk)):
        1 / 0  # noqa: B018
    job.refresh_from_db()
    assert (job.state, job.finished_at is not None) == (Job.State.FAILED, True)


def test_of_work_that_breaks_no_name_reaches_queue_or_log(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    job = Job.objects.create(school=cast.beuk, author=cast.anna, kind="group_reports", created_at=cast.anna.from_at)
    with pytest.raises(WorkBroke) as broke, work_on(str(job.pk), str(cast.beuk.pk)):
        raise ValueError(str(cast.pupil_noor))
    assert "Noor Test" not in "".join(format_exception(broke.value))  # what the queue keeps
    assert caplog.messages == [f"job {job.pk} (group_reports) failed"]


def test_a_file_is_given_out_for_as_long_as_was_said(cast: Cast) -> None:
    anna, now = client_of(cast.anna), timezone.now()
    old, fresh = (files.keep(cast.anna, "r.zip", b"x", content_type="application/zip", at=now - timedelta(days=n)) for n in (15, 13))
    for file, status in ((old, 404), (fresh, 200)):
        job = Job.objects.create(
            school=cast.beuk, author=cast.anna, kind="group_reports", created_at=now, state=Job.State.DONE, result=file
        )
        address = reverse("job_result", args=[cast.anna.pk, job.pk])
        pages = [anna.get(reverse("job", args=[cast.anna.pk, job.pk])), anna.get(reverse("jobs", args=[cast.anna.pk]))]
        assert anna.get(address).status_code == status
        assert [address in page.content.decode() for page in pages] == [status == 200] * 2


@pytest.mark.parametrize("name", ["carla", "bram", "frans", "rik"])
def test_a_file_and_a_job_are_for_who_made_them(cast: Cast, name: str) -> None:
    file = files.keep(cast.anna, "geheim.csv", b"x", content_type="text/csv", at=cast.anna.from_at)
    job = Job.objects.create(school=cast.beuk, author=cast.anna, kind="group_reports", created_at=cast.anna.from_at, result=file)
    actor = cast.actors()[name]
    for route in ("job", "job_result"):
        assert client_of(actor).get(reverse(route, args=[actor.pk, job.pk])).status_code == 404


@pytest.mark.parametrize("name", ["rik", "olga", "els", "noor"])
def test_who_sees_no_results_asks_no_reports(cast: Cast, name: str) -> None:
    actor = cast.actors()[name]
    assert client_of(actor).post(reverse("group_reports", args=[actor.pk])).status_code == 404
    assert School.objects.exists()


def test_the_reports_speak_the_language_of_the_page(this_year: Cast) -> None:
    client = client_of(this_year.anna)
    client.post(reverse("preferences"), {"language": "en"})
    client.post(reverse("group_reports", args=[this_year.anna.pk]))
    result = Job.objects.get().result
    assert result is not None
    with ZipFile(BytesIO(files.read(result))) as archive, Pdf.open(BytesIO(archive.read("01-groep-6A.pdf"))) as pdf:
        assert str(pdf.Root.Lang).startswith("en")


def test_a_result_whose_bytes_are_gone_is_no_error_page(cast: Cast) -> None:
    file = files.keep(cast.anna, "r.zip", b"x", content_type="application/zip", at=timezone.now())
    job = Job.objects.create(school=cast.beuk, author=cast.anna, kind="group_reports", created_at=timezone.now(), result=file)
    files.place(file).unlink()
    assert client_of(cast.anna).get(reverse("job_result", args=[cast.anna.pk, job.pk])).status_code == 404
