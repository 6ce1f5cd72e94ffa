"""What leaves as a table is text and numbers: read back with other programs than the one that wrote it, not one cell is alive."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from kring.documents.spreadsheets import LONGEST, MOST_ROWS, Table, csv_for_machines, xlsx

STARTS = tuple("=+-@＝＋－＠﹦﹢﹣﹫")
PAYLOADS = {
    "equals": "=1+1",
    "plus": "+1+1",
    "minus": "-1+1",
    "at": "@SUM(1,1)",
    "tab": "\t=1+1",
    "carriage return": "\r=1+1",
    "line break inside": "Noor\n=1+1",
    "line break and blank": "Noor\r\n =1+1",
    "blank": "   =1+1",
    "no-break space": "\u00a0=1+1",
    "zero width": "\u200b=1+1",
    "byte order": "\ufeff=1+1",
    "null": "\x00=1+1",
    "fullwidth": "＝1＋1",
    "small form": "﹦1﹢1",
    "quotes": '"=1+1',
    "quotes and comma": 'a",=1+1,"',
    "quotes and semicolon": 'a";=1+1;"',
    "apostrophe": "'=1+1",
    "dynamic data exchange": "=cmd|'/C calc'!A0",
    "dynamic data exchange after a pipe": "x|=cmd|'/C calc'!A0",
    "link": '=HYPERLINK("http://example.org?"&A1,"klik")',
    "after a tab": "a\t=1+1",
    "turned around": "\u202e=1+1",
    "web service": '+WEBSERVICE("http://example.org")',
    "address": "http://example.org/=1+1",
    "table of a book": "{=SUM(1)}",
}


def table(*cells: str) -> Table:
    return Table("Proef", tuple(f"kolom {number}" for number, _ in enumerate(cells)), [cells])


def live_in_book(data: bytes) -> list[str]:
    """Cells that hold a formula, or would become one, and links."""
    found = []
    for sheet in load_workbook(io.BytesIO(data)).worksheets:
        for row in sheet.iter_rows():
            found += [str(cell.value) for cell in row if cell.data_type == "f" or cell.hyperlink]
    return found


def live_in_csv(data: bytes, delimiter: str) -> list[str]:
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter)
    return [cell for row in rows for cell in row if cell.strip(' "\t\r\n\u00a0\u200b\ufeff').startswith(STARTS)]


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_no_payload_comes_alive(payload: str) -> None:
    made = table("Noor", payload, payload)
    assert live_in_book(xlsx(made)) == []
    assert [live_in_csv(csv_for_machines(made), delimiter) for delimiter in ";,\t|"] == [[], [], [], []]


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_no_payload_in_a_heading_comes_alive(payload: str) -> None:
    made = Table(payload, (payload,), [("x",)])
    assert live_in_book(xlsx(made)) == []
    assert [live_in_csv(csv_for_machines(made), delimiter) for delimiter in ";,\t|"] == [[], [], [], []]


def test_the_judge_sees_a_live_cell() -> None:
    """Planted: what a plain writer makes of it."""
    from openpyxl import Workbook

    book, made = Workbook(), io.BytesIO()
    book.active["A1"] = "=1+1"
    book.save(made)
    assert live_in_book(made.getvalue()) == ["=1+1"]
    assert live_in_csv(b'"a";"=1+1"\r\n', ";") == ["=1+1"]


@given(st.text(alphabet="=+-@;,\t|\n\r \"'a\u200b\ufeff\u00a0\x00＝\u202e", max_size=12))
def test_no_mixture_comes_alive(text: str) -> None:
    for delimiter in ";,\t|":
        assert live_in_csv(csv_for_machines(table("a", text)), delimiter) == []


def test_what_looks_like_a_formula_stays_text_when_somebody_edits_it() -> None:
    sheet = load_workbook(io.BytesIO(xlsx(table("=1+1", "Noor")))).worksheets[0]
    assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in sheet[2]] == [("=1+1", "s", True), ("Noor", "s", False)]


def test_values_come_back_as_what_they_are() -> None:
    day, moment = date(2026, 8, 31), datetime(2026, 8, 31, 12, 30, tzinfo=UTC)
    made = Table(
        "Wie: keek/wat",
        ("naam", "getal", "deel", "dag", "moment", "leeg", "geen getal"),
        [("Noor", 3, 2.5, day, moment, None, float("nan"))],
    )
    sheet = load_workbook(io.BytesIO(xlsx(made))).worksheets[0]
    naive = datetime(2026, 8, 31, 12, 30)  # noqa: DTZ001 (a spreadsheet has no zones)
    assert sheet.title == "Wie keekwat"
    assert [cell.value for cell in sheet[2]] == ["Noor", 3, 2.5, datetime(2026, 8, 31), naive, None, None]  # noqa: DTZ001
    assert csv_for_machines(made).decode("utf-8-sig").splitlines()[1] == '"Noor";"3";"2,5";"2026-08-31";"2026-08-31T12:30:00+00:00";"";""'


def test_yes_and_no_are_words() -> None:
    assert csv_for_machines(Table("x", ("ja",), [(True,)])).decode("utf-8-sig") == '"ja"\r\n"true"\r\n'
    assert load_workbook(io.BytesIO(xlsx(Table("x", ("ja",), [(True,)])))).worksheets[0]["A2"].value == "true"


def test_a_text_that_does_not_fit_is_cut_and_not_lost() -> None:
    sheet = load_workbook(io.BytesIO(xlsx(table("a" * 40_000)))).worksheets[0]
    assert (len(sheet["A2"].value), sheet["A2"].value[-1]) == (LONGEST, "…")


def test_a_table_without_rows_is_a_heading() -> None:
    sheet = load_workbook(io.BytesIO(xlsx(Table("'", ("a", "b"), [])))).worksheets[0]
    assert (sheet.title, [cell.value for cell in sheet[1]], sheet.max_row) == ("Kring", ["a", "b"], 1)


@pytest.mark.parametrize("rows", [[("a",)], range(MOST_ROWS + 1)], ids=["ragged", "too many"])
def test_a_table_that_fits_no_sheet_is_a_mistake(rows: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        Table("x", ("a", "b"), rows)  # type: ignore[arg-type]


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="more rows"):
        Table("x", ("a",), [("",)] * (MOST_ROWS + 1))
