"""Sessions: ten hours, strict for staff, a list of one's own, and dead at once when how somebody comes in changes."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kring.web.models import Entry, Person
from kring.web.signing_in.devices import device_words
from kring.web.signing_in.rows import end_sessions
from tests.cast import PASSWORD, Cast, client_of
from tests.web.accounts.doors import give, log_in, type_password, with_app, with_password

pytestmark = pytest.mark.django_db
NEW = "een-heel-ander-slot"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


@pytest.fixture
def els(cast: Cast) -> Client:
    """A browser in which Els typed her password."""
    with_password(cast.els.person)
    client = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"})
    type_password(client, "els")
    return client


def home_of(cast: Cast) -> str:
    return reverse("home", args=[cast.els.pk])


def test_a_session_ends_ten_hours_after_signing_in_however_busy_somebody_is(els: Client, cast: Cast, clock: time_machine.Traveller) -> None:
    with_password(cast.els.person)
    busy = Client()
    type_password(busy, "els")
    for _ in range(31):
        clock.shift(timedelta(minutes=19))
        assert busy.get(home_of(cast)).status_code == 200
    clock.shift(timedelta(minutes=11))
    answer = busy.get(home_of(cast))
    assert answer.headers["Location"].startswith(reverse("account_login"))
    clock.shift(-timedelta(hours=1))
    assert busy.get(home_of(cast)).status_code == 302, "it is gone, not asleep"


def test_proving_it_again_does_not_make_a_session_longer(cast: Cast, clock: time_machine.Traveller) -> None:
    with_password(cast.els.person)
    busy = Client()
    type_password(busy, "els")
    for _ in range(10):
        clock.shift(timedelta(minutes=10))
        busy.get(home_of(cast))
    began = busy.session["signed_in_at"]
    give(busy, "step_up", {"step-password": PASSWORD})
    assert busy.session["signed_in_at"] == began


def test_a_session_made_while_the_clock_was_ahead_is_nobodys(cast: Cast, clock: time_machine.Traveller) -> None:
    with_password(cast.els.person)
    clock.shift(timedelta(days=30))
    early = Client()
    type_password(early, "els")
    clock.shift(-timedelta(days=30))
    assert early.get(home_of(cast)).status_code == 302


def test_a_session_that_does_not_say_when_it_began_is_nobodys(cast: Cast, client: Client) -> None:
    client.force_login(cast.els.person)
    assert client.get(home_of(cast)).status_code == 302


def test_nothing_is_kept_of_a_session_that_is_over(cast: Cast, clock: time_machine.Traveller) -> None:
    for person in (cast.els.person, cast.bram.person):
        with_password(person)
    first, later, last = Client(), Client(), Client()
    type_password(first, "els")
    clock.shift(timedelta(hours=9))
    type_password(later, "els")
    clock.shift(timedelta(hours=1, seconds=1))
    type_password(last, "bram")
    assert {row.session_key for row in UserSession.objects.all()} == {client.session.session_key for client in (later, last)}
    assert not Session.objects.filter(expire_date__lt=timezone.now()).exists()
    assert later.get(reverse("account")).status_code == 302, "away for longer than twenty minutes"


def test_staff_get_a_strict_cookie_at_their_first_page_and_guardians_a_lax_one(els: Client, cast: Cast, client: Client) -> None:
    assert els.cookies["kring"]["samesite"] == "Lax"
    log_in(client, with_app(cast.anna.person))
    client.get(reverse("home", args=[cast.anna.pk]))
    assert client.cookies["kring"]["samesite"] == "Strict"
    assert client.cookies["kring"]["httponly"]


FROM_ELSEWHERE = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}


def test_who_comes_along_a_link_on_another_site_is_sent_on_by_our_own(cast: Cast, client: Client) -> None:
    page = reverse("home", args=[cast.anna.pk])
    answer = client.get(page + "?a=%22%3E%3Cscript%3E", headers=FROM_ELSEWHERE)
    assert f'content="0;url={page}?a=%22%3E%3Cscript%3E"' in answer.content.decode()
    assert not answer.cookies
    assert client.post(page, headers=FROM_ELSEWHERE).status_code == 403


def test_who_has_a_cookie_is_not_sent_round(els: Client, cast: Cast) -> None:
    assert "http-equiv" not in els.get(home_of(cast), headers=FROM_ELSEWHERE).content.decode()


def test_a_new_password_ends_the_sessions_elsewhere_in_the_same_request(els: Client, cast: Cast) -> None:
    elsewhere = Client()
    type_password(elsewhere, "els")
    stolen = elsewhere.session.session_key
    answer = give(els, "account_change_password", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert answer.status_code == 302
    assert not elsewhere.session.exists(str(stolen))
    assert elsewhere.get(home_of(cast)).status_code == 302
    assert els.get(home_of(cast)).status_code == 200
    assert Entry.objects.filter(name="password.changed").count() == 1


def test_a_new_password_is_refused_in_dutch_with_what_to_do(els: Client) -> None:
    page = refused(els, {"oldpassword": "fout", "password1": "kort", "password2": "kort"})
    assert "Dit is niet uw huidige wachtwoord. Typ het nog een keer." in page
    assert "Dit wachtwoord is te kort. Neem er een van minstens 12 tekens." in page
    page = refused(els, {"oldpassword": PASSWORD, "password1": NEW, "password2": "anders"})
    assert "De twee nieuwe wachtwoorden zijn niet gelijk. Typ twee keer hetzelfde." in page


@pytest.mark.parametrize("password", ["password1234", "Wachtwoord12", "Welkom-2026!", "Kring Kring 1", "123456789012"])
def test_a_new_password_is_not_what_everybody_tries_first(els: Client, password: str) -> None:
    assert "Dit wachtwoord is makkelijk te raden." in refused(els, {"oldpassword": PASSWORD, "password1": password, "password2": password})


@pytest.mark.parametrize("password", ["justinbieber", "qwerty123456", "1q2w3e4r5t6y"])
def test_a_new_password_is_not_one_of_the_commonest(els: Client, password: str) -> None:
    assert "Dit wachtwoord is te algemeen." in refused(els, {"oldpassword": PASSWORD, "password1": password, "password2": password})


@pytest.mark.parametrize("password", ["els-els-els-", "Brouwer-2026", "wilhelmina-x"])
def test_a_new_password_is_not_ones_own_name(els: Client, cast: Cast, password: str) -> None:
    Person.objects.filter(pk=cast.els.person_id).update(username="els.els.els", given_name="Wilhelmina", family_name="Brouwer")
    page = refused(els, {"oldpassword": PASSWORD, "password1": password, "password2": password})
    assert "Dit wachtwoord lijkt te veel op uw naam." in page


def test_a_closed_account_has_no_session(els: Client, cast: Cast) -> None:
    """Whatever hat and page: the next request is that of a visitor."""
    Person.objects.filter(pk=cast.els.person_id).update(is_active=False)
    for address in (home_of(cast), reverse("account_change_password")):
        answer = els.get(address)
        assert (answer.status_code, reverse("account_login") in str(answer.headers.get("Location"))) == (302, True), address


def refused(client: Client, given: dict[str, Any]) -> str:
    answer = give(client, "account_change_password", given)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_nobody_tries_passwords_on_an_open_screen(els: Client) -> None:
    for number in range(5):
        assert "Dit is niet uw huidige" in refused(els, {"oldpassword": f"fout{number}", "password1": NEW, "password2": NEW})
    page = refused(els, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert "Het is te vaak niet gelukt." in page


def test_who_has_no_password_cannot_change_one(cast: Cast) -> None:
    cast.els.person.set_unusable_password()
    cast.els.person.save()
    assert client_of(cast.els).get(reverse("account_change_password")).headers["Location"] == reverse("account")


def test_the_list_shows_my_sessions_and_nobody_elses(els: Client, cast: Cast) -> None:
    log_in(Client(), with_app(cast.anna.person))
    page = els.get(reverse("sessions")).content.decode()
    assert "Firefox op Windows" in page
    assert page.count("<tr>") == 2  # its head, and this one
    assert "Sluit alle andere" not in page


def test_another_session_of_mine_can_be_closed(els: Client, cast: Cast) -> None:
    elsewhere = Client()
    type_password(elsewhere, "els")
    row = UserSession.objects.get(session_key=elsewhere.session.session_key)
    assert give(els, "end_session", {"session": row.pk}).status_code == 302
    assert elsewhere.get(home_of(cast)).status_code == 302
    assert els.get(home_of(cast)).status_code == 200
    assert give(els, "end_session", {"session": row.pk}).status_code == 404


def test_all_others_can_be_closed_at_once(els: Client, cast: Cast) -> None:
    others = [Client(), Client()]
    for other in others:
        type_password(other, "els")
    give(els, "end_session", {"session": "others"})
    assert [client.get(home_of(cast)).status_code for client in (*others, els)] == [302, 302, 200]


def test_the_session_of_another_cannot_be_closed(els: Client, cast: Cast) -> None:
    anna = Client()
    log_in(anna, with_app(cast.anna.person))
    row = UserSession.objects.get(session_key=anna.session.session_key)
    assert give(els, "end_session", {"session": row.pk}).status_code == 404
    assert anna.get(reverse("home", args=[cast.anna.pk])).status_code == 200


@pytest.mark.parametrize("which", ["", "x", "\x00", "-1", "9" * 40])
def test_no_nonsense_closes_a_session(els: Client, which: str) -> None:
    type_password(Client(), "els")
    assert give(els, "end_session", {"session": which}).status_code == 404
    assert UserSession.objects.count() == 2


def test_this_session_is_not_closed_by_its_own_line(els: Client) -> None:
    row = UserSession.objects.get(session_key=els.session.session_key)
    assert give(els, "end_session", {"session": row.pk}).status_code == 404


def test_who_changes_somebodys_role_can_end_all_sessions_of_that_person(els: Client, cast: Cast) -> None:
    assert end_sessions(cast.els.person) == 1
    assert els.get(home_of(cast)).status_code == 302


def test_my_account_is_found_in_the_menu_and_shows_how_i_come_in(els: Client, cast: Cast) -> None:
    assert f'href="{reverse("account")}"' in els.get(home_of(cast)).content.decode()
    page = els.get(reverse("account")).content.decode()
    for words in ("Passkey maken", "App instellen", "Wachtwoord wijzigen", "Bekijken en afsluiten"):
        assert words in page


@pytest.mark.parametrize("route", ["account", "sessions", "add_passkey", "set_up_app", "account_change_password", "new_recovery_codes"])
def test_a_visitor_has_no_account(client: Client, route: str) -> None:
    assert client.get(reverse(route)).headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge op Windows"),
        ("Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari op iPad"),
        ("Mozilla/5.0 (X11; CrOS x86_64) Chrome/140.0 Safari/537.36", "Chrome op Chromebook"),
        ("Firefox/140.0", "Firefox"),
        ("iets met Android", "Android"),
        ("", "een onbekend apparaat"),
    ],
)
def test_a_browser_in_words(said: str, words: str) -> None:
    assert device_words(said) == words
