"""Wouter teaches group 7 and becomes coordinator in the middle of the year: his week by keyboard, two hats, and what goes on to Tara."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from kring.commands import ROOT
from kring.commands.server import environment, secret_in
from tests.journeys.conftest import NewVisitor
from tests.journeys.server import FIRST_PORT, demo_server
from tests.journeys.visitor import Visitor

PASS_ON = """
import django; django.setup()
from django.utils import timezone
from kring.web.home.intake import pass_on_tasks
pass_on_tasks(at=timezone.now())
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("week") / "data"


@pytest.fixture(scope="module")
def address(browser: Browser, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    with demo_server(shared, data, port=FIRST_PORT + 450) as address:
        yield address


def the_minute_goes_by(data: Path) -> None:
    """What the schedule does each minute."""
    settings = {"KRING_DATA": str(data), "KRING_DATABASE": "", "PYTHONPATH": str(ROOT / "src")}
    known = environment("demo", KRING_SECRET=secret_in(data / "secret"), **settings)
    subprocess.run([sys.executable, "-c", PASS_ON], env=known, cwd=ROOT, check=True)


@pytest.mark.whole("a long journey")
def test_a_teacher_becomes_coordinator_in_the_middle_of_the_year(new_visitor: NewVisitor, data: Path) -> None:
    wouter, olga, rik, tara = new_visitor(), new_visitor(), new_visitor(), new_visitor()
    wouter.log_in("wouter")
    as_teacher = wouter.hat()
    his_week_by_keyboard(wouter)
    a_task_of_the_group(wouter)
    wouter.open_group("7")
    group_page = wouter.path()

    olga.log_in("olga")
    become_coordinator(olga, rik)
    wouter.open(as_teacher)
    wouter.page.locator(".page-header__tools details.menu summary").last.click()
    wouter.page.get_by_role("link", name=re.compile("intern begeleider")).click()
    expect(wouter.page.locator("h1")).to_have_text("Zorgoverzicht")
    as_coordinator = wouter.hat()
    wouter.look("two-hats-coordinator")
    expect(wouter.page.locator("main")).not_to_contain_text("Bellen met de GGD")  # each hat has its own
    wouter.open(as_teacher)
    expect(wouter.page.locator("main")).to_contain_text("Bellen met de GGD")

    tara_takes_group_7(olga)
    with wouter.refused(404):  # at that very minute
        wouter.open(group_page)
    the_minute_goes_by(data)
    wouter.open(f"{as_teacher}tasks/")
    expect(wouter.page.locator("main")).to_contain_text("Bellen met de GGD")
    expect(wouter.page.locator("main")).not_to_contain_text("Map van de groep")
    tara.log_in("tara")
    expect(tara.page.locator("main")).to_contain_text("Een taak van een collega is naar u gegaan")
    expect(tara.page.locator("main")).to_contain_text(re.compile("Map van de groep.*overgenomen van Wouter", re.DOTALL))
    tara.look("week-with-a-task-of-a-colleague")

    end_his_old_role(olga)
    the_minute_goes_by(data)
    with wouter.refused(404):
        wouter.open(as_teacher)
    wouter.open(f"{as_coordinator}tasks/")
    expect(wouter.page.locator("main")).to_contain_text("Bellen met de GGD")  # what was his own went along
    wouter.look("tasks-after")


def his_week_by_keyboard(wouter: Visitor) -> None:
    """Write a line, tick it off, take that back: not once a mouse."""
    page = wouter.page
    page.get_by_label("Nieuwe taak").focus()
    page.keyboard.type("Bellen met de GGD, vr")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("list", name="Meldingen")).to_contain_text("Toegevoegd: Bellen met de GGD")
    wouter.look("week", "phone", "dark")
    page.get_by_role("button", name=re.compile("^Gedaan.*Bellen met de GGD")).focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Afgevinkt: Bellen met de GGD")
    wouter.look("week-ticked-off")
    page.get_by_role("button", name="Ongedaan maken").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("De taak staat weer open")


def a_task_of_the_group(wouter: Visitor) -> None:
    """First on a Saturday, which is refused with what was typed still there."""
    wouter.open(f"{wouter.hat()}tasks/")
    wouter.look("tasks", "phone")
    page = wouter.page
    page.get_by_label("Nieuwe taak").fill("Map van de groep bijwerken, za")
    page.get_by_label("Uiterlijk op").fill("2020-01-04")
    page.get_by_label("Hoort bij een groep").select_option(label="groep 7")
    with wouter.refused(409):
        page.get_by_role("button", name="Toevoegen").click()
        page.wait_for_load_state()
    expect(page.get_by_role("alert")).to_contain_text("is al voorbij")
    wouter.look("task-refused")
    page.get_by_label("Nieuwe taak").fill("Map van de groep bijwerken")
    page.get_by_label("Uiterlijk op").fill("")
    page.get_by_role("button", name="Toevoegen").click()
    page.get_by_role("link", name="Map van de groep bijwerken").click()
    wouter.look("task", "phone")


def become_coordinator(olga: Visitor, rik: Visitor) -> None:
    """Proposed by one, approved by another."""
    olga.open(f"{olga.hat()}people/propose/")
    olga.page.get_by_label("Voor wie?").select_option(label="Wouter Speelman")
    olga.page.get_by_label("Welke rol?").select_option("coordinator")
    olga.page.get_by_role("button", name="Voorstellen").click()
    expect(olga.page.locator("main")).to_contain_text("zodra de schoolleider akkoord is")
    rik.log_in("rik")
    rik.open(f"{rik.hat()}people/")
    rik.page.get_by_role("row", name=re.compile("Wouter Speelman")).get_by_role("button", name="Akkoord").click()
    expect(rik.page.locator("main")).to_contain_text("De rol geldt")


def tara_takes_group_7(olga: Visitor) -> None:
    """His turn ends now; hers begins today."""
    olga.open(f"{olga.hat()}teaching/")
    olga.page.get_by_role("row", name=re.compile("Wouter Speelman")).get_by_role("link", name=re.compile("Bekijken of veranderen")).click()
    olga.page.get_by_label("Wie?").select_option(label="Tara Ramlal (leerkracht)")
    olga.page.get_by_role("button", name="Koppelen").click()
    olga.page.get_by_role("row", name=re.compile("Wouter Speelman")).get_by_role("link", name="Beëindigen").click()
    olga.page.get_by_role("button", name="Loskoppelen").click()
    expect(olga.page.locator("main")).to_contain_text("Vastgelegd")


def end_his_old_role(olga: Visitor) -> None:
    """He is no teacher any more."""
    olga.open(f"{olga.hat()}people/")
    olga.follow("Wouter Speelman")
    olga.page.get_by_role("row", name=re.compile("^Leerkracht")).get_by_role("link", name="Beëindigen").click()
    olga.page.get_by_role("button", name="Rol beëindigen").click()
    olga.page.wait_for_load_state()
