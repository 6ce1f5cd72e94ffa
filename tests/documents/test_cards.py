"""Cards with which a class comes in: eight on a page, and what a user wrote is printed as it stands."""

import subprocess
from datetime import date
from shutil import which

import pytest

from kring.documents.cards import Card, cards_pdf

DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9"><circle cx="4" cy="4" r="4"/></svg>'


def test_every_card_bears_a_name_and_a_key() -> None:
    if which("pdftotext") is None:
        pytest.skip("pdftotext is not here")
    cards = [Card('#read("x")', "http://kring/class/card/#a", pin="123456")]
    cards += [Card(f"Kind {number}", f"http://kring/class/card/#{number}", pictures=(("zon", DRAWN),) * 3) for number in range(8)]
    made = cards_pdf(cards, group="groep 3", school="De Beuk", address="kring/class/", made_on=date(2025, 11, 4))
    read = subprocess.run(["pdftotext", "-layout", "-", "-"], input=made, capture_output=True, check=True).stdout.decode()
    first, second, *_ = read.split("\f")
    assert '#read("x")' in first
    assert "123 456" in first
    assert ("Kind 7" in first, "Kind 7" in second) == (False, True)
    assert "geef ze niet mee naar huis" in second
