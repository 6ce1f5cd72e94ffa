"""Somebody types, is called away, and is logged out: after logging in everything that was typed stands there, until it is sent."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kring.web.demo.cast import PASSWORD
from tests.journeys.conftest import NewVisitor
from tests.journeys.server import FIRST_PORT, demo_server
from tests.journeys.test_bram import bring, files_for_another_group
from tests.journeys.visitor import Visitor

AWAY = 14  # seconds after which this server logs somebody out, and a quarter more; on a busy machine looking takes as long
TITLE = "input[name=title]"


@pytest.fixture(scope="module")
def address(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of its own, that does not wait twenty minutes."""
    process = os.environ.get("PYTEST_XDIST_WORKER", "")
    base, own = tmp_path_factory.getbasetemp(), tmp_path_factory.mktemp("impatient") / "data"
    port = FIRST_PORT + 25 + 50 * int(process.removeprefix("gw") or 0)
    with demo_server(base.parent if process else base, own, port=port, KRING_IDLE=str(AWAY)) as address:
        yield address


def at_the_form(visitor: Visitor, group: str = "6A") -> None:
    visitor.log_in("anna" if group == "6A" else "bram")
    visitor.open_group(group)
    visitor.follow("Bestanden inlezen")


def log_in_again(visitor: Visitor, page: Page) -> None:
    page.get_by_label("Gebruikersnaam").fill("anna")
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Inloggen", exact=True).click()
    page.wait_for_url("**/upload/**")
    assert page.url.startswith(visitor.address)


def test_logged_out_while_typing_and_nothing_is_lost(visitor: Visitor) -> None:
    at_the_form(visitor)
    form = visitor.page.url
    visitor.page.locator(TITLE).fill("Herfst na de verhuizing")
    expect(visitor.page.locator("[data-draft-said]")).to_have_text("Wat u typt is tussentijds bewaard.")
    visitor.look("draft-kept", "phone")
    dialog = visitor.page.get_by_role("dialog", name="U wordt zo uitgelogd")
    expect(dialog).to_be_visible()
    visitor.look("presence", "dark", "contrast", "phone")
    visitor.page.get_by_role("button", name="Ik ben er nog").click()
    expect(dialog).to_be_hidden()
    expect(dialog).to_be_visible()
    visitor.page.wait_for_url("**/login/?next=**")
    visitor.look("logged-out-by-itself", "phone")
    log_in_again(visitor, visitor.page)
    assert visitor.page.url == form
    expect(visitor.page.locator(TITLE)).to_have_value("Herfst na de verhuizing")
    expect(visitor.page.locator(".draft-note")).to_contain_text("Dit had u al getypt")
    visitor.look("draft-restored", "dark", "contrast", "phone")
    visitor.page.get_by_role("button", name="Weggooien").click()
    expect(visitor.page.locator(".draft-note")).to_have_count(0)
    expect(visitor.page.locator(TITLE)).to_have_value("")


def test_sent_it_is_gone(visitor: Visitor, tmp_path: Path) -> None:
    at_the_form(visitor, "8")
    form = visitor.page.url
    visitor.page.locator(TITLE).fill("Ingelezen")
    expect(visitor.page.locator("[data-draft-said]")).to_be_visible()
    bring(visitor, files_for_another_group(tmp_path))
    expect(visitor.page.get_by_role("button", name="Overnemen")).to_be_visible()
    visitor.page.goto(form)
    expect(visitor.page.locator(".draft-note")).to_have_count(0)


@pytest.mark.whole("it waits until somebody is logged out")
def test_a_form_sent_too_late_without_scripts(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(scripts=False)
    at_the_form(visitor)
    visitor.page.locator(TITLE).fill("Zonder script getypt")
    visitor.page.wait_for_timeout((AWAY + AWAY / 4 + 1) * 1000)
    visitor.page.get_by_role("button", name="Controleren").click()
    visitor.page.wait_for_url("**/login/?next=**")
    expect(visitor.page.locator("main")).to_contain_text("Wat al getypt was, staat er nog")
    log_in_again(visitor, visitor.page)
    expect(visitor.page.locator(TITLE)).to_have_value("Zonder script getypt")
    visitor.page.get_by_role("button", name="Weggooien").click()
    expect(visitor.page.locator(TITLE)).to_have_value("")


@pytest.mark.whole("it waits until somebody is logged out")
def test_a_sheet_without_a_name_comes_back_in_this_browser_alone(visitor: Visitor, new_visitor: NewVisitor) -> None:
    visitor.log_in("anna")
    visitor.open(f"{visitor.hat()}consultations/new/")
    form, situation = visitor.page.url, "textarea[name=situation]"
    visitor.page.locator(situation).fill("Noor zegt in de kring bijna niets.")
    visitor.page.get_by_label("8 tot en met 11 jaar").check()
    expect(visitor.page.locator("[data-draft-said]")).to_contain_text("op slot")
    visitor.look("sheet-locked", "phone")
    elsewhere = new_visitor()
    elsewhere.log_in("anna")
    elsewhere.open(form.removeprefix(elsewhere.address))
    expect(elsewhere.page.locator(situation)).to_have_value("")
    visitor.page.wait_for_url("**/login/?next=**")
    visitor.page.get_by_label("Gebruikersnaam").fill("anna")
    visitor.page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    visitor.page.locator("main").get_by_role("button", name="Inloggen", exact=True).click()
    visitor.page.wait_for_url("**/consultations/new/")
    expect(visitor.page.locator(situation)).to_have_value("Noor zegt in de kring bijna niets.")
    expect(visitor.page.get_by_label("8 tot en met 11 jaar")).to_be_checked()
    visitor.page.get_by_role("button", name="Weggooien").click()
    expect(visitor.page.locator(situation)).to_have_value("")


@pytest.mark.whole("it waits until somebody is logged out")
def test_a_second_tab_keeps_the_first_one_in(visitor: Visitor) -> None:
    at_the_form(visitor)
    other = visitor.page.context.new_page()
    for _ in range(3):
        other.goto(f"{visitor.address}{visitor.hat()}")
        visitor.page.wait_for_timeout(AWAY * 600)
    assert visitor.page.url.endswith("/upload/")


def test_another_hat_has_a_draft_of_its_own(new_visitor: NewVisitor) -> None:
    anna, bram = new_visitor(), new_visitor()
    for visitor, text in ((anna, "van Anna"), (bram, "van Bram")):
        visitor.log_in("anna" if visitor is anna else "bram")
        visitor.open_group("6A")
        visitor.follow("Bestanden inlezen")
        visitor.page.locator(TITLE).fill(text)
        expect(visitor.page.locator("[data-draft-said]")).to_be_visible()
    for visitor, text in ((anna, "van Anna"), (bram, "van Bram")):
        visitor.page.reload()
        if "/login/" not in visitor.page.url:
            expect(visitor.page.locator(TITLE)).to_have_value(text)
            visitor.page.get_by_role("button", name="Weggooien").click()
