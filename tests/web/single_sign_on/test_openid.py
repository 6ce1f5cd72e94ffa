"""Logging in by OpenID Connect, at allauth's own provider in a process of its own: the whole way, without a browser."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from kring.core.single_sign_on import fingerprint_of
from kring.identity_providers import IdentityProvider, Protocol
from kring.web.models import Person
from tests.cast import Cast, client_of
from tests.web.single_sign_on.openid_provider import CLIENT, PASSWORD, SECRET

pytestmark = pytest.mark.django_db
HERE = "http://testserver"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@pytest.fixture
def provider(openid_issuer: str, settings: Settings) -> IdentityProvider:
    """Kring knows the provider, and nothing is left of an earlier test."""
    cache.clear()
    made = IdentityProvider(
        key="bestuur",
        name="Stichting Tweeluik",
        protocol=Protocol.OPENID,
        issuer=openid_issuer,
        login_origins=frozenset({openid_issuer}),
        server_origins=frozenset({openid_issuer}),
        client_id=CLIENT,
        secret=SECRET,
        second_factor=frozenset({"mfa"}),
    )
    settings.SSO = (made,)
    return made


@pytest.fixture
def claims(openid_folder: Path) -> Any:
    """Sets what the provider says of somebody."""

    def says(**of: dict[str, Any]) -> None:
        (openid_folder / "claims.json").write_text(json.dumps(of))

    says()
    return says


def leave(client: Client, route: str = "sign_on", **data: str) -> str:
    answer = client.post(reverse(route, args=["bestuur"]), data)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def log_in_there(address: str, person: str) -> str:
    """What somebody does at the provider, until they are sent back: the address of the way back, with its code."""
    with requests.Session() as browser:
        page = browser.get(address, timeout=10)
        token = TOKEN.search(page.text)
        assert token, page.text
        form = {"login": person, "password": PASSWORD, "csrfmiddlewaretoken": token[1]}
        answer = browser.post(page.url, form, timeout=10, allow_redirects=False, headers={"Referer": page.url})
        while not (back := answer.headers["Location"]).startswith(HERE):
            answer = browser.get(requests.compat.urljoin(answer.url, back), timeout=10, allow_redirects=False)
    return str(back.removeprefix(HERE))


def come_in(client: Client, person: str, **data: str) -> Any:
    return client.get(log_in_there(leave(client, **data), person))


def who_is_in(client: Client) -> Person | None:
    key = client.session.get("_auth_user_id")
    return Person.objects.get(pk=key) if key else None


def test_somebody_new_gets_an_account_without_name_address_or_role(
    provider: IdentityProvider, claims: Any, cast: Cast, client: Client
) -> None:
    claims(mallory={"email": "anna@beuk.nl", "email_verified": True, "name": "Anna van de Test", "preferred_username": "anna"})
    answer = come_in(client, "mallory")
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("front"))
    made = who_is_in(client)
    assert made is not None
    assert made not in {actor.person for actor in cast.actors().values()}
    assert (made.email, made.given_name, made.memberships.count()) == ("", "nieuw account", 0)
    assert not made.has_usable_password()
    page = client.get(reverse("front")).content.decode()
    assert made.family_name in page
    assert "Anna" not in page
    assert SocialAccount.objects.get().extra_data == {}
