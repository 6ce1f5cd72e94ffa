"""Logging in by the board, in a real browser and at real providers: there, back, linked, and in."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import requests
import yaml
from playwright.sync_api import Browser, Page, expect

from kring.commands.server import free_port
from tests.journeys.server import FIRST_PORT, demo_server
from tests.journeys.visitor import DESK, Visitor, visitor_in
from tests.web.single_sign_on import openid_provider, saml_provider
from tests.web.single_sign_on.servers import openid_server, saml_server

Providers = tuple[str, str, str]


@pytest.fixture(scope="module")
def places(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Providers]:
    """Kring with two providers in its file: the addresses of all three."""
    process = os.environ.get("PYTEST_XDIST_WORKER", "")
    base, folder = tmp_path_factory.getbasetemp(), tmp_path_factory.mktemp("providers")
    port = free_port(FIRST_PORT + 50 * int(process.removeprefix("gw") or 0) + 25)
    kring = f"http://127.0.0.1:{port}"
    for part in ("openid", "saml"):
        (folder / part).mkdir()
    with ExitStack() as stack:
        issuer = stack.enter_context(openid_server(folder / "openid", kring))
        federation = stack.enter_context(saml_server(folder / "saml", kring))
        write_file(folder, issuer, federation)
        school = demo_server(base.parent if process else base, folder / "data", port=port, KRING_SSO=str(folder / "sso.yaml"))
        yield stack.enter_context(school), issuer, federation


def write_file(folder: Path, issuer: str, federation: str) -> None:
    (folder / "secret").write_text(openid_provider.SECRET)
    (folder / "idp.xml").write_text(requests.get(saml_provider.entity(federation), timeout=20).text)
    openid = {"key": "bestuur", "name": "Stichting Tweeluik", "preset": "openid", "issuer": issuer}
    known = {"client_id": openid_provider.CLIENT, "secret_file": "secret"}
    saml = {
        "key": "saml",
        "name": "de federatie",
        "preset": "saml",
        "entity_id": saml_provider.entity(federation),
        "metadata_file": "idp.xml",
    }
    (folder / "sso.yaml").write_text(yaml.safe_dump({"providers": [openid | known, saml]}))


@pytest.fixture
def visitor(browser: Browser, places: Providers) -> Iterator[Visitor]:
    """A browser that may go to the providers too; what stands on their pages is theirs."""
    context = browser.new_context(viewport={"width": DESK[0], "height": DESK[1]}, locale="nl-NL", reduced_motion="reduce")
    made = visitor_in(context, places[0], scripts=True)
    yield made
    context.close()
    faults = [fault for fault in made.faults if not any(other in fault for other in places[1:])]
    assert not faults, "\n".join(faults)


def log_in_at_openid(page: Page, person: str) -> None:
    page.locator('input[name="login"]').fill(person)
    page.locator('input[name="password"]').fill(openid_provider.PASSWORD)
    page.locator('form button[type="submit"]').last.click()


def log_in_at_saml(page: Page, person: str) -> None:
    page.locator('input[name="username"]').fill(person)
    page.locator('input[name="password"]').fill(saml_provider.PASSWORD)
    page.locator("#regularsubmit button, button#submit_button, button[type=submit], button").first.click()


@pytest.mark.whole("a long journey")
def test_somebody_links_the_board_and_logs_in_by_it(visitor: Visitor, places: Providers) -> None:
    page = visitor.page
    visitor.log_in("bram")
    visitor.open("/account/identities/")
    visitor.look("identities", "phone", "dark")
    page.get_by_role("button", name="Koppelen aan Stichting Tweeluik").click()
    log_in_at_openid(page, "bram")
    expect(page.locator("main")).to_contain_text("Gekoppeld op")
    visitor.look("identities-linked", "phone")
    visitor.log_out()
    visitor.open("/login/")
    visitor.look("login-by-the-board", "phone", "dark")
    page.get_by_role("button", name="Inloggen via Stichting Tweeluik").click()
    page.wait_for_url(f"{places[0]}/**")
    expect(page.locator("header")).to_contain_text("Bram")


def test_a_stranger_gets_a_code_and_nothing_else(visitor: Visitor, places: Providers) -> None:
    page = visitor.page
    visitor.open("/login/")
    page.get_by_role("button", name="Inloggen via de federatie").click()
    log_in_at_saml(page, "mallory")
    expect(page.get_by_role("heading", name="Uw code")).to_be_visible()
    visitor.look("code-to-tell", "phone", "dark")


def test_a_way_back_that_is_too_old_says_what_to_do(visitor: Visitor) -> None:
    with visitor.refused(409):
        visitor.open("/login/via/bestuur/return/?state=x&code=y")
    visitor.look("sign-on-refused", "phone")
    visitor.follow("Naar inloggen")
    expect(visitor.page.get_by_role("heading", name="Welkom in de kring")).to_be_visible()
