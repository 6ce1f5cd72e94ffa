"""Bram begins a support plan with a reason; the mother of Noor says yes on her phone, and then the help of Noor may begin."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import PHONE, Visitor


def pressed(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def test_a_yes_at_home_before_the_help_begins(new_visitor: NewVisitor) -> None:
    bram = new_visitor()
    bram.log_in("bram")
    bram.follow("Ontwikkelingsperspectieven")
    bram.look("support-plans", "phone")
    expect(bram.page.locator("main")).to_contain_text("wacht op een akkoord")
    row = bram.page.get_by_role("row", name=re.compile("Noor"))
    row.get_by_role("link").click()
    plan = bram.page.url
    bram.look("support-plan", "dark", "phone", "paper")
    with bram.refused(409):
        pressed(bram.page, "Handelingsdeel laten beginnen")
    expect(bram.page.get_by_role("alert")).to_contain_text("Nog niet iedereen met gezag")
    _mother_says_yes(new_visitor())
    bram.page.goto(plan)
    pressed(bram.page, "Handelingsdeel laten beginnen")
    expect(bram.page.locator("main")).to_contain_text("loopt")
    _another_begins(bram, plan)
    bram.check()


def _mother_says_yes(els: Visitor) -> None:
    els.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    els.log_in("els")
    els.follow(re.compile("Lezen en antwoorden"))
    els.look("support-plan-answer", "dark")
    els.page.get_by_label("Ja, ik ben akkoord").check()
    pressed(els.page, "Antwoord bewaren")
    els.look("support-plan-at-home")
    els.check()


def _another_begins(bram: Visitor, plan: str) -> None:
    """For the same pupil there is one plan at a time; then a part, in which two do not stand in each other's way."""
    page = bram.page
    page.goto(plan)
    page.get_by_role("link", name=re.compile(r"^Schrijven\s*: Wat helpt")).click()
    bram.look("support-plan-part", "phone")
    page.get_by_label("Wat helpt").fill("Houdt van tekenen, en van duidelijke beurten.")
    pressed(page, "Deel bewaren")
    expect(page.locator("main")).to_contain_text("Er is geschreven sinds de laatste versie")
    page.locator("main").get_by_role("link", name="Leerling gehoord").click()
    bram.look("support-plan-heard", "phone")
    page.goto(plan)
    page.get_by_role("link", name="Evalueren", exact=True).click()
    bram.look("support-plan-evaluate", "phone")
