"""A class makes a sociogram on a few tablets, one of them without a connection; nobody sees anything of it before it is closed."""

import re
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.test_answering import HOW_MANY, at_the_door, no_connection, sit_down
from tests.journeys.visitor import Visitor

TITLE = "Wie doet wat in 6A"
SET = "Sociogram: wie doet wat in de groep"


def press(visitor: Visitor, name: str | re.Pattern[str]) -> None:
    visitor.page.locator("main").get_by_role("button", name=name).first.click()
    visitor.page.wait_for_load_state()


def open_sociogram(bram: Visitor) -> str:
    """A round of roles for 6A alone; the address of its page."""
    bram.open(f"{bram.hat()}rounds/")
    bram.follow("Afname openen")
    for box in bram.page.locator("input[name=instrument]").all():
        box.set_checked(SET in box.locator("xpath=..").inner_text())
    press(bram, "Verder: wie")
    for box in bram.page.locator("input[name=groups]").all():
        box.set_checked("6A" in box.locator("xpath=..").inner_text())
    press(bram, "Verder: wanneer")
    bram.page.get_by_label("Open vanaf").fill(datetime.now(tz=ZoneInfo("Europe/Amsterdam")).date().isoformat())
    bram.page.get_by_label("Hoe heet deze afname?").fill(TITLE)
    press(bram, "Kijk wie er gevraagd wordt")
    if (why := bram.page.get_by_label("Waarom doet u het zo?")).is_visible():
        why.fill("Voor het maken van groepjes in 6A.")
        press(bram, "Kijk wie er gevraagd wordt")
    press(bram, re.compile("[Oo]penen$"))
    bram.open(f"{bram.hat()}rounds/")
    bram.follow(TITLE)
    return bram.path()


def begin(page: Page) -> None:
    page.locator("li", has=page.get_by_role("heading", name=SET)).get_by_role("link").click()
    page.locator("body[data-ready]").wait_for()
    expect(page.locator("main")).to_contain_text("Je klasgenoten zien nooit wie je kiest.")
    page.get_by_role("button", name="Beginnen").click()


def choose(page: Page, me: str, friends: Sequence[str]) -> None:
    expect(page.locator(".mate", has_text=re.compile(rf"^.{me}$"))).to_have_count(0)
    for friend in friends:
        page.locator(".mate", has_text=re.compile(rf"{friend}$")).click()
    expect(page.get_by_role("status").filter(has_text="Je koos")).to_have_text(f"Je koos {len(friends)} namen.")
    page.get_by_role("button", name="Volgende").click()
    page.get_by_role("button", name="Niemand").click()
    expect(page.get_by_text("Je koos: niemand.")).to_be_visible()
    page.get_by_role("button", name="Volgende").click()
    page.get_by_role("button", name="Overslaan").click()
    expect(page.get_by_role("heading", name="Dat waren alle vragen")).to_be_visible()


def hand_in(page: Page, name: str) -> None:
    page.get_by_role("button", name="Inleveren").click()
    expect(page.get_by_role("heading", name=f"Dank je wel, {name}")).to_be_visible()


def leave(tablet: Visitor) -> None:
    """Also who has another list leaves the tablet to the next child."""
    tablet.open("/class/circle/")
    tablet.page.get_by_role("button", name="Ik ben klaar").click()
    expect(tablet.page.get_by_role("heading", name="Wie ben jij?")).to_be_visible()


def names_in(tablet: Visitor) -> list[str]:
    return [one.inner_text().split()[0] for one in tablet.page.locator("main button", has_text=re.compile(r"\w+ \w\.$")).all()]


def test_a_class_chooses_on_shared_tablets_and_nobody_looks_before_it_is_closed(new_visitor: NewVisitor, long: bool) -> None:
    bram, anna = new_visitor(), new_visitor()
    bram.log_in("bram")
    round_page = open_sociogram(bram)
    tablets = [at_the_door(new_visitor()) for _tablet in range(3 if long else 2)]
    class_of = names_in(tablets[0])
    children = class_of[: 24 if long else 6]
    for place, name in enumerate(children):
        tablet = tablets[place % len(tablets)]
        page, friends = tablet.page, [class_of[(place + step) % len(children)] for step in (1, 2)]
        sit_down(page, name)
        begin(page)
        if place == 0:
            tablet.look("choosing", "phone", "dark")
            by_keyboard(page)
        choose(page, name, friends)
        if place == 1:
            without_connection(tablet, name)
        else:
            hand_in(page, name)
        leave(tablet)

    anna.log_in("anna")
    anna.open_group("6A")
    expect(anna.page.locator("main")).not_to_contain_text("Bekijk het sociogram van " + TITLE)
    bram.open(round_page)
    expect(bram.page.get_by_role("row", name="6A")).to_contain_text(re.compile(rf"\b{len(children)} van \d+"))


def by_keyboard(page: Page) -> None:
    """The arrows go through the names, the space bar chooses, and once more takes it back."""
    first, second = page.locator(".mate").nth(0), page.locator(".mate").nth(1)
    first.focus()
    page.keyboard.press("ArrowRight")
    expect(second).to_be_focused()
    page.keyboard.press("Space")
    expect(second).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("Je koos 1 naam.")).to_be_visible()
    page.keyboard.press("Space")
    expect(second).to_have_attribute("aria-pressed", "false")


def without_connection(tablet: Visitor, name: str) -> None:
    page = tablet.page
    with no_connection(tablet):
        hand_in(page, name)
        expect(page.get_by_text("gaan straks vanzelf weg")).to_be_visible()
    tablet.open("/class/circle/")
    page.wait_for_function(f"({HOW_MANY})().then((left) => left === 0)")
