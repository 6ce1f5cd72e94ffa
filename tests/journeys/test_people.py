"""Somebody new on the staff: proposed, approved by another, invited on paper, and in; and who cares for whom."""

import re
import subprocess
from pathlib import Path
from shutil import which

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import Visitor

CODE = re.compile(r"([2-9A-Z]{4}-){4}[2-9A-Z]{4}")


def letter(visitor: Visitor, button: str) -> str:
    """Press the button, and read the code from the letter."""
    with visitor.page.expect_download() as coming:
        visitor.page.locator("main").get_by_role("button", name=button).first.click()
    assert coming.value.suggested_filename == "brief.pdf"
    made = Path(coming.value.path()).read_bytes()
    text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=made, capture_output=True, check=True).stdout.decode()
    found = CODE.search(text.replace(" ", ""))  # the distance between letters looks like a space here and there
    assert found, text
    return found.group()


@pytest.mark.skipif(which("pdftotext") is None, reason="pdftotext is not here: nobody can read the letter")
def test_a_new_coordinator_comes_in_by_the_word_of_two_and_with_a_letter(new_visitor: NewVisitor) -> None:
    olga, rik, sofie = new_visitor(), new_visitor(), new_visitor()
    olga.log_in("olga")
    olga.open(f"{olga.hat()}people/")
    olga.look("people", "phone", "dark", "contrast")
    olga.follow("Rol voorstellen")
    olga.look("propose-role", "phone")
    olga.page.get_by_label("Voornaam").fill("Sofie")
    olga.page.get_by_label("Achternaam").fill("Winter")
    olga.page.get_by_label("Welke rol?").select_option("coordinator")
    olga.page.get_by_role("button", name="Voorstellen").click()
    expect(olga.page.locator("main")).to_contain_text("zodra de schoolleider akkoord is")

    rik.log_in("rik")
    expect(rik.page.locator("main")).to_contain_text("Er wacht een voorstel voor een rol")
    rik.look("home-with-notices", "phone")
    rik.open(f"{rik.hat()}people/")
    rik.look("people-with-proposals", "phone")
    rik.page.get_by_role("row", name=re.compile("Sofie Winter")).get_by_role("button", name="Akkoord").click()
    expect(rik.page.locator("main")).to_contain_text("De rol geldt")
    rik.follow("Sofie Winter")
    rik.look("person", "phone")
    code = letter(rik, "Brief maken")

    sofie.open("/login/")
    sofie.follow("Kreeg u een brief met een code?")
    sofie.look("invitation", "phone")
    sofie.page.get_by_label("De code uit uw brief").fill(code.lower().replace("-", " "))
    sofie.page.get_by_role("button", name="Verder").click()
    expect(sofie.page.locator("h1")).to_contain_text("Sofie Winter")
    sofie.look("invitation-account", "phone")
    sofie.page.get_by_label("Gebruikersnaam").fill(f"sofie.{code[:4].lower()}")
    sofie.page.get_by_label("Wachtwoord", exact=True).fill("vier losse woorden samen")
    sofie.page.get_by_label("Wachtwoord, nog een keer").fill("vier losse woorden samen")
    sofie.page.get_by_role("button", name="Klaar").click()
    sofie.page.wait_for_load_state()
    assert sofie.path() == "/login/choose/"  # staff: first a second step


def test_groups_and_a_file_with_roles_are_looked_at_before_anything_changes(visitor: Visitor) -> None:
    visitor.log_in("olga")
    visitor.open(f"{visitor.hat()}teaching/")
    visitor.look("teaching", "phone")
    visitor.follow("Bekijken of veranderen")
    visitor.look("group-teaching", "phone")
    visitor.open(f"{visitor.hat()}people/file/")
    visitor.look("role-file", "phone")
    heading = "username;voornaam;tussenvoegsel;achternaam;rol;groepen;van;tot"
    good = f"{heading}\nkim.berg;Kim;van den;Berg;leerkracht;6A;;\nlou.ib;Lou;;Maas;intern begeleider;;;\n"
    visitor.page.set_input_files("input[type=file]", {"name": "rollen.csv", "mimeType": "text/csv", "buffer": good.encode()})
    visitor.page.get_by_role("button", name="Controleren").click()
    expect(visitor.page.locator("h1")).to_have_text("Wat er verandert")
    visitor.look("role-preview", "phone")
    visitor.open(f"{visitor.hat()}people/file/")
    bad = f"{heading}\nx;X;;Y;koning;;;\nolga;Olga;;Sanders;intern begeleider;;;\n"
    visitor.page.set_input_files("input[type=file]", {"name": "rollen.csv", "mimeType": "text/csv", "buffer": bad.encode()})
    with visitor.refused(409):
        visitor.page.get_by_role("button", name="Controleren").click()
        visitor.page.wait_for_load_state()
    visitor.look("role-file-refused", "phone")


def test_who_cares_for_whom_is_kept_by_the_coordinator(visitor: Visitor) -> None:
    visitor.log_in("bram")
    visitor.open(f"{visitor.hat()}families/")
    visitor.look("families", "phone")
    visitor.follow("Groep 6A")
    visitor.follow("Noor van Dalen")
    visitor.look("family", "phone", "dark")
    visitor.follow("Adres en telefoon")
    visitor.look("contact", "phone")
    visitor.page.go_back()
    visitor.follow("Gezag veranderen")
    visitor.look("authority", "phone")
    visitor.page.go_back()
    visitor.follow("Ouder toevoegen")
    visitor.look("register-guardian", "phone")


def test_a_pupil_of_sixteen_says_who_reads_along(new_visitor: NewVisitor) -> None:
    bo, ria = new_visitor(), new_visitor()
    bo.log_in("bo")
    bo.open(f"{bo.hat()}reading-along/")
    bo.look("reading-along", "phone")
    ria.log_in("ria")
    ria.open(f"{ria.hat()}contact/")
    ria.look("my-contact", "phone")
