"""Anna teaches 6A: from the front page to her group, the sociogram, one pupil, and the paper she takes to a meeting."""

import re

import page as pdf
import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import SCREENSHOTS, Visitor


def is_accessible(made: bytes) -> bool:
    return not list(pdf.validate_pdf_bytes(made, profile=pdf.ValidationProfile.PDF_UA_1).failures)


def test_from_the_front_page_to_her_group_with_one_press(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.look("front", "dark", "contrast", "phone")
    visitor.page.locator("button.person", has_text="Anna").click()
    visitor.page.wait_for_url("**/as/**")
    visitor.look("anna-home", "dark", "contrast", "phone")
    visitor.page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Groepen").click()
    visitor.look("anna-groups", "phone")
    visitor.follow("6A")
    for shown in ("25 leerlingen", "Leerkrachtlijst", "Leerlinglijst", "Sociogram", "Noor van Dalen", "groen, zeker"):
        expect(visitor.page.locator("main")).to_contain_text(shown)
    visitor.look("group", "dark", "contrast", "phone")


def test_a_round_and_what_came_out_of_it(visitor: Visitor) -> None:
    visitor.log_in("anna")
    visitor.page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Afnames").click()
    visitor.look("rounds", "phone")
    visitor.follow(re.compile("Leerkrachtlijst"))
    expect(visitor.page.locator("main")).to_contain_text("25 van 25")
    visitor.look("round", "dark", "phone")
    visitor.follow(re.compile("Uitkomsten van"))
    visitor.look("round-of-group")


def at_the_sociogram(visitor: Visitor) -> None:
    visitor.log_in("anna")
    visitor.open_group("6A")
    visitor.follow("Sociogram bekijken")


def expect_picked(visitor: Visitor, *names: str) -> None:
    """The server says whose choices these are before they are shown, for that is a reading of this pupil."""
    expect(visitor.page.locator("[data-facts].is-picked strong")).to_have_text(list(names))
    expect(visitor.page.locator("[data-picked-facts] h3")).to_have_text(list(names))


def test_the_sociogram_by_mouse(visitor: Visitor) -> None:
    at_the_sociogram(visitor)
    visitor.look("sociogram", "dark", "contrast", "phone")
    noor = visitor.page.locator("svg [data-pupil]", has_text="Noor").first
    noor.click()
    expect(noor).to_have_attribute("aria-pressed", "true")
    expect_picked(visitor, "Noor van Dalen")
    visitor.look("sociogram-picked")
    noor.click()
    expect(noor).to_have_attribute("aria-pressed", "false")
    expect_picked(visitor)
    visitor.page.get_by_label("Wie hoort bij wie").check()
    visitor.page.get_by_role("button", name="Laat zien").click()
    visitor.look("sociogram-web", "dark", "phone")
    visitor.page.locator("svg [data-pupil]", has_text="Sem").first.click()
    expect_picked(visitor, "Sem Ferreira")
    assert visitor.page.locator("svg [data-from].is-faint").count() > 0
    visitor.look("sociogram-web-picked")


def test_the_sociogram_by_keyboard(visitor: Visitor) -> None:
    at_the_sociogram(visitor)
    first = visitor.page.locator("svg [data-pupil][tabindex='0']")
    expect(first).to_have_count(1)
    first.focus()
    visitor.page.keyboard.press("Enter")
    picked = visitor.page.locator("[data-picked-facts] h3")
    expect(picked).to_have_count(1)
    before = picked.inner_text()
    for arrow in ("ArrowDown", "ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
        visitor.page.keyboard.press(arrow)
    visitor.page.keyboard.press(" ")
    expect(picked).not_to_have_text(before)
    visitor.look("sociogram-by-keyboard")
    visitor.page.keyboard.press("Escape")
    expect_picked(visitor)


def test_the_sociogram_without_scripts(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(scripts=False)
    at_the_sociogram(visitor)
    visitor.page.locator("[data-facts] strong a", has_text="Noor van Dalen").click()
    expect_picked(visitor, "Noor van Dalen")
    visitor.look("sociogram-without-scripts")


def test_one_pupil(visitor: Visitor) -> None:
    visitor.log_in("anna")
    visitor.open_group("6A")
    visitor.follow("Noor van Dalen")
    visitor.look("pupil", "dark", "phone")
    for leaf in ("Plannen en hulp", "Rond de leerling", "Tijdlijn"):
        visitor.follow(leaf)
        visitor.look(f"pupil-{leaf.split()[0].lower()}", "dark", "phone")
    visitor.follow("Hoe het gaat")
    name, made = visitor.download("PDF ophalen")
    assert "Noor" not in name
    assert made.startswith(b"%PDF-")
    assert is_accessible(made)


def test_the_group_on_paper(visitor: Visitor) -> None:
    visitor.log_in("anna")
    visitor.open_group("6A")
    name, made = visitor.download("PDF ophalen")
    (SCREENSHOTS / name).write_bytes(made)
    assert name.endswith(".pdf")
    assert is_accessible(made)
    visitor.look("group", "paper")
    printed = visitor.page.pdf(format="A4", print_background=False)
    (SCREENSHOTS / "group-printed.pdf").write_bytes(printed)
    assert printed.startswith(b"%PDF-")


@pytest.mark.parametrize("group", ["6B", "8"])
def test_a_group_of_somebody_else_is_not_there(visitor: Visitor, group: str) -> None:
    visitor.log_in("bram")
    visitor.open_group(group)
    foreign = visitor.page.url.split("/groups/")[1]
    visitor.log_out()
    visitor.log_in("anna")
    with visitor.refused(404):
        visitor.open(f"{visitor.hat()}groups/{foreign}")
    expect(visitor.page.locator("main")).not_to_contain_text(group)
