"""The rows of a LimeSurvey file (.lss, XML), as tables of text. The file is only read: no entities, no network, no document type."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from kring.file_problems import FilesRefused, Problems, said
from kring.lined_yaml import number_of

MOST_BYTES, MOST_DEEP, MOST_ROWS = 5_000_000, 50, 30_000
KNOWN_GENERATIONS = range(126, 1000)
Row = Mapping[str, str]
AGAIN = said("Maak het bestand in LimeSurvey opnieuw: Exporteren, Vragenlijststructuur (.lss).")


@dataclass(frozen=True, slots=True)
class Survey:
    """The tables of the file by name. In generations from 400 on the words stand in tables of their own, per language."""

    tables: Mapping[str, tuple[Row, ...]]

    def rows(self, table: str) -> tuple[Row, ...]:
        """The rows of a table that may not be there."""
        return self.tables.get(table, ())


def survey_in(file: str, data: bytes) -> Survey:
    """The tables in these bytes. Raises FilesRefused."""
    root = _root(file, data)
    tables = dict(_tables(file, root))
    generation = number_of(root.findtext("DBVersion") or "", whole=True)
    if root.findtext("LimeSurveyDocType") != "Survey" or generation not in KNOWN_GENERATIONS:
        raise _refused(file, None, said("Dit is geen vragenlijst van LimeSurvey zoals Kring die kent."))
    return Survey(tables)


def _root(file: str, data: bytes) -> Any:
    if len(data) > MOST_BYTES:
        raise _refused(file, None, said("Het bestand is groter dan %(most)d MB.", most=MOST_BYTES // 1_000_000))
    if b"<!DOCTYPE" in data.partition(b"<document")[0]:
        raise _refused(file, None, said("Er staat een documenttype (DOCTYPE) in. Dat hoort niet in een vragenlijst."))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, attribute_defaults=False,
        huge_tree=False, recover=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as unreadable:
        line = getattr(unreadable, "lineno", None)
        raise _refused(file, line or None, said("Dit is geen leesbaar XML.")) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise _refused(file, None, said("Er staat een documenttype (DOCTYPE) in. Dat hoort niet in een vragenlijst."))
    return root


def _tables(file: str, root: Any) -> Iterator[tuple[str, tuple[Row, ...]]]:
    _shallow_enough(file, root)
    rows = 0
    for part in root:
        found = tuple(_row(row) for row in part.iterfind("rows/row"))
        rows += len(found)
        if rows > MOST_ROWS:
            raise _refused(file, part.sourceline, said("Tot hier staan er meer dan %(most)d regels in.", most=MOST_ROWS))
        if found:
            yield str(part.tag), found


def _shallow_enough(file: str, root: Any) -> None:
    deep = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        deep += 1 if event == "start" else -1
        if deep > MOST_DEEP:
            raise _refused(file, element.sourceline, said("Het bestand is te diep in elkaar gestoken."))


def _row(row: Any) -> Row:
    return {str(cell.tag): cell.text or "" for cell in row if isinstance(cell.tag, str)}


def _refused(file: str, line: int | None, message: Any) -> FilesRefused:
    problems = Problems()
    problems.add(file, line, None, message, AGAIN)
    return FilesRefused(problems=tuple(problems.found))
