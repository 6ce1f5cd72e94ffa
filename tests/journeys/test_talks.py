"""A talk with a mother who speaks little Dutch: no child interprets, the report is read at home, and she says that it is right."""

from datetime import date

from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import Visitor

SAID = "Ik wil vooraan zitten."


def test_a_child_does_not_interpret_and_what_was_said_is_read_at_home(new_visitor: NewVisitor) -> None:
    els = new_visitor()
    els.log_in("els")
    els.open(f"{els.hat()}contact/")
    els.page.get_by_label("In welke taal gaat een gesprek het beste?").select_option("tr")
    els.page.get_by_role("button", name="Bewaren").click()
    anna = new_visitor()
    anna.log_in("anna")
    plan(anna)
    invite(anna)
    tell(anna)
    els.open(f"{els.hat()}my-talk-reports/")
    els.page.get_by_role("link", name="Samen kijken naar rekenen").click()
    expect(els.page.locator("main")).to_contain_text(SAID)
    els.look("report-at-home", "dark", "phone")
    els.page.get_by_role("button", name="Dit klopt").click()
    expect(els.page.locator("main")).to_contain_text("U zei: dit klopt")


def plan(anna: Visitor) -> None:
    """The first who is thought of is a sister."""
    anna.open_group("6A")
    anna.follow("Noor van Dalen")
    anna.follow("Plannen en hulp")
    anna.follow("Gesprek plannen")
    page = anna.page
    expect(page.locator("main")).to_contain_text("gaat het beste in het Turks")
    page.get_by_label("Wat voor gesprek is het?").select_option("guardian_talk")
    page.get_by_label("Wat is het doel?").fill("Samen kijken naar rekenen")
    page.get_by_label("Op welke dag?").fill(date.today().isoformat())  # noqa: DTZ011  the day of the browser
    page.get_by_label("Els Brouwer").check()
    page.get_by_label("Eerst met de leerling alleen").check()
    page.get_by_label("Waarom in die volgorde?").fill("Noor wil het eerst zelf vertellen")
    page.get_by_label("Een volwassene die de ouders zelf meebrengen").check()
    page.get_by_label("Naam van de tolk, of van de dienst").fill("haar grote zus")
    anna.look("plan-talk", "dark", "phone")
    with anna.refused(409):
        page.get_by_role("button", name="Plannen").click()
    expect(page.locator("main")).to_contain_text("Een kind tolkt niet voor zijn eigen ouders")
    page.get_by_label("Een tolk, of de tolkentelefoon").check()
    page.get_by_label("Naam van de tolk, of van de dienst").fill("Tolkentelefoon")
    page.get_by_role("button", name="Plannen").click()


def invite(anna: Visitor) -> None:
    """In plain Dutch, without what was thought beforehand."""
    page = anna.page
    page.get_by_label("Aantekening bij punt 2").fill("Rustig beginnen")
    page.get_by_role("button", name="Voorbereiding bewaren").click()
    page.get_by_role("link", name="Uitnodiging").click()
    expect(page.locator("main")).to_contain_text("Tolkentelefoon tolkt voor ons")
    expect(page.locator("main")).not_to_contain_text("Rustig beginnen")
    anna.look("invitation", "dark", "phone")
    page.go_back()


def tell(anna: Visitor) -> None:
    """Who came, what was said, what was agreed; and let the family read it."""
    page = anna.page
    page.get_by_role("link", name="Verslag schrijven").click()
    page.get_by_label("Wat is er besproken?").fill("Noor tekent graag. Bij rekenen begint zij laat.")
    page.get_by_label("Wat zei de leerling zelf?").fill(SAID)
    page.get_by_role("button", name="Verslag bewaren").click()
    page.get_by_label("Ouders met gezag mogen het verslag in Kring lezen.").check()
    page.get_by_role("button", name="Laten lezen").click()
    anna.look("talk", "dark", "phone")
