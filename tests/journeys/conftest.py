"""A browser and a server for the stories. Where there is no browser, every story is skipped, saying so.

Browser and server live as long as this folder: the event loop of Playwright may not be running when other tests ask the database.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from kring.commands.browser import NAMES
from tests.journeys.server import FIRST_PORT, demo_server
from tests.journeys.stories import Story, told_in
from tests.journeys.visitor import DESK, PATIENCE, SCREENSHOTS, Visitor, visitor_in

HERE = Path(__file__).parent
QUIET = (
    "no-sandbox",
    "disable-gpu",
    "disable-background-networking",
    "disable-component-update",
    "disable-sync",
    "no-first-run",
    "lang=nl",
    "host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",  # no way to another machine
)
NewVisitor = Callable[..., Visitor]
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.xdist_group("journeys"))


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, asked to be quiet."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("NO BROWSER: no story was told. Install one (apt-get install chromium) and run again.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[f"--{word}" for word in QUIET])
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of the server of this test process."""
    return tmp_path_factory.mktemp("server") / "data"


@pytest.fixture(scope="package")
def address(browser: Browser, own: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A demo server of this test process; the school in it was made once for all of them."""
    process = os.environ.get("PYTEST_XDIST_WORKER", "")
    base = tmp_path_factory.getbasetemp()
    with demo_server(base.parent if process else base, own, port=FIRST_PORT + 50 * int(process.removeprefix("gw") or 0)) as address:
        yield address


@pytest.fixture
def new_visitor(browser: Browser, address: str, long: bool, request: pytest.FixtureRequest) -> Iterator[NewVisitor]:
    """Makes browsers; in the end none of them may have seen a fault. What they saw last is kept where something failed."""
    visitors: list[Visitor] = []
    pictures, failed = long or request.config.getoption("--pictures"), request.session.testsfailed
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)

    def make(*, scripts: bool = True) -> Visitor:
        context = browser.new_context(
            viewport={"width": DESK[0], "height": DESK[1]}, java_script_enabled=scripts, locale="nl-NL", reduced_motion="reduce"
        )
        visitors.append(visitor_in(context, address, scripts=scripts))
        visitors[-1].in_all_clothes, visitors[-1].pictures = long, pictures
        return visitors[-1]

    yield make
    for number, visitor in enumerate(visitors):
        if pictures or visitor.faults or request.session.testsfailed > failed:
            visitor.page.screenshot(path=SCREENSHOTS / f"last-seen-{number}.png")
        visitor.page.context.close()
    for visitor in visitors:
        visitor.check()


@pytest.fixture
def visitor(new_visitor: NewVisitor) -> Visitor:
    """One browser."""
    return new_visitor()


@pytest.fixture(scope="package")
def storyteller(own: Path, address: str) -> Iterator["subprocess.Popen[str]"]:  # noqa: ARG001  the server has its data from then on
    """Makes the small schools of the stories of months, and lets days pass there."""
    with told_in(own) as program:
        yield program


@pytest.fixture
def begin(storyteller: "subprocess.Popen[str]", new_visitor: NewVisitor) -> Callable[[str], Story]:
    """The school of a story, as it is on the first day."""
    return lambda name: Story(name, storyteller, new_visitor)
