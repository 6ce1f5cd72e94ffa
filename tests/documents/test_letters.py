"""Letters with a code: one page each, what a person wrote printed and never run."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from kring.documents.letters import Kind, Letter, letters_pdf

CODE = "2345-6789-ABCD-EFGH-JKMN"


def letter(kind: Kind = Kind.COLLEAGUE, name: str = "Ömer van den Berg") -> Letter:
    return Letter(kind, name, "De Beuk", "https://kring.school.example/invitation/", CODE, date(2026, 12, 6), date(2026, 11, 22))


def pages(*letters: Letter) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(letters_pdf(letters))).pages]


@pytest.mark.parametrize("kind", Kind)
def test_a_letter_is_one_page_with_name_code_address_and_last_day(kind: Kind) -> None:
    (page,) = pages(letter(kind))
    for text in ("Ömer van den Berg", "De Beuk", CODE, "https://kring.school.example/invitation/", "6 december 2026"):
        assert text in page


def test_everybody_has_an_own_page() -> None:
    found = pages(letter(name="Jan"), letter(name="Els"))
    assert ["Jan" in page for page in found] == [True, False]


def test_code_in_a_name_is_printed_and_not_run() -> None:
    (page,) = pages(letter(name='#read("letter.typ") *x*'))
    assert '#read("letter.typ") *x*' in page


def test_only_a_recovery_says_that_the_old_way_in_is_over() -> None:
    found = {kind: "werkt daarna niet meer" in " ".join(pages(letter(kind))[0].split()) for kind in Kind}
    assert found == {Kind.COLLEAGUE: False, Kind.GUARDIAN: False, Kind.RECOVERY: True}
