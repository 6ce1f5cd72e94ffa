"""Wrong tries lock a name for a while, and never a school."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kring.core.access import Role
from kring.core.signing_in import ALARM, FLOOD
from kring.web.models import Entry, Person
from tests.cast import PASSWORD, Cast, client_of, member
from tests.web.accounts.doors import code, give, is_in, log_in, recovery_codes, type_password, with_app, with_password

pytestmark = pytest.mark.django_db
LOCKED = "Het is te vaak niet gelukt."


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


@pytest.fixture
def els(cast: Cast) -> Person:
    return with_password(cast.els.person)


def wrong(username: str, times: int = 1, client: Client | None = None) -> str:
    """Wrong passwords on this name; what the last answer says."""
    pages = [type_password(client or Client(), username, f"fout{number}").content.decode() for number in range(times)]
    return str(pages[-1])


def test_the_fifth_wrong_password_locks_for_five_minutes(els: Person, clock: time_machine.Traveller) -> None:
    assert LOCKED not in wrong("els", 5)
    assert LOCKED in wrong("els")
    assert not comes_in("els"), "also with the right password"
    clock.shift(timedelta(minutes=5))
    assert comes_in("els")


def comes_in(username: str) -> bool:
    client = Client()
    type_password(client, username)
    return is_in(client)


def test_a_lock_grows_with_every_next_wrong_password(els: Person, clock: time_machine.Traveller) -> None:
    wrong("els", 5)
    for minutes in (5, 10, 20, 40, 60, 60):
        clock.shift(timedelta(minutes=minutes, seconds=-1))
        assert LOCKED in wrong("els")
        clock.shift(timedelta(seconds=1))
        assert LOCKED not in wrong("els")


def test_knocking_on_a_locked_door_does_not_lengthen_the_lock(els: Person, clock: time_machine.Traveller) -> None:
    wrong("els", 5)
    clock.shift(timedelta(minutes=4))
    wrong("els", 50)
    clock.shift(timedelta(minutes=1))
    assert comes_in("els")


def test_the_right_password_wipes_the_slate(els: Person) -> None:
    for _ in range(4):
        wrong("els", 4)
        assert comes_in("els")


def test_a_name_in_other_letters_is_the_same_name(els: Person) -> None:
    for name in ("els", "ELS", " Els", "els ", "eLS"):
        wrong(name)
    assert LOCKED in wrong("els")


def test_an_unknown_name_is_locked_like_a_known_one(els: Person) -> None:
    pages = {name: [without_name(wrong(name), name) for _ in range(7)] for name in ("els", "nobody")}
    assert pages["els"] == pages["nobody"]


def without_name(page: str, name: str) -> list[str]:
    return [line.replace(f'value="{name}"', "") for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_a_lock_on_one_name_is_none_on_another(els: Person, cast: Cast) -> None:
    with_password(cast.pim.person)
    wrong("pim", 30)
    assert comes_in("els")


def test_the_laptop_of_the_owner_stays_open_while_others_guess(els: Person) -> None:
    """A joker cannot keep a colleague out."""
    laptop = Client()
    type_password(laptop, "els")
    give(laptop, "account_logout")
    wrong("els", 10)
    assert not comes_in("els")
    type_password(laptop, "els")
    assert is_in(laptop)


def test_a_known_device_has_a_count_of_its_own(els: Person) -> None:
    laptop = Client()
    type_password(laptop, "els")
    give(laptop, "account_logout")
    assert LOCKED in wrong("els", 6, laptop)
    assert comes_in("els")


@pytest.mark.parametrize("cookie", ["", "onzin", "a:b:c", "\x00", "W10:1tabcd:xyz"])
def test_no_device_is_invented(els: Person, cookie: str) -> None:
    wrong("els", 5)
    forged = Client()
    forged.cookies["kring-device"] = cookie
    type_password(forged, "els")
    assert not is_in(forged)


def test_the_device_of_one_name_is_unknown_to_another(els: Person, cast: Cast) -> None:
    with_password(cast.pim.person)
    laptop = Client()
    type_password(laptop, "pim")
    give(laptop, "account_logout")
    wrong("els", 5)
    type_password(laptop, "els")
    assert not is_in(laptop)


def test_a_school_behind_one_address_comes_in_with_typing_errors(cast: Cast, long: bool, clock: time_machine.Traveller) -> None:
    """800 people (80 in short) within ten minutes, one in ten mistypes first; and all of them within one minute."""
    many = 800 if long else 80
    people = [Person(username=f"ouder{number}", given_name="O", family_name="Test") for number in range(many)]
    for person in people:
        person.set_password(PASSWORD)
    Person.objects.bulk_create(people)
    for number, person in enumerate(people):
        clock.shift(timedelta(seconds=(60 if number < many // 2 else 600) / many))
        browser = Client()
        if number % 10 == 0:
            assert LOCKED not in wrong(person.username, 1, browser)
        assert type_password(browser, person.username).status_code == 302, person.username
        assert is_in(browser), person.username


def test_a_flood_from_one_address_is_slowed_and_known_devices_and_passkeys_pass(
    els: Person, cast: Cast, clock: time_machine.Traveller
) -> None:
    laptop = Client()
    type_password(laptop, "els")
    give(laptop, "account_logout")
    for number in range(FLOOD):
        wrong(f"gok{number}")
    answer = type_password(Client(), "els")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert Client().get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"}).status_code == 200
    type_password(laptop, "els")
    assert is_in(laptop)
    clock.shift(timedelta(minutes=1))
    assert comes_in("els")


def test_another_address_notices_nothing_of_a_flood(els: Person) -> None:
    for number in range(FLOOD):
        wrong(f"gok{number}")
    elsewhere = Client(REMOTE_ADDR="10.0.0.7")
    type_password(elsewhere, "els")
    assert is_in(elsewhere)


def test_ten_thousand_wrong_codes_lock_one_account_and_only_that(cast: Cast, long: bool, clock: time_machine.Traveller) -> None:
    """In a day and a half; the right code is among them, when the door is shut."""
    secret, of_bram = with_app(cast.anna.person), with_app(cast.bram.person)
    guesser = Client()
    type_password(guesser)
    judged = 0
    for number in range(10_000 if long else 100):
        page = give(guesser, "mfa_authenticate", {"code": f"{number:06}" if number % 7 else code(secret)}) if number > 5 else None
        page = page or give(guesser, "mfa_authenticate", {"code": "wrong!"})
        judged += LOCKED not in page.content.decode()
        if number % 100 == 99:
            clock.shift(timedelta(seconds=1))
    assert judged == 5
    assert not is_in(guesser)
    bram = Client()
    log_in(bram, of_bram, "bram")
    assert is_in(bram)


def test_recovery_codes_are_guessed_no_further_than_codes_of_the_app(cast: Cast) -> None:
    with_app(cast.anna.person)
    guesser = Client()
    type_password(guesser)
    for number in range(5):
        give(guesser, "mfa_authenticate", {"code": f"{number:08}"})
    page = give(guesser, "mfa_authenticate", {"code": recovery_codes(cast.anna.person)[0]})
    assert LOCKED in page.content.decode()


def test_codes_at_an_important_step_are_counted_too(cast: Cast) -> None:
    secret = with_app(cast.anna.person)
    anna = client_of(cast.anna)
    for _ in range(5):
        give(anna, "step_up", {"step-code": "000000"})
    assert LOCKED in give(anna, "step_up", {"step-code": code(secret)}).content.decode()


def test_counts_stand_in_the_database_without_a_name(els: Person) -> None:
    from django.core.cache import cache

    wrong("els", 5)
    cache.clear()
    assert LOCKED in wrong("els")
    kept = str(list(AccessAttempt.objects.values_list()))
    assert "els" not in kept
    assert "fout" not in kept
    assert "127.0.0.1" not in kept


def test_what_is_forgotten_is_thrown_away(els: Person, clock: time_machine.Traveller) -> None:
    wrong("nobody", 3)
    clock.shift(timedelta(hours=24, seconds=1))
    assert comes_in("els")
    assert not AccessAttempt.objects.exists()


def test_an_administrator_can_unlock_a_name(els: Person) -> None:
    wrong("els", 5)
    call_command("axes_reset_username", "els")
    assert comes_in("els")


def test_a_lock_and_an_alarm_are_written_down(cast: Cast, clock: time_machine.Traveller) -> None:
    people = [member(cast.beuk, Role.GUARDIAN, f"ouder{number}") for number in range(ALARM // 5)]
    for number, person in enumerate(people, 1):
        wrong(person.person.username, 5)
        assert Entry.objects.filter(name="login.locked").count() == number
    assert Entry.objects.filter(name="login.alarm", school_id=cast.beuk.pk).count() == 1
    assert Entry.objects.filter(name="login.failed").count() == ALARM
    clock.shift(timedelta(hours=1))
    for person in people:
        wrong(person.person.username, 5)
    assert Entry.objects.filter(name="login.alarm").count() == 1, "the locks hold: the second hour stays below it"


def test_a_known_and_an_unknown_name_cost_one_hash_each(
    els: Person, settings: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hash is what takes time; it is counted, for on a busy machine a clock says nothing (`test_same_time` asks the clock)."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]  # type: ignore[attr-defined]
    with_password(els)
    hashed: list[str] = []
    for name in ("encode", "verify"):
        monkeypatch.setattr(Argon2PasswordHasher, name, counting(getattr(Argon2PasswordHasher, name), hashed))
    counts = {}
    for username in ("els", "nobody"):
        AccessAttempt.objects.all().delete()
        wrong(username)
        counts[username] = len(hashed)
        hashed.clear()
    assert counts == {"els": 1, "nobody": 1}


def counting(method: Callable[..., object], calls: list[str]) -> Callable[..., object]:
    def counted(*given: object, **named: object) -> object:
        calls.append(method.__name__)
        return method(*given, **named)

    return counted
