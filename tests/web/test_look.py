"""The accessibility menu: of the device before login, of the person afterwards, and nothing of one left for the next."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from kring.web.accounts.models import Look
from kring.web.accounts.rows import language_of
from kring.web.preferences import COOKIE
from tests.cast import Cast
from tests.web.accounts.doors import give, type_password, with_password

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(cast: Cast) -> Cast:
    """Els and Pim, who come in with a password."""
    for hat in (cast.els, cast.pim):
        with_password(hat.person)
    return cast


def choose(client: Client, **chosen: str) -> None:
    assert client.post(reverse("preferences"), chosen).status_code == 302


def look(client: Client) -> dict[str, str]:
    """How the page is shown, whoever is in."""
    page = client.get(reverse("account_inactive")).content.decode()
    first = page[page.index("<html") : page.index("<head")]
    return dict(re.findall(r'(?:data-)?(\w+)="(\w+)"', first))


def test_before_login_it_is_chosen_for_the_device(client: Client) -> None:
    choose(client, theme="dark", text="large", spacing="wide", motion="less", contrast="high", language="en")
    assert look(client) == {"lang": "en", "theme": "dark", "contrast": "high", "text": "large", "spacing": "wide", "motion": "less"}
    assert Look.objects.count() == 0


def test_it_follows_a_person_to_another_device(family: Cast) -> None:
    here, there = Client(), Client()
    type_password(here, "els")
    choose(here, text="larger", language="en")
    assert look(here) == {"lang": "en", "text": "larger"}
    assert COOKIE not in here.cookies
    type_password(there, "els")
    assert look(there) == {"lang": "en", "text": "larger"}


def test_on_a_shared_device_nothing_is_left_for_the_next(family: Cast, client: Client) -> None:
    choose(client, theme="light")  # of the tablet itself
    type_password(client, "els")
    choose(client, theme="dark", contrast="high", language="en")
    give(client, "account_logout")
    assert look(client) == {"lang": "nl", "theme": "light"}
    type_password(client, "pim")  # who never chose sees it as the tablet is
    assert look(client) == {"lang": "nl", "theme": "light"}
    give(client, "account_logout")
    type_password(client, "els")
    assert look(client) == {"lang": "en", "theme": "dark", "contrast": "high"}


def test_what_a_person_chose_wins_over_the_device_also_when_it_is_nothing_special(family: Cast, client: Client) -> None:
    type_password(client, "els")
    choose(client, language="nl")
    give(client, "account_logout")
    choose(client, theme="dark", language="en")
    type_password(client, "els")
    assert look(client) == {"lang": "nl"}


@pytest.mark.parametrize("kept", ["theme=" + "x" * 150, "theme", "&&==&", 'theme="><script>', "language=de&text=huge"])
def test_what_is_no_choice_counts_as_not_made(family: Cast, client: Client, kept: str) -> None:
    Look.objects.create(person=family.els.person, chosen=kept)
    type_password(client, "els")
    assert look(client) == {"lang": "nl"}


def test_every_page_says_in_which_language_it_is(family: Cast, client: Client) -> None:
    type_password(client, "els")
    choose(client, language="en")
    answer = client.get(reverse("home", args=[family.els.pk]))
    assert answer.headers["Content-Language"] == "en"
    assert b'<html lang="en"' in answer.content


def test_what_is_read_without_a_page_knows_the_language_too(cast: Cast) -> None:
    assert language_of(cast.els.person) == "nl"
    kept = Look.objects.create(person=cast.els.person, chosen="text=large&language=en")
    assert language_of(cast.els.person) == "en"
    kept.chosen = "language=de"
    kept.save()
    assert language_of(cast.els.person) == "nl"
