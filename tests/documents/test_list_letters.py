"""A letter for one list: name, code and last day; nothing of what is asked, and no surname of the child."""

import subprocess
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


def test_it_is_accessible() -> None:
    report = page.validate_pdf_bytes(list_letter_pdf(LETTER), profile=page.ValidationProfile.PDF_UA_1)
    assert [failure.message for failure in report.failures] == []
