"""Passkeys, with a key in software: one touch is both factors, if it was unlocked, if it is mine, and if it is for this site."""

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kring.web.models import Entry, Membership, Person
from tests.cast import Cast
from tests.web.accounts.doors import AS_JSON, give, is_in, recovery_codes, type_password, user_of, with_app, with_password
from tests.web.accounts.touched import Key

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(cast: Cast) -> Person:
    return with_password(cast.anna.person)


def options_on(page: Any) -> dict[str, Any]:
    """What the page hands to its script."""
    text = page.content.decode().split('<script id="passkey-options" type="application/json">')[1].split("</script>")[0]
    return dict(json.loads(text))


def set_up(client: Client, key: Key, name: str = "Laptop") -> Any:
    asked = options_on(client.get(reverse("add_passkey")))
    return give(client, "add_passkey", {"name": name, "credential": json.dumps(key.make(asked))})


def options_at_door(client: Client) -> dict[str, Any]:
    return dict(client.get(reverse("mfa_login_webauthn"), headers=AS_JSON).json()["request_options"])


def touch(client: Client, key: Key, **more: str) -> Any:
    return give(client, "mfa_login_webauthn", {"credential": json.dumps(key.show(options_at_door(client))), **more})


def remove(client: Client, factor: object) -> Any:
    return client.post(f"{reverse('remove_factor')}?factor={factor}")


@pytest.fixture
def key(anna: Person) -> Key:
    """The passkey of Anna, made in a session that began with her password."""
    client, key = Client(), Key()
    type_password(client)
    assert set_up(client, key).headers["Location"] == reverse("mfa_view_recovery_codes")
    return key


def test_one_touch_without_a_name_brings_somebody_in_with_both_factors(key: Key, cast: Cast, client: Client) -> None:
    page = reverse("group", args=[cast.anna.pk, cast.group_6a.pk])
    answer = touch(client, key, next=page)
    assert answer.headers["Location"] == page
    assert client.get(page).status_code == 200


def test_a_passkey_asks_the_browser_for_a_finger_face_or_pin_and_stays_on_the_device(anna: Person, client: Client) -> None:
    type_password(client)
    made = options_on(client.get(reverse("add_passkey")))["publicKey"]
    assert made["authenticatorSelection"]["userVerification"] == "required"
    assert made["authenticatorSelection"]["residentKey"] == "required"
    assert (made["rp"], made["user"]["name"]) == ({"id": "testserver", "name": "Kring"}, "anna")
    assert options_at_door(Client())["publicKey"]["userVerification"] == "required"


def test_a_key_that_anybody_can_touch_is_no_passkey(anna: Person, client: Client) -> None:
    type_password(client)
    answer = set_up(client, Key(unlocked=False))
    assert answer.status_code == 200
    assert "Dit klopt niet" in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_a_passkey_that_was_not_unlocked_does_not_let_in(key: Key, client: Client) -> None:
    key.unlocked = False
    assert touch(client, key).headers["Location"].startswith(reverse("account_login"))
    assert not is_in(client)
    type_password(client)
    asked = options_on(client.get(reverse("mfa_authenticate")))
    give(client, "mfa_authenticate", {"credential": json.dumps(key.show(asked))})
    assert not is_in(client)


def test_a_challenge_of_another_page_cannot_lower_what_the_door_asks(key: Key, client: Client) -> None:
    """The challenge after a password is kept in the same place as the one of the door."""
    key.unlocked = False
    type_password(client)
    asked = options_on(client.get(reverse("mfa_authenticate")))
    give(client, "mfa_login_webauthn", {"credential": json.dumps(key.show(asked))})
    assert not is_in(client)


@pytest.mark.parametrize(("what", "wrong"), [("site", "elders.example"), ("id", b"nobody's"), ("owner", "bm9ib2R5"), ("owner", "")])
def test_a_passkey_for_another_site_or_of_nobody_does_not_let_in(key: Key, client: Client, what: str, wrong: Any) -> None:
    setattr(key, what, wrong)
    assert touch(client, key).status_code == 302
    assert not is_in(client)


def test_a_forged_signature_does_not_let_in(key: Key, client: Client) -> None:
    forged = Key(id=key.id, owner=key.owner)
    touch(client, forged)
    assert not is_in(client)


def test_an_answer_works_once(key: Key, client: Client) -> None:
    answer = {"credential": json.dumps(key.show(options_at_door(client)))}
    give(client, "mfa_login_webauthn", answer)
    assert is_in(client)
    give(client, "account_logout")
    give(client, "mfa_login_webauthn", answer)
    assert not is_in(client)


def test_in_production_a_passkey_of_another_origin_is_refused(key: Key, client: Client, settings: Any) -> None:
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
    key.origin = "https://testserver.elders.example"
    touch(client, key)
    assert not is_in(client)
    key.origin = "https://testserver"
    touch(client, key)
    assert is_in(client)


def test_the_passkey_of_another_is_no_second_factor_for_me(key: Key, cast: Cast) -> None:
    """Bram typed his password; the key that he shows is Anna's."""
    with_app(cast.bram.person)
    client = Client()
    type_password(client, "bram")
    client.get(reverse("mfa_authenticate"))
    asked = {"publicKey": {"challenge": client.session["mfa.webauthn.state"]["challenge"]}}
    answer = give(client, "mfa_authenticate", {"credential": json.dumps(key.show(asked))})
    assert answer.status_code == 200
    assert not is_in(client)


def test_who_has_a_passkey_needs_it_after_a_password(key: Key, cast: Cast, client: Client) -> None:
    assert type_password(client).headers["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)
    asked = options_on(client.get(reverse("mfa_authenticate")))
    give(client, "mfa_authenticate", {"credential": json.dumps(key.show(asked))})
    assert client.get(reverse("home", args=[cast.anna.pk])).status_code == 200


def test_a_passkey_lets_in_while_the_name_is_locked_by_wrong_passwords(key: Key, client: Client) -> None:
    for _ in range(6):
        type_password(Client(), "anna", "fout")
    touch(client, key)
    assert is_in(client)


def test_setting_up_gives_recovery_codes_once_and_then_goes_on(anna: Person, cast: Cast, client: Client) -> None:
    page = reverse("group", args=[cast.anna.pk, cast.group_6a.pk])
    type_password(client, next=page)
    client.get(page, follow=True)
    answer = client.get(set_up(client, Key()).headers["Location"])
    first = recovery_codes(anna)[0]
    shown = f"{first[:4]} {first[4:]}"  # half a code may stand anywhere in a page by chance
    assert shown in answer.content.decode()
    assert reverse("onward") in answer.content.decode()
    again = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert shown not in again
    assert first not in again
    assert client.get(reverse("onward")).headers["Location"] == page
    assert client.get(page).status_code == 200


def test_a_new_factor_ends_the_sessions_elsewhere_in_the_same_request(key: Key, cast: Cast) -> None:
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        touch(client, key)
    before = here.session.session_key
    set_up(here, Key(), "Telefoon")
    assert elsewhere.get(reverse("home", args=[cast.anna.pk])).status_code == 302
    assert here.get(reverse("home", args=[cast.anna.pk])).status_code == 200
    assert here.session.session_key != before


def test_factors_that_come_and_go_are_written_down(key: Key, client: Client) -> None:
    touch(client, key)
    set_up(client, Key(), "Telefoon")
    second = Authenticator.objects.filter(type="webauthn").latest("pk")
    remove(client, second.pk)
    names = list(Entry.objects.order_by("sequence").values_list("name", flat=True))
    assert [name for name in names if name.startswith("factor")] == ["factor.added", "factor.added", "factor.removed"]


def test_the_last_factor_of_staff_stays(key: Key, client: Client) -> None:
    touch(client, key)
    only = Authenticator.objects.get(type="webauthn")
    answer = remove(client, only.pk)
    assert answer.status_code == 409
    assert "Dit is uw enige tweede stap." in answer.content.decode()
    assert Authenticator.objects.filter(pk=only.pk).exists()


def test_a_guardian_may_remove_the_last_one_and_the_codes_go_along(cast: Cast, client: Client) -> None:
    with_password(cast.els.person)
    type_password(client, "els")
    set_up(client, Key())
    assert remove(client, Authenticator.objects.get(type="webauthn").pk).status_code == 302
    assert not Authenticator.objects.exists()


def test_the_factor_of_another_does_not_exist(key: Key, cast: Cast) -> None:
    secret = with_app(cast.bram.person)
    assert secret
    of_bram = Authenticator.objects.get(user=cast.bram.person, type="totp")
    client = Client()
    touch(client, key)
    for number in (of_bram.pk, 0, 10**30, "", "x", "\x00"):
        assert client.get(reverse("remove_factor"), {"factor": number}).status_code == 404
        assert remove(client, number).status_code == 404
    assert Authenticator.objects.filter(pk=of_bram.pk).exists()


def test_a_key_cannot_be_added_from_a_session_that_is_a_while_old(
    key: Key, cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    touch(client, key)
    age(client, minutes=11)
    answer = client.get(reverse("add_passkey"))
    assert answer.headers["Location"].startswith(reverse("step_up"))


def age(client: Client, *, minutes: int) -> None:
    """What was shown in this session was shown so much earlier."""
    session = client.session
    session["account_authentication_methods"] = [
        {**record, "at": record["at"] - 60 * minutes} for record in session["account_authentication_methods"]
    ]
    session.save()


def test_setting_up_in_a_session_that_ended_leads_to_the_door(anna: Person, client: Client) -> None:
    type_password(client)
    asked = options_on(client.get(reverse("add_passkey")))
    client.session.flush()
    answer = give(client, "add_passkey", {"name": "x", "credential": json.dumps(Key().make(asked))})
    assert answer.headers["Location"].startswith(reverse("account_login"))
    assert not Authenticator.objects.exists()


def test_of_two_tabs_the_last_one_sets_up(anna: Person, client: Client) -> None:
    type_password(client)
    first = options_on(client.get(reverse("add_passkey")))
    client.get(reverse("add_passkey"))
    answer = give(client, "add_passkey", {"name": "x", "credential": json.dumps(Key().make(first))})
    assert answer.status_code == 200
    assert set_up(client, Key()).status_code == 302


def test_a_name_is_asked_and_has_an_end(anna: Person, client: Client) -> None:
    type_password(client)
    for name in ("", "x" * 61, "\x00"):
        asked = options_on(client.get(reverse("add_passkey")))
        assert give(client, "add_passkey", {"name": name, "credential": json.dumps(Key().make(asked))}).status_code == 200
    assert not Authenticator.objects.exists()


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "rawId", "type", "response", "userHandle"]), inner),
    max_leaves=8,
)
WHOLE = ["id", "rawId", "type", "response"]
INNER = ["clientDataJSON", "authenticatorData", "signature", "userHandle", "attestationObject"]
PARTS = st.sampled_from(WHOLE + INNER)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANYTHING)
def test_no_invented_passkey_breaks_the_door(anna: Person, anything: object) -> None:
    client = Client()
    options_at_door(client)
    assert give(client, "mfa_login_webauthn", {"credential": json.dumps(anything)}).status_code == 302
    assert not is_in(client)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PARTS, ANYTHING)
def test_no_spoilt_passkey_breaks_a_page(key: Key, part: str, anything: object) -> None:
    client = Client()
    spoilt = spoil(key.show(options_at_door(client)), part, anything)
    assert give(client, "mfa_login_webauthn", {"credential": json.dumps(spoilt)}).status_code == 302
    if is_in(client):  # a part that the door does not read
        return
    type_password(client)
    asked = options_on(client.get(reverse("mfa_authenticate")))
    assert give(client, "mfa_authenticate", {"credential": json.dumps(spoil(key.show(asked), part, anything))}).status_code in {200, 302}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PARTS, ANYTHING)
def test_no_spoilt_passkey_breaks_setting_up(anna: Person, part: str, anything: object) -> None:
    Authenticator.objects.all().delete()  # an earlier example may have made one
    client = Client()
    type_password(client)
    asked = options_on(client.get(reverse("add_passkey")))
    sent = {"name": "x", "credential": json.dumps(spoil(Key().make(asked), part, anything))}
    assert give(client, "add_passkey", sent).status_code in {200, 302}


def spoil(credential: dict[str, Any], part: str, anything: object) -> dict[str, Any]:
    where = credential if part in credential else credential["response"]
    where[part] = anything
    return credential


@pytest.mark.parametrize("part", [*WHOLE, *INNER])
@pytest.mark.parametrize("size", [5_000_000_000, 10**30, -1])
def test_a_number_where_bytes_belong_takes_no_memory(key: Key, client: Client, part: str, size: int) -> None:
    """The library makes as many bytes as a number says."""
    spoilt = spoil(key.show(options_at_door(client)), part, size)
    assert give(client, "mfa_login_webauthn", {"credential": json.dumps(spoilt)}).status_code == 302


@pytest.mark.parametrize("text", ["", "{", "null", "[]", "\x00", "{" * 20_001, '"' + "x" * 30_000 + '"', "[" * 5000])
def test_no_nonsense_breaks_the_door(anna: Person, client: Client, text: str) -> None:
    assert give(client, "mfa_login_webauthn", {"credential": text}).status_code == 302
    assert not is_in(client)


def test_who_shows_a_key_is_its_owner(key: Key, cast: Cast, client: Client) -> None:
    touch(client, key)
    assert user_of(client) == Membership.objects.get(pk=cast.anna.pk).person_id
