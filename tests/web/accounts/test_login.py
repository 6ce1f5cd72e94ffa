"""Logging in with a user name and a password."""

import pytest
from django.test import Client
from django.urls import reverse

from kring.web.models import Person
from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db


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
