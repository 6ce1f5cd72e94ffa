"""Reading one file: its encoding, its separators, its lines, and everything that can be wrong with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.class_files.decoding import MOST_BYTES
from kring.class_files.table import Table, read_table, table_of
from kring.file_problems import FilesRefused, Problem, Problems


def refused(data: bytes, name: str = "pupils.csv") -> tuple[Problem, ...]:
    with pytest.raises(FilesRefused) as refusal:
        read_table(name, data)
    return refusal.value.problems


def cells(table: Table) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("codec", "mark", "encoding"),
    [
        ("utf-8", b"", "UTF-8"),
        ("utf-8", b"\xef\xbb\xbf", "UTF-8"),
        ("utf-16-le", b"\xff\xfe", "UTF-16"),
        ("utf-16-be", b"\xfe\xff", "UTF-16"),
        ("utf-16-le", b"", "UTF-16"),
        ("utf-16-be", b"", "UTF-16"),
        ("cp1252", b"", "Windows-1252"),
    ],
)
def test_reads_every_common_way_of_writing(delimiter: str, ending: str, codec: str, mark: bytes, encoding: str) -> None:
    lines = [("pupil", "name"), ("1", "Zoë"), ("2", "André")]
    data = mark + "".join(delimiter.join(line) + ending for line in lines).encode(codec)
    table = read_table("pupils.csv", data)
    assert (table.columns, cells(table)) == (lines[0], lines[1:])
    assert (table.encoding, table.delimiter) == (encoding, delimiter)
    assert [row.line for row in table.rows] == [2, 3]


def test_says_that_a_file_came_from_windows() -> None:
    assert read_table("pupils.csv", "pupil\nZoë\n".encode("cp1252")).notes == (
        "pupils.csv is niet in UTF-8 geschreven maar in Windows-1252 (gewoon bij Excel). "
        "Het is zo gelezen; kijk of namen met accenten kloppen.",
    )


def test_mixed_line_ends_and_a_line_break_within_a_cell_keep_the_right_lines() -> None:
    table = read_table("a.csv", b'x,y\r\n1,"two\nlines"\r3,4\n\n5,6\n')
    assert [(row.line, row.cells) for row in table.rows] == [(2, ("1", "two\nlines")), (4, ("3", "4")), (6, ("5", "6"))]


def test_reads_the_separator_that_excel_announces() -> None:
    table = read_table("a.csv", b"sep=;\r\na;b,c\r\n1;2\r\n")
    assert (table.columns, cells(table), table.rows[0].line) == (("a", "b,c"), [("1", "2")], 3)


def test_a_quoted_separator_in_the_heading_does_not_decide() -> None:
    assert read_table("a.csv", b'"a,b,c";d\n1;2\n').columns == ("a,b,c", "d")


def test_empty_cells_beyond_the_last_column_are_of_no_account() -> None:
    assert cells(read_table("a.csv", b"a;b;;\n1;;;\n;2;;\n")) == [("1", ""), ("", "2")]


def test_invisible_marks_and_two_forms_of_an_accent_read_alike() -> None:
    assert cells(read_table("a.csv", "a\n\u200bJose\u0301\u00a0\n".encode())) == [("José",)]


def test_marks_that_turn_the_direction_hide_nothing() -> None:
    assert cells(read_table("a.csv", "a;b\n1;\u202e\nnoor\u202eaas;\u2067\n".encode())) == [("1", ""), ("nooraas", "")]


@pytest.mark.parametrize("data", [b"", b"\n\n  \n", b"\xef\xbb\xbf", b"\xff\xfe", b"\x00\x00\x00\x00", b";;;\n;;\n"])
def test_refuses_an_empty_file(data: bytes) -> None:
    assert [problem.message for problem in refused(data)] == ["Het bestand is leeg."]


def test_refuses_a_heading_with_nothing_below() -> None:
    assert refused(b"pupil;name\n") == (
        Problem("pupils.csv", 1, None, "Onder de kopregel staat niets.", "Zet er gegevens onder, of laat het bestand weg."),
    )


def test_refuses_a_file_that_is_too_large_before_reading_it() -> None:
    (problem,) = refused(b"\xff" * (MOST_BYTES + 1))
    assert problem.message == "Het bestand is 11 MB; Kring leest bestanden tot 10 MB."


def test_names_the_line_of_an_unreadable_byte() -> None:
    (problem,) = refused(b"pupil\nZo\xeb\nX\x81\n")
    assert (problem.line, problem.message) == (3, "Hier staan tekens die Kring niet kan lezen (geen UTF-8 en geen Windows-1252).")


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x85", "\uffff"])
def test_names_the_line_of_a_control_character(sign: str) -> None:
    (problem,) = refused(f"pupil,name\n1,Anna\n2,B{sign}\n".encode())
    assert (problem.line, f"(code {ord(sign)})" in problem.message) == (3, True)


def test_refuses_a_broken_utf_16_file() -> None:
    assert [problem.message for problem in refused(b"\xff\xfea\x00b\x00\x00\xd8")] == ["Het bestand begint als UTF-16, maar is beschadigd."]


def test_names_the_line_of_a_quote_that_never_closes() -> None:
    (problem,) = refused(b'a,b\n1,2\n3,"4\n5,6\n')
    assert problem.line == 3


def test_names_every_row_with_too_many_or_too_few_cells() -> None:
    first, second = refused(b"a,b\n1\n1,2\n1,2,3\n")
    assert (first.line, first.message) == (2, "Het aantal cellen op deze rij is 1, in de kopregel 2: te weinig.")
    assert (second.line, second.message) == (4, "Het aantal cellen op deze rij is 3, in de kopregel 2: te veel.")


def test_refuses_columns_without_a_name_or_with_the_same_name() -> None:
    assert [(problem.line, problem.column, problem.message) for problem in refused(b"a,,A\n1,2,3\n")] == [
        (1, None, "Kolom 2 heeft geen naam."),
        (1, "A", "Deze kolom staat er twee keer."),
    ]


def test_refuses_thousands_of_columns() -> None:
    assert [problem.message for problem in refused(b",".join([b"x"] * 2001) + b"\n1\n")] == ["De kopregel heeft 2001 kolommen."]


def test_shows_fifty_problems_and_counts_the_rest() -> None:
    with pytest.raises(FilesRefused) as refusal:
        read_table("a.csv", b"a,b\n" + b"1\n" * 60)
    assert (len(refusal.value.problems), refusal.value.unshown) == (50, 10)


def test_a_problem_reads_as_one_sentence() -> None:
    problem = Problem("a.csv", 3, "from", "Onbekend.", "Kijk het na.")
    assert str(problem) == "a.csv, regel 3, kolom “from”: Onbekend. Kijk het na."
    assert str(Problem("a.csv", None, None, "Leeg.", "Vul het.")) == "a.csv: Leeg. Vul het."


@given(st.binary(max_size=400) | st.text(alphabet='ab;,\t\r\n"\x00é', max_size=200).map(str.encode))
def test_any_bytes_give_a_table_or_a_refusal(data: bytes) -> None:
    problems = Problems()
    table = table_of("a.csv", data, problems)
    assert 0 < len(problems.found) <= 50 or (table is not None and len(table.rows) > 0)
    assert table is None or all(len(row.cells) == len(table.columns) for row in table.rows)


def test_a_table_gives_its_rows_by_column() -> None:
    assert list(read_table("a.csv", b"a,b\n\n1,2\n")) == [(3, {"a": "1", "b": "2"})]
