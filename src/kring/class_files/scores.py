"""A file with scores that another system worked out: a column with the pupil's number, and a column for each scale."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kring.class_files.table import Row, Table, table_of, table_of_rows
from kring.class_files.workbook import first_sheet, looks_like_workbook
from kring.core.external_scores import ScoreScale, is_health, is_of_an_item, plain, score_of
from kring.file_problems import Problems, said

MOST_LINES = 6_000
PUPIL = ("leerlingnummer", "leerling nummer", "leerlingnr", "leerling nr", "stamnummer", "administratienummer", "leerling", "pupil")
BESIDES = {
    *("naam", "voornaam", "roepnaam", "tussenvoegsel", "achternaam", "naam leerling", "groep", "klas", "leerjaar", "jaargroep"),
    *("geboortedatum", "geslacht", "datum", "afnamedatum", "schooljaar", "leerkracht"),
}
"""Columns that such a file often has; they are not read."""


@dataclass(frozen=True, slots=True)
class Score:
    """What one pupil has on one scale, and the line on which it stands."""

    pupil: str
    scale: ScoreScale
    value: float
    line: int


@dataclass(frozen=True, slots=True)
class Scores:
    """What was read. `skipped` are columns that were not."""

    scores: tuple[Score, ...]
    skipped: tuple[str, ...]
    notes: tuple[str, ...]


def scores(file: str, data: bytes, scales: Sequence[ScoreScale], pupils: Collection[str]) -> Scores:
    """Every score, or FilesRefused with all that is wrong. `pupils` are the numbers that the school knows."""
    problems = Problems()
    table = _table(file, data, problems)
    problems.refuse()
    assert table is not None
    pupil, places = _pupil(table, problems), _places(table, scales, problems)
    problems.refuse()
    read = [score for row in _own_rows(table, pupil, pupils, problems) for score in _of_row(table, row, pupil, places, problems)]
    if not read and not problems:
        advice = said("Zet per leerling een getal in de kolom van een schaal.")
        problems.add(file, None, None, said("Er staat geen enkele uitslag in dit bestand."), advice)
    problems.refuse()
    return Scores(tuple(read), tuple(column for column in table.columns if plain(column) in BESIDES), table.notes)


def _table(file: str, data: bytes, problems: Problems) -> Table | None:
    if not looks_like_workbook(data):
        table = table_of(file, data, problems)
    else:
        sheet = first_sheet(file, data, problems, most_rows=MOST_LINES + 1)
        table = table_of_rows(file, list(sheet.rows), problems, encoding="XLSX") if sheet else None
    if table is not None and len(table.rows) > MOST_LINES:
        message = said("Het bestand heeft %(lines)d regels; Kring leest er hooguit %(most)d.", lines=len(table.rows), most=MOST_LINES)
        problems.add(file, None, None, message, said("Kijk of dit het bestand van één school is."))
    return table


def _pupil(table: Table, problems: Problems) -> int:
    found = [place for name in PUPIL for place, column in enumerate(table.columns) if plain(column) == name]
    if not found:
        advice = said("Geef de kolom met het leerlingnummer deze naam. Nu staan er: %(columns)s.", columns=", ".join(table.columns[:20]))
        problems.add(table.name, table.heading_line, "leerlingnummer", said("Deze kolom ontbreekt."), advice)
        return 0
    return found[0]


def _places(table: Table, scales: Sequence[ScoreScale], problems: Problems) -> dict[int, ScoreScale]:
    """Which scale stands where; a column that nobody knows is refused, never left out in silence."""
    known = {name: scale for scale in scales for name in scale.names}
    found: dict[int, ScoreScale] = {}
    for place, column in enumerate(table.columns):
        name = plain(column)
        if name in known:
            _once(table, column, known[name], found, problems)
            found[place] = known[name]
        elif name not in PUPIL and name not in BESIDES:
            problems.add(table.name, table.heading_line, column, *_unknown(column, scales))
    if not found and not problems:
        message = said("Er staat geen enkele schaal in dit bestand.")
        problems.add(table.name, table.heading_line, None, message, _known(scales))
    return found


def _once(table: Table, column: str, scale: ScoreScale, found: Mapping[int, ScoreScale], problems: Problems) -> None:
    if scale in found.values():
        message = said("De schaal “%(scale)s” staat er twee keer in.", scale=scale.name)
        problems.add(table.name, table.heading_line, column, message, said("Laat een van beide kolommen weg."))


def _unknown(column: str, scales: Sequence[ScoreScale]) -> tuple[str, str]:
    if is_health(column):
        message = said("Dit gaat over de gezondheid van één kind. Dat hoort bij de jeugdgezondheidszorg en niet in Kring.")
        return message, said("Haal deze kolom uit het bestand.")
    if is_of_an_item(column):
        message = said("Dit lijkt een losse vraag of een tekst. Kring leest alleen uitslagen per schaal.")
        return message, said("Haal deze kolom uit het bestand.")
    return said("Deze schaal is niet bekend."), _known(scales)


def _known(scales: Sequence[ScoreScale]) -> str:
    if not scales:
        return said("Van dit systeem zijn nog geen schalen bekend. Noem ze eerst bij “Schalen”, met de laagste en de hoogste uitslag.")
    names = ", ".join(scale.name for scale in scales)
    return said("Bekend zijn: %(names)s. Verbeter de naam, haal de kolom weg, of noem de schaal eerst bij “Schalen”.", names=names)


def _own_rows(table: Table, pupil: int, pupils: Collection[str], problems: Problems) -> list[Row]:
    """The rows of pupils whom the school knows, each once."""
    first: dict[str, int] = {}
    for row in table.rows:
        number = row.cells[pupil]
        if number in first:
            message = said("Leerling “%(pupil)s” staat ook op regel %(line)d.", pupil=number, line=first[number])
            problems.add(table.name, row.line, table.columns[pupil], message, said("Laat per leerling één regel staan."))
        elif number not in pupils:
            message = said("Er is geen leerling met nummer “%(pupil)s”.", pupil=number)
            advice = said("Kijk het leerlingnummer na. Is dit kind van school, haal de regel dan weg.")
            problems.add(table.name, row.line, table.columns[pupil], message, advice)
        first.setdefault(number, row.line)
    return [row for row in table.rows if row.cells[pupil] in pupils]


def _of_row(table: Table, row: Row, pupil: int, places: Mapping[int, ScoreScale], problems: Problems) -> list[Score]:
    """The scores on one line; an empty cell is no score."""
    found = []
    for place, scale in places.items():
        text = row.cells[place]
        value = score_of(text) if text else None
        if text and (value is None or not scale.holds(value)):
            problems.add(table.name, row.line, table.columns[place], *_no_score(text, value, scale))
        elif value is not None:
            found.append(Score(row.cells[pupil], scale, value, row.line))
    return found


def _no_score(text: str, value: float | None, scale: ScoreScale) -> tuple[str, str]:
    if value is None:
        advice = said("Schrijf een getal, bijvoorbeeld 3,5. Is er geen uitslag, laat de cel dan leeg.")
        return said("“%(text)s” is geen getal.", text=text), advice
    low, high = _written(scale.low), _written(scale.high)
    message = said("%(text)s kan niet: “%(scale)s” loopt van %(low)s tot en met %(high)s.", text=text, scale=scale.name, low=low, high=high)
    return message, said("Kijk de uitslag na in het andere systeem.")


def _written(number: float) -> str:
    return f"{number:g}".replace(".", ",")
