"""Children of a class answer on tablets: offline and back, on another tablet, and the next child sees nothing of the one before."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import Visitor

PICTURES = ("zon", "kat", "huis")  # of every child in the demo


@pytest.fixture
def tablet(new_visitor: NewVisitor) -> Callable[[], Visitor]:
    """A tablet of the class, at “wie ben jij?”."""
    return lambda: at_the_door(new_visitor())


def at_the_door(visitor: Visitor) -> Visitor:
    visitor.page.set_viewport_size({"width": 1024, "height": 768})
    visitor.open("/")
    code = re.search(r"code van de klas is (\w{4} \w{4})", visitor.page.locator("main").inner_text())
    assert code is not None
    visitor.open("/class/")
    visitor.page.get_by_role("textbox").first.fill(code.group(1))
    visitor.page.get_by_role("button", name="Verder").click()
    expect(visitor.page.get_by_role("heading", name="Wie ben jij?")).to_be_visible()
    return visitor


def sit_down(page: Page, name: str) -> None:
    page.get_by_role("button", name=re.compile(rf"^{name}\b")).click()
    for picture in PICTURES:
        page.get_by_role("button", name=picture, exact=True).click()
    expect(page.get_by_role("heading", name=f"Hoi {name}!")).to_be_visible()


def begin(page: Page) -> None:
    page.locator("main a.child__go").first.click()
    page.locator("body[data-ready]").wait_for()
    page.get_by_role("button", name=re.compile("^(Beginnen|Verder gaan)$")).click()
    first = page.get_by_role("button", name="Naar de eerste vraag")
    if first.is_visible():
        first.click()


def answer(page: Page, *places: int) -> None:
    for place in places:
        asked = page.locator("#place").inner_text()
        page.locator("#answers .answer").nth(place).click()
        expect(page.locator("#place")).not_to_have_text(asked)


@contextmanager
def no_connection(visitor: Visitor) -> Iterator[None]:
    """The browser says on its console that a request failed, which is then in order."""
    visitor.refusals_expected = True
    visitor.page.context.set_offline(True)  # noqa: FBT003
    yield
    visitor.page.context.set_offline(False)  # noqa: FBT003


def kept(page: Page, said: str) -> None:
    expect(page.locator("[data-kept]")).to_have_text(said)


def skip_to_the_end(page: Page) -> None:
    for _question in range(60):
        if not page.locator("[data-next]").is_visible():
            break
        page.locator("[data-next]").click()
    expect(page.get_by_role("heading", name="Dat waren alle vragen")).to_be_visible()


def waiting(page: Page) -> int:
    """How many sealed texts wait on this tablet."""
    return int(page.evaluate(HOW_MANY))


HOW_MANY = """() => new Promise((resolve) => {
  const asked = indexedDB.open("kring-outbox", 1);
  asked.onsuccess = () => {
    const counted = asked.result.transaction("sealed").objectStore("sealed").count();
    counted.onsuccess = () => { asked.result.close(); resolve(counted.result); };
  };
})"""


def test_offline_and_back_on_another_tablet_and_nothing_for_the_next_child(tablet: Callable[[], Visitor]) -> None:
    one, other = tablet(), tablet()
    sit_down(one.page, "Sem")
    one_is_not_understood(one)
    begin(one.page)
    answer(one.page, 1, 2)
    kept(one.page, "Bewaard")
    one.look("class-question", "dark", "phone")
    with no_connection(one):
        answer(one.page, 3)
        kept(one.page, "Wordt later verstuurd")
        assert waiting(one.page) == 1
    kept(one.page, "Bewaard")
    assert waiting(one.page) == 0

    sit_down(other.page, "Sem")  # ends the other one
    begin(other.page)
    expect(other.page.locator("#place")).to_have_text(re.compile("^Vraag 7 "))
    skip_to_the_end(other.page)
    with no_connection(other):
        other.page.get_by_role("button", name="Inleveren").click()
        expect(other.page.get_by_role("heading", name="Dank je wel, Sem")).to_be_visible()
        expect(other.page.get_by_text("gaan straks vanzelf weg")).to_be_visible()
        assert waiting(other.page) == 1
    other.look("class-end", "phone")
    other.page.get_by_role("button", name="Klaar").click()
    expect(other.page.get_by_role("heading", name="Wie ben jij?")).to_be_visible()
    other.page.wait_for_function(f"({HOW_MANY})().then((left) => left === 0)")

    other.page.go_back()
    expect(other.page.locator("main")).not_to_contain_text(re.compile(r"Sem,|Hoi Sem|Vraag \d"))
    other.open("/class/names/")
    sit_down(other.page, "Sem")
    expect(other.page.locator("main")).to_contain_text("Je hebt alles ingeleverd")
    other.page.get_by_role("link", name="Ik wil praten").click()
    other.look("class-talk", "phone")
    other.page.get_by_role("radio").first.check()
    other.page.get_by_role("button", name="Vraag het").click()
    expect(other.page.locator("main")).to_contain_text("Je wilt praten met")


def one_is_not_understood(one: Visitor) -> None:
    """The server does not say which one; it takes nothing of the others along, and is not told to be kept."""
    page, one.refusals_expected = one.page, True

    def refuse_the_second(route: Route) -> None:
        answers = json.loads(route.request.post_data or "{}")["answers"]
        is_fine = len(answers) == 1 and answers[0][0] != 2
        route.continue_() if is_fine else route.fulfill(status=400, json={"why": "not_understood"})

    page.route("**/answers/", refuse_the_second)
    begin(page)
    answer(page, 1, 2, 3)
    kept(page, "Eén antwoord is niet aangekomen. Roep je juf, meester of mentor.")
    assert waiting(page) == 1
    one.look("class-stuck", "phone")
    page.unroute("**/answers/")
    page.reload()  # another time the server knows it; the page then shows it, by fetching itself once more
    page.locator("body[data-ready]").wait_for()
    page.wait_for_function(f"({HOW_MANY})().then((left) => left === 0)")
    one.open("/class/circle/")
    one.refusals_expected = False
