"""Who was away is logged out at the minute, and a form that comes in then, or with an old login, is shown again as it was."""

import html
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from kring.web.drafts.form_key import FormKey, signed
from kring.web.models import Draft, Membership
from tests.cast import Cast, client_of
from tests.web.drafts.test_drafts import TYPED, key_on, page

pytestmark = pytest.mark.django_db
START = timezone.now().replace(microsecond=0)
AFTER_LOGIN = "/login/?next="


@pytest.fixture(autouse=True)
def files(settings: Settings, tmp_path: Path) -> None:
    settings.FILES = tmp_path


def at(**after: float) -> Any:
    return time_machine.travel(START + timedelta(**after), tick=False)


def home(client: Client, actor: Membership, **headers: str) -> int:
    return client.get(reverse("home", args=[actor.pk]), headers=headers).status_code


@pytest.mark.parametrize(("who", "minutes"), [("anna", 20), ("bram", 20), ("els", 20), ("noor", 10)])
def test_at_the_minute(cast: Cast, who: str, minutes: int) -> None:
    actor = getattr(cast, who)
    with at():
        client = client_of(actor)
        assert home(client, actor) == 200
    with at(minutes=minutes, seconds=-1):
        assert home(client, actor) == 200
    with at(minutes=2 * minutes, seconds=28):
        assert home(client, actor) == 200
    with at(minutes=3 * minutes, seconds=60):
        assert home(client, actor) == 302
    assert [one for one in Session.objects.all() if "_auth_user_id" in one.get_decoded()] == []


def test_a_page_that_asks_by_itself_keeps_nobody_in(cast: Cast) -> None:
    with at():
        client = client_of(cast.anna)
        home(client, cast.anna)
    for minute in range(1, 20):
        with at(minutes=minute):
            assert home(client, cast.anna, kring_waiting="1") == 200
    with at(minutes=21):
        assert home(client, cast.anna, kring_waiting="1") == 302


def test_the_page_is_told_how_long_it_has(cast: Cast) -> None:
    address = reverse("here", args=[cast.anna.pk])
    with at():
        client = client_of(cast.anna)
        text = client.get(reverse("home", args=[cast.anna.pk])).content.decode()
        assert 'data-presence="1200" data-warn="120"' in text
    with at(minutes=18):
        assert client.get(address, headers={"kring-waiting": "1"}).json() == {"seconds": 150}
        assert client.post(address).json() == {"seconds": 1230}
        assert client.get(address, headers={"kring-waiting": "1"}).json() == {"seconds": 1230}


def test_a_school_may_ask_for_less(cast: Cast, settings: Settings) -> None:
    settings.IDLE = timedelta(seconds=40)
    with at():
        client = client_of(cast.anna)
        home(client, cast.anna)
    with at(seconds=49):
        assert home(client, cast.anna, kring_waiting="1") == 200
    with at(seconds=50):
        assert home(client, cast.anna) == 302


@pytest.mark.parametrize("jump", [timedelta(days=-1), timedelta(minutes=-2), timedelta(days=400)])
def test_a_clock_that_jumps_gives_nobody_more_time(cast: Cast, jump: timedelta) -> None:
    with at():
        client = client_of(cast.anna)
        home(client, cast.anna)
    with time_machine.travel(START + jump, tick=False):
        assert home(client, cast.anna) == 302


def test_who_never_asked_a_page_after_logging_in_is_away_too(cast: Cast) -> None:
    with at():
        client = client_of(cast.anna)
    with at(minutes=21):
        assert home(client, cast.anna) == 302


# ---- a form that comes too late


def typing(cast: Cast) -> tuple[Client, str]:
    client = client_of(cast.anna)
    return client, key_on(client.get(page(cast)))


def sent(client: Client, cast: Cast, key: str, **more: str) -> Any:
    return client.post(page(cast), {"draft": key, "title": TYPED, "held_on": "2026-01-05", "instrument": "", **more})


def test_a_form_sent_after_the_end_is_there_after_logging_in(cast: Cast) -> None:
    with at():
        client, key = typing(cast)
    with at(minutes=30):
        answer = sent(client, cast, key, school=str(cast.eik.pk))
        assert answer.status_code == 302
        assert answer.headers["Location"] == AFTER_LOGIN + page(cast).replace("/", "%2F")
        assert Draft.objects.get().fields == {"title": [TYPED], "held_on": ["2026-01-05"], "instrument": [""]}
        assert f'value="{TYPED}"' in client_of(cast.anna).get(page(cast)).content.decode()
        assert "Uitgelogd, want er gebeurde een tijd niets." in client.get(answer.headers["Location"]).content.decode()


def test_also_after_the_ten_hours_are_over(cast: Cast) -> None:
    client, key = typing(cast)
    session = client.session
    session["signed_in_at"] = (timezone.now() - timedelta(hours=11)).timestamp()
    session.save()
    assert sent(client, cast, key).headers["Location"].startswith(AFTER_LOGIN)
    assert Draft.objects.exists()


def test_typing_that_is_kept_too_late_is_kept_all_the_same(cast: Cast) -> None:
    with at():
        client, key = typing(cast)
    with at(minutes=30):
        answer = client.post(reverse("draft_save", args=[cast.anna.pk]), {"draft": key, "title": TYPED})
    assert answer.status_code == 302
    assert Draft.objects.get().fields["title"] == [TYPED]


def test_sent_well_it_is_gone(cast: Cast) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client, key = typing(cast)
    client.post(reverse("draft_save", args=[cast.anna.pk]), {"draft": key, "title": TYPED})
    names = SimpleUploadedFile("pupils.csv", b"leerling;naam\nnoor;Noor Test\nsem;Sem Test\n")
    choices = SimpleUploadedFile("nominations.csv", b"vraag;van;naar\ntogether;noor;sem\n")
    given = {"draft": key, "title": TYPED, "held_on": "2026-01-05", "instrument": "", "pupils": names, "nominations": choices}
    with time_machine.travel(datetime(2026, 3, 2, 9, tzinfo=START.tzinfo), tick=False):
        answer = client_of(cast.anna).post(page(cast), given)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    assert not Draft.objects.exists()


def test_sent_with_a_fault_it_stays_and_the_form_keeps_its_key(cast: Cast) -> None:
    client, key = typing(cast)
    client.post(reverse("draft_save", args=[cast.anna.pk]), {"draft": key, "title": TYPED})
    answer = sent(client, cast, key)
    assert answer.status_code == 200
    assert key_on(answer) == key
    assert "Dit had u al getypt" not in answer.content.decode()
    assert Draft.objects.exists()


@pytest.mark.parametrize(("origin", "answered", "saved"), [("same-origin", 302, True), ("cross-site", 403, False), ("", 403, False)])
def test_a_form_older_than_the_login_is_shown_again_when_it_is_our_own(cast: Cast, origin: str, answered: int, saved: bool) -> None:
    _, key = typing(cast)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client_of(cast.anna).cookies
    answer = strict.post(page(cast), {"draft": key, "title": TYPED}, headers={"Sec-Fetch-Site": origin} if origin else {})
    assert (answer.status_code, Draft.objects.exists()) == (answered, saved)


def test_what_broke_on_our_side_is_kept(cast: Cast) -> None:
    client, key = typing(cast)
    client.raise_request_exception = False
    with patch("kring.web.exchange.views.UploadForm", side_effect=RuntimeError), patch("logging.Logger.error"):
        assert sent(client, cast, key).status_code == 500
    assert Draft.objects.get().fields["title"] == [TYPED]


def test_a_database_that_is_gone_makes_nothing_worse(cast: Cast) -> None:
    with at():
        client, key = typing(cast)
    with at(minutes=30), patch("kring.web.drafts.presence.intake.keep", side_effect=DatabaseError):
        assert sent(client, cast, key).headers["Location"].startswith(AFTER_LOGIN)


@pytest.mark.parametrize("whose", ["bram", "nobody"])
def test_the_key_of_somebody_else_keeps_nothing(cast: Cast, whose: str) -> None:
    author = cast.bram.pk if whose == "bram" else uuid4()
    with at():
        client, _ = typing(cast)
    with at(minutes=30):
        sent(client, cast, signed(FormKey(author, page(cast), ("title",))))
    assert not Draft.objects.exists()


def test_a_hat_that_ended_keeps_nothing(cast: Cast) -> None:
    with at():
        client, key = typing(cast)
    Membership.objects.filter(pk=cast.anna.pk).update(until_at=START + timedelta(minutes=1))
    with at(minutes=30):
        sent(client, cast, key)
    assert not Draft.objects.exists()


def test_a_form_of_somebody_who_must_first_choose_a_second_step_is_there_afterwards(cast: Cast) -> None:
    """A guardian who becomes a colleague while typing."""
    _, key = typing(cast)
    client = client_of(cast.anna, shown="password")
    answer = sent(client, cast, key)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/login/choose/?next=" + page(cast).replace("/", "%2F"))
    assert "Kies uw tweede stap" in client.get(answer.headers["Location"]).content.decode()
    assert TYPED in html.unescape(client_of(cast.anna).get(page(cast)).content.decode())


def test_a_visitor_who_sends_a_form_is_asked_to_log_in_and_nothing_is_kept(cast: Cast) -> None:
    _, key = typing(cast)
    assert sent(Client(), cast, key).headers["Location"].startswith(AFTER_LOGIN)
    assert not Draft.objects.exists()
