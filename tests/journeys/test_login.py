"""A passkey in a real browser: made, used at the door in one touch, asked again before an important step, and removed."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from kring.web.demo.cast import PASSWORD
from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import Visitor

USERNAME = "gijs"


@pytest.fixture
def gijs(new_visitor: NewVisitor) -> Visitor:
    """On localhost: browsers make no passkeys for a number."""
    visitor = new_visitor()
    visitor.address = visitor.address.replace("127.0.0.1", "localhost")
    return visitor


@contextmanager
def device(page: Page, *, unlocks: bool = True) -> Iterator[Any]:
    """A laptop that asks for a finger. `unlocks`: whether it knows the finger."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": unlocks,
        "automaticPresenceSimulation": True,
    }
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield lambda *, known: devtools.send("WebAuthn.setUserVerified", {"authenticatorId": made["authenticatorId"], "isUserVerified": known})
    devtools.send("WebAuthn.disable")


def button(visitor: Visitor, name: str) -> None:
    visitor.page.locator("main").get_by_role("button", name=name).first.click()


def own_account(visitor: Visitor) -> None:
    """By the menu with one's own name."""
    visitor.page.locator(".page-header__tools details.menu summary").last.click()
    visitor.page.get_by_role("link", name="Mijn account").click()
    visitor.page.wait_for_url("**/account/")


def test_gijs_makes_a_passkey_and_needs_no_password_any_more(gijs: Visitor) -> None:
    gijs.open("/login/")
    gijs.look("login", "phone", "dark")
    with device(gijs.page) as finger:
        gijs.log_in(USERNAME)
        own_account(gijs)
        gijs.look("account", "phone")
        gijs.follow("Passkey maken")
        gijs.page.get_by_label("Naam van dit apparaat").fill("Laptop van school")
        gijs.look("passkey-add", "phone")
        button(gijs, "Passkey maken")
        gijs.page.wait_for_url("**/account/recovery-codes/")
        assert gijs.page.locator(".codes li").count() == 10
        gijs.look("recovery-codes", "phone", "paper")
        gijs.follow("Naar Mijn account")
        expect(gijs.page.get_by_role("rowheader", name="Laptop van school")).to_be_visible()
        gijs.look("account-with-passkey", "phone", "dark")
        gijs.log_out()
        expect(gijs.page.get_by_text("U bent uitgelogd.")).to_be_visible()
        comes_in_with_one_touch(gijs)
        proves_it_again(gijs)
        is_not_let_in_when_the_finger_is_not_known(gijs, finger)
        comes_in_with_one_touch(gijs)
        after_a_password_the_passkey_is_asked(gijs)
        takes_it_away(gijs)


def comes_in_with_one_touch(gijs: Visitor) -> None:
    gijs.open("/login/")
    button(gijs, "Inloggen met een passkey")
    gijs.page.wait_for_url("**/as/**")


def proves_it_again(gijs: Visitor) -> None:
    gijs.open("/login/again/?next=/account/sessions/")
    gijs.look("step-up", "phone")
    button(gijs, "Gebruik uw passkey")
    gijs.page.wait_for_url("**/account/sessions/")
    expect(gijs.page.get_by_role("heading", name="Waar ik ingelogd ben")).to_be_visible()  # after the step to a strict session
    gijs.look("sessions", "phone")


def is_not_let_in_when_the_finger_is_not_known(gijs: Visitor, finger: Any) -> None:
    gijs.log_out()
    finger(known=False)
    gijs.open("/login/")
    button(gijs, "Inloggen met een passkey")
    expect(gijs.page.get_by_text(re.compile("Het lukte niet met de passkey"))).to_be_visible()
    gijs.look("login-passkey-failed")
    gijs.open("/account/")
    assert gijs.path() == "/login/"
    finger(known=True)


def after_a_password_the_passkey_is_asked(gijs: Visitor) -> None:
    gijs.log_out()
    gijs.open("/login/")
    gijs.page.get_by_label("Gebruikersnaam").fill(USERNAME)
    gijs.page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    gijs.page.locator("main").get_by_role("button", name="Inloggen", exact=True).click()
    gijs.page.wait_for_url("**/login/second/")
    gijs.look("second-step-asked", "phone")
    button(gijs, "Gebruik uw passkey")
    gijs.page.wait_for_url("**/as/**")


def takes_it_away(gijs: Visitor) -> None:
    own_account(gijs)
    gijs.follow(re.compile("Weghalen"))
    gijs.look("factor-remove")
    button(gijs, "Weghalen")
    gijs.page.wait_for_url("**/account/")
    expect(gijs.page.get_by_text("De tweede stap is weggehaald.")).to_be_visible()
    assert gijs.page.get_by_role("rowheader", name="Laptop van school").count() == 0


def test_the_other_pages_of_ones_account(gijs: Visitor) -> None:
    gijs.log_in(USERNAME)
    gijs.open("/account/app/")
    gijs.look("app-set-up", "phone", "dark")
    gijs.page.get_by_label("Code die de app laat zien").fill("000000")
    button(gijs, "App instellen")
    gijs.look("app-set-up-refused")
    gijs.open("/account/password/")
    gijs.look("password", "phone")
    gijs.open("/login/again/?next=/account/")
    gijs.look("step-up-password")
    gijs.page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    button(gijs, "Verdergaan")
    gijs.page.wait_for_url("**/account/")


def test_without_scripts_the_form_with_the_password_is_all_there_is(new_visitor: NewVisitor) -> None:
    plain = new_visitor(scripts=False)
    plain.open("/login/")
    assert not plain.page.get_by_role("button", name="Inloggen met een passkey").is_visible()
    plain.log_in(USERNAME)


def test_a_link_on_another_site_finds_a_strict_session(browser: Browser, address: str) -> None:
    """To a browser 127.0.0.1 and localhost are two sites."""
    here = address.replace("127.0.0.1", "localhost")
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{here}/login/")
    page.get_by_label("Gebruikersnaam").fill(USERNAME)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Inloggen", exact=True).click()
    page.wait_for_url("**/as/**")
    page.reload()
    cookie = next(cookie for cookie in context.cookies() if cookie["name"] == "kring")
    assert (cookie["sameSite"], cookie["httpOnly"]) == ("Strict", True)
    wanted = page.url
    other = context.new_page()
    other.goto(address)
    other.evaluate("to => { location.href = to }", wanted)
    other.wait_for_url(wanted)
    expect(other.get_by_role("heading", level=1)).not_to_have_text("Verder naar Kring")
    expect(other.locator(".page-header__tools details.menu")).to_have_count(2)
    context.close()
