"""Before an important step somebody shows a factor once more; the form that was on its way arrives all the same."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kring.core import access
from kring.core.access import Mark, Record, Role, Rule, Verb
from kring.web.models import Entry, StoredFile, Upload
from tests.asking import TOKEN
from tests.cast import Cast, client_of
from tests.web.accounts.doors import code, give, recovery_codes, type_password, with_app, with_password
from tests.web.accounts.test_passkeys import options_on, set_up, touch
from tests.web.accounts.touched import Key

pytestmark = pytest.mark.django_db
Clock = time_machine.Traveller


@pytest.fixture
def clock() -> Iterator[Clock]:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


@pytest.fixture(autouse=True)
def bringing_files_is_important(monkeypatch: pytest.MonkeyPatch) -> None:
    """Marked here: bringing in files of a group. The mechanism is one for every rule."""
    key = (Role.TEACHER, Record.GROUP, Verb.MEASURE)
    marked = Rule(access.TABLE[key].scopes, frozenset({Mark.STEP_UP}))
    monkeypatch.setattr(access, "TABLE", {**access.TABLE, key: marked})


@pytest.fixture
def secret(cast: Cast) -> str:
    return with_app(cast.anna.person)


@pytest.fixture
def page(cast: Cast) -> str:
    return reverse("upload", args=[cast.anna.pk, cast.group_6a.pk])


def test_a_fresh_factor_opens_the_form_and_ten_minutes_later_it_is_asked_again(cast: Cast, page: str, clock: Clock) -> None:
    anna = client_of(cast.anna)
    assert anna.get(page).status_code == 200
    clock.shift(timedelta(minutes=9, seconds=59))
    assert anna.get(page).status_code == 200
    clock.shift(timedelta(seconds=1))
    answer = anna.get(page)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{reverse('step_up')}?{page_as_next(page)}")


def page_as_next(page: str) -> str:
    return "next=" + page.replace("/", "%2F")


def test_pages_that_are_not_marked_go_on(cast: Cast, clock: Clock) -> None:
    anna = client_of(cast.anna)
    clock.shift(timedelta(minutes=15))
    assert anna.get(reverse("group", args=[cast.anna.pk, cast.group_6a.pk])).status_code == 200


def test_another_role_is_not_asked(cast: Cast, clock: Clock) -> None:
    bram = client_of(cast.bram)
    clock.shift(timedelta(minutes=15))
    assert bram.get(reverse("upload", args=[cast.bram.pk, cast.group_6a.pk])).status_code == 200


def test_a_form_that_was_opened_in_time_may_be_sent_a_little_later(cast: Cast, page: str, clock: Clock) -> None:
    anna = client_of(cast.anna)
    clock.shift(timedelta(minutes=14))
    assert anna.post(page, {}).status_code == 200
    clock.shift(timedelta(minutes=1))
    assert anna.post(page, {}).status_code == 307


def test_somebody_elses_page_still_does_not_exist(cast: Cast, clock: Clock) -> None:
    anna = client_of(cast.anna)
    clock.shift(timedelta(minutes=15))
    assert anna.get(reverse("upload", args=[cast.carla.pk, cast.group_6a.pk])).status_code == 404


def test_a_code_opens_the_page_and_the_session_gets_another_key(secret: str, cast: Cast, page: str, clock: Clock) -> None:
    anna = client_of(cast.anna)
    clock.shift(timedelta(minutes=11))
    asked, old = anna.get(page).headers["Location"], anna.session.session_key
    assert "Bent u het echt?" in anna.get(asked).content.decode()
    answer = anna.post(asked, {"step-code": code(secret)})
    assert (answer.status_code, answer.headers["Location"]) == (302, page)
    assert anna.get(page).status_code == 200
    assert anna.session.session_key != old
    thief = Client()
    thief.cookies["kring"] = str(old)
    assert thief.get(page).headers["Location"].startswith(reverse("account_login"))
    assert Entry.objects.filter(name="login.proved_again").count() == 1


def test_a_form_that_came_too_late_is_carried_through_and_nothing_typed_is_lost(secret: str, cast: Cast, page: str, clock: Clock) -> None:
    anna = client_of(cast.anna)
    clock.shift(timedelta(minutes=20))
    typed = {"title": "Herfst “’26” <b>&", "held_on": "2025-10-06", "many": ["a", "b"], "code": "of the form itself"}
    stopped = anna.post(page, typed)
    assert stopped.status_code == 307
    shown = anna.post(stopped.headers["Location"], typed)  # what a browser does with 307
    assert "Wat u net invulde, gaat niet verloren." in shown.content.decode()
    carried = hidden_fields(shown)
    assert carried == {**{name: [value] for name, value in typed.items() if name != "many"}, "many": ["a", "b"], "step-again": ["1"]}
    wrong = anna.post(stopped.headers["Location"], {**carried, "step-code": "000000"})
    assert hidden_fields(wrong) == carried
    right = anna.post(stopped.headers["Location"], {**carried, "step-code": code(secret)})
    assert (right.status_code, right.headers["Location"]) == (307, page)
    arrived = anna.post(page, {**carried, "step-code": "used"}).content.decode()
    assert "Herfst “’26” &lt;b&gt;&amp;" in arrived


def hidden_fields(answer: Any) -> dict[str, list[str]]:
    """What the form with the code carries along."""
    from html.parser import HTMLParser

    found: dict[str, list[str]] = {}

    class Reader(HTMLParser):
        form = 0

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            given = dict(attrs)
            self.form += tag == "form" and given.get("class") == "form card"
            if tag == "input" and self.form and given.get("type") == "hidden" and given["name"] != "csrfmiddlewaretoken":
                found.setdefault(str(given["name"]), []).append(given.get("value") or "")

        def handle_endtag(self, tag: str) -> None:
            if tag == "form":
                self.form = 0

    Reader().feed(answer.content.decode())
    return found


def test_nothing_of_a_carried_form_is_kept_on_the_server(secret: str, cast: Cast, page: str, clock: Clock) -> None:
    anna = client_of(cast.anna)
    clock.shift(timedelta(minutes=20))
    stopped = anna.post(page, {"title": "kanarie"})
    anna.post(stopped.headers["Location"], {"title": "kanarie"})
    assert "kanarie" not in json.dumps(dict(anna.session))
    assert not Upload.objects.exists()
    assert not StoredFile.objects.exists()


def test_an_empty_form_is_sent_again_too(secret: str, cast: Cast, page: str, clock: Clock) -> None:
    anna = client_of(cast.anna)
    clock.shift(timedelta(minutes=20))
    shown = anna.post(anna.post(page).headers["Location"])
    assert hidden_fields(shown) == {"step-again": ["1"]}
    answer = anna.post(f"{reverse('step_up')}?{page_as_next(page)}", {"step-again": "1", "step-code": code(secret)})
    assert answer.status_code == 307


def test_a_passkey_will_do_and_somebody_elses_will_not(cast: Cast, page: str, clock: Clock) -> None:
    with_password(cast.anna.person)
    with_password(cast.bram.person)
    mine, of_bram = Key(), Key()
    for username, key in (("anna", mine), ("bram", of_bram)):
        client = Client()
        type_password(client, username)
        set_up(client, key)
    anna = Client()
    touch(anna, mine)
    clock.shift(timedelta(minutes=11))
    asked = anna.get(page).headers["Location"]
    for key, status in ((of_bram, 200), (mine, 302)):
        options = options_on(anna.get(asked))
        assert anna.post(asked, {"step-credential": json.dumps(key.show(options))}).status_code == status
    assert anna.get(page).status_code == 200


def test_a_passkey_that_was_not_unlocked_will_not_do(cast: Cast, page: str, clock: Clock) -> None:
    with_password(cast.anna.person)
    anna, key = Client(), Key()
    type_password(anna)
    set_up(anna, key)
    clock.shift(timedelta(minutes=11))
    asked = anna.get(page).headers["Location"]
    key.unlocked = False
    assert anna.post(asked, {"step-credential": json.dumps(key.show(options_on(anna.get(asked))))}).status_code == 200


def test_a_password_will_not_do_for_staff(secret: str, cast: Cast, page: str, clock: Clock) -> None:
    from tests.cast import PASSWORD

    anna = client_of(cast.anna)
    clock.shift(timedelta(minutes=11))
    asked = anna.get(page).headers["Location"]
    assert anna.post(asked, {"step-password": PASSWORD}).status_code == 200
    assert anna.get(page).status_code == 302


def test_a_recovery_code_will_do_once(secret: str, cast: Cast, page: str, clock: Clock) -> None:
    anna, on_paper = client_of(cast.anna), recovery_codes(cast.anna.person)[0]
    clock.shift(timedelta(minutes=11))
    asked = anna.get(page).headers["Location"]
    assert anna.post(asked, {"step-code": on_paper}).status_code == 302
    clock.shift(timedelta(minutes=11))
    assert anna.post(asked, {"step-code": on_paper}).status_code == 200


def test_in_the_demo_the_password_will_do(cast: Cast, page: str, clock: Clock) -> None:
    from tests.cast import PASSWORD

    cast.anna.person.is_demo = True
    with_password(cast.anna.person)
    anna = client_of(cast.anna, shown="password")
    clock.shift(timedelta(minutes=11))
    asked = anna.get(page).headers["Location"]
    assert anna.post(asked, {"step-password": "fout"}).status_code == 200
    assert anna.post(asked, {"step-password": PASSWORD}).status_code == 302
    assert anna.get(page).status_code == 200


def test_a_guardian_with_a_password_proves_it_with_that(cast: Cast, clock: Clock) -> None:
    from tests.cast import PASSWORD

    with_password(cast.els.person)
    els = client_of(cast.els, shown="password")
    old = els.session.session_key
    assert els.post(reverse("step_up"), {"step-password": PASSWORD}).status_code == 302
    assert els.session.session_key != old


def test_two_tabs_the_later_question_counts(secret: str, cast: Cast, page: str, clock: Clock) -> None:
    anna = client_of(cast.anna)
    clock.shift(timedelta(minutes=11))
    asked = anna.get(page).headers["Location"]
    first, second = anna.get(asked), anna.get(asked)
    assert TOKEN.sub("", first.content.decode()) == TOKEN.sub("", second.content.decode())
    assert anna.post(asked, {"step-code": code(secret)}).status_code == 302
    assert anna.post(asked, {"step-code": code(secret)}).status_code == 200  # used


@pytest.mark.parametrize("elsewhere", ["https://elders.example/", "//elders.example", "/\\elders.example"])
def test_nobody_is_sent_to_another_site_with_what_was_typed(secret: str, cast: Cast, elsewhere: str, clock: Clock) -> None:
    anna = client_of(cast.anna)
    given = {"step-again": "1", "step-code": code(secret), "tekst": "van een kind"}
    answer = give(anna, "step_up", given, next_page=elsewhere)
    assert (answer.status_code, answer.headers["Location"]) == (307, "/")


def test_a_visitor_is_asked_to_log_in(client: Client) -> None:
    assert client.get(reverse("step_up")).headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("field", ["step-code", "step-credential", "step-password"])
@pytest.mark.parametrize("given", ["", "\x00", "x" * 50_000, "[]", "[" * 3000])
def test_no_nonsense_breaks_it(secret: str, cast: Cast, field: str, given: str, clock: Clock) -> None:
    assert give(client_of(cast.anna), "step_up", {field: given}).status_code == 200
