"""A school of 800 pupils changes to the next year; a teacher hands over, a mother reads it first."""

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from kring.commands import ROOT
from kring.commands.server import environment
from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import Visitor

PROGRAM = "import django; django.setup(); from tests.journeys import large_school; large_school.main()"
LONGEST = 60.0  # seconds for all that somebody clicks, on a busy machine


@pytest.fixture
def large(new_visitor: NewVisitor, own: Path) -> Visitor:
    """A browser at the server, that has a school of 800 pupils too from now on."""
    settings = {"KRING_DATA": str(own), "KRING_DATABASE": "", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    subprocess.run((sys.executable, "-c", PROGRAM), cwd=ROOT, check=True, env={**environment("demo"), **settings})
    return new_visitor()


@pytest.mark.whole("a large school")
def test_800_pupils_change_to_the_next_year(large: Visitor) -> None:
    large.log_in("toos")
    start = time.monotonic()
    large.open(f"{large.hat()}year-changes/")
    large.page.get_by_role("button", name="Maak het voorstel").click()
    expect(large.page.locator("main")).to_contain_text("Dit is een voorstel")
    facts = large.page.locator("main dl.facts").first
    expect(facts).to_contain_text("800")
    told = [int(number) for number in re.findall(r"\d+", facts.inner_text())]
    assert told[0] == 800 == sum(told[1:])
    large.look("year-change-800")
    large.follow("Groepen en leerkrachten wijzigen")
    large.page.get_by_label("Leerkracht van 7A", exact=True).select_option(label="Juf3 Toren")
    large.page.get_by_role("button", name="Bewaren").click()
    large.follow("6A")
    large.page.locator("main select").first.select_option(label="Verlaat de school")
    large.look("year-change-group", "phone")
    large.page.get_by_role("button", name="Bewaren").click()
    large.follow("Terug naar het overzicht")
    expect(large.page.locator("main")).to_contain_text("Wie gaat anders dan de groep?")
    large.page.get_by_role("button", name="Nieuw schooljaar klaarzetten").click()
    expect(large.page.locator("main")).to_contain_text("Alles staat klaar")
    assert time.monotonic() - start < LONGEST
    large.look("year-change-set")


def test_a_mother_reads_first_what_goes_to_the_next_teacher(new_visitor: NewVisitor) -> None:
    anna, els = new_visitor(), new_visitor()
    anna.log_in("anna")
    expect(anna.page.locator("main")).to_contain_text("Warm welkom")
    anna.open(f"{anna.hat()}handovers/")
    anna.look("handovers", "phone")
    anna.follow(re.compile("^Noor"))
    expect(anna.page.locator("main")).to_contain_text("wacht op thuis")
    els.log_in("els")
    els.open(f"{els.hat()}handovers/asked/")
    els.look("handovers-asked", "phone", "dark")
    for part, choice in (
        ("Wat werkt", "Dit mag u doorgeven"),
        ("Waar op te letten", "Dit niet doorgeven"),
        ("Wat het kind", "Dit mag u doorgeven"),
    ):
        els.page.get_by_role("group", name=re.compile(part)).get_by_label(choice).check()
    els.page.get_by_role("button", name="Antwoord versturen").click()
    expect(els.page.locator("main")).to_contain_text("Uw antwoord is bewaard")
    anna.page.reload()
    expect(anna.page.locator("main")).to_contain_text("wordt nu niet doorgegeven")
    anna.look("handover-pupil", "phone")
