"""A teacher lets the class in, and a tablet goes from child to child: the next one finds nothing of the one before."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import Visitor

BACK = """new Promise((done) => {
    addEventListener("popstate", () => setTimeout(done), { once: true });
    history.back();
})"""
"""Until the page answered to it; pressed again before that one goes past this page."""


def sit_down(page: Page, name: str) -> None:
    page.get_by_role("button", name=re.compile(rf"^{name}\b")).click()
    for picture in ("zon", "kat", "huis"):
        page.get_by_role("button", name=picture, exact=True).click()
    page.wait_for_url("**/class/circle/")
    expect(page.get_by_role("heading", name=f"Hoi {name}!")).to_be_visible()
    page.locator("[data-seat][data-ready]").wait_for(state="attached")


def nothing_of_yara(tablet: Visitor) -> None:
    tablet.page.wait_for_load_state()
    assert tablet.path() in {"/class/names/", "/class/"}, tablet.page.url
    assert "Hoi Yara" not in tablet.page.content()


def test_a_tablet_goes_from_child_to_child_while_the_teacher_looks_on(new_visitor: NewVisitor) -> None:
    anna, tablet = new_visitor(), new_visitor()
    anna.log_in("anna")
    anna.open_group("6A")
    anna.follow("In de klas")
    anna.look("class-board", "phone", "dark")
    code = anna.page.locator(".class-door__code").inner_text()
    board = anna.page.url
    anna.page.goto(f"{board}code/")
    anna.look("class-code", "phone")
    anna.page.goto(board.replace("/class/", "/cards/"))
    anna.look("class-cards", "phone")
    anna.page.clock.install()
    anna.page.goto(board)

    page = tablet.page
    page.set_viewport_size({"width": 1024, "height": 768})
    tablet.open("/class/")
    tablet.look("class-door", "phone", "dark")
    page.goto("about:blank")
    tablet.open(f"/class/#{code.replace(' ', '')}")  # as from the QR code on the board
    expect(page.get_by_role("heading", name="Wie ben jij?")).to_be_visible()
    assert code.replace(" ", "") not in page.url
    tablet.look("class-names", "phone")
    page.get_by_role("button", name=re.compile("^Zofia")).click()
    tablet.look("class-pictures", "phone", "dark")
    page.locator('[data-step="pictures"] [data-back]').click()

    sit_down(page, "Yara")
    anna.page.clock.fast_forward("00:05")
    row = anna.page.locator("tr", has_text="Yara T.")
    expect(row.get_by_role("button", name="Uitloggen Yara T.")).to_be_visible()  # by itself
    page.get_by_role("button", name="Ik ben klaar").click()
    expect(page.get_by_role("heading", name="Wie ben jij?")).to_be_visible()
    nothing_of_yara(tablet)
    page.go_back()
    nothing_of_yara(tablet)
    tablet.open("/class/circle/")
    nothing_of_yara(tablet)
    page.reload()
    nothing_of_yara(tablet)
    assert {cookie["name"] for cookie in page.context.cookies()} <= {"kring-class", "kring-csrf"}

    tablet.refusals_expected = True
    sit_down(page, "Yara")
    page.context.set_offline(True)  # noqa: FBT003
    page.get_by_role("button", name="Ik ben klaar").click()
    expect(page.get_by_role("heading", name="Even wachten")).to_be_visible()
    assert "Yara" not in page.content()
    for _press in range(3):
        page.evaluate(BACK)
        expect(page.get_by_role("heading", name="Even wachten")).to_be_visible()
        assert "Yara" not in page.content()
    page.context.set_offline(False)  # noqa: FBT003
    page.wait_for_url("**/class/names/")
    nothing_of_yara(tablet)

    page.clock.install()
    sit_down(page, "Zofia")
    page.clock.fast_forward("02:35")
    expect(page.get_by_role("heading", name="Ben je er nog?")).to_be_visible()
    page.get_by_role("button", name="Ik ben er nog").click()
    page.clock.fast_forward("03:05")
    page.wait_for_url(re.compile("/class/names/"))  # by way of the door, which says so too
    expect(page.get_by_text("Er gebeurde een tijdje niets.")).to_be_visible()
    assert "Hoi Zofia" not in page.content()
    anna.check()
    tablet.check()
