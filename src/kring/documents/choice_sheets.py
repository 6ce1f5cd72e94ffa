"""Choices of classmates on paper: a sheet for each pupil, with all names and a strip with the own name that is torn off. A tagged PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.documents.motif import motif
from kring.documents.pages import language
from kring.documents.paper import typeset
from kring.documents.printable import printable


@dataclass(frozen=True, slots=True)
class PrintedChoice:
    """One question; `most` names may be chosen, None is no limit."""

    text: str
    most: int | None = None


@dataclass(frozen=True, slots=True)
class ChoiceSheet:
    """The sheet of one pupil: the own name, the number of the sheet, and every name with its number on this sheet."""

    name: str
    number: str
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ChoiceSheets:
    """Sheets of one list. `promise` is that of the list, `reader` says who reads what stands on the paper."""

    title: str
    school: str
    group: str
    introduction: str
    promise: str
    reader: str
    questions: tuple[PrintedChoice, ...]
    sheets: tuple[ChoiceSheet, ...]
    made_on: date
    list_language: str = "nl"


def choices_pdf(sheets: ChoiceSheets) -> bytes:
    """One file, a sheet for each; a sheet begins on a page of its own."""
    data = {
        "title": printable(sheets.title),
        "author": printable(sheets.school),
        "school": printable(sheets.school),
        "language": language(),
        "motif": motif().paper,
        "list_language": sheets.list_language,
        "group": printable(sheets.group),
        "introduction": printable(sheets.introduction),
        "promise": [printable(text) for text in (sheets.promise, sheets.reader) if text],
        "promise_title": _("Wie leest dit?"),
        "sheet": _("Blad"),
        "how": _("Zet een rondje om het nummer van wie je kiest. Kies niet jezelf. Wil je niemand kiezen? Zet een rondje om 0."),
        "nobody": _("niemand"),
        "tear": _("Klaar? Scheur dit strookje eraf. Dan staat je naam niet meer op het blad."),
        "strip": _("Dit blad is van"),
        "questions": [{"text": printable(one.text), "most": _most(one.most)} for one in sheets.questions],
        "sheets": [
            {
                "name": printable(one.name),
                "number": one.number,
                "names": [{"number": number, "name": printable(name)} for number, name in one.names],
            }
            for one in sheets.sheets
        ],
    }
    return typeset("choices", data, on=sheets.made_on)


def _most(most: int | None) -> str:
    if most is None:
        return ""
    return ngettext("Kies er hooguit %(n)s.", "Kies er hooguit %(n)s.", most) % {"n": most}
