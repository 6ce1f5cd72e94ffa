"""Logging in by SAML, at Debian's simplesamlphp: the whole way, without a browser; the provider is read from a file, as for a school."""

import base64
import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
import requests
import yaml
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse
from lxml import etree  # type: ignore[import-untyped]
from pytest_django import Settings

from kring.identity_providers import IdentityProvider, read_providers
from kring.web.models import Person
from tests.cast import Cast, client_of
from tests.web.single_sign_on.openid_way import who_is_in
from tests.web.single_sign_on.saml_provider import ANSWERS, AUDIENCE, PASSWORD, SEALED, entity

pytestmark = pytest.mark.django_db
FIELD = re.compile(r'name="(\w+)" value="([^"]*)"')


@pytest.fixture
def provider(saml_base: str, tmp_path: Path, settings: Settings) -> IdentityProvider:
    return read(saml_base, tmp_path, settings, key="saml")


def read(saml_base: str, tmp_path: Path, settings: Settings, **changed: str) -> IdentityProvider:
    (tmp_path / "idp.xml").write_text(requests.get(entity(saml_base), timeout=10).text)
    entry = {
        "key": "saml",
        "name": "Stichting Tweeluik",
        "preset": "surfconext-saml",
        "entity_id": entity(saml_base),
        "metadata_file": "idp.xml",
    }
    more = {"home_organisations": ["beuk.nl"], "second_factor": ["urn:oasis:names:tc:SAML:2.0:ac:classes:Password"]}
    (tmp_path / "sso.yaml").write_text(yaml.safe_dump({"providers": [entry | more | changed]}))
    (made,) = settings.SSO = read_providers(tmp_path / "sso.yaml", production=False)
    return made


def leave(client: Client, route: str = "sign_on", key: str = "saml") -> str:
    return str(client.post(reverse(route, args=[key])).headers["Location"])


def log_in_there(address: str, person: str) -> str:
    """What somebody does at the provider: its answer, which a browser would bring to us by a form."""
    with requests.Session() as browser:
        page = browser.get(address, timeout=20)
        asked = {name: unescape(value) for name, value in FIELD.findall(page.text)}
        form = {"AuthState": asked["AuthState"], "username": person, "password": PASSWORD}
        page = browser.post(urljoin(page.url, page.url.partition("?")[0]), form, timeout=20)
        assert "/answer/" in unescape(page.text), page.text
        return str(dict(FIELD.findall(page.text))["SAMLResponse"])


def arrive(client: Client, answer: str, key: str = "saml") -> Any:
    """The form of the other site, and then the one of ours that it becomes."""
    page = client.post(reverse("sign_on_answer", args=[key]), {"SAMLResponse": answer}, headers={"sec-fetch-site": "cross-site"})
    assert page.status_code == 200
    carried = unescape(dict(FIELD.findall(page.content.decode()))["SAMLResponse"])
    assert carried == answer
    return client.post(reverse("sign_on_arrival", args=[key]), {"SAMLResponse": carried})


def come_in(client: Client, person: str) -> Any:
    return arrive(client, log_in_there(leave(client), person))


def test_somebody_new_gets_an_account_without_name_address_or_role(provider: IdentityProvider, cast: Cast, client: Client) -> None:
    answer = come_in(client, "anna")
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("front"))
    made = who_is_in(client)
    assert made is not None
    assert (made.email, made.given_name, made.memberships.count()) == ("", "nieuw account", 0)
    assert made.family_name in client.get(reverse("front")).content.decode()
    other = Client()
    come_in(other, "anna")
    assert who_is_in(other) == made
    assert SocialAccount.objects.get().extra_data == {}


@pytest.mark.parametrize("person", ["mallory", "gijs"])
def test_pupils_and_other_schools_stay_outside(provider: IdentityProvider, cast: Cast, client: Client, person: str) -> None:
    people = Person.objects.count()
    answer = come_in(client, person)
    assert answer.status_code == 409
    assert "niet van een medewerker van deze school" in answer.content.decode()
    assert (who_is_in(client), Person.objects.count()) == (None, people)


def test_the_class_of_the_authentication_proves_a_second_factor(provider: IdentityProvider, cast: Cast, client: Client) -> None:
    """The test's provider says “Password”; that is what this file accepts as proof."""
    anna = client_of(cast.anna)
    assert arrive(anna, log_in_there(leave(anna, "link_identity"), "anna")).headers["Location"] == reverse("identities")
    come_in(client, "anna")
    assert who_is_in(client) == cast.anna.person
    assert client.get(reverse("home", args=[cast.anna.pk])).status_code == 200


def test_an_answer_works_once_and_in_the_browser_that_asked(provider: IdentityProvider, client: Client) -> None:
    answer = log_in_there(leave(client), "anna")
    other = Client()
    leave(other)
    assert arrive(other, answer).status_code == 409
    assert arrive(client, answer).status_code == 302
    client.logout()
    assert arrive(client, answer).status_code == 409


def test_the_metadata_says_what_the_provider_must_know(provider: IdentityProvider, client: Client) -> None:
    page = client.get(reverse("sign_on_metadata", args=["saml"]))
    read = etree.fromstring(page.content)
    assert read.get("entityID") == AUDIENCE
    assert [one.get("Location") for one in read.iterfind(".//{*}AssertionConsumerService")] == [ANSWERS]
    assert read.find(".//{*}SPSSODescriptor").get("WantAssertionsSigned") == "true"
    assert read.find(".//{*}SingleLogoutService") is None


def test_the_question_goes_to_the_address_of_the_metadata(provider: IdentityProvider, saml_base: str, client: Client) -> None:
    address = urlsplit(leave(client))
    assert f"{address.scheme}://{address.netloc}" == saml_base
    assert set(parse_qs(address.query)) == {"SAMLRequest"}
    assert provider.login_origins == {saml_base}


def test_an_answer_may_be_sealed_with_our_key(
    saml_base: str, saml_folder: Path, tmp_path: Path, settings: Settings, client: Client
) -> None:
    ours = {"key_file": str(saml_folder / "kring.pem"), "certificate_file": str(saml_folder / "cert" / "kring.crt")}
    read(saml_base, tmp_path, settings, key=SEALED, **ours)
    answer = log_in_there(leave(client, key=SEALED), "anna")
    assert b"EncryptedAssertion" in base64.b64decode(answer)
    assert arrive(client, answer, SEALED).status_code == 302
    assert who_is_in(client) is not None
    read(saml_base, tmp_path, settings, key=SEALED)
    assert arrive(Client(), answer, SEALED).status_code == 409
