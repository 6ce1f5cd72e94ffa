"""Anna makes a plan for 6A from the data, in a handful of clicks; and she and Bram write in it at the same time."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import Visitor

FEW = 9  # clicks from the page of the group to a plan that is agreed upon: well within twenty minutes


class Clicks:
    """Every link and button that Anna needs, counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def link(self, name: str) -> None:
        self.count += 1
        self.page.locator("main").get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state()

    def button(self, name: str) -> None:
        self.count += 1
        self.page.locator("main").get_by_role("button", name=name, exact=True).click()
        self.page.wait_for_load_state()


def in_6a(visitor: Visitor, who: str) -> Visitor:
    visitor.log_in(who)
    visitor.open_group("6A")
    return visitor


def test_from_data_to_a_plan_with_mouse_and_keyboard_and_two_writers(new_visitor: NewVisitor) -> None:
    anna = in_6a(new_visitor(), "anna")
    page, click = anna.page, Clicks(anna.page)
    click.link("Groepsplan")
    anna.look("group-plans", "phone")
    click.link("Nieuw groepsplan")
    click.button("Verder")
    anna.look("group-plan-proposals", "dark", "phone")
    click.button("Overnemen wat aangevinkt is")
    plan = page.url
    _moved(page)
    anna.look("group-plan", "dark", "contrast", "phone", "paper")
    click.link("Schrijf de aanpak")
    page.get_by_label("Wat doen we met de hele groep?").fill("Elke ochtend een kring, en op vrijdag samen terugkijken.")
    click.button("Bewaren")
    _two_texts(anna, in_6a(new_visitor(), "bram"), plan)
    page.goto(plan)
    page.get_by_label("Waarom toch?").fill("Het vorige plan loopt nog; wij evalueren het samen in januari.")
    click.button("Vaststellen")
    expect(page.locator("main")).to_contain_text("vastgesteld")
    assert click.count <= FEW
    anna.follow("Groepsplan")
    anna.follow("Bureaublad voor vandaag")
    expect(page.locator("main")).not_to_contain_text(re.compile("niveau", re.IGNORECASE))
    anna.look("desk-view", "phone", "paper")
    anna.check()


def _moved(page: Page) -> None:
    """One name with the mouse, one by keyboard alone; both are still there after a reload."""
    cluster = page.locator("[data-seat]:not([data-seat=''])").first
    key = cluster.get_attribute("data-seat")
    dragged, picked = (str(page.locator(".waiting a.pupil").nth(place).get_attribute("data-pupil")) for place in (0, 1))
    page.locator(f'[id="pupil-{dragged}"]').drag_to(cluster)
    expect(page.locator(f'[id="pupil-{key}{dragged}"]')).to_be_focused()
    page.locator(f'[id="pupil-{picked}"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator(".seating__picked")).to_contain_text("is gekozen")
    page.locator(f'button[name="to"][value="{key}"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator(f'[id="pupil-{key}{picked}"]')).to_be_focused()
    page.reload()
    expect(page.locator(f'[data-seat="{key}"] a.pupil').filter(has=page.locator(".pupil__name"))).not_to_have_count(1)


def _two_texts(anna: Visitor, bram: Visitor, plan: str) -> None:
    """Both open the page; Anna saves first, and Bram reads both texts with his own still in the field."""
    address = plan.replace(anna.hat(), bram.hat()) + "class/"
    bram.page.goto(address)
    anna.page.goto(plan + "class/")
    for visitor, text in ((anna, "De tekst van Anna."), (bram, "De tekst van Bram.")):
        visitor.page.get_by_label("Wat doen we met de hele groep?").fill(text)
    anna.page.get_by_role("button", name="Bewaren").click()
    anna.page.wait_for_url(plan)
    with bram.refused(409):
        bram.page.get_by_role("button", name="Bewaren").click()
        bram.page.wait_for_load_state()
    expect(bram.page.get_by_role("alert")).to_contain_text("De tekst van Anna.")
    expect(bram.page.get_by_label("Wat doen we met de hele groep?")).to_have_value("De tekst van Bram.")
    bram.look("group-plan-both-texts", "phone")
    bram.page.get_by_label("Wat doen we met de hele groep?").fill("De tekst van Anna en Bram samen.")
    bram.page.get_by_role("button", name="Bewaren").click()
    expect(bram.page.locator("main")).to_contain_text("De tekst van Anna en Bram samen.")
    bram.check()
