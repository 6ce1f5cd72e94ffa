"""Bram finds a pupil by a name with a slip, puts a list with the pupil it is about, and makes one pupil of two entries."""

import re

from playwright.sync_api import expect

from tests.journeys.visitor import Visitor

WHY = "Verwisseld bij het invullen"


def test_he_finds_and_puts_right(visitor: Visitor) -> None:
    visitor.log_in("bram")
    page = visitor.page
    page.keyboard.press("/")
    box = page.get_by_role("combobox", name="Zoeken in Kring")
    expect(box).to_be_focused()
    page.keyboard.type("isa nijhfo", delay=15)
    option = page.get_by_role("option", name=re.compile("Isa Nijhof"))
    expect(option).to_be_visible()
    visitor.look("find-suggestions", "dark", "phone")
    page.keyboard.press("Escape")
    expect(option).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("isa nijhfo")
    assert "nijhfo" not in page.url
    visitor.look("find", "phone")
    visitor.follow(re.compile("Isa Nijhof"))
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("isa nijhfo")
    page.keyboard.press("Control+k")
    page.keyboard.type("isa nijhof", delay=15)
    expect(option).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Isa Nijhof")

    visitor.follow("Rond de leerling")
    visitor.follow("Lijsten en fouten herstellen")
    visitor.look("corrections", "phone")
    visitor.follow(re.compile("Deze lijst hoort bij een andere leerling"))
    page.get_by_label("Bij welke leerling hoort deze lijst?").select_option(index=1)
    page.get_by_label("Wat ging er mis?").fill(WHY)
    page.get_by_role("button", name="Eerst bekijken").click()
    visitor.look("move-list-preview", "phone")
    page.locator("main").get_by_role("button").click()
    expect(page.get_by_text("U kunt dit hieronder ongedaan maken.")).to_be_visible()
    visitor.look("list-moved")
    page.get_by_role("button", name="Ongedaan maken").click()
    expect(page.get_by_text("Ongedaan gemaakt: alles staat weer zoals het was.")).to_be_visible()

    visitor.open(f"{visitor.hat()}pupils/double/")
    visitor.look("merge-candidates")
    visitor.follow(re.compile("^B117 blijft"))
    page.get_by_label("Hoe weet u dat dit dezelfde leerling is?").fill("Twee keer ingeschreven in augustus")
    page.get_by_label(re.compile("^Deze mensen mogen alles")).check()
    visitor.look("merge", "phone")
    page.get_by_role("button", name="Samenvoegen").click()
    expect(page.get_by_text("Samengevoegd tot één leerling.")).to_be_visible()
    page.get_by_role("button", name="Ongedaan maken").click()
    expect(page.get_by_text("het zijn weer twee leerlingen")).to_be_visible()
    visitor.open(f"{visitor.hat()}help/")
    visitor.look("help", "phone")


def test_without_a_script_the_box_is_a_form(new_visitor: object) -> None:
    visitor = new_visitor(scripts=False)  # type: ignore[operator]
    visitor.log_in("anna")
    visitor.page.get_by_label("Zoeken in Kring").fill("noor van dalen")
    visitor.page.locator("search").get_by_role("button", name="Zoeken").click()
    expect(visitor.page.locator("main").get_by_role("link", name="Noor van Dalen")).to_be_visible()
