"""The first sheet of an XLSX file as rows of text. What the file says about its own size is not believed: only what is there is counted.

It is read as a stream, so that no part is ever whole in memory. Formulas are not worked out: the value that the program kept beside a
formula is read, as somebody sees it who looks at the sheet.
"""

import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from kring.class_files.table import Row, tidy
from kring.file_problems import Problems, said

MOST_UNPACKED, MOST_PARTS, MOST_RATIO = 100_000_000, 2_000, 100
MOST_ELEMENTS, MOST_DEEP = 3_000_000, 50
MOST_COLUMNS, MOST_TEXTS, LONGEST_TEXT = 200, 300_000, 10_000
PIECE = 65_536
PACKED = {ZIP_STORED, ZIP_DEFLATED}
"""Every program writes these; others unpack much more at once than is asked for."""
DATES = {*range(14, 18), 22, *range(27, 32), *range(34, 37), *range(50, 59)}
"""The built-in ways to show a number that show a day."""
LAST_DAY = 2_900_000
NO_DATE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
OLD = b"\xd0\xcf\x11\xe0"
AGAIN = said("Open het bestand in Excel of LibreOffice, en bewaar het opnieuw als .xlsx zonder wachtwoord, of als CSV UTF-8.")
Begin = Callable[[str, Mapping[str, str]], None]
End = Callable[[str, str], None]
BROKEN = (BadZipFile, expat.ExpatError, zlib.error, KeyError, ValueError, NotImplementedError, RuntimeError, EOFError, OSError)


class _Damaged(Exception):
    """The file is no XLSX, or one that was made to do harm."""


class _TooMuch(Exception):
    """There is more in it than is read."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of the first sheet that hold something, and the names of the sheets besides."""

    rows: tuple[Row, ...]
    name: str
    others: int


def looks_like_workbook(data: bytes) -> bool:
    """An XLSX is a zip; an old XLS and one with a password begin otherwise, and are refused by name."""
    return data.startswith((b"PK\x03\x04", OLD))


def first_sheet(file: str, data: bytes, problems: Problems, *, most_rows: int) -> Sheet | None:
    """The first sheet, or None with what is wrong added to the problems."""
    found = sheets(file, data, problems, most_rows=most_rows, most_sheets=1)
    return found[0] if found else None


def sheets(file: str, data: bytes, problems: Problems, *, most_rows: int, most_sheets: int) -> tuple[Sheet, ...]:
    """The first sheets in their order, or none with what is wrong added to the problems."""
    if data.startswith(OLD):
        problems.add(file, None, None, said("Dit is een oud Excel-bestand, of een met een wachtwoord."), AGAIN)
        return ()
    try:
        with ZipFile(BytesIO(data)) as package:
            _weigh(package, len(data))
            return _Book(package).first(most_sheets, most_rows)
    except _TooMuch:
        message = said(
            "In dit bestand staat meer dan Kring leest: hooguit %(rows)d rijen en %(columns)d kolommen.",
            rows=most_rows,
            columns=MOST_COLUMNS,
        )
        problems.add(file, None, None, message, said("Kijk of dit het goede bestand is, en haal weg wat er niet bij hoort."))
    except (_Damaged, *BROKEN):
        problems.add(file, None, None, said("Dit Excel-bestand is beschadigd, of anders gemaakt dan het hoort."), AGAIN)
    return ()


def _weigh(package: ZipFile, size: int) -> None:
    """What the parts say that they unpack to, which `_read` holds them to, and how they are packed."""
    parts = package.infolist()
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > min(MOST_UNPACKED, MOST_RATIO * max(size, 10_000)):
        raise _TooMuch
    if any(part.compress_type not in PACKED for part in parts):
        raise _Damaged


def _read(package: ZipFile, part: str, begin: Begin, end: End) -> None:
    """Tell of every element of a part that it begins, and ends with what text; names without their namespace."""
    info = package.getinfo(part)
    teller = _Teller(begin, end)
    left = info.file_size
    with package.open(info) as stream:
        while piece := stream.read(PIECE):
            left -= len(piece)
            if left < 0:
                raise _Damaged
            teller.parser.Parse(piece)
        teller.parser.Parse(b"", True)  # noqa: FBT003 (expat asks it so)


class _Teller:
    """The parser with its handlers: no document type, not deeper and not more than a sheet needs."""

    def __init__(self, begin: Begin, end: End) -> None:
        self.begin, self.end = begin, end
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._begins
        self.parser.EndElementHandler = self._ends
        self.parser.CharacterDataHandler = self._says
        self.text, self.deep, self.elements = "", 0, 0

    def _refuse(self, *_declared: object) -> None:
        raise _Damaged

    def _begins(self, name: str, about: dict[str, str]) -> None:
        self.text = ""
        self.deep += 1
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            raise _TooMuch
        if self.deep > MOST_DEEP:
            raise _Damaged
        self.begin(name.rpartition(" ")[2], {key.rpartition(" ")[2]: value for key, value in about.items()})

    def _ends(self, name: str) -> None:
        self.deep -= 1
        self.end(name.rpartition(" ")[2], self.text)
        self.text = ""

    def _says(self, text: str) -> None:
        if len(self.text) < LONGEST_TEXT:
            self.text += text


def _nothing(*_told: object) -> None:
    """What a part tells that is of no account."""


class _Book:
    """The parts of a workbook that are needed to read its first sheet."""

    def __init__(self, package: ZipFile) -> None:
        self.package = package
        self.sheets: list[tuple[str, str]] = []  # name and tie of those that are not hidden
        self.begin = date(1899, 12, 30)
        _read(package, "xl/workbook.xml", self._of_workbook, _nothing)
        self.ties: dict[str, str] = {}
        _read(package, "xl/_rels/workbook.xml.rels", self._of_ties, _nothing)
        self.texts = _Texts()
        self.styles = _Styles()
        for part, of in (("xl/sharedStrings.xml", self.texts), ("xl/styles.xml", self.styles)):
            if part in package.namelist():
                _read(package, part, of.begin, of.end)

    def _of_workbook(self, name: str, about: Mapping[str, str]) -> None:
        if name == "workbookPr" and about.get("date1904") in {"1", "true"}:
            self.begin = date(1904, 1, 1)
        if name == "sheet" and about.get("state", "visible") == "visible":
            self.sheets.append((about.get("name", ""), about.get("id", "")))

    def _of_ties(self, name: str, about: Mapping[str, str]) -> None:
        if name == "Relationship":
            self.ties[about.get("Id", "")] = about.get("Target", "")

    def first(self, most_sheets: int, most_rows: int) -> tuple[Sheet, ...]:
        if not self.sheets:
            raise _Damaged
        return tuple(self._sheet(name, tie, most_rows) for name, tie in self.sheets[:most_sheets])

    def _sheet(self, name: str, tie: str, most_rows: int) -> Sheet:
        place = self.ties[tie]
        cells = _Cells(self.texts.all, self.styles.days, self.begin, most_rows)
        _read(self.package, place.removeprefix("/") if place.startswith("/") else f"xl/{place}", cells.begin, cells.end)
        return Sheet(tuple(cells.rows), name, len(self.sheets) - 1)


class _Texts:
    """The texts that cells share; how one is pronounced (Japanese) is no part of it."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self.pieces: list[str] = []
        self.is_sound = False

    def begin(self, name: str, _about: Mapping[str, str]) -> None:
        if name == "si":
            self.pieces = []
        elif name == "rPh":
            self.is_sound = True

    def end(self, name: str, text: str) -> None:
        if name == "t" and not self.is_sound and sum(map(len, self.pieces[:2])) < LONGEST_TEXT:
            self.pieces.append(text)
        elif name == "rPh":
            self.is_sound = False
        elif name == "si":
            if len(self.all) == MOST_TEXTS:
                raise _TooMuch
            self.all.append(tidy("".join(self.pieces)[:LONGEST_TEXT]))


class _Styles:
    """Which styles show a number as a day."""

    def __init__(self) -> None:
        self.days: set[int] = set()
        self.shown = {*DATES}
        self.count = -1
        self.is_of_cells = False

    def begin(self, name: str, about: Mapping[str, str]) -> None:
        if name == "numFmt":
            form = NO_DATE.sub("", about.get("formatCode", "")[:200]).casefold()
            if "d" in form or "j" in form or "yy" in form:
                self.shown.add(int(about["numFmtId"]))
        elif name == "cellXfs":
            self.is_of_cells = True
        elif name == "xf" and self.is_of_cells:
            self.count += 1
            if int(about.get("numFmtId", "0")) in self.shown:
                self.days.add(self.count)

    def end(self, name: str, _text: str) -> None:
        if name == "cellXfs":
            self.is_of_cells = False


class _Cells:
    """The rows of a sheet as they come by."""

    def __init__(self, texts: list[str], days: set[int], begin: date, most_rows: int) -> None:
        self.texts, self.days, self.first_day, self.most_rows = texts, days, begin, most_rows
        self.rows: list[Row] = []
        self.number = 0
        self.cells: list[str] = []
        self.column, self.kind, self.style = -1, "n", 0
        self.value, self.is_sound = "", False

    def begin(self, name: str, about: Mapping[str, str]) -> None:
        if name == "row":
            number = int(about["r"]) if "r" in about else self.number + 1
            if number <= self.number:  # a line is known by its number
                raise _Damaged
            self.number = number
            self.cells, self.column = [], -1
        elif name == "c":
            self.column = _column(about["r"]) if "r" in about else self.column + 1
            self.kind, self.style, self.value = about.get("t", "n"), int(about.get("s", "0")), ""
        elif name == "rPh":
            self.is_sound = True

    def end(self, name: str, text: str) -> None:
        if name == "v" or (name == "t" and not self.is_sound and len(self.value) < LONGEST_TEXT):
            self.value += text
        elif name == "rPh":
            self.is_sound = False
        elif name == "c" and (shown := self._shown()):
            if self.column >= MOST_COLUMNS:
                raise _TooMuch
            self.cells += [""] * (self.column + 1 - len(self.cells))
            self.cells[self.column] = shown
        elif name == "row" and self.cells:
            self.rows.append(Row(self.number, tuple(self.cells)))
            if len(self.rows) > self.most_rows:
                raise _TooMuch

    def _shown(self) -> str:
        if self.kind == "s" and self.value:
            place = int(self.value)
            if not 0 <= place < len(self.texts):
                raise _Damaged
            return self.texts[place]
        return self._number(self.value) if self.kind == "n" and self.value else tidy(self.value)

    def _number(self, value: str) -> str:
        number = float(value)
        if self.style in self.days and 1 <= number < LAST_DAY:
            return (self.first_day + timedelta(days=int(number))).isoformat()
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else value


def _column(reference: str) -> int:
    """0 for A."""
    found = REFERENCE.fullmatch(reference)
    if found is None:
        raise _Damaged
    place = 0
    for letter in found[1]:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
