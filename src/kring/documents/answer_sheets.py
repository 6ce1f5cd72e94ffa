"""Lists on paper: a sheet for each one who answers, and the class on one sheet for a teacher. Tagged PDFs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kring.documents.figures import day
from kring.documents.motif import motif
from kring.documents.pages import language
from kring.documents.paper import Data, typeset
from kring.documents.printable import printable


@dataclass(frozen=True, slots=True)
class PrintedItem:
    """One question; each answer with the key by which it is typed in. Without answers: a number within `bounds`, or room to write."""

    text: str
    answers: tuple[tuple[str, str], ...] = ()
    bounds: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Whose sheet; without a name and number for a list that belongs to nobody."""

    name: str = ""
    about: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class AnswerSheets:
    """Sheets of one list. `promise` is that of the list, `reader` says who reads what stands on the paper."""

    title: str
    school: str
    group: str
    introduction: str
    promise: str
    reader: str
    items: tuple[PrintedItem, ...]
    reasons: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    made_on: date
    list_language: str = "nl"


@dataclass(frozen=True, slots=True)
class Overview:
    """The class on paper: a row for each pupil, a column for each item."""

    title: str
    school: str
    group: str
    introduction: str
    items: tuple[PrintedItem, ...]
    names: tuple[str, ...]
    made_on: date
    list_language: str = "nl"


def sheets_pdf(sheets: AnswerSheets) -> bytes:
    """One file, a sheet for each; a sheet begins on a page of its own."""
    data = {
        **_head(sheets.title, sheets.school),
        "list_language": sheets.list_language,
        "heading": printable(sheets.title),
        "group": printable(sheets.group),
        "introduction": printable(sheets.introduction),
        "promise": [printable(text) for text in (sheets.promise, sheets.reader) if text],
        "promise_title": _("Wie leest dit?"),
        "sheet": _("Blad"),
        "about": _("over"),
        "nameless": _("Schrijf geen naam op dit blad."),
        "how": _("Zet bij elke zin één rondje om het antwoord dat past."),
        "reasons": printable(" · ".join(sheets.reasons)),
        "items": [_item(item) for item in sheets.items],
        "sheets": [{"name": printable(one.name), "about": printable(one.about), "number": one.number} for one in sheets.sheets],
    }
    return typeset("sheets", data, on=sheets.made_on)


def overview_pdf(overview: Overview) -> bytes:
    """On a page that lies down, and then what the numbers mean."""
    data = {
        **_head(overview.title, overview.school),
        "list_language": overview.list_language,
        "heading": printable(f"{overview.title} · {overview.group}"),
        "made_on": day(overview.made_on),
        "introduction": printable(overview.introduction),
        "pupil": _("Leerling"),
        "how": _("Schrijf in elk vak het cijfer van het antwoord. De zinnen staan op de volgende bladzijde."),
        "sentences": _("De zinnen en de antwoorden"),
        "numbers": [str(number) for number in range(1, len(overview.items) + 1)],
        "items": [_item(item) for item in overview.items],
        "names": [printable(name) for name in overview.names],
    }
    return typeset("overview", data, on=overview.made_on)


def _head(title: str, school: str) -> Data:
    return {
        "title": printable(title),
        "author": printable(school),
        "school": printable(school),
        "language": language(),
        "motif": motif().paper,
    }


def _item(item: PrintedItem) -> Data:
    bounds = _("een getal van %(low)s tot en met %(high)s") % {"low": item.bounds[0], "high": item.bounds[1]} if item.bounds else ""
    answers: Sequence[Data] = [{"key": key, "label": printable(label)} for key, label in item.answers]
    return {"text": printable(item.text), "answers": answers, "bounds": bounds}
