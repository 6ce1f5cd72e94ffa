"""Logging in by OpenID Connect, at allauth's own provider in a process of its own: the whole way, without a browser."""

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from kring.core.single_sign_on import fingerprint_of
from kring.identity_providers import IdentityProvider
from kring.web.models import Person
from tests.cast import Cast
from tests.web.single_sign_on.openid_way import come_in, leave, log_in_there, subject_of, who_is_in

pytestmark = pytest.mark.django_db


def test_somebody_new_gets_an_account_without_name_address_or_role(
    provider: IdentityProvider, claims: Any, cast: Cast, client: Client
) -> None:
    Person.objects.filter(pk=cast.anna.person_id).update(email="anna@beuk.nl")
    EmailAddress.objects.create(user=cast.anna.person, email="anna@beuk.nl", verified=True, primary=True)
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
    assert Person.objects.get(pk=cast.anna.person_id).email == "anna@beuk.nl"
    assert EmailAddress.objects.count() == 1


def test_who_comes_again_is_the_same(provider: IdentityProvider, claims: Any, client: Client) -> None:
    come_in(client, "anna")
    first = who_is_in(client)
    other = Client()
    come_in(other, "anna")
    assert who_is_in(other) == first
    come_in(other, "bram")
    assert who_is_in(other) != first
    assert SocialAccount.objects.count() == 2


def test_the_same_subject_at_another_issuer_is_somebody_else(provider: IdentityProvider, claims: Any, cast: Cast, client: Client) -> None:
    uid = fingerprint_of("https://elsewhere.nl", subject_of("anna"))
    SocialAccount.objects.create(user=cast.anna.person, provider="bestuur", uid=uid)
    come_in(client, "anna")
    assert who_is_in(client) != cast.anna.person


@pytest.fixture
def linked(provider: IdentityProvider, claims: Any, cast: Cast) -> Cast:
    """Anna of the provider is Anna of De Beuk."""
    uid = fingerprint_of(provider.issuer, subject_of("anna"))
    SocialAccount.objects.create(user=cast.anna.person, provider="bestuur", uid=uid)
    return cast


@pytest.mark.parametrize(
    ("said", "proved"),
    [({"amr": ["pwd", "mfa"]}, True), ({"acr": "mfa"}, True), ({"amr": ["pwd"]}, False), ({}, False), ({"amr": "mfa mfa"}, False)],
)
def test_a_second_factor_counts_when_the_provider_proves_it(
    linked: Cast, claims: Any, client: Client, said: dict[str, object], proved: bool
) -> None:
    claims(anna=said | {"email": "rik@beuk.nl"})
    come_in(client, "anna")
    assert who_is_in(client) == linked.anna.person
    assert linked.anna.person.email == ""
    shown = client.session["account_authentication_methods"]
    assert any(record.get("second_factor") for record in shown) is proved
    answer = client.get(reverse("home", args=[linked.anna.pk]))
    assert (answer.status_code == 200) is proved


def test_a_proof_does_not_pass_to_who_comes_next(linked: Cast, claims: Any, client: Client) -> None:
    claims(anna={"amr": ["mfa"]})
    come_in(client, "anna")
    come_in(client, "bram")
    assert who_is_in(client) != linked.anna.person
    assert not any(record.get("second_factor") for record in client.session["account_authentication_methods"])


def test_the_key_of_the_session_changes_at_login(linked: Cast, client: Client) -> None:
    back = log_in_there(leave(client), "anna")
    before = client.session.session_key
    client.get(back)
    assert client.session.session_key != before
    assert not Session.objects.filter(pk=before).exists()


def test_somebody_who_left_does_not_come_in(linked: Cast, client: Client) -> None:
    Person.objects.filter(pk=linked.anna.person_id).update(is_active=False)
    come_in(client, "anna")
    assert who_is_in(client) is None


@pytest.mark.parametrize(
    ("next_", "goes"), [("/account/identities/", "/account/identities/"), ("https://elsewhere.nl/", "/"), ("//elsewhere.nl", "/")]
)
def test_one_goes_on_to_where_one_was_going_and_nowhere_else(linked: Cast, claims: Any, client: Client, next_: str, goes: str) -> None:
    claims(anna={"amr": ["mfa"]})
    assert come_in(client, "anna", next=next_).headers["Location"] == goes


def refused(answer: Any) -> None:
    assert answer.status_code == 409
    assert "Inloggen is zo niet gelukt." in answer.content.decode()
    assert who_is_in(answer.client) is None


def test_the_way_back_works_once(linked: Cast, client: Client) -> None:
    back = log_in_there(leave(client), "anna")
    assert client.get(back).status_code == 302
    client.logout()
    refused(client.get(back))


def test_the_way_back_of_another_browser_is_refused(linked: Cast, client: Client) -> None:
    """An attacker sends a victim the address that logs in as the attacker."""
    back = log_in_there(leave(Client()), "mallory")
    refused(client.get(back))


def test_a_code_of_another_try_is_refused(linked: Cast, client: Client) -> None:
    """Stolen code, own state: the provider asks for the verifier of the browser that began (PKCE)."""
    stolen = parse_qs(urlsplit(log_in_there(leave(Client()), "anna")).query)["code"][0]
    state = parse_qs(urlsplit(leave(client)).query)["state"][0]
    refused(client.get(reverse("sign_on_return", args=["bestuur"]), {"code": stolen, "state": state}))


@pytest.mark.parametrize(
    "changed", [{"code": "x"}, {"code": ""}, {"code": "x" * 3000}, {"iss": "https://elsewhere.nl"}, {"error": "access_denied", "code": ""}]
)
def test_a_way_back_that_was_changed_is_refused(linked: Cast, client: Client, changed: dict[str, str]) -> None:
    back = urlsplit(log_in_there(leave(client), "anna"))
    asked = {name: values[0] for name, values in parse_qs(back.query).items()}
    refused(client.get(back.path, asked | changed))


@pytest.mark.parametrize("asked", [{}, {"state": "x"}, {"state": "\0"}, {"code": "x", "state": "x" * 5000}])
def test_a_way_back_that_nobody_began_is_refused(provider: IdentityProvider, client: Client, asked: dict[str, str]) -> None:
    refused(client.get(reverse("sign_on_return", args=["bestuur"]), asked))


def test_the_question_holds_what_the_standard_asks_and_nothing_of_the_request(provider: IdentityProvider, client: Client) -> None:
    asked = parse_qs(urlsplit(leave(client, scope="admin", auth_params="prompt=none", process="connect")).query)
    assert set(asked) == {
        *("response_type", "client_id", "redirect_uri", "scope", "state", "nonce"),
        *("code_challenge", "code_challenge_method"),
    }
    assert (asked["scope"], asked["code_challenge_method"], asked["response_type"]) == (["openid"], ["S256"], ["code"])
    assert asked["redirect_uri"] == ["http://testserver/login/via/bestuur/return/"]


@pytest.mark.parametrize(("wanted", "said", "in_"), [("beuk.nl", "Beuk.NL", True), ("beuk.nl", "eik.nl", False), ("beuk.nl", None, False)])
def test_only_the_own_organisation_comes_in(
    provider: IdentityProvider, claims: Any, settings: Settings, client: Client, wanted: str, said: str | None, in_: bool
) -> None:
    settings.SSO = (replace(provider, wanted={"hd": frozenset({wanted})}),)
    claims(mallory={"hd": said, "email": "mallory@beuk.nl"})
    answer = come_in(client, "mallory")
    assert (who_is_in(client) is not None) is in_
    assert in_ or "niet van een medewerker van deze school" in answer.content.decode()
    assert Person.objects.count() == in_


def test_a_school_may_let_in_only_who_is_linked(provider: IdentityProvider, claims: Any, settings: Settings, client: Client) -> None:
    settings.SSO = (replace(provider, makes_accounts=False),)
    answer = come_in(client, "mallory")
    assert (answer.status_code, Person.objects.count(), who_is_in(client)) == (409, 0, None)
    assert "nog aan niemand in Kring gekoppeld" in answer.content.decode()


def test_the_subject_of_entra_is_tenant_and_object(provider: IdentityProvider, claims: Any, settings: Settings, client: Client) -> None:
    settings.SSO = (replace(provider, subject=("tid", "oid"), wanted={"tid": frozenset({"t1"})}),)
    claims(mallory={"tid": "t1", "oid": "o1", "email": "anna@beuk.nl"})
    come_in(client, "mallory")
    assert SocialAccount.objects.get().uid == fingerprint_of(provider.issuer, "t1:o1")
    for lacking in ({"tid": "t1"}, {"tid": "t1", "oid": ["a", "b"]}, {"tid": "t1", "oid": ""}, {"tid": "t2", "oid": "o1"}):
        claims(bram=lacking)
        assert come_in(Client(), "bram").status_code == 409
    assert Person.objects.count() == 1


def test_a_provider_that_is_not_in_the_file_does_not_exist(provider: IdentityProvider, settings: Settings, client: Client) -> None:
    assert client.get(reverse("sign_on", args=["bestuur"])).status_code == 405
    assert client.post(reverse("sign_on", args=["ander"])).status_code == 404
    assert client.get(reverse("sign_on_metadata", args=["bestuur"])).status_code == 404
    assert client.post(reverse("sign_on_arrival", args=["bestuur"])).status_code == 404
    settings.SSO = ()
    assert client.post(reverse("sign_on", args=["bestuur"])).status_code == 404


def test_another_site_cannot_begin_it(provider: IdentityProvider) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(reverse("sign_on", args=["bestuur"])).status_code == 403
    assert Client().post(reverse("sign_on", args=["bestuur"]), headers={"sec-fetch-site": "cross-site"}).status_code == 403
