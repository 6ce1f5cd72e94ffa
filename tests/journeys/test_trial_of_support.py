"""A plan that runs: one tap, one value, execution and effect judged apart, faded out; and a next one thought out from the catalogue."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.visitor import Visitor


def press(visitor: Visitor, name: str) -> None:
    visitor.page.locator("main").get_by_role("button", name=name, exact=True).click()
    visitor.page.wait_for_load_state()


@pytest.mark.whole("a long journey")
def test_support_is_ticked_off_weighed_and_faded_out(visitor: Visitor) -> None:
    visitor.log_in("anna")
    page, main = visitor.page, visitor.page.locator("main")
    section = page.locator("section", has=page.get_by_role("heading", name="Plannen die lopen"))
    section.get_by_role("button", name=re.compile("^Gedaan")).first.click()
    page.wait_for_load_state()
    expect(section).to_contain_text("vandaag gedaan")
    section.locator("input[name=value]").first.fill("7")
    section.get_by_role("button", name=re.compile("^Meting bewaren")).first.click()
    page.wait_for_load_state()
    expect(main).to_contain_text("tijdens: 8 metingen")
    visitor.look("trial", "phone", "dark")

    visitor.follow("Evalueren en besluiten")
    page.get_by_label("Hoe is het uitgevoerd?").fill("Bijna elke dag gedaan, twee keer niet.")
    page.get_by_label("Wat ziet u bij de leerling?").fill("Hij begint nu meestal zelf.")
    page.get_by_label("Begint binnen vijf minuten met een stappenkaart").check()
    for box in page.get_by_label("Ja, zo verder of afbouwen is goed").all():
        box.check()
    press(visitor, "Toon het voorstel")
    # By the day on which the demo is filled, his lists lie before or after the start.
    expect(main).to_contain_text(re.compile("Het doel is bereikt|duidelijk minder gunstig"))
    visitor.look("trial-evaluate", "phone")
    page.get_by_label("Afbouwen", exact=True).check()
    page.get_by_label(re.compile("^Waarom")).fill("In de klas gaat het goed, en hij wil het zelf.")
    press(visitor, "Besluit bewaren")
    expect(main).to_contain_text("Nu: 50 procent")
    visitor.look("trial-fading", "phone")

    visitor.follow(re.compile("Plannen van Sem"))
    visitor.follow("Korte interventie bedenken")
    visitor.follow("Kies iets uit de catalogus")
    visitor.look("trial-ideas", "phone")
    visitor.follow(re.compile("Dit proberen.*Hulp leren vragen"))
    expect(page.get_by_label("Wat gaat u doen?")).to_have_value("Hulp leren vragen")
    expect(main).to_contain_text("De eerste stappen zijn gezet")  # asked once of a pupil: with the plan that was there
    page.get_by_label("Wat is het doel?").fill("Sem gedraagt zich beter in de klas")
    page.get_by_label("Wat meet u, en wanneer?").fill("hoe vaak hij vraagt, bij rekenen")
    page.get_by_label("Wie doet het?").fill("Anna")
    for number in range(5):
        page.locator(f"[name=level_{number}]").fill(f"vraagt {number} keer")
    with visitor.refused(409):
        press(visitor, "Plan bewaren")
    expect(main).to_contain_text("nog niet te zien of te tellen")
    visitor.look("trial-form", "phone")
    page.get_by_label("Wat is het doel?").fill("Sem vraagt bij rekenen zelf om hulp met het teken")
    press(visitor, "Plan bewaren")
    expect(main).to_contain_text("Eerst meten, dan beginnen")
    visitor.follow("Evaluatiegesprek plannen")
    expect(page.get_by_label("Wat is het doel?")).to_have_value(re.compile("^Samen kijken of het hielp: Sem vraagt"))
    visitor.look("trial-talk", "phone")
