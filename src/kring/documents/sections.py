"""What a report consists of, ready to set: sections of sentences, pictures, tables and notes. Page and PDF set the same ones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.template.loader import render_to_string

from kring.documents.charts.canvas import Chart
from kring.documents.elements import Markup
from kring.documents.tables import Table


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


@dataclass(frozen=True, eq=False)
class Section:
    """A part of a report under one heading; set for a page once, in the language in which it was made."""

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

    @cached_property
    def page(self) -> str:
        """As it stands in a page."""
        return render_to_string("documents/section.html", {"section": self})

    @property
    def set_tables(self) -> tuple[Markup, ...]:
        """Its tables as they stand in a page."""
        return tuple(table.region(f"{self.title}: {table.caption}").markup() for table in self.tables)
