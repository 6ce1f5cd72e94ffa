"""Tables: facts in rows, as values and as they stand in a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kring.core.bands import Band
from kring.documents.elements import Element, element
from kring.documents.words import band_word, certainty_word

Badges = Mapping[tuple[Band | None, bool | None], Element | None]
KINDS = {Band.NO_SCORE: "none", Band.RED: "red", Band.ORANGE: "orange", Band.GREEN: "green"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One fact of a table. With a band it is shown with shape and word; `certain` None is "certainty unknown"."""

    text: str
    band: Band | None = None
    certain: bool | None = None

    @property
    def border(self) -> bool:
        return self.band not in (None, Band.NO_SCORE) and self.certain is False

    @property
    def word(self) -> str:
        """The band in words: oranje, grensgebied."""
        if self.band is None:
            return ""
        if self.band is Band.NO_SCORE or self.certain is None:
            return band_word(self.band)
        return f"{band_word(self.band)}, {certainty_word(certain=self.certain)}"

    @property
    def kind(self) -> str:
        """The end of the class name: band--red."""
        return "" if self.band is None else KINDS[self.band]

    def badge(self, *, bare: bool) -> Element | None:
        """The band in a page, with its word; bare without an edge of its own."""
        edge = " band--bare" if bare else ""
        return (
            element("span", self.word, class_=f"band band--{self.kind}{' band--border' if self.border else ''}{edge}")
            if self.kind
            else None
        )


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    numeric: bool = False

    @property
    def classes(self) -> str | None:
        return "is-number" if self.numeric else None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: its heading (a name or a scale) and its facts; the pupil it is about, and where a page says more of them."""

    heading: str
    cells: tuple[Cell, ...]
    pupil: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Facts in rows; the first column heads the row, and every row has as many cells as there are columns after it."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        if any(len(row.cells) + 1 != len(self.columns) for row in self.rows):
            raise ValueError(f"a row of {self.caption!r} has not as many cells as there are columns")

    @property
    def wide(self) -> bool:
        return len(self.columns) > 6

    def region(self, label: str) -> Element:
        """The table in a page, in room that scrolls: each cell knows its column, so that rows can become cards on a phone."""
        heads = [element("th", column.title, scope="col", class_=column.classes) for column in self.columns]
        kinds = {(cell.band, cell.certain): cell for row in self.rows for cell in row.cells}
        badges = {kind: cell.badge(bare=self.wide) for kind, cell in kinds.items()}  # a class of scores has few
        table = element(
            "table",
            element("caption", self.caption),
            element("thead", element("tr", *heads)),
            element("tbody", *(self._line(row, badges) for row in self.rows)),
            class_=f"table table--cards{' table--dense' if self.wide else ''}",
        )
        return element("div", table, class_="table-scroll", tabindex=0, role="region", aria_label=label)

    def _line(self, row: Row, badges: Badges) -> Element:
        heading = element("a", row.heading, href=row.address) if row.address else row.heading
        cells = [_fact(column, cell, badges[cell.band, cell.certain]) for column, cell in zip(self.columns[1:], row.cells)]
        return element("tr", element("th", heading, scope="row"), *cells, data_facts=row.pupil or None)


def _fact(column: Column, cell: Cell, badge: Element | None) -> Element:
    text = element("span", cell.text, class_="value value--score" if badge else "value") if cell.text else None
    return element("td", element("span", text, badge, class_="cell"), data_label=column.title, class_=column.classes)
