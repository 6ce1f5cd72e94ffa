"""A pupil without an account tells it in its own words at a tablet of the class; who comes next there sees nothing of it."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kring.web.models import Entry, Membership, Pupil, Understanding, Voice
from tests.asking import text_of
from tests.cast import Cast
from tests.cast import pupil as new_pupil
from tests.web.classroom.test_entrance import TUESDAY, opened, seated

pytestmark = pytest.mark.django_db
TOLD = {"overview": "Ik zit achterin.", "insight": "", "outlook": "Vooraan zitten."}


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(TUESDAY, tick=False) as clock:
        yield clock


def asked(cast: Cast, of: Pupil) -> Voice:
    now, whose = timezone.now(), {"school": cast.beuk, "pupil": of}
    thought = Understanding.objects.create(**whose, made_by=cast.anna, made_at=now, edited_at=now, edited_by=cast.anna)
    return Voice.objects.create(**whose, understanding=thought, whose="pupil", asked_by=cast.anna, asked_at=now)


def page(client: Client, route: str, *keys: object) -> str:
    answer = client.get(reverse(route, args=keys))
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")  # Back shows nothing
    return answer.content.decode()


def tell(client: Client, voice: Voice, **changed: str) -> Any:
    return client.post(reverse("seat_voice", args=[voice.pk]), {**TOLD, **changed})


def test_a_pupil_without_an_account_tells_it_with_the_promise_of_who_reads_it(cast: Cast) -> None:
    ada = new_pupil(cast.group_6a, "Ada", 6)
    voice, client = asked(cast, ada), seated(cast, opened(cast), ada)
    assert reverse("seat_voices") in page(client, "seat_circle")
    assert reverse("seat_voice", args=[voice.pk]) in page(client, "seat_voices")
    assert "Andere kinderen en je ouders lezen het niet in Kring" in page(client, "seat_voice", voice.pk)
    backwards = tell(client, voice, overview="", insight="Omdat het druk is.")
    assert (backwards.status_code, "Omdat het druk is." in backwards.content.decode()) == (409, True)
    assert tell(client, voice).headers["Location"] == reverse("seat_voices")
    voice.refresh_from_db()
    assert (voice.overview, voice.outlook, voice.written_down_by) == ("Ik zit achterin.", "Vooraan zitten.", None)
    assert "Ik zit achterin." in text_of(cast.anna, "understanding", voice.understanding_id)
    assert Entry.objects.filter(name="voice.written", outcome="done").count() == 1
    assert not Membership.objects.filter(person=ada.person_id).exclude(person=None).exists()


def test_the_next_child_at_the_tablet_sees_nothing_of_it(cast: Cast) -> None:
    voice, window = asked(cast, cast.pupil_noor), opened(cast)
    client = seated(cast, window, cast.pupil_noor)
    assert tell(client, voice).status_code == 302
    left = client.post(reverse("class_leave"))
    assert left.headers["Clear-Site-Data"] == '"cache", "cookies"'
    assert client.get(reverse("seat_voice", args=[voice.pk])).status_code == 302
    other = seated(cast, window, cast.pupil_sem)
    assert "Er is nu niets gevraagd" in page(other, "seat_voices")
    assert other.get(reverse("seat_voice", args=[voice.pk])).status_code == 404
    assert tell(other, voice).status_code == 404


def test_after_it_is_settled_it_is_read_and_not_changed(cast: Cast) -> None:
    voice, client = asked(cast, cast.pupil_noor), seated(cast, opened(cast), cast.pupil_noor)
    tell(client, voice)
    Understanding.objects.update(settled_at=timezone.now())
    assert "Dit blijft staan zoals het is." in page(client, "seat_voice", voice.pk)
    assert tell(client, voice, overview="Anders.").status_code in {403, 409}
    voice.refresh_from_db()
    assert voice.overview == "Ik zit achterin."
