"""How somebody wants to see Kring takes effect at once and is remembered, with and without scripts."""

from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import Visitor


def test_dark_large_and_calm_at_once_and_after_a_new_page(visitor: Visitor) -> None:
    visitor.open("/login/")
    open_menu(visitor)
    visitor.look("menu", "dark", "phone")
    for chosen in ("Donker", "Groot"):
        visitor.page.get_by_label(chosen, exact=True).check()
        expect(visitor.page.locator("[data-saved]")).to_have_text("Bewaard")
        visitor.page.wait_for_load_state("networkidle")
    expect(visitor.page.locator("html")).to_have_attribute("data-theme", "dark")
    visitor.log_in("anna")
    expect(visitor.page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(visitor.page.locator("html")).to_have_attribute("data-text", "large")
    visitor.look("anna-home-dark-large", "phone")


def open_menu(visitor: Visitor) -> None:
    visitor.page.locator(".page-header__tools details.menu summary").first.click()


def test_english_is_remembered(visitor: Visitor) -> None:
    visitor.log_in("anna")
    open_menu(visitor)
    visitor.page.get_by_label("English").check()
    visitor.page.get_by_role("button", name="Bewaren", exact=True).click()
    expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
    visitor.look("english-home")
    visitor.page.get_by_role("link", name="Groups", exact=True).first.click()
    visitor.follow("6A")
    expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
    visitor.look("english-group")
    open_menu(visitor)  # it is remembered with the person, and others play her too
    visitor.page.get_by_label("Nederlands").check()
    visitor.page.get_by_role("button", name="Save", exact=True).click()
    expect(visitor.page.locator("html")).to_have_attribute("lang", "nl")


def test_without_scripts_its_button_does_the_same(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(scripts=False)
    visitor.open("/login/")
    open_menu(visitor)
    visitor.page.get_by_label("Meer contrast").check()
    visitor.page.get_by_label("Nog groter").check()
    visitor.page.get_by_role("button", name="Bewaren", exact=True).click()
    expect(visitor.page.locator("html")).to_have_attribute("data-contrast", "high")
    expect(visitor.page.locator("html")).to_have_attribute("data-text", "larger")
    visitor.look("login-contrast-larger")
