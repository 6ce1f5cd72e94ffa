"""A table in a page: every fact knows its column, links lead on, and a text stays a text."""

import pytest

from kring.core.bands import Band
from kring.documents.tables import Cell, Column, Row, Table
from tests.documents.markup import Page

EVIL = ("<script>alert(1)</script>", '"><b>x</b>', "Zoë & O'Neil", "</td></table>")


def made(*cells: Cell, heading: str = "Amira", pupil: str = "", address: str = "") -> Page:
    columns = (Column("Leerling"), *(Column(f"Gebied {number}", numeric=number == 1) for number, _ in enumerate(cells, 1)))
    return Page(Table("Op naam", columns, (Row(heading, cells, pupil, address),)).region("Lijst: Op naam").markup())


def test_a_table_is_named_and_can_be_scrolled_by_keyboard() -> None:
    page = made(Cell("1"))
    region = {"class": "table-scroll", "tabindex": "0", "role": "region", "aria-label": "Lijst: Op naam"}
    assert page.tags[0] == ("div", region)
    assert page.within("caption") == ["Op naam"]
    assert [(found.get("scope"), found.get("class")) for tag, found in page.tags if tag == "th"] == [
        ("col", None),
        ("col", "is-number"),
        ("row", None),
    ]


def test_each_cell_knows_its_column() -> None:
    page = made(Cell("1"), Cell("2"))
    cells = [found for tag, found in page.tags if tag == "td"]
    assert cells == [{"data-label": "Gebied 1", "class": "is-number"}, {"data-label": "Gebied 2"}]


def test_a_band_has_its_shape_and_its_word() -> None:
    page = made(Cell("2,25", Band.ORANGE, certain=False), Cell("", Band.NO_SCORE))
    spans = [found["class"] for tag, found in page.tags if tag == "span"]
    assert spans == ["cell", "value value--score", "band band--orange band--border", "cell", "band band--none"]
    assert page.within("span") == ["2,25", "oranje, grensgebied", "geen score"]


def test_an_empty_fact_leaves_an_empty_cell_that_closes() -> None:
    markup = Table("Op naam", (Column("Leerling"), Column("Let op")), (Row("Sem", (Cell(""),)),)).region("x").markup()
    assert '<span class="cell"></span>' in markup
    assert "<tbody></tbody>" in Table("Leeg", (Column("Leerling"),), ()).region("x").markup()


def test_a_row_tells_whom_it_is_about_and_leads_to_the_page_of_that_pupil() -> None:
    page = made(Cell("1"), pupil="l1", address="/leerling/l1/")
    assert ("tr", {"data-facts": "l1"}) in page.tags
    assert ("a", {"href": "/leerling/l1/"}) in page.tags
    assert page.within("a") == ["Amira"]
    assert "a" not in {tag for tag, _ in made(Cell("1")).tags}


@pytest.mark.parametrize("evil", EVIL)
def test_whatever_is_written_stays_text(evil: str) -> None:
    row = Row(evil, (Cell(evil), Cell(evil, Band.RED)), evil, evil)
    page = Page(Table(evil, (Column(evil), Column(evil), Column(evil)), (row,)).region(evil).markup())
    assert {tag for tag, _ in page.tags} == {"div", "table", "caption", "thead", "tbody", "tr", "th", "td", "span", "a"}
    assert [text for _, text in page.texts] == [evil] * 7 + ["rood"]
    assert {found[name] for _, found in page.tags for name in ("aria-label", "data-label", "data-facts", "href") if name in found} == {evil}
