"""A pupil who comes in the middle of a year is followed by itself: four tasks, a buddy who said yes, and a talk that is not forgotten."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django import Settings

from kring.web.models import Enrolment, Group, Membership, NewcomerWatch, Notice, Pupil, RosterFile, Task, Upload
from kring.web.newcomers.intake import watch_over_newcomers
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of, move

pytestmark = pytest.mark.django_db
MONDAY = datetime(2025, 11, 10, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with time_machine.travel(MONDAY):
        yield


def arrives(cast: Cast, name: str = "Noor", at: datetime = MONDAY) -> Pupil:
    new = Pupil.objects.create(school=cast.beuk, given_name=name, family_name="Nieuw", sort_name=f"nieuw {name}", admin_key=f"n{name}")
    Enrolment.objects.create(school=cast.beuk, pupil=new, group=cast.group_6a, year_level=6, from_at=at)
    return new


def watched(cast: Cast) -> NewcomerWatch:
    arrives(cast)
    watch_over_newcomers(at=MONDAY)
    return NewcomerWatch.objects.get()


def post(actor: Membership, route: str, *keys: object, **data: Any) -> Any:
    return client_of(actor).post(reverse(route, args=[actor.pk, *keys]), data)


def test_an_enrolment_in_the_middle_of_a_year_makes_a_watch_with_four_tasks(cast: Cast) -> None:
    row = watched(cast)
    watch_over_newcomers(at=MONDAY + timedelta(hours=1))
    assert (row.started_on, row.talk_from_on, row.talk_by_on) == (date(2025, 11, 10), date(2025, 12, 1), date(2025, 12, 22))
    tasks = Task.objects.filter(kind__startswith="newcomer.").order_by("due_on", "kind")
    assert [(task.kind, task.due_on, task.owner) for task in tasks] == [
        ("newcomer.buddy", date(2025, 11, 17), cast.anna),
        ("newcomer.colleagues", date(2025, 11, 17), cast.anna),
        ("newcomer.guardians", date(2025, 12, 1), cast.anna),
        ("newcomer.talk", date(2025, 12, 22), cast.anna),
    ]
    assert "Praat met Noor Nieuw over de eerste weken in groep 6A" in text_of(cast.anna, "tasks", show="all")
    assert may_look(cast, "newcomer", row.pk) == {"anna", "bram"}
    assert "Noor" not in text_of(cast.carla, "newcomers")


def test_who_began_with_the_year_or_only_changed_groups_is_not_new(cast: Cast) -> None:
    move(cast.pupil_lot, cast.group_6a, MONDAY)
    arrives(cast, "Tim", datetime(2025, 8, 14, 10, tzinfo=UTC))
    watch_over_newcomers(at=datetime(2025, 8, 20, tzinfo=UTC))
    watch_over_newcomers(at=MONDAY)
    assert not NewcomerWatch.objects.exists()


def test_a_buddy_is_of_the_class_and_both_said_yes(cast: Cast) -> None:
    row = watched(cast)
    unasked = post(cast.anna, "newcomer_buddy", row.pk, buddy=cast.pupil_sem.pk)
    assert (unasked.status_code, "Vraag het eerst aan allebei" in unasked.content.decode()) == (409, True)
    assert post(cast.anna, "newcomer_buddy", row.pk, buddy=cast.pupil_lot.pk, both_said_yes="on").status_code == 200  # of 6B
    assert post(cast.carla, "newcomer_buddy", row.pk, buddy=cast.pupil_sem.pk, both_said_yes="on").status_code == 404
    assert post(cast.anna, "newcomer_buddy", row.pk, buddy=cast.pupil_sem.pk, both_said_yes="on").status_code == 302
    assert Task.objects.get(kind="newcomer.buddy").is_settled
    assert "Sem Test" in text_of(cast.anna, "newcomer", row.pk)


def test_each_step_settles_its_task_and_the_end_the_rest(cast: Cast) -> None:
    row = watched(cast)
    assert post(cast.anna, "newcomer_done", row.pk, step="talk", done_on="2025-11-11").status_code == 409
    assert post(cast.anna, "newcomer_done", row.pk, step="buddy", done_on="2025-11-10").status_code == 200
    for step in ("colleagues", "guardians"):
        assert post(cast.anna, "newcomer_done", row.pk, step=step, done_on="2025-11-10").status_code == 302
    assert set(Task.objects.filter(is_settled=True).values_list("kind", flat=True)) == {"newcomer.colleagues", "newcomer.guardians"}
    early = post(cast.bram, "newcomer_end", row.pk, words="klaar")
    assert (early.status_code, "Er is nog niet gepraat" in early.content.decode()) == (409, True)
    assert post(cast.anna, "newcomer_done", row.pk, step="talk", done_on="2025-11-10").status_code == 302
    assert post(cast.anna, "newcomer_end", row.pk, words="Speelt met drie kinderen.").status_code == 302
    assert not Task.objects.filter(done_at=None, dropped_at=None).exists()
    assert post(cast.anna, "newcomer_done", row.pk, step="talk", done_on="2025-11-10").status_code == 409
    assert "Speelt met drie kinderen." in text_of(cast.anna, "newcomer", row.pk)


def test_a_talk_that_was_not_held_is_remembered_once(cast: Cast) -> None:
    watched(cast)
    for _turn in range(2):
        watch_over_newcomers(at=MONDAY + timedelta(weeks=6, days=1))
    found = Notice.objects.filter(event="newcomer.talk_waits").values_list("receiver", flat=True)
    assert sorted(found, key=str) == sorted([cast.anna.pk, cast.bram.pk], key=str)


def test_why_somebody_left_the_last_school_can_stand_nowhere() -> None:
    fields = {field.name for field in NewcomerWatch._meta.fields}
    assert not {name for name in fields if "reason" in name or "why" in name or "previous" in name}


def test_three_pupils_ask_as_much_of_the_database_as_one(cast: Cast) -> None:
    watched(cast)
    for_one = queries_for(cast.anna, "newcomers")
    arrives(cast, "Tim")
    arrives(cast, "Eva")
    watch_over_newcomers(at=MONDAY)
    assert NewcomerWatch.objects.count() == 3
    assert queries_for(cast.anna, "newcomers") == for_one


def test_who_came_with_the_whole_group_is_not_new(cast: Cast) -> None:
    """A school that begins with Kring in November has no newcomers."""
    started = Group.objects.create(school=cast.beuk, year=cast.year, name="7C", year_levels=[7])
    for name in ("Ada", "Bo"):
        new = Pupil.objects.create(school=cast.beuk, given_name=name, family_name="Nieuw", sort_name=f"nieuw {name}", admin_key=f"n{name}")
        Enrolment.objects.create(school=cast.beuk, pupil=new, group=started, year_level=7, from_at=MONDAY)
    watch_over_newcomers(at=MONDAY)
    assert not NewcomerWatch.objects.exists()


def test_the_list_of_pupils_begins_the_watch_at_once(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    """By the action that enrols, not by the hour; bringing the list again begins no second."""
    settings.FILES = tmp_path
    text = "leerlingnummer;voornaam;achternaam;groep\nnoor;Noor;Test;6A\nsem;Sem;Test;6A\nlot;Lot;Test;6B\n100;Ömer;Nieuw;6A"
    for _turn in range(2):
        given = SimpleUploadedFile("leerlingen.csv", text.encode())
        post(cast.bram, "roster_files", year=cast.year.pk, from_on="2025-11-10", file=given)
        found = RosterFile.objects.latest("brought_at")
        shown = look(cast.bram, "roster_file", found.pk).context["proposal"].fingerprint
        assert post(cast.bram, "roster_apply", found.pk, shown=shown).status_code == 302
    row = NewcomerWatch.objects.select_related("pupil").get()
    assert (row.pupil.admin_key, row.started_on, Task.objects.filter(kind__startswith="newcomer.").count()) == (
        "100",
        date(2025, 11, 10),
        4,
    )


def test_files_of_a_class_begin_the_watch_at_once(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    settings.FILES = tmp_path
    pupils = SimpleUploadedFile("pupils.csv", b"leerling;naam\nnoor;Noor Test\nsem;Sem Test\nn9;Tim Nieuw\n")
    choices = SimpleUploadedFile("nominations.csv", b"vraag;van;naar\ntogether;noor;sem\n")
    post(cast.bram, "upload", cast.group_6a.pk, held_on="2025-11-10", title="herfst", instrument="", pupils=pupils, nominations=choices)
    assert post(cast.bram, "upload_apply", Upload.objects.get().pk).status_code == 302
    assert NewcomerWatch.objects.get().pupil == Pupil.objects.get(admin_key="n9")
