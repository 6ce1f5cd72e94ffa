"""Files of a class come in through the web: checked, previewed, applied."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from kring.core.uploads import UploadAlreadyApplied
from kring.web.exchange.actions import apply_upload, throw_away
from kring.web.exchange.proposal import LONGEST
from kring.web.files import intake
from kring.web.models import Entry, Group, Membership, Nomination, Pupil, Round, StoredFile, Submission, Upload
from tests.asking import text_of
from tests.cast import Cast, client_of, move, pupil
from tests.measurements import HANDED_IN, list_round

pytestmark = pytest.mark.django_db

ITEMS = 20
PUPILS = "leerling;naam\nnoor;Noor Test\nsem;Sem Test\n"
CHOICES = "vraag;van;naar\ntogether;noor;sem\n"


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.FILES = tmp_path


def bring(actor: Membership, group: Group, *, day: str = "2025-10-06", instrument: str = "", **files: str | bytes) -> Any:
    sent = {kind: SimpleUploadedFile(f"{kind}.csv", text if isinstance(text, bytes) else text.encode()) for kind, text in files.items()}
    data = {"held_on": day, "title": "herfst", "instrument": instrument, **sent}
    return client_of(actor).post(reverse("upload", args=[actor.pk, group.pk]), data)


def answers(*rows: tuple[str, int]) -> str:
    from kring.library import instrument

    keys = [item.key for item in instrument("kring-leerling", 1).items]
    return "\n".join([";".join(["leerling", *keys]), *(";".join([key, *[str(code)] * len(keys)]) for key, code in rows)])


def post(actor: Membership, route: str, upload: Upload) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, upload.pk]))


def test_choices_are_checked_previewed_and_applied(cast: Cast) -> None:
    checked = bring(cast.anna, cast.group_6a, pupils=PUPILS, nominations=CHOICES)
    upload = Upload.objects.get()
    assert (checked.status_code, checked.headers["Location"]) == (302, reverse("upload_preview", args=[cast.anna.pk, upload.pk]))
    assert not Round.objects.exists()
    preview = client_of(cast.anna).get(checked.headers["Location"]).content.decode()
    assert "leerlingen herkend" in preview
    applied = post(cast.anna, "upload_apply", upload)
    assert (applied.status_code, applied.headers["Location"]) == (302, reverse("group", args=[cast.anna.pk, cast.group_6a.pk]))
    chosen = Nomination.objects.get()
    assert (chosen.chooser, chosen.chosen, chosen.question) == (cast.pupil_noor, cast.pupil_sem, "together")
    assert Round.objects.get().closed_at is not None
    assert list(Entry.objects.filter(name__startswith="upload.").values_list("name", flat=True)) == ["upload.checked", "upload.applied"]


def test_answers_are_kept_and_shown(cast: Cast) -> None:
    bring(cast.anna, cast.group_6a, instrument="kring-leerling:1", answers=answers(("noor", 3), ("sem", 2)))
    post(cast.anna, "upload_apply", Upload.objects.get())
    noor = Submission.objects.get(invitation__pupil=cast.pupil_noor)
    assert set(noor.answers.values()) == {3}
    assert "Welbevinden op school" in text_of(cast.anna, "pupil", cast.pupil_noor.pk)
    assert Round.objects.get().title == "herfst"


def test_what_is_brought_goes_to_the_open_round(cast: Cast) -> None:
    """Of the same list, for this group, on that day; otherwise it is a round of its own."""
    asked = list_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem], "Najaarslijst", silent=2, opens_on=date(2025, 10, 6))
    for number, (key, day) in enumerate((("noor", "2025-10-07"), ("sem", "2025-10-05"))):
        bring(cast.anna, cast.group_6a, day=day, instrument="kring-leerling:1", answers=answers((key, 2 + number)))
        post(cast.anna, "upload_apply", Upload.objects.get(applied_at=None))
    assert Submission.objects.get(invitation__pupil=cast.pupil_noor).invitation.round == asked
    asked.refresh_from_db()
    assert asked.closed_at is None
    own = Submission.objects.get(invitation__pupil=cast.pupil_sem).invitation.round
    assert (own.title, own.closed_at is not None) == ("herfst", True)


def test_who_answered_in_the_open_round_before_does_not_answer_there_twice(cast: Cast) -> None:
    list_round(cast.group_6a, [cast.pupil_noor, cast.pupil_sem], "Najaarslijst", silent=1, opens_on=date(2025, 10, 6))
    bring(cast.anna, cast.group_6a, day="2025-10-07", instrument="kring-leerling:1", answers=answers(("noor", 2), ("sem", 3)))
    post(cast.anna, "upload_apply", Upload.objects.get())
    assert set(Round.objects.values_list("title", flat=True)) == {"Najaarslijst", "herfst"}


def test_a_coordinator_puts_new_pupils_in_a_group(cast: Cast) -> None:
    bring(cast.bram, cast.group_6a, pupils=PUPILS + "n1;Ömer Kılıç\n", nominations=CHOICES)
    post(cast.bram, "upload_apply", Upload.objects.get())
    new = Pupil.objects.get(admin_key="n1")
    assert (new.given_name, new.sort_name, new.enrolments.get().group) == ("Ömer Kılıç", "omer kilic", cast.group_6a)


def test_nobody_makes_a_group_of_a_thousand(cast: Cast) -> None:
    many = "".join(f"n{number};Nieuw\n" for number in range(900))
    answer = bring(cast.bram, cast.group_6a, pupils=PUPILS + many, nominations=CHOICES)
    assert answer.status_code == 409
    assert "Kring neemt er hooguit 200." in answer.content.decode()
    assert not Pupil.objects.filter(admin_key="n1").exists()


def test_a_teacher_cannot_put_new_pupils_in_a_group(cast: Cast) -> None:
    answer = bring(cast.anna, cast.group_6a, pupils=PUPILS + "n1;Nieuw\n", nominations=CHOICES)
    assert answer.status_code == 409
    assert "Leerling “n1” zit niet in deze groep." in answer.content.decode()
    assert not Upload.objects.exists()


@pytest.mark.parametrize("row", ["n1;" + "A" * 61, "n" * 61 + ";Nieuw"])
def test_a_name_or_key_that_is_too_long_is_refused_at_the_check(cast: Cast, row: str) -> None:
    answer = bring(cast.bram, cast.group_6a, pupils=f"{PUPILS}{row}\n", nominations=CHOICES)
    assert (answer.status_code, "is langer dan 60 tekens" in answer.content.decode()) == (409, True)
    assert not Upload.objects.exists()


def test_a_pupil_of_another_group_is_refused(cast: Cast) -> None:
    answer = bring(cast.bram, cast.group_6a, pupils=PUPILS + "lot;Lot\n", nominations=CHOICES)
    assert "zat op die dag niet in deze groep" in answer.content.decode()


@pytest.mark.parametrize(
    ("choices", "line", "says"),
    [
        ("vraag;van;naar\ntogether;noor;noor\n", "2", "zichzelf"),
        ("vraag;van;naar\ntogether;noor;wie\n", "2", "wie"),
        ("vraag;van;naar\ntogether;noor;sem\ntogether;noor;sem\n", "3", "al op regel 2"),
        ("", "–", "leeg"),
        ("vraag;van\ntogether;noor\n", "–", "naar"),
    ],
)
def test_a_bad_file_names_its_place_and_nothing_is_kept(cast: Cast, choices: str, line: str, says: str) -> None:
    answer = bring(cast.anna, cast.group_6a, pupils=PUPILS, nominations=choices or " ")
    page = answer.content.decode()
    assert (answer.status_code, says in page, f'data-label="Regel">{line}<' in page or line == "–") == (409, True, True)
    assert (Upload.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_windows_1252_from_excel_is_read_and_said(cast: Cast) -> None:
    bring(cast.anna, cast.group_6a, pupils="leerling;naam\nnoor;Noör\nsem;Sem\n".encode("cp1252"), nominations=CHOICES)
    page = client_of(cast.anna).get(reverse("upload_preview", args=[cast.anna.pk, Upload.objects.get().pk])).content.decode()
    assert "Windows" in page


def test_an_answer_outside_the_scale_is_refused(cast: Cast) -> None:
    answer = bring(cast.anna, cast.group_6a, instrument="kring-leerling:1", answers=answers(("noor", 3), ("sem", 9)))
    assert answer.status_code == 409
    assert "answers.csv" in answer.content.decode()


def test_a_file_of_200_mb_is_refused_before_it_is_read(cast: Cast) -> None:
    class Endless(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            assert size is not None
            raise AssertionError("was read")

    from kring.web.exchange.forms import UploadForm

    huge = InMemoryUploadedFile(Endless(), "nominations", "nominations.csv", "text/csv", 200_000_000, None)
    form = UploadForm({"held_on": "2025-10-06"}, {"nominations": huge}, today=date(2025, 10, 6), lists=[])
    assert not form.is_valid()
    assert "10 MB" in str(form.errors["nominations"])


def test_a_day_outside_the_school_year_is_refused(cast: Cast) -> None:
    answer = bring(cast.anna, cast.group_6a, day="2024-01-01", pupils=PUPILS, nominations=CHOICES)
    assert "2025-2026" in answer.content.decode()
    assert answer.status_code == 409


def test_nothing_is_brought_twice(cast: Cast) -> None:
    bring(cast.anna, cast.group_6a, pupils=PUPILS, nominations=CHOICES)
    upload = Upload.objects.get()
    assert [post(cast.anna, "upload_apply", upload).status_code for _ in range(2)] == [302, 409]
    bring(cast.anna, cast.group_6a, pupils=PUPILS, nominations=CHOICES)
    again = post(cast.anna, "upload_apply", Upload.objects.get(applied_at=None))
    assert (again.status_code, "al eerder" in again.content.decode()) == (409, True)
    assert Round.objects.count() == 1


def test_who_comes_second_finds_the_upload_as_it_is_now(cast: Cast) -> None:
    bring(cast.anna, cast.group_6a, pupils=PUPILS, nominations=CHOICES)
    seen_before, seen_too = Upload.objects.get(), Upload.objects.get()
    post(cast.anna, "upload_apply", seen_before)
    with pytest.raises(UploadAlreadyApplied):
        apply_upload(cast.anna, seen_before, at=timezone.now())
    with pytest.raises(UploadAlreadyApplied):
        throw_away(cast.anna, seen_too)
    assert (Round.objects.count(), Upload.objects.count()) == (1, 1)


@pytest.mark.parametrize("route", ["upload_apply", "upload_throw_away"])
def test_what_somebody_throws_away_meanwhile_does_not_exist(cast: Cast, route: str) -> None:
    bring(cast.anna, cast.group_6a, pupils=PUPILS, nominations=CHOICES)
    upload = Upload.objects.get()

    def meanwhile(execute: Any, sql: str, *rest: Any) -> Any:
        """As soon as the group is held, after the page has found the upload."""
        if sql.startswith('SELECT "kring_group"."id"'):
            Upload.objects.all().delete()
        return execute(sql, *rest)

    with connection.execute_wrapper(meanwhile):
        assert post(cast.anna, route, upload).status_code == 404
    assert Round.objects.count() == 0


def test_a_group_that_changed_since_the_check_is_told(cast: Cast) -> None:
    bring(cast.anna, cast.group_6a, pupils=PUPILS, nominations=CHOICES)
    cast.pupil_sem.enrolments.all().delete()
    answer = post(cast.anna, "upload_apply", Upload.objects.get())
    assert (answer.status_code, Round.objects.count()) == (409, 0)


def test_what_is_thrown_away_leaves_nothing(
    cast: Cast, own_folder: None, settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    bring(cast.anna, cast.group_6a, pupils=PUPILS, nominations=CHOICES)
    with django_capture_on_commit_callbacks(execute=True):
        post(cast.anna, "upload_throw_away", Upload.objects.get())
    kept = [path for path in Path(settings.FILES).rglob("*") if path.is_file()]
    assert (Upload.objects.count(), StoredFile.objects.count(), kept) == (0, 0, [])


def test_what_is_allowed_fits_in_the_database() -> None:
    kept = (Pupil._meta.get_field("given_name"), Pupil._meta.get_field("admin_key"))
    assert {field.max_length for field in kept} == {LONGEST}


def test_the_example_file_holds_the_group(cast: Cast) -> None:
    answer = client_of(cast.anna).get(reverse("upload_example", args=[cast.anna.pk, cast.group_6a.pk]))
    assert answer.content.decode("utf-8-sig").splitlines() == [
        '"leerling";"naam";"groep"',
        '"noor";"Noor Test";"6A"',
        '"sem";"Sem Test";"6A"',
    ]


def test_who_may_look_but_not_do_is_refused(cast: Cast) -> None:
    page = reverse("upload", args=[cast.rik.pk, cast.group_6a.pk])
    assert client_of(cast.rik).get(page).status_code == 403
    assert bring(cast.rik, cast.group_6a, pupils=PUPILS, nominations=CHOICES).status_code == 403


@pytest.mark.parametrize("name", ["carla", "olga", "pim", "frans", "gijs"])
def test_for_others_the_page_does_not_exist(cast: Cast, name: str) -> None:
    actor = cast.actors()[name]
    answer = client_of(actor).get(reverse("upload", args=[actor.pk, cast.group_6a.pk]))
    assert (answer.status_code, "Noor" in answer.content.decode()) == (404, False)


def test_an_upload_belongs_to_who_brought_it(cast: Cast) -> None:
    bring(cast.anna, cast.group_6a, pupils=PUPILS, nominations=CHOICES)
    upload = Upload.objects.get()
    for name in ("bram", "carla", "frans", "rik"):
        actor = cast.actors()[name]
        assert client_of(actor).get(reverse("upload_preview", args=[actor.pk, upload.pk])).status_code == 404
        assert post(actor, "upload_apply", upload).status_code == 404


def test_who_no_longer_teaches_the_group_has_its_uploads_no_more(cast: Cast) -> None:
    pupil(cast.group_6a, "Zeldzaam", 6)
    bring(cast.anna, cast.group_6a, pupils=PUPILS, nominations=CHOICES)
    upload = Upload.objects.get()
    page = reverse("upload_preview", args=[cast.anna.pk, upload.pk])
    assert "Zeldzaam" in client_of(cast.anna).get(page).content.decode()
    cast.anna.assignments.update(until_at=timezone.now())
    left = client_of(cast.anna).get(page)
    assert (left.status_code, "Zeldzaam" in left.content.decode()) == (404, False)
    assert [post(cast.anna, route, upload).status_code for route in ("upload_apply", "upload_throw_away")] == [404, 404]
    assert (Round.objects.count(), Upload.objects.count()) == (0, 1)


def queries_of(client: Client, address: str, counted: object) -> int:
    with counted as found:  # type: ignore[attr-defined]
        client.get(address)
    return len(found)


def test_as_many_queries_for_three_pupils_as_for_one(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    bring(cast.anna, cast.group_6a, pupils=PUPILS, nominations=CHOICES)
    client, page = client_of(cast.anna), reverse("upload_preview", args=[cast.anna.pk, Upload.objects.get().pk])
    client.get(page)  # with the first page of a session comes more
    few = queries_of(client, page, django_assert_max_num_queries(99))
    for name in ("Een", "Twee", "Drie"):
        pupil(cast.group_6a, name, 6)
    assert queries_of(client, page, django_assert_max_num_queries(99)) == few


def test_what_is_applied_leaves_no_files(
    cast: Cast, settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    bring(cast.anna, cast.group_6a, pupils=PUPILS, nominations=CHOICES)
    with django_capture_on_commit_callbacks(execute=True):
        post(cast.anna, "upload_apply", Upload.objects.get())
    kept = [path for path in Path(settings.FILES).rglob("*") if path.is_file()]
    assert (StoredFile.objects.count(), kept) == (0, [])


def test_files_whose_days_are_over_say_so(cast: Cast) -> None:
    bring(cast.anna, cast.group_6a, pupils=PUPILS, nominations=CHOICES)
    StoredFile.objects.all().delete()
    upload = Upload.objects.get()
    page = client_of(cast.anna).get(reverse("upload_preview", args=[cast.anna.pk, upload.pk])).content.decode()
    assert "Lees ze opnieuw in" in page
    assert post(cast.anna, "upload_apply", upload).status_code == 409


def test_a_file_whose_bytes_are_gone_is_no_error_page(cast: Cast) -> None:
    bring(cast.anna, cast.group_6a, pupils=PUPILS, nominations=CHOICES)
    upload, file = Upload.objects.get(), StoredFile.objects.all()[0]
    intake.place(file).unlink()
    assert "Lees ze opnieuw in" in text_of(cast.anna, "upload_preview", upload.pk)


def test_files_are_laid_beside_the_group_of_their_day(cast: Cast) -> None:
    sem = cast.pupil_sem.enrolments.get()
    sem.until_at = datetime(2026, 1, 1, tzinfo=UTC)  # left since
    sem.save()
    assert bring(cast.bram, cast.group_6a, pupils=PUPILS, nominations=CHOICES).status_code == 302
    assert bring(cast.bram, cast.group_6a, day="2026-02-02", pupils=PUPILS, nominations=CHOICES).status_code == 409


def test_a_group_without_year_level_takes_no_new_pupils(cast: Cast) -> None:
    cast.group_6a.year_levels = []
    cast.group_6a.save()
    answer = bring(cast.bram, cast.group_6a, pupils=PUPILS + "n1;Nieuw\n", nominations=CHOICES)
    assert (answer.status_code, "in welk leerjaar" in answer.content.decode()) == (409, True)


def test_who_left_the_group_is_not_named_to_who_may_not_read_the_pupil(cast: Cast) -> None:
    mees = pupil(cast.group_6a, "Mees", 6)
    move(mees, cast.group_6b, timezone.now())
    for actor, shown in ((cast.anna, "Vertrokken 1"), (cast.bram, "Mees Test")):
        checked = bring(actor, cast.group_6a, pupils=PUPILS, nominations=CHOICES)
        page = client_of(actor).get(checked.headers["Location"]).content.decode()
        assert (f"<li>{shown}</li>" in page, "Mees" in page) == (True, actor is cast.bram)


def test_a_day_that_is_still_to_come_is_refused(cast: Cast) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    answer = bring(cast.anna, cast.group_6a, day=tomorrow.isoformat(), pupils=PUPILS, nominations=CHOICES)
    assert (answer.status_code, "moet nog komen" in answer.content.decode(), Upload.objects.count()) == (200, True, 0)


def test_a_list_for_older_pupils_is_never_that_of_this_class(cast: Cast) -> None:
    third = Group.objects.create(school=cast.beuk, year=cast.group_6a.year, name="3A", year_levels=[3])
    pupil(third, "Kas", 3)
    answer = bring(cast.bram, third, instrument="kring-leerling:1", answers=answers(("kas", 3)))
    assert (answer.status_code, "is voor andere leerjaren dan die van deze groep" in answer.content.decode()) == (409, True)


def offered_lists(actor: Membership, group: Group) -> list[str]:
    page = client_of(actor).get(reverse("upload", args=[actor.pk, group.pk]))
    return [mark for mark, _title in page.context["form"].fields["instrument"].choices if mark]


def test_lists_are_offered_that_fit_the_type_of_school_and_that_a_class_fills_in_by_name(cast: Cast) -> None:
    fifth = Group.objects.create(school=cast.baken, year=cast.group_baken.year, name="5A", year_levels=[5])
    assert set(offered_lists(cast.gijs, fifth)) == {"kring-leerling-vo:1", "kring-leerkracht-vo:1", "kring-check-in:1"}


def test_the_version_that_an_open_round_of_this_group_asks_stands_first_and_the_newest_next(cast: Cast) -> None:
    before = offered_lists(cast.anna, cast.group_6a)
    assert before.index("kring-leerling:2") + 1 == before.index("kring-leerling:1")
    listed = list_round(cast.group_6a, [cast.pupil_noor])
    assert offered_lists(cast.anna, cast.group_6a)[0] == "kring-leerling:1"
    assert offered_lists(cast.bram, cast.group_6b)[0] != "kring-leerling:1"
    Round.objects.filter(pk=listed.pk).update(closed_at=HANDED_IN)
    assert offered_lists(cast.anna, cast.group_6a) == before
