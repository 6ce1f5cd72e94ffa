"""What a report consists of, ready to set: sections of sentences, pictures, tables and notes. Page and PDF set the same ones."""

from __future__ import annotations

from dataclasses import dataclass

from kring.core.bands import Band
from kring.documents.charts.canvas import Chart
from kring.documents.words import band_word, certainty_word

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

    @property
    def classes(self) -> str:
        """The classes of its band in the page: band band--red band--border."""
        return f"band band--{self.kind}{' band--border' if self.border else ''}"


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    numeric: bool = False


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

    @property
    def lines(self) -> tuple[tuple[Row, tuple[tuple[Column, Cell], ...]], ...]:
        """Each row with the column of each cell beside it, so that a table can become cards on a phone."""
        return tuple((row, tuple(zip(self.columns[1:], row.cells))) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with its heading and the sentence below it."""

    heading: str
    chart: Chart
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """An explanation that waits until it is asked for."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report under one heading."""

    key: str
    title: str
    lead: tuple[str, ...] = ()
    notice: str = ""
    pictures: tuple[Picture, ...] = ()
    cards: tuple[Picture, ...] = ()
    cards_title: str = ""
    cards_caption: str = ""
    tables: tuple[Table, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def pickable(self) -> bool:
        """Whether pupils can be picked in a picture."""
        return any(picture.chart.kind in ("target", "web") for picture in self.pictures)
