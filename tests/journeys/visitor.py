"""Somebody at a browser: goes through pages as people do, and notes everything that should not have happened there."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from zlib import crc32

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

from kring.commands import ROOT
from kring.web.demo.cast import PASSWORD
from tests.journeys.judging import axe, axe_on_what_is_new

SCREENSHOTS = ROOT / ".kring" / "screenshots"
Look = Literal["dark", "contrast", "phone", "paper"]
PATIENCE = 90_000  # milliseconds; where all is well nobody waits that long, and a busy machine is no fault
DESK, PHONE = (1280, 900), (390, 844)
LEFT_BY_A_PROGRAM = re.compile(r"\{\{|\{%|%\(\w+\)s|\bNone\b|\bnan\b|\bundefined\b|\bFalse\b|Traceback|object at 0x")


@dataclass(eq=False, slots=True)
class Visitor:
    """A browser of one person. `faults` must be empty in the end."""

    page: Page
    address: str
    scripts: bool = True
    faults: list[str] = field(default_factory=list)
    refusals_expected: bool = False
    refused_at: set[str] = field(default_factory=set)  # the console may speak of it after the page is there
    in_all_clothes: bool = False  # with --long; else one in three of them, and only what was not judged before in this run
    pictures: bool = False  # with --long or --pictures

    # ---- going somewhere

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)

    def log_in(self, username: str) -> None:
        """By the form, with the password that stands on the terminal of the demo."""
        self.open("/login/")
        self.page.get_by_label("Gebruikersnaam").fill(username)
        self.page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
        self.page.locator("main").get_by_role("button", name="Inloggen", exact=True).click()
        self.page.wait_for_url("**/as/**")

    def follow(self, name: str | re.Pattern[str]) -> None:
        """The link with this name in the main part of the page."""
        self.page.locator("main").get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state()

    def open_group(self, name: str) -> None:
        """The page of a group of this year, by way of the list of groups."""
        self.open(f"{self.hat()}groups/")
        self.page.locator("main article").get_by_role("link", name=re.compile(rf"^(Groep |groep )?{name}$")).first.click()
        self.page.wait_for_url("**/groups/*-*/")

    def log_out(self) -> None:
        """By the menu with one's own name."""
        self.page.locator(".page-header__tools details.menu summary").last.click()
        self.page.get_by_role("button", name="Uitloggen").click()
        self.page.wait_for_url(self.address + "/")

    def path(self) -> str:
        return urlsplit(self.page.url).path

    def hat(self) -> str:
        """The first page under the hat that this page is under."""
        return "/".join(self.path().split("/")[:3]) + "/"

    @contextmanager
    def refused(self, status: int) -> Iterator[None]:
        """Here the server must refuse, with this status; a browser complains about that on its console, which is then in order."""
        self.refusals_expected = True
        seen: list[int] = []

        def note(response: Response) -> None:
            if response.request.is_navigation_request():
                seen.append(response.status)
                self.refused_at.add(response.url)

        self.page.on("response", note)
        yield
        self.page.remove_listener("response", note)
        self.refusals_expected = False
        assert seen[-1:] == [status], f"{self.page.url} answered {seen}, not {status}"

    def download(self, name: str | re.Pattern[str]) -> tuple[str, bytes]:
        """Press a link that hands over a file: its name and its bytes."""
        with self.page.expect_download() as coming:
            self.page.locator("main").get_by_role("link", name=name).first.click()
        return coming.value.suggested_filename, Path(coming.value.path()).read_bytes()

    # ---- looking

    def look(self, name: str, *also: Look) -> None:
        """Judge the page as it stands, and keep a picture where that is asked; `also` does so in other clothes."""
        self._see(name)
        for clothes in also:
            if self.in_all_clothes or crc32(f"{name}-{clothes}".encode()) % 3 == 0:
                with dressed(self.page, clothes):
                    self._see(f"{name}-{clothes}")

    def _see(self, name: str) -> None:
        self.page.wait_for_load_state()
        if self.pictures:
            picture(self.page, name)
        if self.scripts:  # without, nothing can be asked of the page
            judged = axe(self.page) if self.in_all_clothes else axe_on_what_is_new(self.page)
            self.faults += [f"{name}: {fault}" for fault in (*judged, *plain_faults(self.page))]

    def check(self) -> None:
        assert not self.faults, "\n".join(self.faults)


def visitor_in(context: BrowserContext, address: str, *, scripts: bool) -> Visitor:
    """Watch over everything that happens in this browser: its console, its requests, and what the server answers."""
    context.set_default_timeout(PATIENCE)
    visitor = Visitor(context.new_page(), address, scripts)
    context.on("request", lambda request: stays_home(visitor, request))
    context.on("console", lambda message: console(visitor, message))
    context.on("weberror", lambda error: visitor.faults.append(f"script: {error.error.message}"))
    context.on("response", lambda response: answered(visitor, response))
    return visitor


def stays_home(visitor: Visitor, request: Request) -> None:
    """No request is meant for another machine; the browser knows the way to none (conftest)."""
    asked = urlsplit(request.url)
    if asked.scheme in {"http", "https"} and asked.netloc != urlsplit(visitor.address).netloc:
        visitor.faults.append(f"a request to another host: {request.url}")


def console(visitor: Visitor, message: ConsoleMessage) -> None:
    """Errors and warnings; what breaks the security policy is said here too."""
    expected = visitor.refusals_expected or message.location.get("url") in visitor.refused_at
    refusal = expected and message.text.startswith("Failed to load resource")
    if message.type in {"error", "warning"} and not refusal:
        visitor.faults.append(f"console: {message.text} ({message.location.get('url', '')})")


def answered(visitor: Visitor, response: Response) -> None:
    if response.status >= 400 and not visitor.refusals_expected:
        visitor.faults.append(f"{response.status} {response.request.method} {response.url}")


@contextmanager
def dressed(page: Page, clothes: Look) -> Iterator[None]:
    """The page in the dark, with more contrast, on a phone or as it comes on paper."""
    if clothes == "dark":
        page.emulate_media(color_scheme="dark")
    elif clothes == "contrast":
        page.evaluate("document.documentElement.dataset.contrast = 'high'")
    elif clothes == "phone":
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    else:
        page.emulate_media(media="print")
    yield
    page.emulate_media(color_scheme="light", media="null")
    page.evaluate("document.documentElement.dataset.contrast = ''")
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})


def picture(page: Page, name: str) -> None:
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True, animations="disabled")


def plain_faults(page: Page) -> Iterator[str]:
    """What is wrong on any page: wider than the screen, no or several headings of the first rank, words of a program."""
    wide, widest, headings, text = page.evaluate(PLAINLY)
    if wide > 0:
        yield f"the page is {wide} px wider than the screen: {widest}"
    if headings != 1:
        yield f"{headings} headings of the first rank"
    if left := LEFT_BY_A_PROGRAM.search(text):
        yield f"the text holds “{left.group()}”"
    if not page.title().removesuffix(" · Kring"):
        yield "the page has no title"


PLAINLY = """() => {
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    const sticksOut = (one) => one.getBoundingClientRect().right > innerWidth + 1;
    const widest = wide > 0 ? [...document.querySelectorAll("body *")].filter(sticksOut).slice(0, 5) : [];
    const headings = [...document.querySelectorAll("h1")].filter((one) => one.checkVisibility({ visibilityProperty: true }));
    return [wide, widest.map((one) => one.tagName + "." + one.className).join(" "), headings.length, document.body.innerText];
}"""
