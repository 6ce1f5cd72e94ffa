"""A coordinator opens the autumn rounds of a school with combination groups: looks at whom they ask, what they cost, and whom they miss."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from kring.commands import ROOT
from kring.commands.server import environment
from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import Visitor

PROGRAM = "import django; django.setup(); from tests.journeys import autumn_school; autumn_school.main()"
LISTS = {"kring-leerling", "kring-leerkracht", "kring-sociogram"}


@pytest.fixture
def lot(new_visitor: NewVisitor, own: Path) -> Visitor:
    """The coordinator of a school that the server has from now on."""
    settings = {"KRING_DATA": str(own), "KRING_DATABASE": "", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    subprocess.run((sys.executable, "-c", PROGRAM), cwd=ROOT, check=True, env={**environment("demo"), **settings})
    visitor = new_visitor()
    visitor.log_in("lot.h")
    return visitor


def press(lot: Visitor, name: str) -> Locator:
    lot.page.get_by_role("button", name=name, exact=True).click()
    lot.page.wait_for_load_state()
    return lot.page.locator("main")


@pytest.mark.whole("a long journey")
def test_the_autumn_rounds_of_a_school_with_combination_groups(lot: Visitor) -> None:
    lot.open(f"{lot.hat()}rounds/")
    lot.follow("Ritme van dit jaar")
    lot.look("rhythm", "phone")
    lot.open(f"{lot.hat()}rounds/")
    lot.follow("Afname openen")
    for box in lot.page.locator("input[name=instrument]").all():
        box.set_checked((box.get_attribute("value") or "").partition(":")[0] in LISTS)
    lot.look("round-list", "phone")

    who = press(lot, "Verder: wie")
    expect(who.locator("label", has_text="Groep 4/5")).to_contain_text("Leerlinglijst groep 5 tot en met 8: 6 van de 12 leerlingen")
    expect(who.locator("label", has_text="Groep 3/4")).not_to_contain_text("Leerlinglijst")
    lot.page.get_by_role("checkbox", name="Groep 3/4").uncheck()
    when = press(lot, "Verder: wanneer")
    expect(when).to_contain_text("schoolweken zonder vakantie")
    press(lot, "Terug")
    expect(lot.page.get_by_role("checkbox", name="Groep 3/4")).not_to_be_checked()
    lot.page.get_by_role("checkbox", name="Groep 3/4").check()
    press(lot, "Verder: wanneer")

    seen = press(lot, "Kijk wie er gevraagd wordt")
    expect(seen.locator("h1")).to_have_text("3 afnames tegelijk")
    expect(seen.get_by_role("row", name="Groep 4/5 Leerlinglijst")).to_contain_text("6 van een ander leerjaar")
    expect(seen).to_contain_text("36 minuten van de leerkracht")
    expect(seen).to_contain_text("30 leerlingen hebben geen eigen account")
    expect(seen).to_contain_text("Zonder leerkracht op dat moment: groep 8.")
    lot.look("rounds-preview", "phone")

    opened = press(lot, "Afnames openen")
    expect(opened).to_contain_text("Leerlinglijst groep 5 tot en met 8")
    expect(lot.page.locator("body")).to_contain_text("3 afnames zijn geopend.")
    lot.follow(re.compile("^Leerlinglijst groep 5"))
    expect(lot.page.get_by_role("row", name="4/5")).to_contain_text("0 van 6")
    lot.check()
