"""A table of plain values as a spreadsheet for people (XLSX) or as a file for machines (CSV); nothing in either can run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from math import isfinite

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kring.documents.safe_cells import csv_bytes, plain_text, safe_cell

Plain = str | int | float | date | None
MOST_ROWS = 1_048_575  # of a sheet, under its heading
LONGEST = 32_767  # characters that fit in a cell
WIDEST = 60
SETTINGS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""In memory: a temporary file would leave what is in the table behind on the disk."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of values under named columns. A moment is written as it stands: put it in local time first."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Plain]]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"a row of {self.title!r} has not as many cells as there are columns")
        if len(self.rows) > MOST_ROWS:
            raise ValueError(f"{self.title!r} has more rows than a spreadsheet")


@dataclass(frozen=True, slots=True)
class _Looks:
    heading: Format
    text: Format
    day: Format
    moment: Format


def xlsx(*tables: Table) -> bytes:
    """The tables as a workbook, a sheet each, the heading fixed and every column to be filtered."""
    made = BytesIO()
    with Workbook(made, SETTINGS) as book:
        book.set_properties({"title": plain_text(tables[0].title)})
        looks = _looks(book)
        for table in tables:
            _sheet(book.add_worksheet(_sheet_name(table.title)), table, looks)
    return made.getvalue()


def _sheet(sheet: Worksheet, table: Table, looks: "_Looks") -> None:
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, _fitting(column), looks.heading)
        sheet.set_column(place, place, _width(table, place))
    for line, row in enumerate(table.rows, start=1):
        for place, value in enumerate(row):
            _write(sheet, line, place, value, looks)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table.rows), max(len(table.columns) - 1, 0))


def csv_for_machines(table: Table) -> bytes:
    """The table as CSV: semicolons, every cell quoted, days as 2026-08-31, and an apostrophe before what could start a formula."""
    return csv_bytes([table.columns, *([_written(value) for value in row] for row in table.rows)])


def _written(value: Plain) -> str | int | float | None:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    return None if isinstance(value, float) and not isfinite(value) else value


def _looks(book: Workbook) -> _Looks:
    return _Looks(
        heading=book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        text=book.add_format({"quote_prefix": True}),  # stays text, also when somebody edits the cell
        day=book.add_format({"num_format": "dd-mm-yyyy", "align": "left"}),
        moment=book.add_format({"num_format": "dd-mm-yyyy hh:mm:ss", "align": "left"}),
    )


def _write(sheet: Worksheet, line: int, place: int, value: Plain, looks: _Looks) -> None:
    """By the kind of the value: a text is never looked at to see what it could be."""
    written = _written(value)
    if isinstance(value, datetime):
        sheet.write_datetime(line, place, value.replace(tzinfo=None), looks.moment)
    elif isinstance(value, date):
        sheet.write_datetime(line, place, datetime(value.year, value.month, value.day), looks.day)  # noqa: DTZ001 (a day has no zone)
    elif isinstance(written, str):
        text = _fitting(written)
        sheet.write_string(line, place, text, looks.text if safe_cell(text) != text else None)
    elif written is not None:
        sheet.write_number(line, place, written)


def _fitting(text: str) -> str:
    """As much of it as a cell holds; xlsxwriter would leave the cell empty."""
    plain = plain_text(text)
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"


def _width(table: Table, place: int) -> int:
    longest = max(len(str(row[place])) for row in table.rows[:200]) if table.rows else 0
    return min(max(longest, len(table.columns[place]), 8) + 2, WIDEST)


def _sheet_name(title: str) -> str:
    """Excel refuses a book with these marks, or more than 31 letters, in the name of a sheet."""
    return "".join(sign for sign in plain_text(title) if sign not in "[]:*?/\\'")[:31].strip() or "Kring"
