"""The list of all pupils: read from what schools have, everything that is wrong at once, and nothing read that Kring has no use for."""

import time
import zipfile
from collections.abc import Iterable
from datetime import date
from io import BytesIO

import pytest
import xlsxwriter
from openpyxl import Workbook

from kring.class_files.roster import MOST_LINES, Roster, roster
from kring.core.roster import Name, PupilLine
from kring.file_problems import FilesRefused, Problem

HEADING = "leerlingnummer;voornaam;tussenvoegsel;achternaam;geboortedatum;groep;leerjaar"
NOOR = "17;Noor;van de;Berg;1-2-2016;4/5;5"
LINE = PupilLine(2, "17", Name("Noor", "van de", "Berg"), date(2016, 2, 1), "4/5", 5)


def read(*lines: str, heading: str = HEADING) -> Roster:
    return roster("leerlingen.csv", "\n".join([heading, *lines]).encode())


def refused(data: bytes) -> tuple[Problem, ...]:
    with pytest.raises(FilesRefused) as broken:
        roster("leerlingen", data)
    return broken.value.problems


def problems(*lines: str, heading: str = HEADING) -> list[tuple[int | None, str | None]]:
    return [(one.line, one.column) for one in refused("\n".join([heading, *lines]).encode())]


def workbook(rows: Iterable[Iterable[object]], **sheets: Iterable[Iterable[object]]) -> bytes:
    """As the library that schools' programs use would write it."""
    book, out = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for name, more in sheets.items():
        other = book.create_sheet(name)
        for row in more:
            other.append(list(row))
    book.save(out)
    return out.getvalue()


def test_a_line_is_a_pupil() -> None:
    assert read(NOOR).lines == (LINE,)


def test_four_columns_will_do_under_the_names_of_other_programs_also_when_pasted() -> None:
    found = roster("geplakt", b"Leerling_nr.\tRoepnaam\tFamilienaam\tKlas\n17\tNoor\tBerg\tklas 1A\n")
    assert found.lines == (PupilLine(2, "17", Name("Noor", "", "Berg"), None, "1A", None),)


@pytest.mark.parametrize("day", ["1-2-2016", "01-02-2016", "2016-02-01", "1/2/2016", "1.2.2016", "1 feb. 2016", "1 februari 2016"])
def test_days_are_read_as_people_write_them(day: str) -> None:
    assert read(f"17;Noor;;Berg;{day};6A;").lines[0].born_on == date(2016, 2, 1)


@pytest.mark.parametrize(("word", "month"), [("mrt", 3), ("maart", 3), ("mei", 5), ("okt", 10), ("dec", 12)])
def test_months_in_words(word: str, month: int) -> None:
    assert read(f"17;Noor;;Berg;2 {word} 2016;6A;").lines[0].born_on == date(2016, month, 2)


def test_what_kring_never_reads_is_named_and_what_it_does_not_know_as_well() -> None:
    found = read("17;Noor;Berg;6A;123456782;Nederlandse;rood", heading="nummer;voornaam;achternaam;groep;BSN;Nationaliteit;kleur")
    assert (found.never, found.others) == (("BSN", "Nationaliteit"), ("kleur",))
    assert "123456782" not in repr(found)


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (";Noor;;Berg;;6A;", "leerlingnummer"),
        ("17;;;Berg;;6A;", "voornaam"),
        ("17;Noor;;;;6A;", "achternaam"),
        ("17;Noor;;Berg;;;", "groep"),
        (f"17;Noor;{'v' * 21};Berg;;6A;", "tussenvoegsel"),
        ("17;Noor;;Berg;31-2-2016;6A;", "geboortedatum"),
        ("17;Noor;;Berg;2 foo 2016;6A;", "geboortedatum"),
        ("17;Noor;;Berg;1-2-1016;6A;", "geboortedatum"),
        ("17;Noor;;Berg;gisteren;6A;", "geboortedatum"),
        ("17;Noor;;Berg;;6A;vier", "leerjaar"),
        ("17;Noor;;Berg;;6A;444", "leerjaar"),
    ],
)
def test_what_is_wrong_has_its_line_and_column(line: str, column: str) -> None:
    assert problems(NOOR, line) == [(3, column)]


def test_everything_is_said_at_once_and_missing_columns_first() -> None:
    assert problems(";;;;x;;", ";Noor;;Berg;;;") == [
        *((2, name) for name in ("leerlingnummer", "voornaam", "achternaam", "groep", "geboortedatum")),
        *((3, name) for name in ("leerlingnummer", "groep")),
    ]
    assert problems("Noor", heading="naam") == [(1, name) for name in ("leerlingnummer", "voornaam", "achternaam", "groep")]


def test_more_lines_than_a_school_has_are_refused_at_once() -> None:
    data = "\n".join([HEADING, *[NOOR] * 100_000]).encode()
    begun = time.process_time()
    (problem,) = refused(data)
    assert "100000 regels" in problem.message
    assert time.process_time() - begun < 6
    rows = [HEADING.split(";"), *[NOOR.split(";")] * (MOST_LINES + 1)]
    assert "meer dan Kring leest" in refused(workbook(rows))[0].message


# ---- XLSX -----------------------------------------------------------------------------------------------------------


def test_a_workbook_is_read_with_its_days_and_numbers() -> None:
    rows: list[list[object]] = [[*HEADING.split(";")], [17, "Noor", "van de", "Berg", date(2016, 2, 1), "4/5", 5]]
    assert roster("l.xlsx", workbook(rows)).lines == (LINE,)


def test_a_workbook_of_another_program_of_1904_with_holes_and_more_sheets() -> None:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"date_1904": True})
    sheet, day = book.add_worksheet("Leerlingen"), book.add_format({"num_format": "d mmmm yyyy"})
    book.add_worksheet("Oud").write(0, 0, "geheim")
    for column, name in enumerate(HEADING.split(";")):
        sheet.write(3, column, name)
    for column, value in ((0, "0017"), (1, "Zoë"), (3, "Berg"), (5, "groep 6A")):
        sheet.write(9, column, value)
    sheet.write_datetime(9, 4, date(2016, 2, 1), day)
    sheet.write_formula(9, 6, "=3+3", None, 6)
    book.close()
    found = roster("l.xlsx", out.getvalue())
    assert found.lines == (PupilLine(10, "0017", Name("Zoë", "", "Berg"), date(2016, 2, 1), "6A", 6),)
    assert "alleen het eerste, “Leerlingen”" in found.notes[0]


def test_what_stands_above_the_heading_of_a_workbook_is_skipped() -> None:
    rows = [["Leerlingenlijst"], ["De Kiem", "", "1 november"], HEADING.split(";"), NOOR.split(";")]
    found = roster("l.xlsx", workbook(rows))
    assert (found.lines[0].name, found.lines[0].line) == (LINE.name, 4)
    assert "boven de kopregel" in found.notes[0]


@pytest.mark.parametrize("cell", [date(2026, 5, 4), date(2026, 4, 5), "4-mei", "5 apr", "4-5-2026"])
def test_a_combination_group_of_which_excel_made_a_day_is_read_as_it_was_meant(cell: object) -> None:
    found = roster("l.xlsx", workbook([HEADING.split(";"), [17, "Noor", "van de", "Berg", "1-2-2016", cell, 5]]))
    assert found.lines == (LINE,)
    assert "groep 4/5 een dag" in found.notes[0]


@pytest.mark.parametrize("group", ["4/5", "1-2", "3/5", "1/2/3", "6A", "MEI", "Zon"])
def test_the_name_of_a_group_is_no_day(group: str) -> None:
    found = read(f"17;Noor;;Berg;;{group};")
    assert (found.lines[0].group, found.notes) == (group, ())


@pytest.mark.parametrize(("cell", "says"), [(date(2008, 7, 5), "“2008-07-05”"), ("#N/A", "fout van Excel"), ("#VERW!", "fout van Excel")])
def test_a_group_that_excel_spoilt_is_refused(cell: object, says: str) -> None:
    (problem,) = refused(workbook([HEADING.split(";"), [17, "Noor", "", "Berg", "", cell, 5]]))
    assert (problem.line, problem.column, says in problem.message) == (2, "groep", True)


def test_an_empty_sheet_and_an_old_or_locked_file_are_refused_by_name() -> None:
    assert "leeg" in refused(workbook([]))[0].message
    assert "oud Excel-bestand" in refused(b"\xd0\xcf\x11\xe0" + bytes(100))[0].message


def changed(
    part: str,
    *pairs: tuple[str, str],
    rows: Iterable[Iterable[object]] = ((*HEADING.split(";"),), NOOR.split(";")),
    packed: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """A good workbook in which one part says something else."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook(rows))) as good, zipfile.ZipFile(out, "w", packed) as made:
        for name in good.namelist():
            text = good.read(name).decode()
            for old, new in pairs if name == part else ():
                assert old in text, text[:600]
                text = text.replace(old, new)
            made.writestr(name, text)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
FIRST = 't="inlineStr"><is><t>leerlingnummer</t></is>'
BOMB = '<!DOCTYPE a [<!ENTITY a "a">]>'


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(lambda: b"PK\x03\x04" + bytes(200), id="no zip"),
        pytest.param(lambda: changed("xl/workbook.xml", ('r:id="', 'r:xx="'))[:-40], id="cut off"),
        pytest.param(lambda: changed("xl/workbook.xml", ('state="visible"', 'state="hidden"')), id="all hidden"),
        pytest.param(lambda: changed("xl/_rels/workbook.xml.rels", ('Id="rId1"', 'Id="rId9"')), id="no such sheet"),
        pytest.param(lambda: changed(SHEET, ("<worksheet", BOMB + "<worksheet")), id="document type"),
        pytest.param(lambda: changed(SHEET, ("<sheetData>", "<sheetData>" + "<a>" * 90)), id="deep"),
        pytest.param(lambda: changed(SHEET, (FIRST, 't="s"><v>99999</v>')), id="no such text"),
        pytest.param(lambda: changed(SHEET, (FIRST, 't="s"><v>-1</v>')), id="text before the first"),
        pytest.param(lambda: changed(SHEET, ('r="A1"', 'r="1A"')), id="no reference"),
        pytest.param(lambda: changed(SHEET, ("</sheetData>", "</sheet>")), id="no xml"),
        pytest.param(lambda: changed(SHEET, ('<row r="2"', '<row r="1"')), id="two rows of one number"),
        pytest.param(lambda: changed("", packed=zipfile.ZIP_LZMA), id="packed otherwise"),
        pytest.param(lambda: changed("", packed=zipfile.ZIP_LZMA).replace(b"\x0e\x00", b"\x63\x00"), id="packed in no way that there is"),
    ],
)
def test_a_workbook_that_was_spoilt_is_refused(data: object) -> None:
    assert "beschadigd" in refused(data())[0].message  # type: ignore[operator]


def test_a_size_that_the_file_tells_of_itself_is_not_believed() -> None:
    assert roster("l.xlsx", changed(SHEET, ('ref="A1:G2"', 'ref="A1:A1"'))).lines == (LINE,)
    begun = time.process_time()
    far = changed(SHEET, ('r="G2"', 'r="XFD1048576"'))
    assert "meer dan Kring leest" in refused(far)[0].message
    assert roster("l.xlsx", changed(SHEET, ('<row r="2"', '<row r="1048576"'))).lines[0].line == 1_048_576
    assert time.process_time() - begun < 6


@pytest.mark.parametrize(
    "filling",
    [
        pytest.param(lambda: "<row/>" * 4_000_000, id="elements"),
        pytest.param(lambda: " " * 120_000_000, id="unpacked"),
    ],
)
def test_a_small_file_that_unpacks_to_a_large_one_is_refused_soon(filling: object) -> None:
    data = changed(SHEET, ("</sheetData>", f"{filling()}</sheetData>"))  # type: ignore[operator]
    begun = time.process_time()
    assert "meer dan Kring leest" in refused(data)[0].message
    assert time.process_time() - begun < 8


def test_a_part_that_is_larger_than_it_says_is_refused() -> None:
    data = changed("docProps/app.xml", rows=[HEADING.split(";"), NOOR.split(";")])
    with zipfile.ZipFile(BytesIO(data)) as package:
        size = package.getinfo(SHEET).file_size
    lying = data.replace(size.to_bytes(4, "little"), (size - 50).to_bytes(4, "little"))
    assert "beschadigd" in refused(lying)[0].message
