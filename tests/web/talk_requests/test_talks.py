"""“Ik wil praten”: a pupil chooses one person, reads the true day, and nobody waits longer than was promised without anybody knowing."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from kring.core.access import Role
from kring.web.home.intake import pass_on_tasks
from kring.web.models import Entry, Holiday, Notice, TalkRequest, Task
from kring.web.talk_requests.intake import watch_over_talks
from tests.asking import look, may_look, queries_for, text_of
from tests.cast import Cast, client_of, member

pytestmark = pytest.mark.django_db
MONDAY = datetime(2025, 11, 10, 10, tzinfo=UTC)
FRIDAY_EVENING = datetime(2025, 11, 14, 19, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with time_machine.travel(MONDAY) as travel:
        yield travel


def ask(cast: Cast, listener: Any, who: Any = None) -> Any:
    actor = who or cast.noor
    return client_of(actor).post(reverse("my_talks", args=[actor.pk]), {"listener": listener.pk})


def noors(cast: Cast, listener: Any = None) -> TalkRequest:
    ask(cast, listener or cast.anna)
    return TalkRequest.objects.get(pupil=cast.pupil_noor, receiver=listener or cast.anna)


def told(hat: Any) -> list[str]:
    return list(Notice.objects.filter(receiver=hat).order_by("at").values_list("event", flat=True))


def test_noor_chooses_whom_she_trusts_and_reads_when_they_talk(cast: Cast) -> None:
    vic = member(cast.beuk, Role.CONFIDENTIAL_CONTACT, "vic")
    page = text_of(cast.noor, "my_talks")
    assert [name in page for name in ("Anna van de Test", "Bram van de Test", "Vic van de Test", "0800-0432")] == [True] * 4
    assert "Carla" not in page  # she teaches another group
    assert "Rik" not in page
    assert "Het wordt vandaag gelezen" in page
    assert ask(cast, vic).status_code == 302
    row = TalkRequest.objects.get()
    assert (row.receiver, row.pupil, row.answer_by_on) == (vic, cast.pupil_noor, date(2025, 11, 11))
    assert "Je wilt praten met Vic van de Test" in text_of(cast.noor, "my_talks")
    assert may_look(cast, "my_talks") == {"noor", "sem"}


def test_it_is_a_task_and_a_notice_of_that_one_person(cast: Cast) -> None:
    row = noors(cast)
    task = Task.objects.get(kind="talk.wanted")
    assert (task.owner, task.due_on, task.record_id) == (cast.anna, row.answer_by_on, row.pk)
    assert (told(cast.anna), told(cast.bram)) == (["talk.asked"], [])
    assert "Noor Test wil met u praten" in text_of(cast.anna, "tasks")
    assert "Noor Test" in text_of(cast.anna, "talk_requests")
    assert may_look(cast, "talk_request", row.pk) == {"anna"}
    assert "Noor" not in text_of(cast.bram, "talk_requests")
    assert Entry.objects.filter(name="talk.asked", pupil_id=cast.pupil_noor.pk).count() == 1


@time_machine.travel(FRIDAY_EVENING)
def test_after_school_in_a_weekend_or_a_holiday_the_true_day_is_said(cast: Cast) -> None:
    page = text_of(cast.noor, "my_talks")
    assert "De school is nu dicht. Op maandag 17 november wordt het gelezen." in page
    assert "Uiterlijk op dinsdag 18 november praten jullie samen" in page
    Holiday.objects.create(school=cast.beuk, year=cast.year, name="Vrij", first_on=date(2025, 11, 17), last_on=date(2025, 11, 21))
    assert "Op maandag 24 november wordt het gelezen" in text_of(cast.noor, "my_talks")


def test_asking_twice_is_asking_once_and_a_stranger_cannot_be_chosen(cast: Cast) -> None:
    noors(cast)
    assert ask(cast, cast.anna).status_code == 302
    assert TalkRequest.objects.count() == Task.objects.filter(kind="talk.wanted").count() == 1
    for stranger in (cast.rik, cast.carla, cast.frans):
        answer = ask(cast, stranger)
        assert (answer.status_code, "Kies iemand die hier staat" in answer.content.decode()) == (409, True)
    assert client_of(cast.noor).post(reverse("my_talks", args=[cast.noor.pk]), {"listener": "x"}).status_code == 409


def test_anna_says_that_she_read_it_and_that_they_talked(cast: Cast) -> None:
    row, anna = noors(cast), client_of(cast.anna)
    assert anna.post(reverse("talk_seen", args=[cast.anna.pk, row.pk])).status_code == 302
    assert "Anna van de Test heeft het gelezen" in text_of(cast.noor, "my_talks")
    assert anna.post(reverse("talk_had", args=[cast.anna.pk, row.pk])).status_code == 302
    assert Task.objects.get(kind="talk.wanted").done_at is not None
    assert "Je hebt gepraat met Anna van de Test" in text_of(cast.noor, "my_talks")
    assert anna.post(reverse("talk_had", args=[cast.anna.pk, row.pk])).status_code == 409
    for other in (cast.bram, cast.carla):
        assert client_of(other).post(reverse("talk_had", args=[other.pk, row.pk])).status_code == 404
    assert ask(cast, cast.anna).status_code == 302  # and she may ask again
    assert TalkRequest.objects.count() == 2


def test_on_the_promised_day_she_is_reminded_and_after_it_a_coordinator_hears_that_somebody_waits(cast: Cast) -> None:
    row = noors(cast)
    watch_over_talks(at=MONDAY + timedelta(hours=2))
    assert told(cast.anna) == ["talk.asked"]
    for _turn in range(2):
        watch_over_talks(at=MONDAY + timedelta(days=1))
    assert (told(cast.anna), told(cast.bram)) == (["talk.asked", "talk.still_waits"], [])
    for _turn in range(2):
        watch_over_talks(at=MONDAY + timedelta(days=2))
    assert told(cast.bram) == ["talk.waits_too_long"]
    with time_machine.travel(MONDAY + timedelta(days=2)):
        page = text_of(cast.bram, "talk_requests")
        assert "bij Anna van de Test, beloofd voor dinsdag 11 november" in page
        assert "Noor" not in page
        assert "langer dan we hadden beloofd" in text_of(cast.noor, "my_talks")
        assert look(cast.bram, "talk_request", row.pk).status_code == 404


def test_who_was_asked_is_not_the_one_who_hears_that_it_takes_too_long(cast: Cast) -> None:
    vic = member(cast.beuk, Role.CONFIDENTIAL_CONTACT, "vic")
    noors(cast, cast.bram)
    watch_over_talks(at=MONDAY + timedelta(days=2))
    assert (told(cast.bram), told(vic)) == (["talk.asked", "talk.still_waits"], ["talk.waits_too_long"])


def test_who_works_here_no_longer_leaves_nobody_waiting(cast: Cast) -> None:
    noors(cast)
    cast.anna.until_at = MONDAY + timedelta(minutes=1)
    cast.anna.save()
    watch_over_talks(at=MONDAY + timedelta(minutes=5))
    pass_on_tasks(at=MONDAY + timedelta(minutes=5))
    assert told(cast.bram) == ["talk.waits_too_long"]
    assert Task.objects.get(kind="talk.wanted").owner == cast.anna  # that she wants to talk goes to nobody else
    with time_machine.travel(MONDAY + timedelta(minutes=6)):
        assert "Anna van de Test werkt hier niet meer. Kies hieronder iemand anders." in text_of(cast.noor, "my_talks")


def test_three_requests_ask_as_much_of_the_database_as_one(cast: Cast) -> None:
    noors(cast, cast.bram)
    for_one = queries_for(cast.bram, "talk_requests")
    ask(cast, cast.bram, cast.sem)
    assert queries_for(cast.bram, "talk_requests") == for_one
