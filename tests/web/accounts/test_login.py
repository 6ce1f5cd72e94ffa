"""Coming in and going out with a user name and a password."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from kring.web.models import Entry, Person
from tests.cast import PASSWORD, Cast
from tests.web.accounts.doors import give, is_in, type_password, with_password

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(cast: Cast) -> Person:
    return with_password(cast.anna.person)


@pytest.fixture
def els(cast: Cast) -> Person:
    return with_password(cast.els.person)


def test_a_guardian_comes_to_her_own_first_page_with_a_password(els: Person, cast: Cast, client: Client) -> None:
    answer = client.post(reverse("account_login"), {"login": "els", "password": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1] == (reverse("home", args=[cast.els.pk]), 302)
    assert answer.status_code == 200


def test_staff_with_a_password_alone_is_led_to_a_second_step(anna: Person, client: Client) -> None:
    answer = client.post(reverse("account_login"), {"login": "anna", "password": PASSWORD}, follow=True)
    assert "Kies uw tweede stap" in answer.content.decode()


def test_the_session_key_changes_at_login_and_the_planted_one_is_worth_nothing(els: Person, cast: Cast, client: Client) -> None:
    """Fixation: somebody sits ready with a key that they put in the browser of Els before."""
    client.get(reverse("second_step"))
    client.session.save()
    planted = str(client.session.session_key)
    client.cookies["kring"] = planted
    type_password(client, "els")
    assert client.session.session_key not in {None, planted}
    thief = Client()
    thief.cookies["kring"] = planted
    assert thief.get(reverse("home", args=[cast.els.pk])).status_code == 302


def test_a_wrong_password_and_an_unknown_name_look_alike(anna: Person, client: Client) -> None:
    pages = [type_password(client, login, "fout") for login in ("anna", "niemand")]
    texts = [page.content.decode().replace("niemand", "anna") for page in pages]
    assert [page.status_code for page in pages] == [200, 200]
    assert without_token(texts[0]) == without_token(texts[1])
    assert {page.headers.get("Set-Cookie") for page in pages} == {None}


def without_token(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


@pytest.mark.parametrize("password", [PASSWORD, "fout"])
def test_somebody_who_left_does_not_come_in(anna: Person, client: Client, password: str) -> None:
    Person.objects.filter(pk=anna.pk).update(is_active=False)
    type_password(client, "anna", password)
    assert not is_in(client)


def test_nobody_signs_up(client: Client) -> None:
    answer = client.get(reverse("account_signup"))
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("account_login"))


UNNEEDED = (
    "account_email",
    "account_reset_password",
    "account_set_password",
    "account_confirm_email",
    "account_request_login_code",
    "account_reauthenticate",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "mfa_trust",
    "mfa_signup_webauthn",
    "mfa_deactivate_totp",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_download_recovery_codes",
    "usersessions_list",
)


@pytest.mark.parametrize("route", UNNEEDED)
def test_what_allauth_brings_and_kring_does_not_need_is_not_there(route: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(route)


def test_signing_out_ends_the_session_and_wipes_the_pages_that_the_browser_kept(els: Person, cast: Cast, client: Client) -> None:
    type_password(client, "els")
    before = str(client.session.session_key)
    answer = give(client, "account_logout")
    assert "U bent uitgelogd." in client.get(answer.headers["Location"]).content.decode()
    assert client.session.session_key != before
    client.cookies["kring"] = before
    assert client.get(reverse("home", args=[cast.els.pk])).status_code == 302


def test_signing_out_leaves_the_cookies_of_other_systems_of_the_school_alone(els: Person, client: Client) -> None:
    """A browser takes "cookies" as those of the whole registered domain (W3C Clear Site Data, 4.2)."""
    type_password(client, "els")
    client.cookies["kring-look"] = "text=large"
    device = client.cookies["kring-device"].value
    answer = give(client, "account_logout")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert set(answer.cookies) == {"kring"}
    assert (client.cookies["kring-look"].value, client.cookies["kring-device"].value) == ("text=large", device)


def test_a_refusal_speaks_to_an_adult(anna: Person, client: Client) -> None:
    page = type_password(client, "anna", "fout").content.decode()
    assert "Deze naam en dit wachtwoord horen niet bij elkaar. Kijk of u alles goed hebt getypt." in page


def test_coming_in_failing_and_going_out_are_written_down_in_the_school(els: Person, client: Client) -> None:
    type_password(client, "els", "fout")
    type_password(client, "els")
    give(client, "account_logout")
    type_password(client, "niemand", "fout")
    assert [(one.name, one.person_id) for one in Entry.objects.order_by("sequence")] == [
        ("login.failed", els.pk),
        ("login.succeeded", els.pk),
        ("login.ended", els.pk),
    ]


@pytest.mark.parametrize(
    "next_page", ["https://elders.example/", "//elders.example", "/\\elders.example", "javascript:alert(1)", "\x00", "x" * 9000]
)
def test_nobody_is_sent_to_another_site(els: Person, client: Client, next_page: str) -> None:
    came = type_password(client, "els", next=next_page)
    client.get(reverse("second_step"), {"next": next_page})
    for answer in (came, client.get(reverse("onward"))):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/")
        assert not answer.headers["Location"].startswith(("//", "/\\"))
        assert "elders" not in answer.headers["Location"].partition("?")[0]


NONSENSE = ["", "x" * 100_000, "\x00", "é" * 70, "a\nb", "' or 1=1 --", "\ud800"]


@pytest.mark.parametrize("login", NONSENSE)
@pytest.mark.parametrize("password", ["", "x" * 5000, "\x00\x01"])
def test_nonsense_at_the_door_is_refused_and_breaks_nothing(anna: Person, client: Client, login: str, password: str) -> None:
    sent = {"login": login.encode(errors="replace").decode(), "password": password}
    assert client.post(reverse("account_login"), sent).status_code == 200
    assert not is_in(client)


def test_a_form_without_fields_is_refused(client: Client) -> None:
    assert client.post(reverse("account_login"), {}).status_code == 200
    assert client.post(reverse("account_login"), b"\xff\xfe{", content_type="application/json").status_code in {200, 400}
