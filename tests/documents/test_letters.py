"""Letters with a code: one page each, what a person wrote printed and never run."""

import subprocess
from dataclasses import replace
from datetime import date
from shutil import which

import page
import pytest

from kring.documents.letters import Kind, Letter, letters_pdf

CODE = "2345-6789-ABCD-EFGH-JKMN"


def letter(kind: Kind = Kind.COLLEAGUE, name: str = "Ömer van den Berg") -> Letter:
    return Letter(kind, name, "De Beuk", "https://kring.school.example/invitation/", CODE, date(2026, 12, 6), date(2026, 11, 22))


def pages(*letters: Letter) -> list[str]:
    if which("pdftotext") is None:
        pytest.skip("pdftotext is not here")
    found = subprocess.run(["pdftotext", "-layout", "-", "-"], input=letters_pdf(letters), capture_output=True, check=True)
    return [" ".join(one.split()) for one in found.stdout.decode().removesuffix("\f").split("\f")]


@pytest.mark.parametrize("kind", Kind)
def test_a_letter_is_one_page_with_name_code_address_and_last_day(kind: Kind) -> None:
    (text,) = pages(letter(kind))
    for part in ("Ömer van den Berg", "De Beuk", CODE, "https://kring.school.example/invitation/", "6 december 2026"):
        assert part in text


def test_each_letter_is_in_the_language_of_who_gets_it() -> None:
    """Whoever prints it: a page in English among Dutch ones."""
    dutch, english = pages(letter(), replace(letter(), language="en"))
    assert "6 december 2026" in dutch
    assert "6 December 2026" in english


def test_everybody_has_an_own_page() -> None:
    found = pages(letter(name="Jan"), letter(name="Els"))
    assert ["Jan" in one for one in found] == [True, False]


def test_code_in_a_name_is_printed_and_not_run() -> None:
    (text,) = pages(letter(name='#read("letter.typ") *x*'))
    assert '#read("letter.typ") *x*' in text


def test_only_a_recovery_says_that_the_old_way_in_is_over() -> None:
    found = {kind: "werkt daarna niet meer" in pages(letter(kind))[0] for kind in Kind}
    assert found == {Kind.COLLEAGUE: False, Kind.GUARDIAN: False, Kind.RECOVERY: True}


def test_it_is_accessible() -> None:
    report = page.validate_pdf_bytes(letters_pdf([letter(kind) for kind in Kind]), profile=page.ValidationProfile.PDF_UA_1)
    assert [failure.message for failure in report.failures] == []
