"""Emotions, behaviour and well-being stay apart: no page, paper or table makes one number of two scales.

The list that proves it has two scales that are opposite: everybody is at the lowest end of the one and at the highest of the other. Whoever
adds them up or takes their mean comes to a number that stands nowhere else.
"""

import re
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from itertools import chain

import pytest

from kring.analyse.reporting import Reported
from kring.analyse.scores import scores_csv
from kring.class_files.reading import ClassGroup
from kring.core.answers import answers_from
from kring.core.groups import GroupResults, group_results
from kring.core.instruments import Family, Informant, Instrument, Item, Option, Scale, ScaledItem
from kring.documents.reports import GroupReport, Measurement, PupilReport
from kring.documents.sections import Section
from kring.documents.tables import Cell, Column, Row, Table

NAMES = {f"p{number}": f"Kind {chr(65 + number)}" for number in range(12)}
LOW, HIGH, MERGED = "1,00", "4,00", {2.5, 5.0}
A_NUMBER = re.compile(r"(?<![\d,.])\d+[,.]\d+(?![\d,.])")
TAG = re.compile(r"<[^<>]*>")


def opposite() -> Instrument:
    options = tuple(Option(code, str(code)) for code in (1, 2, 3, 4))
    scales = (("binnen", Family.EMOTION), ("buiten", Family.BEHAVIOUR))
    items = tuple(Item(f"{key}{number}", f"Zin {key} {number}", options) for key, _family in scales for number in range(3))
    made = (Scale(key, key, family, -1, tuple(ScaledItem(f"{key}{number}", 1) for number in range(3)), {}) for key, family in scales)
    return Instrument(
        key="opposite",
        version=1,
        title="Twee kanten",
        informant=Informant.TEACHER,
        licence="CC BY 4.0",
        attribution="Kring",
        items=items,
        scales=tuple(made),
    )


def results() -> GroupResults:
    asked = opposite()
    rows = [{item.key: 1 if item.key.startswith("binnen") else 4 for item in asked.items} for _pupil in NAMES]
    return group_results(asked, list(NAMES), answers_from(asked, rows), errors={})


def said_in(sections: Iterable[Section]) -> str:
    """Every word and number that a page or a paper sets."""
    return "\n".join(chain.from_iterable(_said(one) for one in sections))


def _said(section: Section) -> Iterable[str]:
    yield from (section.title, *section.lead, section.notice, section.cards_title, section.cards_caption)
    for picture in (*section.pictures, *section.cards):
        yield from (picture.heading, picture.caption, TAG.sub(" ", picture.chart.paper), picture.chart.alternative)
    for table in section.tables:
        yield from (table.caption, *(cell.text for row in table.rows for cell in row.cells), *(row.heading for row in table.rows))
    for note in section.notes:
        yield from (note.title, *note.paragraphs)


def merged(text: str) -> list[str]:
    """Numbers that only somebody who adds up the two scales can come to."""
    return [number for number in A_NUMBER.findall(text) if float(number.replace(",", ".")) in MERGED]


def reports() -> dict[str, GroupReport | PupilReport]:
    waves = tuple(Measurement("Twee kanten", Informant.TEACHER, wave, results()) for wave in ("oktober", "maart"))
    told = {"group": "6A", "made_on": date(2026, 3, 2), "names": NAMES, "measurements": waves}
    return {"group": GroupReport(**told), "pupil": PupilReport(pupil="p0", **told)}  # type: ignore[arg-type]


@pytest.mark.parametrize("of", ["group", "pupil"])
def test_both_scales_stand_on_the_page_and_on_paper_and_no_number_of_both(of: str) -> None:
    said = said_in(reports()[of].sections)
    assert LOW in said
    assert HIGH in said
    assert merged(said) == []


def test_no_table_for_machines_adds_families_up() -> None:
    report = reports()["group"]
    assert isinstance(report, GroupReport)
    text = scores_csv([Reported(ClassGroup("6A", NAMES, ()), report, ())]).decode()
    assert {"binnen", "buiten"} <= {line.split(";")[4].strip('"') for line in text.splitlines()}
    assert merged(text) == []


def test_results_hold_nothing_over_the_scales_together() -> None:
    assert {field.name for field in fields(results())} - {"provenance"} == {"instrument", "pupils", "scales", "answered", "response"}


@pytest.mark.parametrize("number", ["2,50", "5,00", "2.5"])
def test_a_report_that_adds_them_up_is_found(number: str) -> None:
    row = Row("Alle schalen", (Cell(number),))
    total = Section("totaal", "Totaal", tables=(Table("Totaal", (Column("Gebied"), Column("Score")), (row,)),))
    assert merged(said_in((*reports()["pupil"].sections, total))) == [number]
