"""PDF through Typst: tagged, PDF/UA-1, with the texts of users only as data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path

import typst
from django.utils.translation import gettext as _

from kring.documents.motif import motif
from kring.documents.pages import FONTS, Report, facts_of, kind_of, language, promise_of
from kring.documents.printable import printable
from kring.documents.reports import GroupReport, PupilReport
from kring.documents.school import SchoolReport
from kring.documents.sections import Note, Picture, Section
from kring.documents.tables import Cell, Table

ROOM = Path(__file__).with_name("typst")
PAGE_WIDTH = 176.0  # millimetres between the margins
TALLEST = {"profile": 150.0, "trend": 230.0, "target": 148.0, "web": 118.0, "place": 92.0}

Data = Mapping[str, object]


def group_pdf(report: GroupReport) -> bytes:
    return _pdf(report)


def pupil_pdf(report: PupilReport) -> bytes:
    return _pdf(report)


def school_pdf(report: SchoolReport) -> bytes:
    return _pdf(report)


def pupil_sheet(report: PupilReport, *, promise: str) -> bytes:
    """What stands on the paper, to be kept as it is now and printed later, each time for one reader."""
    return json.dumps({**_data(report), "promise": promise}, ensure_ascii=False).encode()


def printed(sheet: bytes, *, watermark: str, on: date) -> bytes:
    """The kept sheet on paper, with these words across every page."""
    return typeset("report", {**json.loads(sheet), "watermark": printable(watermark)}, on=on)


def _pdf(report: Report) -> bytes:
    return typeset("report", _data(report), on=report.made_on)


def typeset(template: str, data: Data, *, on: date) -> bytes:
    """The template with this data. Typst reads nothing but that file: its root and package folders are one folder without others' files."""
    compiler = typst.Compiler(
        ROOM / f"{template}.typ", root=ROOM, font_paths=_fonts(), ignore_system_fonts=True, package_path=ROOM, package_cache_path=ROOM
    )
    made_at = datetime.combine(on, time(12), tzinfo=UTC)
    inputs = {template: json.dumps(data, ensure_ascii=False)}
    made = compiler.compile(format="pdf", pdf_standards="ua-1", sys_inputs=inputs, timestamp=made_at)
    assert isinstance(made, bytes)  # a list is for pictures of pages
    return made


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])


def _data(report: Report) -> Data:
    return {
        "heading": printable(f"{report.title} · {kind_of(report)}"),
        "title": printable(report.title),
        "author": printable(report.school or "Kring"),
        "language": language(),
        "kind": kind_of(report),
        "facts": [printable(fact) for fact in facts_of(report)],
        "promise": promise_of(report),
        "motif": motif().paper,
        "watermark": "",
        "notes_title": _("Uitleg bij de cijfers"),
        "sections": [_section(section, notes) for section, notes in _explained_once(report.sections)],
    }


def _explained_once(sections: Sequence[Section]) -> Iterator[tuple[Section, list[Note]]]:
    """Each section with the explanations that no earlier section gave: two waves of one list share theirs."""
    given: set[Note] = set()
    for section in sections:
        yield section, [note for note in section.notes if note not in given]
        given.update(section.notes)


def _section(section: Section, notes: Sequence[Note]) -> Data:
    return {
        "title": printable(section.title),
        "new_page": section.pickable,
        "lead": [printable(sentence) for sentence in section.lead],
        "notice": printable(section.notice),
        "pictures": [_picture(picture) for picture in section.pictures],
        "cards_title": section.cards_title,
        "cards_caption": section.cards_caption,
        "cards": [_picture(picture) for picture in section.cards],
        "tables": [_table(table) for table in section.tables],
        "notes": [{"title": note.title, "paragraphs": [printable(line) for line in note.paragraphs]} for note in notes],
    }


def _picture(picture: Picture) -> Data:
    return {
        "heading": printable(picture.heading),
        "svg": printable(picture.chart.paper),
        "alt": printable(picture.chart.alternative),
        "caption": printable(picture.caption),
        "width": _width(picture),
    }


def _width(picture: Picture) -> float:
    """Percent of the width, so that the picture stays below its greatest height."""
    width, height = picture.chart.size
    return min(92.0, 100 * TALLEST.get(picture.chart.kind, 200.0) * width / (height * PAGE_WIDTH))


def _table(table: Table) -> Data:
    return {
        "caption": printable(table.caption),
        "dense": table.wide or any(cell.text and cell.kind for row in table.rows for cell in row.cells),
        "columns": [{"title": printable(column.title), "numeric": column.numeric} for column in table.columns],
        "widths": _widths(table),
        "rows": [{"heading": printable(row.heading), "cells": [_cell(cell) for cell in row.cells]} for row in table.rows],
    }


def _cell(cell: Cell) -> Data:
    return {"text": printable(cell.text), "band": cell.kind, "border": cell.border, "word": cell.word}


def _widths(table: Table) -> list[float]:
    """Shares of the width: numbers narrow, headings and words by what stands in them, within bounds."""
    columns = zip(*((row.heading, *(cell.text + cell.word for cell in row.cells)) for row in table.rows))
    longest = [max((len(text) for text in column), default=8) for column in columns] or [8] * len(table.columns)
    least = 14 if table.wide and any(cell.kind for row in table.rows for cell in row.cells) else 8
    return [min(max(length, len(column.title) * 0.9, least), 24) for length, column in zip(longest, table.columns)]
