"""A training planned by the coordinator, a pupil in it with consent, who was there by one tap; and a card to read."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import Visitor


@pytest.mark.whole("a long journey")
def test_a_training_is_planned_kept_and_read_about(new_visitor: NewVisitor) -> None:
    bram = new_visitor()
    bram.log_in("bram")
    plan(bram)
    take_part(bram)
    be_there(bram)
    read_a_card(bram)


def plan(bram: Visitor) -> None:
    bram.open(f"{bram.hat()}trainings/")
    bram.look("trainings", "dark", "phone")
    page = bram.page
    page.get_by_role("link", name="Training plannen").click()
    page.get_by_label("Hoe heet de training?").fill("Samen sterker")
    page.get_by_label("Waar gaat het over?").select_option("fear_of_failure")
    page.get_by_label("Wie van school geeft of begeleidt de training?").select_option(label="Bram Kuiper, intern begeleider")
    today = date.today()  # noqa: DTZ011  the day of the browser
    page.get_by_label("Eerste dag").fill(today.isoformat())
    page.get_by_label("Laatste dag").fill((today + timedelta(weeks=6)).isoformat())
    bram.look("training-new", "dark", "phone")
    page.get_by_role("button", name="Plannen").click()


def take_part(bram: Visitor) -> None:
    page = bram.page
    page.get_by_label("Leerling", exact=True).select_option(label="Noor van Dalen")
    page.get_by_label("Wat wil de leerling leren?").fill("Ik durf een fout te maken.")
    page.get_by_role("button", name="Toevoegen", exact=True).click()
    expect(page.locator("main")).to_contain_text("nog vragen")
    page.get_by_label("Els Brouwer").check()
    bram.look("training-place", "dark", "phone")
    page.get_by_role("button", name="Vastleggen").click()
    expect(page.locator("main")).to_contain_text("iedereen zei ja, de laatste op")
    page.locator(".breadcrumb").get_by_role("link", name="Samen sterker").click()


def be_there(bram: Visitor) -> None:
    page = bram.page
    page.get_by_label("Op welke dag?").fill(date.today().isoformat())  # noqa: DTZ011  the day of the browser
    page.get_by_role("button", name="Bijeenkomst toevoegen").click()
    there = page.get_by_role("button", name=re.compile("^was er.*Noor van Dalen"))
    there.click()
    expect(there).to_have_attribute("aria-pressed", "true")
    bram.look("training", "dark", "phone")
    with bram.refused(409):
        page.get_by_role("button", name="Afsluiten").click()
    expect(page.locator("main")).to_contain_text("ook buiten de training lukt")


def read_a_card(bram: Visitor) -> None:
    bram.open(f"{bram.hat()}cards/")
    bram.look("cards", "dark", "phone")
    bram.page.get_by_role("link", name=re.compile("^Kaart lezen.*Als een kind zichzelf pijn doet")).click()
    expect(bram.page.locator("main")).to_contain_text("nog niet nagekeken door een deskundige")
    bram.look("card", "dark", "phone")
