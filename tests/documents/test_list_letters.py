"""A letter for one list: name, code and last day; nothing of what is asked, and no surname of the child."""

import subprocess
from dataclasses import replace
from datetime import date
from shutil import which

import page
import pytest

from kring.documents.list_letters import ListLetterText, list_letter_pdf

CODE = "2345-6789-ABCD-EFGH-JKMN"
ADDRESS = "https://kring.school.example/list/"
LETTER = ListLetterText("Els van den Berg", "Noor", "De Beuk", ADDRESS, f"{ADDRESS}#{CODE}", CODE, date(2026, 12, 6), date(2026, 11, 22))


def test_it_is_one_page_with_name_code_address_and_last_day() -> None:
    if which("pdftotext") is None:
        pytest.skip("pdftotext is not here")
    found = subprocess.run(["pdftotext", "-layout", "-", "-"], input=list_letter_pdf(LETTER), capture_output=True, check=True)
    (text,) = [" ".join(one.split()) for one in found.stdout.decode().removesuffix("\f").split("\f")]
    for part in ("Els van den Berg", "Noor", "De Beuk", CODE, ADDRESS, "6 december 2026"):
        assert part in text


def test_when_nobody_knows_the_language_it_is_there_in_both() -> None:
    if which("pdftotext") is None:
        pytest.skip("pdftotext is not here")
    both = list_letter_pdf(replace(LETTER, languages=("nl", "en")))
    found = subprocess.run(["pdftotext", "-layout", "-", "-"], input=both, capture_output=True, check=True).stdout.decode()
    dutch, english = found.removesuffix("\f").split("\f")
    assert ("6 december 2026" in dutch, "6 December 2026" in english) == (True, True)
    assert CODE in english
    assert "Een vragenlijst voor u" not in english


@pytest.mark.parametrize("languages", [("nl",), ("nl", "en")])
def test_it_is_accessible(languages: tuple[str, ...]) -> None:
    made = list_letter_pdf(replace(LETTER, languages=languages))
    report = page.validate_pdf_bytes(made, profile=page.ValidationProfile.PDF_UA_1)
    assert [failure.message for failure in report.failures] == []
