"""My identities: linked and unlinked by who is logged in with a second factor, and never somebody else's."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from kring.core.single_sign_on import fingerprint_of
from kring.identity_providers import IdentityProvider
from kring.web.models import Membership, Person
from tests.cast import PASSWORD, START, Cast, client_of
from tests.web.accounts.doors import code, give, type_password, with_app, with_password
from tests.web.single_sign_on.openid_way import come_in, leave, log_in_there, subject_of, who_is_in

pytestmark = pytest.mark.django_db
PAGE = "/account/identities/"


def link(client: Client, person: str = "anna") -> Any:
    return client.get(log_in_there(leave(client, "link_identity"), person), follow=True)


def unlink(client: Client) -> Any:
    return client.post(reverse("unlink_identity", args=["bestuur"]))


def test_whoever_links_logs_in_that_way_from_then_on(provider: IdentityProvider, claims: Any, cast: Cast, client: Client) -> None:
    anna = client_of(cast.anna)
    assert "Koppelen aan Stichting Tweeluik" in anna.get(PAGE).content.decode()
    page = link(anna).content.decode()
    assert "U kunt voortaan ook inloggen via Stichting Tweeluik." in page
    assert "Gekoppeld op" in page
    assert SocialAccount.objects.get().extra_data == {}
    claims(anna={"amr": ["mfa"]})
    come_in(client, "anna")
    assert who_is_in(client) == cast.anna.person
    assert Person.objects.get(pk=cast.anna.person_id).email == ""


def test_linking_twice_changes_nothing(provider: IdentityProvider, claims: Any, cast: Cast) -> None:
    anna = client_of(cast.anna)
    assert link(anna).status_code == link(anna).status_code == 200
    assert SocialAccount.objects.count() == 1


def test_a_session_with_a_password_alone_links_nothing(provider: IdentityProvider, cast: Cast) -> None:
    anna = client_of(cast.anna, shown="password")
    for route in ("link_identity", "unlink_identity"):
        assert_asked_for_proof(anna, route)
    assert SocialAccount.objects.count() == 0


def assert_asked_for_proof(client: Client, route: str) -> None:
    answer = client.post(reverse(route, args=["bestuur"]))
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (307, reverse("step_up"))


def test_a_second_factor_of_long_ago_links_nothing_until_it_is_shown_again(provider: IdentityProvider, cast: Cast) -> None:
    secret, anna, button = with_app(cast.anna.person), client_of(cast.anna), reverse("link_identity", args=["bestuur"])
    with time_machine.travel(timezone.now() + timedelta(minutes=19)):
        assert_asked_for_proof(anna, "link_identity")
        assert_asked_for_proof(anna, "unlink_identity")
        given = {"step-again": "1", "step-code": code(secret)}
        shown = give(anna, "step_up", given, next_page=button)
        assert (shown.status_code, shown.headers["Location"]) == (307, button)
        assert leave(anna, "link_identity").startswith(provider.issuer)


def test_a_guardian_links_with_a_fresh_password(provider: IdentityProvider, cast: Cast) -> None:
    with_password(cast.els.person)
    els = client_of(cast.els, shown="password")
    with time_machine.travel(timezone.now() + timedelta(minutes=19)):
        assert_asked_for_proof(els, "link_identity")
        give(els, "step_up", {"step-password": PASSWORD})
        assert leave(els, "link_identity").startswith(provider.issuer)


def test_whoever_sits_in_another_session_is_out_when_an_identity_comes_or_goes(provider: IdentityProvider, claims: Any, cast: Cast) -> None:
    secret, anna = with_app(cast.anna.person), client_of(cast.anna)
    for steps, change in enumerate((link, unlink)):
        elsewhere = Client()
        type_password(elsewhere)
        give(elsewhere, "mfa_authenticate", {"code": code(secret, steps=steps)})
        assert elsewhere.get(PAGE).status_code == 200
        before = anna.session.session_key
        change(anna)
        assert (elsewhere.get(PAGE).status_code, anna.get(PAGE).status_code) == (302, 200)
        assert anna.session.session_key != before


def test_an_identity_of_somebody_else_stays_theirs(provider: IdentityProvider, claims: Any, cast: Cast) -> None:
    link(client_of(cast.anna))
    page = link(client_of(cast.carla)).content.decode()
    assert "Dit account logt al iemand anders in." in page
    assert SocialAccount.objects.get().user == cast.anna.person


def test_an_empty_account_of_my_own_gives_way(provider: IdentityProvider, claims: Any, cast: Cast, client: Client) -> None:
    """Many press the button of the login page first, and link afterwards."""
    come_in(client, "anna")
    before, people = who_is_in(client), Person.objects.count()
    link(client_of(cast.anna))
    assert SocialAccount.objects.get().user == cast.anna.person
    assert Person.objects.count() == people - 1
    assert before is not None
    assert who_is_none(client)


def who_is_none(client: Client) -> bool:
    return client.get(PAGE).status_code == 302


def test_an_account_that_holds_a_role_gives_no_way(provider: IdentityProvider, claims: Any, cast: Cast, client: Client) -> None:
    come_in(client, "anna")
    made = who_is_in(client)
    assert made is not None
    held = Membership.objects.create(school=cast.beuk, person=made, role="teacher", from_at=START, until_at=START + timedelta(days=1))
    assert "logt al iemand anders in" in link(client_of(cast.anna)).content.decode()
    assert SocialAccount.objects.get().user == held.person


def test_who_comes_back_must_be_who_left(provider: IdentityProvider, claims: Any, cast: Cast) -> None:
    """Two people at one computer: the second one must not get the identity of the first."""
    client = client_of(cast.anna)
    back = log_in_there(leave(client, "link_identity"), "anna")
    states = client.session["socialaccount_states"]
    other = client_of(cast.carla)
    session = other.session
    session["socialaccount_states"] = states
    session.save()
    assert other.get(back).status_code == 409
    other.logout()
    assert other.get(back).status_code == 409
    assert SocialAccount.objects.count() == 0


def test_a_login_does_not_link(provider: IdentityProvider, claims: Any, cast: Cast) -> None:
    client = client_of(cast.anna)
    come_in(client, "mallory")
    assert who_is_in(client) != cast.anna.person
    assert not SocialAccount.objects.filter(user=cast.anna.person).exists()


@pytest.fixture
def linked(provider: IdentityProvider, cast: Cast) -> Person:
    SocialAccount.objects.create(user=cast.anna.person, provider="bestuur", uid=fingerprint_of(provider.issuer, subject_of("anna")))
    return cast.anna.person


def test_the_last_way_in_is_not_unlinked(linked: Person, cast: Cast) -> None:
    linked.set_unusable_password()
    linked.save()
    answer = unlink(client_of(cast.anna))
    assert (answer.status_code, SocialAccount.objects.count()) == (409, 1)
    assert "Dit is uw enige manier om in te loggen." in answer.content.decode()


@pytest.mark.parametrize("way", ["password", "passkey", "other"])
def test_with_another_way_in_it_is(linked: Person, cast: Cast, settings: Settings, provider: IdentityProvider, way: str) -> None:
    linked.set_password(PASSWORD) if way == "password" else linked.set_unusable_password()
    linked.save()
    if way == "passkey":
        Authenticator.objects.create(user=linked, type=Authenticator.Type.WEBAUTHN, data={})
    if way == "other":
        SocialAccount.objects.create(user=linked, provider="ander", uid="x")
        assert unlink(client_of(cast.anna)).status_code == 409  # a provider that is in the file no more lets nobody in
        settings.SSO = (provider, replace(provider, key="ander", issuer="https://ander.nl"))
    assert unlink(client_of(cast.anna)).status_code == 302
    assert not SocialAccount.objects.filter(provider="bestuur").exists()


def test_unlinking_what_is_not_linked_changes_nothing(provider: IdentityProvider, cast: Cast) -> None:
    SocialAccount.objects.create(user=cast.carla.person, provider="bestuur", uid="x")
    assert unlink(client_of(cast.anna)).status_code == 302
    assert SocialAccount.objects.count() == 1


def test_without_providers_the_page_says_what_it_is_for(cast: Cast, settings: Settings) -> None:
    settings.SSO = ()
    assert "Er is niets om te koppelen" in client_of(cast.anna).get(PAGE).content.decode()


def test_a_visitor_is_asked_to_log_in(provider: IdentityProvider, client: Client) -> None:
    for answer in (client.get(PAGE), client.post(reverse("link_identity", args=["bestuur"])), unlink(client)):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("account_login"))
