"""A new school from nothing to the first open round: an administrator, a leader and a coordinator, led by the guide and measured."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from shutil import which
from time import monotonic

import pytest
from playwright.sync_api import Browser, expect

from kring.commands.server import django, free_port, gunicorn, wait_for_page, worker
from kring.commands.translations import compile_stale
from kring.core.calendar import year_around
from tests.journeys.conftest import NewVisitor
from tests.journeys.server import FIRST_PORT, company_in
from tests.journeys.test_login import button, device
from tests.journeys.test_people import letter
from tests.journeys.test_roster import GROUPS, pupils, send
from tests.journeys.visitor import Visitor

FIRST = ("--school=De Kiem", "--leader=Rik de Lange", "--administrator=Olga Sanders")
CODE = re.compile(r"(Rik de Lange|Olga Sanders), .*: (\S+)")
TWENTY_MINUTES = 20 * 60
STAFF = "gebruikersnaam\tvoornaam\ttussenvoegsel\tachternaam\trol\tgroepen\tvan\ttot\n"


@pytest.fixture(scope="module")
def codes() -> dict[str, str]:
    """What the terminal says, by name."""
    return {}


@pytest.fixture(scope="module")
def address(browser: Browser, codes: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: ARG001
    """A server on which there is nothing but the first two accounts."""
    data = tmp_path_factory.mktemp("nothing") / "data"
    data.mkdir()
    compile_stale()
    company = company_in(data)
    try:
        company.step(*django("migrate", "--no-input", "--verbosity", "0"))
        told = data / "told"
        company.step(*django("first_accounts", *FIRST), into=told)
        codes.update(CODE.findall(told.read_text(encoding="utf-8")))
        port = free_port(FIRST_PORT + 470)
        company.join("the server", gunicorn(f"127.0.0.1:{port}"), again=False)
        company.join("the worker", worker(), again=False)
        wait_for_page(company, port)
        yield f"http://localhost:{port}"
    finally:
        company.__exit__()


@pytest.mark.skipif(which("pdftotext") is None, reason="pdftotext is not here: nobody can read the letter")
def test_a_new_school_gets_from_nothing_to_its_first_open_round(new_visitor: NewVisitor, codes: dict[str, str]) -> None:
    olga, rik, bram = new_visitor(), new_visitor(), new_visitor()
    began = monotonic()
    with device(olga.page), device(rik.page), device(bram.page):
        come_in(olga, codes["Olga Sanders"], "olga")
        describe(olga)
        make_year(olga)
        bring_pupils(olga)
        bring_staff(olga)
        come_in(rik, codes["Rik de Lange"], "rik")
        come_in(bram, approve_and_write(rik), "bram")
        open_round(bram)
    took = monotonic() - began
    print(f"from nothing to the first open round, with 200 pupils: {took:.0f} seconds of a browser")
    assert took < TWENTY_MINUTES
    olga.open(f"{olga.hat()}set-up/")
    expect(olga.page.locator("main")).to_contain_text("Dit kostte")
    olga.look("set-up-at-the-end", "phone")


def come_in(somebody: Visitor, code: str, username: str) -> None:
    """With the code from the paper, a password and a passkey."""
    somebody.open("/invitation/")
    somebody.page.get_by_label("De code uit uw brief").fill(code)
    somebody.page.get_by_role("button", name="Verder").click()
    somebody.page.get_by_label("Gebruikersnaam").fill(username)
    for label in ("Wachtwoord", "Wachtwoord, nog een keer"):
        somebody.page.get_by_label(label, exact=True).fill("vier losse woorden samen")
    somebody.page.get_by_role("button", name="Klaar").click()
    somebody.page.wait_for_url("**/login/choose/**")
    somebody.page.locator("main").get_by_role("link", name=re.compile("[Pp]asskey")).first.click()
    somebody.page.get_by_label("Naam van dit apparaat").fill("Laptop van school")
    button(somebody, "Passkey maken")
    somebody.page.wait_for_url("**/account/recovery-codes/")
    somebody.open("/")
    somebody.page.wait_for_url("**/as/**")


def describe(olga: Visitor) -> None:
    """The first page of a new administrator leads to the first step."""
    expect(olga.page.locator("main")).to_contain_text("0 van de 8 stappen klaar")
    olga.look("set-up-block", "phone")
    olga.follow("Uw school inrichten")
    olga.look("set-up", "phone", "dark")
    olga.follow("School beschrijven")
    olga.look("school", "phone")
    olga.page.get_by_label("Naam van het bestuur").fill("Stichting Zaailing")
    olga.page.get_by_label("Vakantieregio").select_option("midden")
    olga.page.get_by_label("Gemeente").fill("Zilverhaven")
    olga.page.get_by_role("button", name="Bewaren").click()
    expect(olga.page.locator("main")).to_contain_text("De gegevens van de school zijn bewaard")


def make_year(olga: Visitor) -> None:
    """First one that ends before it begins; then the one that is proposed, with its holidays and a study day."""
    year = year_around(datetime.now(tz=UTC).date())
    olga.follow("Schooljaar maken")
    olga.look("school-year-new", "phone")
    olga.page.get_by_label("Laatste dag").fill(str(year.starts_on - timedelta(days=1)))
    with olga.refused(409):
        olga.page.get_by_role("button", name="Schooljaar maken").click()
        olga.page.wait_for_load_state()
    expect(olga.page.get_by_role("alert")).to_contain_text("eindigt voordat het begint")
    olga.look("school-year-refused")
    olga.page.get_by_label("Laatste dag").fill(str(year.ends_on))
    olga.page.get_by_role("button", name="Schooljaar maken").click()
    expect(olga.page.locator("h1")).to_have_text(f"Schooljaar {year.label}")
    olga.follow("Studiedag of vakantie toevoegen")
    olga.page.get_by_label("Hoe heet het?").fill("Studiedag")
    february = date(year.ends_on.year, 2, 1)
    olga.page.get_by_label("Eerste vrije dag").fill(str(february + timedelta(days=(2 - february.weekday()) % 7)))
    olga.look("holiday-new", "phone")
    olga.page.get_by_role("button", name="Bewaren").click()
    expect(olga.page.get_by_role("row", name=re.compile("Studiedag"))).to_be_visible()
    olga.look("school-year", "phone")
    olga.follow("Per maand")
    olga.look("school-year-months", "phone")


def bring_pupils(olga: Visitor) -> None:
    """Groups by their names, and 200 pupils out of a file."""
    olga.open(f"{olga.hat()}set-up/")
    olga.follow("Groepen maken")
    olga.page.get_by_label("Welke groepen zijn er?").fill(", ".join(GROUPS))
    olga.page.get_by_role("button", name="Toevoegen").click()
    expect(olga.page.locator("main")).to_contain_text("Groep 1/2K")
    olga.open(f"{olga.hat()}set-up/")
    olga.follow("Leerlingen inlezen")
    send(olga.page, "leerlingen.xlsx", [*pupils()])
    olga.page.get_by_role("button", name="Overnemen").click()
    expect(olga.page.locator("h1")).to_have_text("Wat er veranderde")


def bring_staff(olga: Visitor) -> None:
    """Pasted: a teacher for every group, and a coordinator whom the leader must approve."""
    olga.open(f"{olga.hat()}set-up/")
    olga.look("set-up-halfway", "phone")
    olga.open(f"{olga.hat()}people/file/")
    teachers = "".join(f"juf{number}.k\tJuf{number}\t\tKade\tleerkracht\t{group}\t\t\n" for number, group in enumerate(GROUPS))
    coordinator = "bram.k\tBram\t\tKuiper\tintern begeleider\t\t\t\n"
    olga.page.get_by_label("Of plak de lijst hier").fill(STAFF + teachers + coordinator)
    olga.page.get_by_role("button", name="Controleren").click()
    olga.page.get_by_role("button", name="Overnemen").click()
    olga.page.wait_for_load_state()


def approve_and_write(rik: Visitor) -> str:
    """The leader approves the coordinator and prints the letter; its code."""
    expect(rik.page.locator("main")).to_contain_text("Uw school inrichten")
    rik.look("set-up-of-the-leader", "phone")
    rik.open(f"{rik.hat()}people/")
    rik.page.get_by_role("row", name=re.compile("Bram Kuiper")).get_by_role("button", name="Akkoord").click()
    expect(rik.page.locator("main")).to_contain_text("De rol geldt")
    rik.follow("Bram Kuiper")
    return letter(rik, "Brief maken")


def open_round(bram: Visitor) -> None:
    """The last step of the guide."""
    bram.open(f"{bram.hat()}set-up/")
    bram.look("set-up-of-the-coordinator", "phone")
    bram.follow("Afname openen")
    for step in ("Verder: wie", "Verder: wanneer", "Kijk wie er gevraagd wordt"):
        bram.page.get_by_role("button", name=step).click()
        bram.page.wait_for_load_state()
    bram.page.get_by_role("button", name=re.compile("openen|Openen")).first.click()
    bram.page.wait_for_load_state()
    expect(bram.page.locator("main")).to_contain_text("open")
    bram.open(f"{bram.hat()}rounds/")
    bram.look("first-round")
