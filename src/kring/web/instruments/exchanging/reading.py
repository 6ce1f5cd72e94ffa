"""The bytes that somebody chose → a list, whatever form it has; formr comes as a table, in CSV or in a workbook."""

from collections.abc import Iterator, Mapping
from pathlib import PurePath

from kring.class_files.table import Table, read_table, table_of_rows
from kring.class_files.workbook import looks_like_workbook, sheets
from kring.file_problems import FilesRefused, Problems, said
from kring.library.foreign.bringing import brought_from, format_of
from kring.library.foreign.formr import from_formr, looks_like_choices, looks_like_formr
from kring.library.foreign.leftovers import Brought
from kring.library.foreign.plain import plain

MOST_ROWS, MOST_SHEETS = 2_000, 6


def read_list(name: str, data: bytes, choices: tuple[str, bytes] | None = None) -> Brought:
    """The list in these bytes. `choices` is the second file of formr. Raises FilesRefused, with everything that is wrong."""
    file = _name(name)
    found = None if looks_like_workbook(data) else format_of(data)
    if found is not None:
        return brought_from(file, data, found)
    tables = [*_tables(file, data), *(_tables(_name(choices[0]), choices[1]) if choices else ())]
    asked = next((table for table in tables if looks_like_formr(table.columns)), None)
    if asked is None:
        raise _unknown(file)
    answers = next((table for table in tables if looks_like_choices(table.columns)), None)
    return from_formr(file, _rows(asked), _rows(answers) if answers else ())


def _name(name: str) -> str:
    return plain(PurePath(name).name)[:80] or "?"


def _tables(file: str, data: bytes) -> list[Table]:
    if not looks_like_workbook(data):
        return [_short_enough(read_table(file, data))]
    problems = Problems()
    found = sheets(file, data, problems, most_rows=MOST_ROWS, most_sheets=MOST_SHEETS)
    problems.refuse(FilesRefused)
    made = [table_of_rows(file, list(sheet.rows), Problems(), encoding="xlsx") for sheet in found]
    return [table for table in made if table is not None]


def _short_enough(table: Table) -> Table:
    """As long as a sheet of a workbook may be."""
    if len(table.rows) > MOST_ROWS:
        problems = Problems()
        message = said("Tot hier staan er meer dan %(most)d regels in.", most=MOST_ROWS)
        problems.add(table.name, table.rows[MOST_ROWS].line, None, message, said("Kijk of dit het goede bestand is."))
        problems.refuse(FilesRefused)
    return table


def _rows(table: Table) -> Iterator[tuple[int, Mapping[str, str]]]:
    return iter(table)


def _unknown(file: str) -> FilesRefused:
    problems = Problems()
    advice = said(
        "Kies een vragenlijst van Kring (YAML), een FHIR Questionnaire (JSON), een LimeSurvey-bestand (.lss) of een blad van formr."
    )
    problems.add(file, None, None, said("Kring herkent dit bestand niet als vragenlijst."), advice)
    return FilesRefused(problems=tuple(problems.found))
