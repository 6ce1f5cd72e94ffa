"""Bram asks an expert to watch in class, is refused without consent, asks without a name, and writes down what an arrangement came to."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.journeys.visitor import Visitor


def press(visitor: Visitor, name: str) -> None:
    visitor.page.locator("main").get_by_role("button", name=name, exact=True).click()
    visitor.page.wait_for_load_state()


def test_help_from_outside_is_asked_for_and_comes(visitor: Visitor) -> None:
    visitor.log_in("bram")
    page, main = visitor.page, visitor.page.locator("main")
    hat = visitor.hat()
    visitor.open(f"{hat}expert-requests/")
    expect(main).to_contain_text("nog geen antwoord")
    visitor.look("expert-requests", "phone", "dark")
    visitor.follow(re.compile("^Sem"))
    expect(main).to_contain_text("zonder naam gesteld")
    page.get_by_label("nee", exact=True).check()
    with visitor.refused(409):
        press(visitor, "Antwoord geven")
    expect(main).to_contain_text("Schrijf in een zin op waarom het niet lukt")
    page.get_by_label("ja", exact=True).check()
    press(visitor, "Antwoord geven")
    visitor.follow("Verslag schrijven")
    page.get_by_label("Wat zag of hoorde u, en wat raadt u aan?").fill("Laat Sem zelf de eerste stap kiezen.")
    visitor.look("expert-report", "phone")
    press(visitor, "Verslag geven")
    expect(main).to_contain_text("Laat Sem zelf de eerste stap kiezen.")
    visitor.look("expert-request", "phone")

    visitor.open(f"{hat}arrangements/")
    expect(main).to_contain_text("Opgeteld")
    visitor.look("arrangements", "phone")
    visitor.follow(re.compile("^Sem"))
    page.get_by_label("Wat leverde het op?").fill("Sem begint nu bijna altijd zelf.")
    press(visitor, "Resultaat bewaren")
    expect(main).to_contain_text("Sem begint nu bijna altijd zelf.")
    visitor.look("arrangement", "phone")

    visitor.open(f"{hat}support-offers/")
    visitor.look("support-offers", "phone")
    visitor.follow("Aanbod toevoegen")
    page.get_by_label("Hoe heet het?").fill("Stille kamer")
    page.get_by_label("Wat kunt u voor een andere school doen?").fill("Een kamer met weinig prikkels.")
    page.get_by_label("Bij wie kan een andere school terecht?").select_option(index=1)
    with visitor.refused(409):
        press(visitor, "Bewaren")
    expect(main).to_contain_text("Zonder plaats is het geen aanbod")
    page.get_by_label(re.compile("^Voor hoeveel leerlingen")).fill("2")
    page.get_by_label(re.compile("^Tot en met welke dag")).fill((datetime.now(UTC).date() + timedelta(days=90)).isoformat())
    press(visitor, "Bewaren")
    expect(main).to_contain_text("Stille kamer")

    visitor.open(f"{hat}expert-requests/")
    visitor.follow(re.compile("^Noor|Sem"))
    visitor.look("expert-request-planned")
    request = visitor.path()
    assert "/expert-requests/" in request
