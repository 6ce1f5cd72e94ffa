"""Anna reads what came out of a sociogram with the keyboard alone: the class, the pupils, what changed, and the page for the board."""

import re

from playwright.sync_api import expect

from tests.journeys.visitor import Visitor

MOST_TABS = 60


def go_to(visitor: Visitor, name: str) -> None:
    """Tab through the page until the link with this name has the focus, and press Enter."""
    page = visitor.page
    wanted = page.locator("main").get_by_role("link", name=re.compile(f"^{name}")).first
    expect(wanted).to_be_visible()
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("link => link === document.activeElement"):
            break
    expect(wanted).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_result_is_read_with_the_keyboard_alone(visitor: Visitor) -> None:
    visitor.log_in("anna")
    visitor.open_group("6A")
    go_to(visitor, "Sociogram bekijken")
    main = visitor.page.locator("main")
    go_to(visitor, "De klas")
    expect(main).to_contain_text("De klas in vijf getallen")
    visitor.look("sociogram-class", "dark", "phone")
    go_to(visitor, "De leerlingen")
    expect(main).to_contain_text("wordt door niemand gekozen")
    expect(main).to_contain_text("wordt gekozen, maar weet het niet")
    visitor.look("sociogram-pupils", "dark", "contrast", "phone", "paper")
    go_to(visitor, "Toen en nu")
    visitor.look("sociogram-change", "phone")
    go_to(visitor, "Praten met de klas")
    visitor.look("sociogram-talk", "phone")
    go_to(visitor, "Laten zien op het bord")
    expect(main).to_contain_text("Samen kozen we")
    expect(main).not_to_contain_text("Noor")
    visitor.look("sociogram-board", "contrast")
