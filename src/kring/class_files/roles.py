"""The file with who gets which role: bytes in, lines out. What the school has already is not known here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kring.class_files.table import Table, read_table, table_of_rows
from kring.class_files.workbook import first_sheet, looks_like_workbook
from kring.core.access import APPROVED_BY_SECOND, FAMILY, PARTNERS, Role
from kring.file_problems import Problems, said

COLUMNS = ("gebruikersnaam", "voornaam", "tussenvoegsel", "achternaam", "rol", "groepen", "van", "tot")
NEEDED = ("gebruikersnaam", "voornaam", "achternaam", "rol")
OLD_NAMES = {"username": "gebruikersnaam"}
"""What lists of before call a column."""
FILE = "rollen.csv"
MOST_LINES = 500
LONGEST = {"gebruikersnaam": 60, "voornaam": 60, "tussenvoegsel": 20, "achternaam": 80}
USERNAME = re.compile(r"[a-z0-9][a-z0-9._@-]*")
YEARS = range(1900, 3000)
DATES = (re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"), re.compile(r"(?P<d>\d{1,2})-(?P<m>\d{1,2})-(?P<y>\d{4})"))


@dataclass(frozen=True, slots=True)
class RoleLine:
    """One line: a role for somebody. `until_on` is the last day, None without end; `from_on` None is today."""

    line: int
    username: str
    given_name: str
    name_prefix: str
    family_name: str
    role: Role
    groups: tuple[str, ...]
    from_on: date | None
    until_on: date | None

    @property
    def waits_for_second(self) -> bool:
        return self.role in APPROVED_BY_SECOND


def role_lines(data: bytes, words: Mapping[str, Role]) -> tuple[RoleLine, ...]:
    """Every line, or FilesRefused with all that is wrong. `words` are the names that a school gives to roles, in small letters."""
    problems = Problems()
    table = _table(data, problems)
    _check_columns(table, problems)
    problems.refuse()
    found = [_line(number, cells, words, problems) for number, cells in _cells(table)]
    lines = [line for line in found if line is not None]
    _check_twice(lines, problems)
    _check_names(lines, problems)
    problems.refuse()
    return tuple(lines)


def _table(data: bytes, problems: Problems) -> Table:
    if not looks_like_workbook(data):
        return read_table(FILE, data)
    sheet = first_sheet(FILE, data, problems, most_rows=MOST_LINES + 1)
    table = table_of_rows(FILE, list(sheet.rows), problems, encoding="XLSX") if sheet else None
    problems.refuse()
    assert table is not None
    return table


def _cells(table: Table) -> list[tuple[int, dict[str, str]]]:
    heading = [_called(column) for column in table.columns]
    return [(row.line, dict.fromkeys(COLUMNS, "") | dict(zip(heading, row.cells))) for row in table.rows]


def _called(column: str) -> str:
    return OLD_NAMES.get(column.casefold(), column.casefold())


def _check_columns(table: Table, problems: Problems) -> None:
    heading = {_called(column) for column in table.columns}
    for name in NEEDED:
        if name not in heading:
            advice = said("Zet deze kolommen in de kopregel: %(columns)s.", columns="; ".join(COLUMNS))
            problems.add(FILE, table.heading_line, name, said("Deze kolom ontbreekt."), advice)
    for name in sorted(heading - {*COLUMNS}):
        advice = said("Haal de kolom weg. Kring neemt uit dit bestand niets anders over.")
        problems.add(FILE, table.heading_line, name, said("Deze kolom kent Kring niet."), advice)
    if len(table.rows) > MOST_LINES:
        message = said("Het bestand heeft %(lines)d regels; Kring leest er hooguit %(most)d.", lines=len(table.rows), most=MOST_LINES)
        problems.add(FILE, None, None, message, said("Splits het bestand."))


def _line(number: int, cells: Mapping[str, str], words: Mapping[str, Role], problems: Problems) -> RoleLine | None:
    before = len(problems.found) + problems.unshown
    username = cells["gebruikersnaam"].casefold()
    _check_person(number, cells, username, problems)
    role = _role(number, cells["rol"], words, problems)
    from_on, until_on = _day(number, "van", cells["van"], problems), _day(number, "tot", cells["tot"], problems)
    if from_on and until_on and until_on < from_on:
        advice = said("Draai de dagen om, of laat “tot” leeg voor een rol zonder einde.")
        problems.add(FILE, number, "tot", said("De laatste dag ligt voor de eerste."), advice)
    groups = tuple(dict.fromkeys(part.strip() for part in re.split(r"[,+|]", cells["groepen"]) if part.strip()))
    if role is None or len(problems.found) + problems.unshown > before:
        return None
    return RoleLine(number, username, cells["voornaam"], cells["tussenvoegsel"], cells["achternaam"], role, groups, from_on, until_on)


def _check_person(number: int, cells: Mapping[str, str], username: str, problems: Problems) -> None:
    for name in NEEDED:
        if not cells[name]:
            problems.add(FILE, number, name, said("Hier staat niets."), said("Vul het in, of haal de regel weg."))
    for name, most in LONGEST.items():
        if len(cells[name]) > most:
            problems.add(FILE, number, name, said("Dit is langer dan %(most)d tekens.", most=most), said("Maak het korter."))
    if username and not USERNAME.fullmatch(username[:61]):
        advice = said("Gebruik kleine letters, cijfers, punten en streepjes, zonder spaties.")
        problems.add(FILE, number, "gebruikersnaam", said("“%(name)s” kan geen gebruikersnaam zijn.", name=username), advice)


def _role(number: int, word: str, words: Mapping[str, Role], problems: Problems) -> Role | None:
    role = words.get(word.casefold())
    if role in FAMILY:
        advice = said("Leerlingen en ouders krijgen toegang bij de leerling zelf. Haal deze regel weg.")
        problems.add(FILE, number, "rol", said("De rol “%(role)s” kan niet met dit bestand.", role=word), advice)
        return None
    if role in PARTNERS:
        advice = said("Iemand van buiten de school krijgt toegang bij één casus. Haal deze regel weg.")
        problems.add(FILE, number, "rol", said("De rol “%(role)s” kan niet met dit bestand.", role=word), advice)
        return None
    if role is None and word:
        known = ", ".join(sorted(name for name, one in words.items() if one not in FAMILY | PARTNERS and name != one.value))
        problems.add(FILE, number, "rol", said("De rol “%(role)s” kent Kring niet.", role=word), said("Kies uit: %(known)s.", known=known))
    return role


def _day(number: int, column: str, written: str, problems: Problems) -> date | None:
    """31-7-2027 or 2027-07-31."""
    if not written:
        return None
    for pattern in DATES:
        match = pattern.fullmatch(written[:12])
        if match:
            try:
                found = date(int(match["y"]), int(match["m"]), int(match["d"]))
            except ValueError:
                break
            if found.year in YEARS:
                return found
    advice = said("Schrijf de dag als 31-7-2027.")
    problems.add(FILE, number, column, said("“%(day)s” is geen dag.", day=written), advice)
    return None


def _check_twice(lines: list[RoleLine], problems: Problems) -> None:
    """The same role for the same person on two lines."""
    first: dict[tuple[str, Role], int] = {}
    for line in lines:
        earlier = first.setdefault((line.username, line.role), line.line)
        if earlier != line.line:
            message = said("Deze rol staat voor “%(name)s” al op regel %(earlier)d.", name=line.username, earlier=earlier)
            problems.add(FILE, line.line, "rol", message, said("Haal een van beide regels weg. Groepen kunnen samen op één regel."))


def _check_names(lines: list[RoleLine], problems: Problems) -> None:
    """One user name is one person."""
    named: dict[str, RoleLine] = {}
    for line in lines:
        other = named.setdefault(line.username, line)
        if (other.given_name, other.name_prefix, other.family_name) != (line.given_name, line.name_prefix, line.family_name):
            message = said("“%(name)s” heet op regel %(earlier)d anders.", name=line.username, earlier=other.line)
            advice = said("Een gebruikersnaam is van één persoon. Kijk welke van de twee klopt.")
            problems.add(FILE, line.line, "gebruikersnaam", message, advice)
