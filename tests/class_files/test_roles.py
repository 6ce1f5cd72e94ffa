"""The file with roles: everything that is wrong at once, with its line, in plain words."""

from datetime import date

import pytest

from kring.class_files.roles import COLUMNS, MOST_LINES, RoleLine, role_lines
from kring.core.access import Role
from kring.file_problems import FilesRefused, Problem

WORDS = {"leerkracht": Role.TEACHER, "intern begeleider": Role.COORDINATOR, "leerling": Role.PUPIL, "jeugdarts": Role.YOUTH_HEALTH}
HEADING = ";".join(COLUMNS)
JAN = "jan;Jan;de;Boer;leerkracht;6A, 6B;1-8-2026;31-7-2027"


def read(*lines: str, heading: str = HEADING) -> tuple[RoleLine, ...]:
    return role_lines("\n".join([heading, *lines]).encode(), WORDS)


def refused(*lines: str, heading: str = HEADING) -> tuple[Problem, ...]:
    with pytest.raises(FilesRefused) as broken:
        read(*lines, heading=heading)
    return broken.value.problems


def test_a_line_is_a_role_for_somebody() -> None:
    assert read(JAN) == (RoleLine(2, "jan", "Jan", "de", "Boer", Role.TEACHER, ("6A", "6B"), date(2026, 8, 1), date(2027, 7, 31)),)


def test_only_four_columns_are_needed_and_letters_and_dates_are_read_as_people_write_them() -> None:
    (line,) = read("Jan.Boer,Jan,Boer,Leerkracht", heading="Username,Voornaam,Achternaam,Rol")
    assert (line.username, line.role, line.groups, line.from_on, line.until_on) == ("jan.boer", Role.TEACHER, (), None, None)
    (line,) = read("ib;Bo;;Ma;intern begeleider;;2026-08-01;")
    assert (line.from_on, line.until_on, line.waits_for_second) == (date(2026, 8, 1), None, True)


@pytest.mark.parametrize(
    ("line", "column", "says"),
    [
        ("jan;Jan;;Boer;koning;;;", "rol", "kent Kring niet"),
        ("jan;Jan;;Boer;leerling;;;", "rol", "kan niet met dit bestand"),
        ("jan;Jan;;Boer;jeugdarts;;;", "rol", "kan niet met dit bestand"),
        ("jan;Jan;;Boer;;;;", "rol", "Hier staat niets"),
        (";Jan;;Boer;leerkracht;;;", "gebruikersnaam", "Hier staat niets"),
        ("jan boer;Jan;;Boer;leerkracht;;;", "gebruikersnaam", "geen gebruikersnaam"),
        (f"{'j' * 61};Jan;;Boer;leerkracht;;;", "gebruikersnaam", "langer dan 60"),
        (f"jan;Jan;{'v' * 21};Boer;leerkracht;;;", "tussenvoegsel", "langer dan 20"),
        ("jan;Jan;;Boer;leerkracht;;1-8-2027;1-8-2026", "tot", "ligt voor de eerste"),
        ("jan;Jan;;Boer;leerkracht;;31-2-2026;", "van", "is geen dag"),
        ("jan;Jan;;Boer;leerkracht;;gisteren;", "van", "is geen dag"),
    ],
)
def test_what_is_wrong_has_its_line_and_column(line: str, column: str, says: str) -> None:
    problems = refused(JAN, line.replace("jan;", "piet;", 1) if line.startswith("jan;") else line)
    assert [(one.line, one.column, says in one.message) for one in problems] == [(3, column, True)]


def test_a_role_twice_is_refused_and_names_the_other_line() -> None:
    (problem,) = refused(JAN, JAN)
    assert (problem.line, "al op regel 2" in problem.message) == (3, True)


def test_one_user_name_is_one_person() -> None:
    (problem,) = refused(JAN, "jan;Piet;;Boer;intern begeleider;;;")
    assert (problem.line, problem.column) == (3, "gebruikersnaam")


def test_everything_is_said_at_once() -> None:
    assert [one.line for one in refused("a;;;;;;;", "b;B;;B;koning;;;")] == [2, 2, 2, 3]


def test_a_missing_and_an_unknown_column_are_named() -> None:
    problems = refused("jan;x", heading="username;wachtwoord")
    assert [one.column for one in problems] == ["voornaam", "achternaam", "rol", "wachtwoord"]


def test_a_file_with_too_many_lines_is_refused() -> None:
    problems = refused(*(f"jan{number};Jan;;Boer;leerkracht;;;" for number in range(MOST_LINES + 1)))
    assert "hooguit 500" in problems[0].message


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"\xff\xfe", HEADING.encode()])
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(FilesRefused):
        role_lines(data, WORDS)
