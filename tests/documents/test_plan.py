"""A plan on paper: what was written is printed and never run, and what is empty is left out."""

import subprocess
from datetime import date
from shutil import which

import pytest

from kring.documents.plan import PlanPaper, PlanPart, plan_pdf

PARTS = (
    PlanPart("1. Voor iedereen", ("Elke dag\n\n#read(“x”) een kring",), (), (("Wat werkt", "rust"), ("Leeg", "")), is_main=True),
    PlanPart("Werk in stukken", ("",), ("Noor", "Sem"), (("Doel", "Begint zelf"),)),
)


def test_everything_that_was_written_stands_on_it_as_text() -> None:
    made = plan_pdf(PlanPaper("Groepsplan", "De Beuk", ("groep 6A", ""), PARTS, date(2026, 11, 23), "Voor het team."))
    assert made.startswith(b"%PDF")
    if which("pdftotext") is None:
        pytest.skip("pdftotext is not here")
    page = subprocess.run(["pdftotext", "-layout", "-", "-"], input=made, capture_output=True, check=True).stdout.decode()
    for text in ("Groepsplan", "De Beuk", "groep 6A", "#read(", "Wat werkt: rust", "Noor, Sem", "Doel: Begint zelf", "Voor het team."):
        assert text in page, text
    assert "Leeg" not in page


def test_a_plan_without_parts_is_a_page_too() -> None:
    assert plan_pdf(PlanPaper("Groepsplan", "", (), (), date(2026, 11, 23), "")).startswith(b"%PDF")
