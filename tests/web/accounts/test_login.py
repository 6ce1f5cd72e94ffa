"""Logging in with a user name and a password."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from kring.web.models import Person
from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_tried_before() -> None:
    """Tries are counted in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def anna(cast: Cast) -> Person:
    person = cast.anna.person
    person.set_password(PASSWORD)
    person.save()
    return person


def log_in(client: Client, login: str, password: str) -> int:
    return client.post(reverse("account_login"), {"login": login, "password": password}).status_code


def test_somebody_logs_in_and_comes_to_her_own_first_page(anna: Person, cast: Cast, client: Client) -> None:
    answer = client.post(reverse("account_login"), {"login": "anna", "password": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1] == (reverse("home", args=[cast.anna.pk]), 302)
    assert answer.status_code == 200


def test_the_session_key_changes_at_login(anna: Person, client: Client) -> None:
    client.get(reverse("account_login"))
    before = client.session.session_key
    log_in(client, "anna", PASSWORD)
    assert client.session.session_key != before


def test_a_wrong_password_and_an_unknown_name_look_alike(anna: Person, client: Client) -> None:
    pages = [client.post(reverse("account_login"), {"login": login, "password": "fout"}) for login in ("anna", "niemand")]
    texts = [page.content.decode().replace("niemand", "anna") for page in pages]
    assert [page.status_code for page in pages] == [200, 200]
    assert without_token(texts[0]) == without_token(texts[1])


def without_token(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_wrong_tries_lock_a_name_and_not_the_school(anna: Person, client: Client) -> None:
    """Everybody at school comes from one address."""
    for number in range(20):
        log_in(Client(), f"niemand{number}", "fout")
    for _ in range(5):
        log_in(Client(), "sem", "fout")
    assert "Het is te vaak niet gelukt." in refused(client, "account_login", {"login": "sem", "password": "fout"})
    assert log_in(client, "anna", PASSWORD) == 302


def test_somebody_who_left_does_not_come_in(anna: Person, client: Client) -> None:
    Person.objects.filter(pk=anna.pk).update(is_active=False)
    log_in(client, "anna", PASSWORD)
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up(client: Client) -> None:
    answer = client.get(reverse("account_signup"))
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("account_login"))


def test_logging_out_ends_the_session(anna: Person, cast: Cast, client: Client) -> None:
    log_in(client, "anna", PASSWORD)
    client.post(reverse("account_logout"))
    assert client.get(reverse("home", args=[cast.anna.pk])).status_code == 302


def refused(client: Client, route: str, given: dict[str, str]) -> str:
    answer = client.post(reverse(route), given)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_refusal_speaks_to_an_adult(anna: Person, client: Client) -> None:
    page = refused(client, "account_login", {"login": "anna", "password": "fout"})
    assert "Deze naam en dit wachtwoord horen niet bij elkaar. Kijk of u alles goed hebt getypt." in page


def test_a_new_password_is_refused_in_dutch_with_what_to_do(anna: Person, client: Client) -> None:
    client.force_login(anna)
    page = refused(client, "account_change_password", {"oldpassword": "fout", "password1": "kort", "password2": "kort"})
    assert "Dit is niet uw huidige wachtwoord. Typ het nog een keer." in page
    assert "Dit wachtwoord is te kort. Neem er een van minstens 12 tekens." in page
    page = refused(client, "account_change_password", {"oldpassword": PASSWORD, "password1": "een-heel-ander-slot", "password2": "anders"})
    assert "De twee nieuwe wachtwoorden zijn niet gelijk. Typ twee keer hetzelfde." in page


def test_a_new_password_typed_twice_is_kept(anna: Person, client: Client) -> None:
    client.force_login(anna)
    new = {"oldpassword": PASSWORD, "password1": "een-heel-ander-slot", "password2": "een-heel-ander-slot"}
    assert client.post(reverse("account_change_password"), new).status_code == 302
    anna.refresh_from_db()
    assert anna.check_password("een-heel-ander-slot")
