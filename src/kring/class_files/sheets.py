"""A table in our own words: columns found, words translated, rows that do not count left out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from kring.class_files.mapping import COLUMNS, DUTCH, ClassMapping, FileMapping, Kind
from kring.class_files.table import Row, Table, table_of
from kring.file_problems import Problems, said


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file as we read it. `places` our column → place of the cell; `others` the columns we have no word for,
    `numbers` line → pupil, when the rows are the pupils and have no key of their own."""

    kind: Kind
    table: Table
    mapping: FileMapping
    places: Mapping[str, int]
    others: tuple[str, ...]
    numbers: Mapping[int, str] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """The name the school gave the file."""
        return self.table.name

    def __contains__(self, column: str) -> bool:
        return column in self.places or column in self.mapping.fixed or (column == "pupil" and bool(self.numbers))

    def __iter__(self) -> Iterator[Row]:
        return (row for row in self.table.rows if self._counts(row))

    def _counts(self, row: Row) -> bool:
        return all(column in self.places and row.cells[self.places[column]] in words for column, words in self.mapping.keep.items())

    def cell(self, row: Row, column: str) -> str:
        """The cell in our own words; empty when the file does not have the column."""
        if column not in self.places:
            return self.numbers.get(row.line, "") if column == "pupil" else self.mapping.fixed.get(column, "")
        word = row.cells[self.places[column]]
        return self.mapping.values.get(column, {}).get(word, word)

    def heading(self, column: str) -> str:
        """The column as the school calls it."""
        return self.table.columns[self.places[column]] if column in self.places else column


def sheets_of(files: Mapping[str, bytes], mapping: ClassMapping, problems: Problems) -> dict[Kind, Sheet]:
    """The files that are there, as sheets; what is wrong with them goes to the problems."""
    found = {kind: _sheet(kind, files, mapping, problems) for kind in Kind}
    return {kind: sheet for kind, sheet in found.items() if sheet is not None}


def file_of(files: Mapping[str, bytes], name: str) -> str | None:
    """The file with this name, in capitals or not."""
    return next((file for file in files if file.casefold() == name.casefold()), None)


def _sheet(kind: Kind, files: Mapping[str, bytes], mapping: ClassMapping, problems: Problems) -> Sheet | None:
    wanted = mapping.file(kind)
    name = file_of(files, wanted.file)
    if name is None:
        if kind in mapping.files:
            message = said("De mapping noemt dit bestand, maar het is er niet.")
            problems.add(wanted.file, None, None, message, said("Zet het erbij, of pas de mapping aan."))
        return None
    table = table_of(name, files[name], problems)
    if table is None:
        return None
    return _placed(kind, table, wanted, mapping, problems)


def _placed(kind: Kind, table: Table, wanted: FileMapping, mapping: ClassMapping, problems: Problems) -> Sheet | None:
    headings = {column.casefold(): place for place, column in enumerate(table.columns)}
    places = {column: place for column in COLUMNS[kind].known if (place := _place(column, headings, wanted)) is not None}
    taken = set(places.values())
    others = tuple(column for place, column in enumerate(table.columns) if place not in taken)
    sheet = Sheet(kind, table, wanted, places, others)
    if kind is Kind.ANSWERS and mapping.numbered:
        sheet = replace(sheet, numbers=_numbered(sheet))
    return sheet if _has_needed(sheet, problems) else None


def _numbered(sheet: Sheet) -> dict[int, str]:
    """The rows counted within their group and round."""
    counts: dict[tuple[str, str], int] = {}
    numbers = {}
    for row in sheet:
        place = sheet.cell(row, "group"), sheet.cell(row, "round")
        counts[place] = counts.get(place, 0) + 1
        numbers[row.line] = str(counts[place])
    return numbers


def _place(column: str, headings: Mapping[str, int], wanted: FileMapping) -> int | None:
    """The place of our column: under the name the mapping gives it, else under our own name or its Dutch one."""
    if column in wanted.fixed:
        return None
    if column in wanted.columns:
        return headings.get(wanted.columns[column].casefold())
    return headings.get(column, headings.get(DUTCH[column]))


def _has_needed(sheet: Sheet, problems: Problems) -> bool:
    needed = {*COLUMNS[sheet.kind].needed, *sheet.mapping.columns, *sheet.mapping.keep}
    lacking = [column for column in COLUMNS[sheet.kind].known if column in needed and column not in sheet]
    for column in lacking:
        name = sheet.mapping.columns.get(column, column)
        advice = said("Geef een kolom deze naam. Nu staan er: %(columns)s.", columns=", ".join(sheet.table.columns[:12]))
        problems.add(sheet.file, sheet.table.heading_line, name, said("De kolom “%(column)s” ontbreekt.", column=name), advice)
    return not lacking
