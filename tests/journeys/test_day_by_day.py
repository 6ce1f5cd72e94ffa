"""Anna writes down what she saw in three taps on her phone, reads what several people saw, fills in the day of a card; Sem reads along."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import DESK, PHONE, Visitor

TAPS = 4  # what went before, what followed, and save: with the behaviour, place and moment filled in already


def test_three_taps_and_a_card_that_is_read_along(new_visitor: NewVisitor) -> None:
    anna = new_visitor()
    anna.log_in("anna")
    anna.open_group("6A")
    anna.page.locator("main").get_by_role("link", name=re.compile("^Sem")).first.click()
    anna.follow("Plannen en hulp")
    pupil = anna.page.url
    anna.follow("Gedrag bekijken")
    _record(anna)
    anna.follow("Loopt van zijn plaats tijdens zelfstandig werken")
    expect(anna.page.get_by_text("misschien om een taak uit te stellen", exact=False).first).to_be_visible()
    anna.look("behaviour-analysis", "phone")
    with anna.refused(409):
        anna.page.get_by_role("button", name="Analyse vaststellen").click()
        expect(anna.page.get_by_role("alert")).to_contain_text("Er ontbreken er nog 1")
    anna.follow("Vragen beantwoorden")
    anna.page.get_by_label("4. Wat doen wij nu?").fill("Wij knippen de taak in drie stukken, met een pauze ertussen.")
    anna.look("behaviour-answers")
    anna.page.get_by_role("button", name="Bewaren").click()
    anna.page.get_by_role("button", name="Analyse vaststellen").click()
    expect(anna.page.get_by_role("link", name="Korte interventie bedenken")).to_be_visible()
    anna.page.goto(pupil)
    anna.follow("Dagkaarten bekijken")
    anna.follow(re.compile("Ik begin binnen vijf minuten"))
    anna.look("day-card", "dark", "phone")
    name, paper = anna.download("Op papier")
    assert (name, paper[:4]) == ("dagkaart.pdf", b"%PDF")
    _day(anna)
    _read_along(new_visitor())


def _record(anna: Visitor) -> None:
    anna.follow(re.compile("Ik zag het"))
    page, taps = anna.page, 0
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    for name in ("kreeg een opdracht", "een volwassene kwam erbij"):
        page.get_by_label(name).check()
        taps += 1
    page.get_by_role("button", name="Opschrijven").click()
    assert taps + 1 <= TAPS
    expect(page.get_by_text("9 keer opgeschreven")).to_be_visible()
    page.go_back()
    anna.look("behaviour-record-phone")
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    page.go_forward()


def _day(anna: Visitor) -> None:
    """The first day that still may be filled in, or the last one once more: what was given cannot be tapped away."""
    page = anna.page
    anna.follow(re.compile("^(Invullen|Verder met)"))
    first = page.locator("input[name=p_0_0]").last
    first.check()
    page.get_by_label("Aan het eind: wat ging goed vandaag?").fill("Je begon meteen.")
    anna.look("day-card-day", "phone")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.locator("main")).to_contain_text("Hoe de dagen gaan")
    _fewer(page)


def _fewer(page: Page) -> None:
    page.locator("main").get_by_role("link", name="Verder met minder momenten").click()
    expect(page.get_by_label("eerste taak")).to_be_checked()


def _read_along(sem: Visitor) -> None:
    sem.log_in("sem")
    sem.follow("Mijn dagkaart")
    sem.follow(re.compile("Ik begin binnen vijf minuten"))
    expect(sem.page.get_by_role("heading", name="Mijn dagkaart")).to_be_visible()
    sem.look("day-card-family", "phone")
