"""From text to a table: which mark separates the cells, which row stands on which line."""

import csv
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kring.class_files.decoding import Text, text_of
from kring.class_files.limits import few_enough, lines_of
from kring.file_problems import Problems, said

DELIMITERS = ";\t,"
DELIMITER_NAMES = {";": said("puntkomma"), "\t": said("tab"), ",": said("komma")}
MOST_COLUMNS = 2000
LONGEST_HEADING = 100_000  # characters of the first line that decide on the mark
LONGEST_NAME = 200  # putting accents in order takes the square of their number
TURNS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # letters know their own direction
INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060\u00ad" + TURNS


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row and the line it begins on (1 is the first line of the file)."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A file as columns and rows; every row has as many cells as there are columns."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str
    delimiter: str
    notes: tuple[str, ...] = ()
    heading_line: int = 1

    def __iter__(self) -> Iterator[tuple[int, Mapping[str, str]]]:
        return ((row.line, dict(zip(self.columns, row.cells))) for row in self.rows)


def read_table(name: str, data: bytes) -> Table:
    """The table in a file, or FilesRefused with all that is wrong with it."""
    problems = Problems()
    table = table_of(name, data, problems)
    problems.refuse()
    assert table is not None
    return table


def table_of(name: str, data: bytes, problems: Problems) -> Table | None:
    """The table in a file; what is wrong goes to the problems. None when there is no table to speak of."""
    text = text_of(name, data, problems)
    if text is None:
        return None
    skipped, content, delimiter = _delimited(text.content)
    if not few_enough(name, content, delimiter, 1 + skipped, problems):
        return None
    rows = _rows(name, content, delimiter, skipped, problems)
    if rows is None:
        return None
    return _table(name, text, delimiter, rows, problems)


def table_of_rows(name: str, rows: list[Row], problems: Problems, *, encoding: str) -> Table | None:
    """The table in rows that were read elsewhere, the heading first; a row may end before the last column."""
    width = max((len(row.cells) for row in rows[:1]), default=0)
    filled = [Row(row.line, row.cells + ("",) * (width - len(row.cells))) for row in rows]
    return _table(name, Text("", encoding), "\t", filled, problems)


def _delimited(content: str) -> tuple[int, str, str]:
    """Lines to leave out at the top (Excel's own `sep=;`), the rest, and the mark between cells."""
    first, _, rest = content.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5 and first.strip()[4] in DELIMITERS:
        return 1, rest, first.strip()[4]
    return 0, content, delimiter_of(content)


def delimiter_of(content: str) -> str:
    """The mark that occurs most in the first line with anything on it, outside quotes."""
    heading = next((line for line in lines_of(content) if line.strip()), "")
    outside = "".join(heading[:LONGEST_HEADING].split('"')[::2])
    return max(DELIMITERS, key=outside.count)


def _rows(name: str, content: str, delimiter: str, skipped: int, problems: Problems) -> list[Row] | None:
    reader = csv.reader(lines_of(content), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(Row(begins + skipped, tuple(tidy(cell) for cell in cells)))
            begins = reader.line_num + 1
    except csv.Error as stopped:
        problems.add(name, begins + skipped, None, *_unreadable(stopped))
        return None
    return rows


def _unreadable(stopped: csv.Error) -> tuple[str, str]:
    if "field limit" in str(stopped):
        message = said("Vanaf hier staat een cel van meer dan %(most)d tekens.", most=csv.field_size_limit())
        return message, said("Kijk of er een aanhalingsteken te veel staat, en of dit het goede bestand is.")
    message = said('Vanaf hier kloppen de aanhalingstekens niet: een cel begint met " en eindigt niet goed.')
    return message, said('Sluit de cel af met ", of haal het aanhalingsteken weg.')


def tidy(cell: str) -> str:
    """The cell as a reader sees it: without blanks around it or invisible marks, accents in one form."""
    if cell.isascii():
        return cell.strip()
    visible = "".join(sign for sign in cell if sign not in INVISIBLE).strip()
    return unicodedata.normalize("NFC", visible).strip() if len(visible) <= LONGEST_NAME else visible


def _table(name: str, text: Text, delimiter: str, rows: list[Row], problems: Problems) -> Table | None:
    if not rows:
        advice = said("Zet er een kopregel en gegevens in, of laat het bestand weg.")
        problems.add(name, None, None, said("Het bestand is leeg."), advice)
        return None
    columns = _columns(name, rows[0], problems)
    if columns is None:
        return None
    body = tuple(_fitted(name, columns, row, delimiter, problems) for row in rows[1:])
    if not body:
        advice = said("Zet er gegevens onder, of laat het bestand weg.")
        problems.add(name, rows[0].line, None, said("Onder de kopregel staat niets."), advice)
    return Table(name, columns, body, text.encoding, delimiter, text.notes, rows[0].line)


def _columns(name: str, heading: Row, problems: Problems) -> tuple[str, ...] | None:
    columns = _without_empty_end(heading.cells)
    if len(columns) > MOST_COLUMNS:
        message = said("De kopregel heeft %(columns)d kolommen.", columns=len(columns))
        problems.add(name, heading.line, None, message, said("Kring leest er hooguit %(most)d.", most=MOST_COLUMNS))
        return None
    for place, column in enumerate(columns, start=1):
        if not column:
            message = said("Kolom %(place)d heeft geen naam.", place=place)
            problems.add(name, heading.line, None, message, said("Geef de kolom een naam, of haal de kolom weg."))
    seen: set[str] = set()
    for column in columns:
        if column and column.casefold() in seen:
            advice = said("Haal een van beide weg, of geef er een andere naam aan.")
            problems.add(name, heading.line, column, said("Deze kolom staat er twee keer."), advice)
        seen.add(column.casefold())
    return columns


def _without_empty_end(cells: tuple[str, ...]) -> tuple[str, ...]:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


def _fitted(name: str, columns: tuple[str, ...], row: Row, delimiter: str, problems: Problems) -> Row:
    """The row with exactly as many cells as columns; empty cells beyond the last column are of no account."""
    cells, wanted = row.cells, len(columns)
    if len(cells) > wanted:
        cells = cells[: max(wanted, len(_without_empty_end(cells)))]
    if len(cells) != wanted:
        kind = said("te veel") if len(cells) > wanted else said("te weinig")
        message = said(
            "Het aantal cellen op deze rij is %(cells)d, in de kopregel %(wanted)d: %(kind)s.", cells=len(cells), wanted=wanted, kind=kind
        )
        advice = said(
            "Kijk of er een %(sign)s te veel of te weinig staat; een %(sign)s in een tekst hoort tussen aanhalingstekens.",
            sign=DELIMITER_NAMES[delimiter],
        )
        problems.add(name, row.line, None, message, advice)
    return Row(row.line, (cells + ("",) * wanted)[:wanted])
