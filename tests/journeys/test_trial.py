"""A trial in the school's own network: https with the certificate of this machine, and the first leader comes in with a passkey."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from kring.commands import ROOT
from kring.commands.certificate import Certified
from kring.commands.server import free_port
from kring.commands.trial import answers_securely
from tests.journeys.conftest import QUIET
from tests.journeys.test_login import button, device
from tests.journeys.visitor import DESK, Visitor, visitor_in

FIRST_PORT = 8460
FIRST = ("--board=Bestuur", "--school=De Regenboog", "--type=po", "--leader=Rik de Lange", "--administrator=Ada Winter")
CODE = re.compile(r"Rik de Lange, .*: (\S+)")
IN_A_FOLDER = """import sys
from pathlib import Path
from kring.commands import trial
trial.DATA = Path(sys.argv[1])
sys.exit(trial.main(sys.argv[2:]))"""


def command(data: Path, *words: str) -> tuple[str, ...]:
    """As ./kring trial, with the data elsewhere."""
    return (sys.executable, "-c", IN_A_FOLDER, str(data), *words)


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KRING_", "DJANGO_", "COV", "PYTEST"))}
    return {**kept, "PYTHONPATH": str(ROOT / "src")}


@contextmanager
def trial(data: Path) -> Iterator[tuple[str, Certified]]:
    """The address, and the files that a device is to trust."""
    port = free_port(FIRST_PORT)
    files = Certified(data / "certificate" / "kring-ca.pem", data / "certificate" / "server.pem", data / "certificate" / "server.key")
    with (data.parent / "said").open("wb") as said:
        running = subprocess.Popen(command(data, "--port", str(port)), env=environment(), stdout=said, stderr=said)
    try:
        while not (files.authority.exists() and answers_securely(files, port)):
            assert running.poll() is None, (data.parent / "said").read_text()
            time.sleep(0.2)
        yield f"https://localhost:{port}", files
    finally:
        running.terminate()
        assert running.wait(timeout=20) == 0, (data.parent / "said").read_text()


@contextmanager
def trusting(browser: Browser, files: Certified, home: Path) -> Iterator[Browser]:
    """A browser of a device on which the authority was installed, as the terminal tells."""
    store = home / ".pki" / "nssdb"
    store.mkdir(parents=True)
    subprocess.run(("certutil", "-N", "-d", f"sql:{store}", "--empty-password"), check=True)
    subprocess.run(("certutil", "-A", "-d", f"sql:{store}", "-n", "kring", "-t", "C,,", "-i", str(files.authority)), check=True)
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    launched = browser.browser_type.launch(
        executable_path=path, args=[f"--{word}" for word in QUIET], env={**environment(), "HOME": str(home)}
    )
    yield launched
    launched.close()


@pytest.mark.whole("a trial of its own, from nothing")
@pytest.mark.skipif(
    not shutil.which("certutil"), reason="certutil is not here (apt-get install libnss3-tools): no device trusted the trial"
)
def test_the_first_leader_comes_in_with_a_passkey(browser: Browser, tmp_path: Path) -> None:
    data = tmp_path / "trial"
    made = subprocess.run(command(data, "accounts", "first", *FIRST), env=environment(), capture_output=True, text=True, check=True)
    code = CODE.search(made.stdout)
    assert code, made.stdout
    with trial(data) as (address, files), trusting(browser, files, tmp_path / "home") as tablet:
        context = tablet.new_context(viewport={"width": DESK[0], "height": DESK[1]}, locale="nl-NL", reduced_motion="reduce")
        rik = visitor_in(context, address, scripts=True)
        with device(rik.page):
            comes_in(rik, code[1])
        assert rik.page.evaluate("isSecureContext && 'serviceWorker' in navigator && !!crypto.subtle")
        assert {cookie["name"] for cookie in context.cookies() if cookie["secure"]} >= {"__Host-kring"}
        rik.check()


def comes_in(rik: Visitor, code: str) -> None:
    rik.open("/invitation/")
    rik.page.get_by_label("De code uit uw brief").fill(code)
    rik.page.get_by_role("button", name="Verder").click()
    rik.page.get_by_label("Gebruikersnaam").fill("rik")
    for label in ("Wachtwoord", "Wachtwoord, nog een keer"):
        rik.page.get_by_label(label, exact=True).fill("vier losse woorden samen")
    rik.page.get_by_role("button", name="Klaar").click()
    rik.page.wait_for_url("**/login/choose/**")
    rik.page.locator("main").get_by_role("link", name=re.compile("[Pp]asskey")).first.click()
    rik.page.get_by_label("Naam van dit apparaat").fill("Laptop van school")
    button(rik, "Passkey maken")
    rik.page.wait_for_url("**/account/recovery-codes/")
    expect(rik.page.locator(".codes li")).to_have_count(10)
