"""A person gives an address while the mail server is away; the administrator sees why; it comes back, and nothing was lost."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from kring.commands import ROOT
from kring.commands.server import environment, secret_in
from tests.journeys.conftest import NewVisitor
from tests.journeys.server import FIRST_PORT, demo_server
from tests.journeys.visitor import Visitor
from tests.web.mail.post_office import free_port, post_office

SEND = """
import django; django.setup()
from datetime import timedelta
from django.utils import timezone
from kring.web.mail.intake import send_due
send_due(at=timezone.now() + timedelta(minutes={minutes}))
"""


class Kring:
    """A server of its own, told of a mail server that is not there yet."""

    def __init__(self, folder: Path) -> None:
        self.data, self.port = folder / "data", free_port()
        self.mail = {"KRING_MAIL": f"smtp://127.0.0.1:{self.port}?tls=none", "KRING_MAIL_FROM": "Kring <kring@school.example>"}

    def send(self, *, minutes: int) -> None:
        """What the schedule does each minute, some minutes later."""
        settings = {"KRING_DATA": str(self.data), "KRING_DATABASE": "", "PYTHONPATH": str(ROOT / "src"), **self.mail}
        known = environment("demo", KRING_SECRET=secret_in(self.data / "secret"), **settings)
        subprocess.run([sys.executable, "-c", SEND.format(minutes=minutes)], env=known, cwd=ROOT, check=True)


@pytest.fixture(scope="module")
def kring(tmp_path_factory: pytest.TempPathFactory) -> Kring:
    return Kring(tmp_path_factory.mktemp("mail"))


@pytest.fixture(scope="module")
def address(browser: Browser, kring: Kring, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    with demo_server(shared, kring.data, port=FIRST_PORT + 400, **kring.mail) as address:
        yield address


def state(administrator: Visitor) -> None:
    administrator.open(administrator.hat())


@pytest.mark.whole("a long journey")
def test_a_mail_server_that_refuses_and_comes_back(new_visitor: NewVisitor, kring: Kring) -> None:
    anna, olga = new_visitor(), new_visitor()
    anna.log_in("anna")
    olga.log_in("olga")
    anna.open("/account/")
    anna.page.get_by_role("link", name="Adres en hoe vaak").click()
    anna.look("mail-no-address", "phone")
    anna.page.get_by_label("E-mailadres").fill("anna@")
    anna.page.get_by_role("button", name="Stuur een code").click()
    expect(anna.page.locator("main")).to_contain_text("Dit is geen e-mailadres")
    anna.page.get_by_label("E-mailadres").fill("anna@school.example")
    anna.page.get_by_role("button", name="Stuur een code").click()
    expect(anna.page.locator("main")).to_contain_text("Er is een code onderweg naar anna@school.example")

    kring.send(minutes=0)
    anna.open("/account/mail/")
    expect(anna.page.locator("main")).to_contain_text("de mailserver van de school werkt nu niet")
    anna.look("mail-code-waits", "phone")
    state(olga)
    expect(olga.page.locator("main")).to_contain_text("De mailserver neemt niet op")
    expect(olga.page.locator("main")).to_contain_text(re.compile(r"[1-9]\d* bericht(en)? wacht"))
    expect(olga.page.locator("main")).not_to_contain_text("anna@")
    olga.look("installation-mail-away", "phone")

    with post_office(port=kring.port) as (office, _server):
        kring.send(minutes=2)
    message = next(one for one in office.taken if one["To"] == "anna@school.example")  # others may be told something
    code = re.search(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b", str(message.get_payload(decode=True)))
    assert code
    state(olga)
    expect(olga.page.locator("main")).not_to_contain_text("De mailserver neemt niet op")

    field = anna.page.get_by_label("Code uit het bericht")
    with anna.refused(409):
        field.fill("2222-2222")
        anna.page.get_by_role("button", name="Adres bevestigen").click()
        expect(anna.page.locator("main")).to_contain_text("Deze code klopt niet")
    field.fill(code.group().lower())
    anna.page.get_by_role("button", name="Adres bevestigen").click()
    expect(anna.page.locator("main")).to_contain_text("Berichten gaan voortaan naar dit adres")
    anna.look("mail-confirmed", "phone", "dark")
