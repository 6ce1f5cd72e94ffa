"""Whom to look at: Bram sees at a glance what waits, reads why, prepares a review with the class first, and tries other points."""

import re

from playwright.sync_api import expect

from tests.journeys.visitor import Visitor


def test_he_checks_in_two_minutes_who_asks_for_a_look(visitor: Visitor) -> None:
    visitor.log_in("bram")
    expect(visitor.page.get_by_role("heading", name="Wat wacht")).to_be_visible()
    visitor.follow("Stil, maar niet vergeten")
    expect(visitor.page.get_by_label("Alleen wie stil is of wie lang niemand zag")).to_be_checked()
    visitor.page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Aandachtslijst").click()
    visitor.look("attention-list", "dark", "phone", "paper")
    visitor.page.get_by_role("link", name=re.compile("Groep 6A")).click()
    expect(visitor.page.get_by_role("heading", name="Naar binnen gekeerd")).to_be_visible()
    expect(visitor.page.get_by_role("heading", name="Naar buiten gekeerd")).to_be_visible()
    visitor.look("attention-group", "dark", "phone", "paper")
    agenda = visitor.page.locator("section", has=visitor.page.locator("#agenda")).get_by_role("row").count() - 1
    visitor.page.get_by_role("button", name="Bespreking voorbereiden").click()
    visitor.page.wait_for_url("**/reviews/new/**")
    assert visitor.page.locator("input[name=pupils]:checked").count() >= agenda


def test_he_tries_other_points_and_waits_until_the_rounds_are_over(visitor: Visitor) -> None:
    visitor.log_in("bram")
    visitor.open(f"{visitor.hat()}attention/points/")
    visitor.page.get_by_label("Sociogram: niemand koos deze leerling").select_option("3")
    visitor.page.get_by_role("button", name="Bekijk wat er verandert").click()
    expect(visitor.page.get_by_role("heading", name="Wat er zou veranderen")).to_be_visible()
    visitor.look("attention-points", "phone")
    with visitor.refused(409):
        visitor.page.get_by_role("button", name="In gebruik nemen").click()
        expect(visitor.page.get_by_text(re.compile("Er loopt nog een afname"))).to_be_visible()
