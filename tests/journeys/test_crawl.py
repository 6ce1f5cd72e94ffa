"""Everybody follows every link there is for them. No page breaks the security policy, asks anything of another machine, or says in the
console that something is wrong; and every page that exists is found by somebody.
"""

import re
from collections.abc import Collection, Iterator
from urllib.parse import urldefrag, urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Error, Page, expect

from kring.web.demo.cast import FRONT
from tests.access.expectation import lines
from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import Visitor

KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)\d+(?=/)")
A_FILE = re.compile(r"\b(pdf|xlsx|csv)/$")
PEOPLE = {(player.role, player.also): player.username for player in reversed(FRONT)}.values()
"""One of each role, the first on the front page."""
IN_SHORT = ("", "noor")
LISTEN = """document.addEventListener("securitypolicyviolation", found =>
    reportViolation(`${found.violatedDirective} ${found.blockedURI} ${found.sourceFile}:${found.lineNumber}`))"""
OPEN_ALL = "document.querySelectorAll('details').forEach(one => { one.open = true })"
LINKS = "[...document.querySelectorAll('a[href], form[method=get]')].map(one => [one.href || one.action, one.textContent.trim()])"
TOLD_MOST = "Noor van Dalen"
"""The pupil of whom the demo has most: parents, care, consent."""
NOT_BY_A_LINK = {
    "account_logout": "the button of one's own name sends it as a form",
    "account_inactive": "for an account that was closed",
    "account_signup": "nobody signs up: it leads to logging in",
    "account_login": "before logging in",
    "mfa_authenticate": "after a password without a demo account",
    "mfa_login_webauthn": "a passkey asks for it by itself",
    "second_step": "for who has no second factor yet; a demo account needs none",
    "onward": "leads on after logging in",
    "step_up": "a page that needs a fresh proof leads to it",
    "style": "for who makes pages",
    "front": "leads on to one's own hat",
    "mfa_view_recovery_codes": "after a first factor was set up: then they are shown, once",
    "new_recovery_codes": "for who has a factor",
    "who_looked_for": "by the number of a pupil, in a form of the privacy officer",
    "week_review": "where a week is over; tests/web/oversight",
    "remove_factor": "for who has a factor; tests/web/accounts",
    "invitation_account": "after a code on paper; test_people.py goes there",
    "consent_scan": "where a consent came on paper with a picture of it, which the demo has not; tests/web/consents",
    "here": "a script asks it, to stay logged in while typing",
    "find": "the box on every page sends a form, so that a name stands in no address; test_finding.py",
    "health": "for a proxy",
    "task_new": "the line on Mijn week sends a form to it; test_week.py",
    "roster_file": "there when a list was brought; test_roster.py",
    "year_change_set": "asks a fresh proof first; test_year_change.py",
    "identities": "only where the board has an identity provider; test_single_sign_on.py goes there",
    "link_identity": "as identities",
    "sign_on": "as identities",
    "sign_on_return": "the way back from an identity provider",
    "sign_on_arrival": "the way back from an identity provider",
    "sign_on_metadata": "for the identity provider",
    "job": "there when work was asked for; test_bram.py does",
    "job_result": "as job",
    "own_instrument_fhir": "a file to take along",
    "own_instrument_yaml": "a file to take along",
    "own_instrument_licence": "where a publisher's list was filled in; tests/web/instruments",
    "own_scale": "in a list that is being written with scales; test_own_list.py goes there",
    "round_reopen": "the form on the page of a closed round sends to it",
    "staff_list": "a task on Mijn week leads to it, once the schedule gave it; tests/web/surveys",
    "upload_preview": "there when files were brought; test_bram.py does",
}
"""Pages to which no link leads, each for a reason."""
SEEN: dict[str, set[str]] = {}
"""Who saw what, by name of route; filled by the crawl, judged at the end of it."""


def kind_of(address: str, own: str = "") -> str:
    """Pages that differ in their keys and questions alone are of one kind; those of the pupil with this key are looked at besides."""
    path = urlsplit(address).path
    return KEY.sub("…", path) + ("#" if own and own in path else "")


def links(page: Page, home: str) -> Iterator[tuple[str, str]]:
    """Where one can go from here within the site, and the words that lead there."""
    for link, words in page.evaluate(LINKS):
        address = urldefrag(link).url
        if address.startswith(home) and not urlsplit(address).path.startswith("/static/"):
            yield address, words


def look_around(visitor: Visitor, begin: str, known: Collection[str] = ()) -> set[str]:
    """Every kind of page that can be reached from here; a download is asked for and looked at by its headers."""
    waiting, seen, own = [begin], {kind_of(begin), *known}, ""
    for address in waiting:
        for link, words in visit(visitor, address):
            if words == TOLD_MOST and "/pupils/" in link:
                own = KEY.findall(link)[-1]
            kind = kind_of(link, own)
            if kind not in seen:
                seen.add(kind)
                waiting.append(link)
    return {kind.removesuffix("#") for kind in seen}


def visit(visitor: Visitor, address: str) -> list[tuple[str, str]]:
    """A file to take along is asked for once, and not by the page that would not open it."""
    if A_FILE.search(urlsplit(address).path):
        look_at_download(visitor, address)
        return []
    try:
        visitor.page.goto(address)
    except Error as stopped:
        if "Download is starting" not in stopped.message:
            raise
        look_at_download(visitor, address)
        return []
    visitor.page.evaluate(OPEN_ALL)
    return list(links(visitor.page, visitor.address))


def look_at_download(visitor: Visitor, address: str) -> None:
    answer = visitor.page.request.get(address)
    if answer.status != 200 or "attachment" not in answer.headers.get("content-disposition", ""):
        visitor.faults.append(f"{answer.status} {address} is neither a page nor a download")


def watched(new_visitor: NewVisitor) -> Visitor:
    visitor = new_visitor()
    visitor.page.context.expose_function("reportViolation", lambda found: visitor.faults.append(f"policy: {found} on {visitor.page.url}"))
    visitor.page.context.add_init_script(LISTEN)
    return visitor


def routes_of(kinds: set[str]) -> set[str]:
    """The names of the routes behind these kinds of pages."""
    found = set()
    for kind in kinds:
        for key in ("00000000-0000-0000-0000-000000000000", "1"):
            try:
                found.add(str(resolve(kind.replace("…", key, 1).replace("…", "00000000-0000-0000-0000-000000000000")).url_name))
            except Resolver404:
                continue
    return found


def go_round(new_visitor: NewVisitor, username: str, known: Collection[str] = ()) -> set[str]:
    """The visitor of the test fails on any fault: the policy, the console, a request elsewhere, an answer of 400 or more."""
    visitor = watched(new_visitor)
    visitor.page.goto(visitor.address)
    if username:
        visitor.page.locator(f'form:has(input[name=person][value="{username}"]) button').click()
        visitor.page.wait_for_url("**/as/**")
    return look_around(visitor, visitor.page.url, known)


def test_nobody_meets_a_breach_of_the_policy(new_visitor: NewVisitor) -> None:
    """Some roles one after the other, each the kinds of pages that nobody before came to; all pages of all roles with --long."""
    known: set[str] = set()
    for username in IN_SHORT:
        known |= go_round(new_visitor, username, known)
    assert len(known) > 15


@pytest.mark.parametrize("username", ["", *PEOPLE])
@pytest.mark.whole("each role goes round by itself")
def test_no_role_meets_a_breach_of_the_policy(new_visitor: NewVisitor, username: str) -> None:
    SEEN[username] = routes_of(go_round(new_visitor, username))
    assert len(SEEN[username]) > 1


def test_every_page_is_found_by_somebody() -> None:
    """Census: a page that exists and that nobody comes to by links is either forgotten, or stands with its reason in NOT_BY_A_LINK."""
    if len(SEEN) <= len(PEOPLE):
        pytest.skip("only part of the crawl ran: nobody can say what is not found")
    asked_for = {line.route for line in lines() if line.method == "GET"}
    assert ", ".join(sorted(asked_for - set().union(*SEEN.values()) - set(NOT_BY_A_LINK))) == ""


def test_a_breach_of_the_policy_is_noticed(new_visitor: NewVisitor) -> None:
    """Planted: a style in the page, a script in it, and a picture of another site."""
    visitor = watched(new_visitor)
    visitor.open("/login/")
    visitor.page.evaluate("document.body.setAttribute('style', 'color: red')")
    visitor.page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: 'kring()'}))")
    visitor.page.evaluate("document.body.append(Object.assign(document.createElement('img'), {src: 'https://example.org/x.png'}))")
    expect(visitor.page.locator("body img")).to_have_count(1)
    visitor.page.wait_for_timeout(200)
    policy = {fault.split()[1] for fault in visitor.faults if fault.startswith("policy:")}
    visitor.faults.clear()
    assert {"style-src-attr", "script-src-elem", "img-src"} <= policy
