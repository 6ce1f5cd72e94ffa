"""A letter with which a guardian fills in one list: a tagged PDF, one page in each language that the guardian may read, in an envelope.
What is asked and why, is not on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from kring.documents.figures import day
from kring.documents.motif import motif
from kring.documents.pages import language
from kring.documents.paper import Data, typeset
from kring.documents.printable import printable
from kring.documents.qr_code import qr_code


@dataclass(frozen=True, slots=True)
class ListLetterText:
    """`child` is a first name; `address`: where the code is typed; `link` leads there with the code behind the #, which no server sees."""

    name: str
    child: str
    school: str
    address: str
    link: str
    code: str
    last_day: date
    made_on: date
    languages: tuple[str, ...] = ("nl",)


def list_letter_pdf(letter: ListLetterText) -> bytes:
    """To print, and to give along in a closed envelope. The code stands nowhere else."""
    pages = [_page(letter, one) for one in letter.languages]
    with override(letter.languages[0]):
        whole = {"title": _("Een vragenlijst voor u"), "author": printable(letter.school), "language": language(), "motif": motif().paper}
        return typeset("letter", {**whole, "letters": pages}, on=letter.made_on)


def _page(letter: ListLetterText, code: str) -> Data:
    with override(code):
        facts = {"school": letter.school, "child": letter.child, "last_day": day(letter.last_day), "address": letter.address}
        return {
            "language": language(),
            "to": printable(letter.name),
            "facts": [printable(letter.school), day(letter.made_on)],
            "heading": _("Een vragenlijst voor u"),
            "opening": [printable(sentence % facts) for sentence in _opening()],
            "code_is": _("Uw code"),
            "code": letter.code,
            "qr": qr_code(letter.link),
            "qr_alt": _("Vierkant met blokjes dat de camera van uw telefoon leest. Het opent dezelfde bladzijde, met de code erin."),
            "steps": [printable(step % facts) for step in _steps()],
            "closing": [printable(sentence % facts) for sentence in _closing()],
            "foot": _(
                "Bewaar deze brief tot u klaar bent; gooi hem daarna weg. Geef de code aan niemand, ook niet aan iemand van de school."
            ),
        }


def _opening() -> list[str]:
    return [
        _("%(school)s vraagt u een lijst over %(child)s in te vullen. Waarom, leest u op de eerste bladzijde, voordat u iets invult."),
        _("U hebt geen account nodig. Meedoen is niet verplicht. U mag stoppen en later verdergaan."),
    ]


def _steps() -> list[str]:
    return [
        _("Richt de camera van uw telefoon op het vierkant. Of ga op een computer of tablet naar %(address)s en typ de code."),
        _("Lees waarom de school dit vraagt, en wie uw antwoorden ziet."),
        _("Vul de lijst in en lever hem in. Andere ouders zien uw antwoorden niet."),
    ]


def _closing() -> list[str]:
    return [
        _("De code werkt tot en met %(last_day)s, tot u de lijst hebt ingeleverd. Krijgt u een nieuwe brief, dan werkt deze niet meer."),
        _("Lukt het niet, of is de brief niet voor u? Ga dan naar de school. De school vraagt nooit naar uw code."),
    ]
