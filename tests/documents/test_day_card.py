"""A day of a card on paper, and counts as a picture: what was written is printed and never run."""

import subprocess
from datetime import date
from shutil import which

import pytest

from kring.documents.charts.tally import Tally, tally
from kring.documents.day_card import DayCard, day_card_pdf

CARD = DayCard(
    title="Dagkaart van Sem",
    school="De Beuk",
    with_whom="Samen met Anna",
    day="Dag:",
    how="Punten krijg je erbij.",
    moment="Wanneer",
    goals=("Ik begin #read(“x”)", "Ik vraag hulp"),
    moments=("ochtend", "einde"),
    points=((0, "nog niet"), (1, "een beetje"), (2, "gelukt")),
    asked=("’s Ochtends", "Aan het eind", "Zelf"),
    foot="Voor jou.",
    made_on=date(2026, 11, 23),
)


def test_everything_that_was_written_stands_on_it_as_text() -> None:
    made = day_card_pdf(CARD)
    assert made.startswith(b"%PDF")
    if which("pdftotext") is None:
        pytest.skip("pdftotext is not here")
    page = subprocess.run(["pdftotext", "-layout", "-", "-"], input=made, capture_output=True, check=True).stdout.decode()
    for text in ("Dagkaart van Sem", "De Beuk", "#read(", "ochtend", "2 = gelukt", "Aan het eind", "Voor jou."):
        assert text in page, text


def test_counts_are_whole_numbers_with_the_same_in_words() -> None:
    drawn = tally(Tally("Waar", (("in de klas", 5), ("op de gang <b>", 1))))
    assert drawn.description == "in de klas: 5; op de gang <b>: 1"
    assert "<b>" not in drawn.svg
    assert drawn.svg.count("<rect") == 4
    assert tally(Tally("Waar", ())).description == "Nog niets geteld."
