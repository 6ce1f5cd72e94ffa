"""The list of all pupils of a school, from a CSV, an XLSX or what was pasted: bytes in, lines out. What the school has is not known here.

Another kind of file (a national exchange format) becomes the same lines; nobody behind this knows of which kind it was.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from kring.class_files.roles import YEARS
from kring.class_files.table import Row, Table, table_of, table_of_rows
from kring.class_files.workbook import first_sheet, looks_like_workbook
from kring.core.roster import Name, PupilLine
from kring.file_problems import Problems, said

MOST_LINES = 6_000
"""Pupils of one school; the largest of the country has not half of it."""
MOST_ABOVE = 20
"""Rows among which the heading is looked for."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "leerlingnummer": ("leerlingnummer", "leerling nummer", "leerlingnr", "leerling nr", "stamnummer", "administratienummer", "nummer"),
    "voornaam": ("roepnaam", "voornaam", "roepnaam leerling", "voornaam leerling"),
    "tussenvoegsel": ("tussenvoegsel", "tussenvoegsels", "tussenv", "voorvoegsel", "voorvoegsels"),
    "achternaam": ("achternaam", "familienaam", "achternaam leerling"),
    "geboortedatum": ("geboortedatum", "geboorte datum", "geb datum", "geboren", "geboren op"),
    "groep": ("groep", "klas", "stamgroep", "groepsnaam", "naam groep", "klassenaam"),
    "leerjaar": ("leerjaar", "jaargroep", "jaar"),
    "gemeente": ("gemeente", "woongemeente"),
}
"""Our column, and what it is called in the programs of schools; the first that is there counts."""
NEEDED = ("leerlingnummer", "voornaam", "achternaam", "groep")
NEVER = re.compile(
    r"bsn|burgerservice|sofi|onderwijsnummer|persoonsgebonden|pgn|nationalit|geboorteland|geboorteplaats|gewicht|etnic|herkomst|religie|"
    r"geloof|kerk|godsdienst|inkomen|achterstand|medisch|diagnose"
)
"""What Kring has no use for and a school is careful with."""
LONGEST = {"leerlingnummer": 60, "voornaam": 60, "tussenvoegsel": 20, "achternaam": 80, "groep": 30, "gemeente": 60}
DAYS = (
    re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?:[T ]00:00(?::00)?)?"),
    re.compile(r"(?P<d>\d{1,2})[-/. ](?P<m>\d{1,2})[-/. ](?P<y>\d{4})(?: 0?0:00(?::00)?)?"),
    re.compile(r"(?P<d>\d{1,2})[ -](?P<word>[a-z]{3,9})\.?[ -](?P<y>\d{4})"),
)
MONTHS = ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Roster:
    """What was read. `others` are columns that Kring does not know, `never` those that it never reads; neither is kept."""

    lines: tuple[PupilLine, ...]
    others: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def roster(file: str, data: bytes) -> Roster:
    """Every line, or FilesRefused with all that is wrong."""
    problems = Problems()
    table = _table(file, data, problems)
    problems.refuse()
    assert table is not None
    places = _places(table)
    _check_columns(table, places, problems)
    problems.refuse()
    reader = _Reader(file, places, problems)
    lines = [reader.line(row.line, row.cells) for row in table.rows]
    problems.refuse()
    others = [column for place, column in enumerate(table.columns) if place not in places.values()]
    never = tuple(column for column in others if NEVER.search(column.casefold()))
    kept = tuple(line for line in lines if line is not None)
    return Roster(kept, tuple(column for column in others if column not in never), never, (*table.notes, *reader.notes.values()))


def _table(file: str, data: bytes, problems: Problems) -> Table | None:
    if not looks_like_workbook(data):
        return _few(file, table_of(file, data, problems), problems)
    sheet = first_sheet(file, data, problems, most_rows=MOST_LINES + 1)
    if sheet is None:
        return None
    above = _above_heading(sheet.rows)
    table = table_of_rows(file, list(sheet.rows[above:]), problems, encoding="XLSX")
    if table is None:
        return None
    notes = [said("Wat boven de kopregel staat, is overgeslagen.")] if above else []
    if sheet.others:
        notes.append(said("Het bestand heeft meer bladen; alleen het eerste, “%(name)s”, is gelezen.", name=sheet.name))
    return replace(table, notes=tuple(notes))


def _above_heading(rows: Sequence[Row]) -> int:
    """How many rows stand above the heading: a title, a day, the name of the school. None when there is no heading to be found."""
    known = {name for names in COLUMNS.values() for name in names}
    likely = (place for place, row in enumerate(rows[:MOST_ABOVE]) if len(known.intersection(map(_plain, row.cells))) >= len(NEEDED) - 1)
    return next(likely, 0)


def _few(file: str, table: Table | None, problems: Problems) -> Table | None:
    if table is not None and len(table.rows) > MOST_LINES:
        message = said("Het bestand heeft %(lines)d regels; Kring leest er hooguit %(most)d.", lines=len(table.rows), most=MOST_LINES)
        problems.add(file, None, None, message, said("Kijk of dit het bestand van één school en één schooljaar is."))
    return table


def _plain(heading: str) -> str:
    """A heading as it is looked up: small letters, no marks.

    >>> _plain("Geb.datum"), _plain("Leerling_nr.")
    ('geb datum', 'leerling nr')
    """
    return " ".join(re.sub(r"[^\w]|_", " ", heading.casefold()).split())


def _places(table: Table) -> dict[str, int]:
    headings = {_plain(column): place for place, column in reversed(list(enumerate(table.columns)))}
    return {ours: headings[found] for ours, names in COLUMNS.items() if (found := next((one for one in names if one in headings), ""))}


def _check_columns(table: Table, places: Mapping[str, int], problems: Problems) -> None:
    for name in NEEDED:
        if name not in places:
            advice = said("Geef een kolom deze naam. Nu staan er: %(columns)s.", columns=", ".join(table.columns[:20]))
            problems.add(table.name, table.heading_line, name, said("Deze kolom ontbreekt."), advice)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the lines of one file; what is wrong goes to the problems."""

    file: str
    places: Mapping[str, int]
    problems: Problems
    notes: dict[str, str] = field(default_factory=dict)  # by the group that it is about

    def line(self, number: int, cells: tuple[str, ...]) -> PupilLine | None:
        said_here = {name: cells[place] for name, place in self.places.items()}
        before = len(self.problems.found) + self.problems.unshown
        self._check(number, said_here)
        born_on = self._day(number, said_here.get("geboortedatum", ""))
        level = self._level(number, said_here.get("leerjaar", ""))
        group = self._group(number, without_word(said_here["groep"]))
        if len(self.problems.found) + self.problems.unshown > before:
            return None
        name = Name(said_here["voornaam"], said_here.get("tussenvoegsel", ""), said_here["achternaam"])
        return PupilLine(number, said_here["leerlingnummer"], name, born_on, group, level, said_here.get("gemeente", ""))

    def _check(self, number: int, said_here: Mapping[str, str]) -> None:
        for name in NEEDED:
            if not said_here[name]:
                self.problems.add(self.file, number, name, said("Hier staat niets."), said("Vul het in, of haal de regel weg."))
            elif said_here[name].startswith("#") and said_here[name].endswith(("!", "?", "/A", "/B")):
                message = said("Hier staat een fout van Excel: %(cell)s.", cell=said_here[name])
                self.problems.add(self.file, number, name, message, said("Herstel de formule in Excel, of typ wat er hoort te staan."))
        for name, most in LONGEST.items():
            if len(said_here.get(name, "")) > most:
                self.problems.add(self.file, number, name, said("Dit is langer dan %(most)d tekens.", most=most), said("Maak het korter."))

    def _group(self, number: int, written: str) -> str:
        """Excel makes a day of “4/5”: that is read as it was meant; of another day nobody knows what it was."""
        day = day_in(written) or (day_in(f"{written}-2000") if any(map(str.isalpha, written)) else None)  # "4-mei" without a year
        if day is None:
            return written
        low, high = sorted((day.day, day.month))
        group = f"{low}/{high}"
        if high - low == 1:
            self.notes[group] = said("Excel maakte van groep %(group)s een dag. Kring leest %(group)s.", group=group)
            return group
        message = said("Excel maakte van deze groep een dag: “%(day)s”.", day=written)
        advice = said("Geef de kolom in Excel de opmaak Tekst, en typ de naam van de groep opnieuw.")
        self.problems.add(self.file, number, "groep", message, advice)
        return written

    def _day(self, number: int, written: str) -> date | None:
        if not written:
            return None
        found = day_in(written)
        if found is None or found.year not in YEARS:
            advice = said("Schrijf de dag als 1-2-2016.")
            self.problems.add(self.file, number, "geboortedatum", said("“%(day)s” is geen dag.", day=written), advice)
        return found

    def _level(self, number: int, written: str) -> int | None:
        if not written:
            return None
        plain = without_word(written)
        if plain.isascii() and plain.isdigit() and len(plain) <= 2:
            return int(plain)
        message = said("“%(level)s” is geen leerjaar.", level=written)
        self.problems.add(self.file, number, "leerjaar", message, said("Schrijf alleen het getal, bijvoorbeeld 4."))
        return None


def without_word(written: str) -> str:
    """The name of a group or year level without the word before it.

    >>> without_word("Groep 6A"), without_word("klas 1b"), without_word("Groepje"), without_word("leerjaar 4")
    ('6A', '1b', 'Groepje', '4')
    """
    return re.sub(r"(?i)\A(?:groep|klas|leerjaar|jaargroep) (?=\S)", "", written)


def day_in(written: str) -> date | None:
    """The day in the ways that people and programs write it.

    >>> [str(day_in(one)) for one in ("1-2-2016", "2016-02-01", "01/02/2016", "1 februari 2016", "31-2-2016")]
    ['2016-02-01', '2016-02-01', '2016-02-01', '2016-02-01', 'None']
    """
    for form in DAYS:
        found = form.fullmatch(written[:40].casefold())
        if found:
            parts = found.groupdict()
            month = _month(parts["word"]) if parts.get("word") else int(parts["m"])
            try:
                return date(int(parts["y"]), month, int(parts["d"]))
            except ValueError:
                return None
    return None


def _month(word: str) -> int:
    """0 for what is no month."""
    short = {"mrt": "maa", "may": "mei", "oct": "okt"}.get(word[:3], word[:3])
    return MONTHS.index(short) + 1 if short in MONTHS else 0
