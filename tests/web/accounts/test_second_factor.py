"""Nobody who sees pupils at work does so with a password alone; codes of an app and on paper work once."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kring.core.access import FAMILY, Role
from kring.web.checks import all_routes
from kring.web.models import Entry, Membership, Person
from kring.web.signing_in.factors import SealedFactors
from tests.cast import START, Cast, client_of, member
from tests.web.accounts.doors import code, give, is_in, log_in, recovery_codes, type_password, with_app, with_password

pytestmark = pytest.mark.django_db


@pytest.fixture
def secret(cast: Cast) -> str:
    """What the app of Anna keeps."""
    return with_app(cast.anna.person)


@pytest.mark.parametrize("role", Role)
def test_with_a_password_alone_only_pupils_and_guardians_see_a_page(cast: Cast, role: Role) -> None:
    actor = member(cast.beuk, role, "iemand")
    answer = client_of(actor, shown="password").get(reverse("home", args=[actor.pk]))
    if role in FAMILY:
        assert answer.status_code == 200
    else:
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{reverse('second_step')}?next=%2Fas%2F{actor.pk}%2F")


def test_no_page_of_a_school_is_for_a_password_alone(cast: Cast) -> None:
    """Every route under a hat, also those that will be made."""
    client, keys = (
        client_of(cast.anna, shown="password"),
        {"uuid": "00000000-0000-4000-8000-000000000000", "int": 1, "string": "x", "slug": "x"},
    )
    under_a_hat = [(pattern, route) for pattern, route in all_routes() if pattern.startswith("as/")]
    assert under_a_hat
    for _pattern, route in under_a_hat:
        kinds = {name: type(converter).__name__ for name, converter in route.pattern.converters.items()}
        given = {name: keys[kind.removesuffix("Converter").lower()] for name, kind in kinds.items()}
        answers = [ask(reverse(str(route.name), kwargs={**given, "hat": cast.anna.pk})) for ask in (client.get, client.post)]
        stopped = [answer for answer in answers if answer.status_code != 405]  # some are only asked for, some only sent
        assert stopped, route.name
        for answer in stopped:
            assert answer.status_code == 302, route.name
            assert answer.headers["Location"].startswith(reverse("second_step")), route.name
            assert b"Noor" not in answer.content


def test_one_role_at_work_is_enough_also_in_the_hat_of_a_guardian(cast: Cast) -> None:
    Membership.objects.create(school=cast.eik, person=cast.els.person, role=Role.TEACHER.value, from_at=START)
    assert client_of(cast.els, shown="password").get(reverse("home", args=[cast.els.pk])).status_code == 302


def test_who_stopped_working_here_is_a_guardian_like_others(cast: Cast) -> None:
    until = timezone.now() - timedelta(minutes=1)
    Membership.objects.create(school=cast.eik, person=cast.els.person, role=Role.TEACHER.value, from_at=START, until_at=until)
    assert client_of(cast.els, shown="password").get(reverse("home", args=[cast.els.pk])).status_code == 200


def test_the_front_page_leads_to_the_second_step_too(cast: Cast) -> None:
    answer = client_of(cast.anna, shown="password").get(reverse("front"))
    assert answer.headers["Location"].startswith(reverse("second_step"))


@pytest.mark.parametrize(
    ("came_from", "onward"),
    [
        ("http://testserver/as/?x=1", "/as/?x=1"),
        ("http://testserver", "/"),
        ("", "self"),
        ("https://elders.example/as/", "self"),
        ("http://testserver//elders.example/", "/%2Felders.example/"),
        ("http://[testserver/", "self"),
    ],
)
def test_who_pressed_a_button_comes_back_to_its_page(cast: Cast, came_from: str, onward: str) -> None:
    """What only takes a form has no page to show."""
    button = reverse("draft_throw_away", args=[cast.anna.pk])
    for client, door in ((client_of(cast.anna, shown="password"), "second_step"), (Client(), "account_login")):
        answer = client.post(button, headers={"Referer": came_from} if came_from else {})
        assert answer.status_code == 302
        asked = parse_qs(urlsplit(answer.headers["Location"]).query)["next"][0]
        assert answer.headers["Location"].startswith(reverse(door))
        assert asked == (button if onward == "self" else onward)


def test_who_has_shown_it_is_not_asked_again(cast: Cast) -> None:
    answer = client_of(cast.anna).get(reverse("second_step"), {"next": f"/as/{cast.anna.pk}/"})
    assert answer.headers["Location"] == f"/as/{cast.anna.pk}/"


def test_a_password_and_a_code_of_the_app_let_somebody_in(secret: str, cast: Cast, client: Client) -> None:
    page = reverse("group", args=[cast.anna.pk, cast.group_6a.pk])
    assert type_password(client, next=page).headers["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)
    answer = give(client, "mfa_authenticate", {"code": code(secret)})
    assert answer.headers["Location"] == page
    assert client.get(page).status_code == 200


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_may_be_half_a_minute_off(secret: str, client: Client, steps: int) -> None:
    type_password(client)
    give(client, "mfa_authenticate", {"code": code(secret, steps=steps)})
    assert is_in(client)


@pytest.mark.parametrize("steps", [-3, 3])
def test_and_not_more(secret: str, client: Client, steps: int) -> None:
    type_password(client)
    give(client, "mfa_authenticate", {"code": code(secret, steps=steps)})
    assert not is_in(client)


def test_a_code_works_once_in_whichever_process(secret: str) -> None:
    """The cache of one process knows nothing of another."""
    from django.core.cache import cache

    first, second = Client(), Client()
    shown = code(secret)
    for client in (first, second):
        type_password(client)
        give(client, "mfa_authenticate", {"code": shown})
        cache.clear()
    assert (is_in(first), is_in(second)) == (True, False)


def test_an_older_code_is_dead_once_a_newer_one_was_used(secret: str, client: Client) -> None:
    type_password(client)
    give(client, "mfa_authenticate", {"code": code(secret)})
    other = Client()
    type_password(other)
    give(other, "mfa_authenticate", {"code": code(secret, steps=-1)})
    assert not is_in(other)


def test_a_recovery_code_works_once(secret: str, cast: Cast) -> None:
    on_paper = recovery_codes(cast.anna.person)
    first, second, third = Client(), Client(), Client()
    for client, shown in ((first, on_paper[3]), (second, on_paper[3]), (third, f" {on_paper[4][:4]} {on_paper[4][4:]} ")):
        type_password(client)
        give(client, "mfa_authenticate", {"code": shown})
    assert [is_in(client) for client in (first, second, third)] == [True, False, True]
    assert len(recovery_codes(cast.anna.person)) == 8


def test_secrets_are_unreadable_in_the_database(secret: str, cast: Cast) -> None:
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert not any(shown in kept for shown in recovery_codes(cast.anna.person))


def test_a_sealed_secret_opens_with_its_own_key_alone(settings: pytest.FixtureRequest) -> None:
    from cryptography.exceptions import InvalidTag

    sealed = SealedFactors().encrypt("geheim")
    assert SealedFactors().decrypt(sealed) == "geheim"
    assert SealedFactors().encrypt("geheim") != sealed
    settings.SECRET_KEY = "another key of fifty characters, which opens nothing here"  # type: ignore[attr-defined]
    with pytest.raises(InvalidTag):
        SealedFactors().decrypt(sealed)


def set_up_app(client: Client) -> tuple[str, object]:
    client.get(reverse("set_up_app"))
    secret = client.session["mfa.totp.secret"]
    return secret, give(client, "set_up_app", {"code": code(secret)})


def test_setting_up_an_app_gives_codes_and_opens_the_school(cast: Cast, client: Client) -> None:
    with_password(cast.anna.person)
    type_password(client)
    secret, answer = set_up_app(client)
    assert answer.headers["Location"] == reverse("mfa_view_recovery_codes")  # type: ignore[attr-defined]
    assert client.get(reverse("home", args=[cast.anna.pk])).status_code == 200
    assert Entry.objects.filter(name="factor.added").count() == 1
    give(client, "account_logout")
    type_password(client)
    give(client, "mfa_authenticate", {"code": code(secret)})
    assert not is_in(client), "the code with which it was set up was used"
    give(client, "mfa_authenticate", {"code": code(secret, steps=1)})
    assert is_in(client)


def test_a_wrong_first_code_is_said_and_the_same_square_stays(cast: Cast, client: Client) -> None:
    with_password(cast.anna.person)
    type_password(client)
    client.get(reverse("set_up_app"))
    secret = client.session["mfa.totp.secret"]
    answer = give(client, "set_up_app", {"code": "000000"})
    assert "Dit klopt niet" in answer.content.decode()
    assert client.session["mfa.totp.secret"] == secret


def test_setting_up_an_app_in_a_session_that_ended_leads_to_the_door(cast: Cast, client: Client) -> None:
    with_password(cast.anna.person)
    type_password(client)
    client.get(reverse("set_up_app"))
    secret = client.session["mfa.totp.secret"]
    client.session.flush()
    assert give(client, "set_up_app", {"code": code(secret)}).headers["Location"].startswith(reverse("account_login"))
    assert not Authenticator.objects.exists()


def test_a_second_app_is_not_set_up_beside_the_first(secret: str, client: Client) -> None:
    log_in(client, secret)
    assert client.get(reverse("set_up_app")).headers["Location"] == reverse("account")


def test_new_recovery_codes_kill_the_old_ones(secret: str, cast: Cast, client: Client) -> None:
    log_in(client, secret)
    old = recovery_codes(cast.anna.person)
    assert give(client, "new_recovery_codes").status_code == 302
    assert not set(old) & set(recovery_codes(cast.anna.person))


@pytest.mark.parametrize("route", ["set_up_app", "new_recovery_codes", "mfa_view_recovery_codes", "add_passkey"])
def test_factors_are_changed_with_a_fresh_one(secret: str, cast: Cast, route: str) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        with_app(cast.bram.person)
        client = client_of(cast.bram)
        clock.shift(timedelta(minutes=11))
        answer = client.get(reverse(route))
        wanted = reverse("account") if route == "set_up_app" else reverse("step_up")
        assert answer.headers["Location"].startswith(wanted)


def test_who_has_a_factor_shows_it_instead_of_choosing_another(secret: str, cast: Cast) -> None:
    answer = client_of(cast.anna, shown="password").get(reverse("second_step"))
    assert answer.headers["Location"].startswith(reverse("step_up"))


@pytest.mark.parametrize("given", ["", "x" * 5000, "\x00", "é", "000000", "１２３４５６", "12 34 56"])
def test_no_nonsense_is_a_code(secret: str, client: Client, given: str) -> None:
    type_password(client)
    assert give(client, "mfa_authenticate", {"code": given}).status_code == 200
    assert not is_in(client)


def test_a_demo_account_needs_no_second_factor_and_never_exists_in_production(cast: Cast, settings: pytest.FixtureRequest) -> None:
    Person.objects.filter(pk=cast.anna.person_id).update(is_demo=True)
    client = client_of(cast.anna, shown="password")
    assert client.get(reverse("home", args=[cast.anna.pk])).status_code == 200
    settings.PRODUCTION = True  # type: ignore[attr-defined]
    assert client.get(reverse("home", args=[cast.anna.pk])).status_code == 302


def test_a_person_without_a_role_sees_nothing_of_any_school(cast: Cast) -> None:
    Membership.objects.filter(person=cast.anna.person).update(until_at=timezone.now())
    page = client_of(cast.anna, shown="password").get(reverse("front"))
    assert page.status_code == 200
    assert "De Beuk" not in page.content.decode()
