"""Somebody at a browser: goes through pages as people do, and notes everything that should not have happened there."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from zlib import crc32

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

from kring.commands import ROOT
from kring.web.demo.cast import PASSWORD

SCREENSHOTS = ROOT / ".kring" / "screenshots"
Look = Literal["dark", "contrast", "phone", "paper"]
DESK, PHONE = (1280, 900), (390, 844)
ALL_RULES: Mapping[str, object] = {}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
NO_COLOURS = {"rules": {"color-contrast": {"enabled": False}}}
RULES: Mapping[Look, Mapping[str, object]] = {"dark": COLOURS, "contrast": COLOURS, "phone": NO_COLOURS, "paper": NO_COLOURS}
"""In other clothes only what they may change is judged, unless with --long."""
LEFT_BY_A_PROGRAM = re.compile(r"\{\{|\{%|%\(\w+\)s|\bNone\b|\bnan\b|\bundefined\b|\bFalse\b|Traceback|object at 0x")


@dataclass(eq=False, slots=True)
class Visitor:
    """A browser of one person. `faults` must be empty in the end."""

    page: Page
    address: str
    scripts: bool = True
    faults: list[str] = field(default_factory=list)
    refusals_expected: bool = False
    in_all_clothes: bool = False  # with --long; else one in three of them, for judging takes half of the time of a story

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
        note = lambda response: seen.append(response.status) if response.request.is_navigation_request() else None  # noqa: E731
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
        """Judge the page as it stands and keep a picture; `also` does so in other clothes."""
        picture(self.page, name)
        self._judge(name)
        for clothes in also:
            if self.in_all_clothes or crc32(f"{name}-{clothes}".encode()) % 3 == 0:
                with dressed(self.page, clothes):
                    picture(self.page, f"{name}-{clothes}")
                    self._judge(f"{name}-{clothes}", ALL_RULES if self.in_all_clothes else RULES[clothes])

    def _judge(self, name: str, rules: Mapping[str, object] = ALL_RULES) -> None:
        if self.scripts:  # without, nothing can be asked of the page
            self.faults += [f"{name}: {fault}" for fault in (*axe(self.page, rules), *plain_faults(self.page))]

    def check(self) -> None:
        assert not self.faults, "\n".join(self.faults)


def visitor_in(context: BrowserContext, address: str, *, scripts: bool) -> Visitor:
    """Watch over everything that happens in this browser: its console, its requests, and what the server answers."""
    context.set_default_timeout(15_000)
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
    refusal = visitor.refusals_expected and message.text.startswith("Failed to load resource")
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
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True, animations="disabled")


def axe(page: Page, rules: Mapping[str, object]) -> Sequence[str]:
    """What the accessibility rules of axe object to."""
    found = Axe().run(page, options={"resultTypes": ["violations"], **rules}).response["violations"]
    return [
        f"axe {rule['id']}: {rule['help']}: {node['html'][:200]} {node.get('failureSummary', '')}"
        for rule in found
        for node in rule["nodes"]
    ]


def plain_faults(page: Page) -> Iterator[str]:
    """What is wrong on any page: wider than the screen, no or several headings of the first rank, words of a program."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 0:
        yield f"the page is {wide} px wider than the screen: {page.evaluate(WIDEST)}"
    if (headings := page.locator("h1:visible").count()) != 1:
        yield f"{headings} headings of the first rank"
    if left := LEFT_BY_A_PROGRAM.search(page.locator("body").inner_text()):
        yield f"the text holds “{left.group()}”"
    if not page.title().removesuffix(" · Kring"):
        yield "the page has no title"


WIDEST = """[...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 5).map(e => e.tagName + "." + e.className).join(" ")"""
