"""Letters with a code with which somebody comes in: a tagged PDF, one page for each person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import override

from kring.documents.figures import day
from kring.documents.motif import motif
from kring.documents.pages import language
from kring.documents.paper import Data, typeset
from kring.documents.printable import printable


class Kind(StrEnum):
    """Whom the letter is for."""

    COLLEAGUE = "colleague"
    GUARDIAN = "guardian"
    RECOVERY = "recovery"  # for who lost the phone or the password


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter, in the language of who gets it. `address` is where Kring is reached, `last_day` the last day on which the code works."""

    kind: Kind
    name: str
    school: str
    address: str
    code: str
    last_day: date
    made_on: date
    language: str = "nl"


def letters_pdf(letters: Sequence[Letter]) -> bytes:
    """All of them in one file, to print and hand over. The code stands nowhere else."""
    first = letters[0]
    with override(first.language):
        whole = {"title": _("Uitnodiging voor Kring"), "language": language()}
    data = {
        **whole,
        "author": printable(first.school),
        "motif": motif().paper,
        "letters": [_data(letter) for letter in letters],
    }
    return typeset("letter", data, on=first.made_on)


def _data(letter: Letter) -> Data:
    with override(letter.language):
        return _texts(letter)


def _texts(letter: Letter) -> Data:
    facts = {"school": letter.school, "last_day": day(letter.last_day), "address": letter.address}
    return {
        "language": language(),
        "to": printable(letter.name),
        "facts": [printable(letter.school), day(letter.made_on)],
        "heading": _heading(letter.kind),
        "opening": [printable(sentence % facts) for sentence in _opening(letter.kind)],
        "steps": [printable(step % facts) for step in _steps(letter.kind)],
        "code_is": _("Uw code"),
        "code": letter.code,
        "closing": [printable(sentence % facts) for sentence in _closing()],
        "foot": _("Bewaar deze brief tot u binnen bent; daarna kan hij weg. Geef de code aan niemand, ook niet aan iemand van de school."),
    }


def _heading(kind: Kind) -> str:
    return _("Uw nieuwe toegang tot Kring") if kind is Kind.RECOVERY else _("Uw toegang tot Kring")


def _opening(kind: Kind) -> list[str]:
    if kind is Kind.GUARDIAN:
        return [
            _("%(school)s gebruikt Kring om te volgen hoe het met de kinderen gaat. In Kring ziet u wat de school u over uw kind vraagt."),
            _("Met deze brief maakt u zelf een manier om in te loggen. Niemand anders kan dat voor u doen."),
        ]
    if kind is Kind.RECOVERY:
        return [
            _("Twee collega's hebben bevestigd dat u het bent. Met deze brief maakt u een nieuwe manier om in te loggen."),
            _("Wat u eerder had, werkt daarna niet meer: uw wachtwoord, uw passkeys en uw app met codes."),
        ]
    return [
        _("U krijgt een rol in Kring op %(school)s. Kring volgt hoe het sociaal en emotioneel met de leerlingen gaat."),
        _("Met deze brief maakt u zelf een manier om in te loggen. Niemand anders kan dat voor u doen."),
    ]


def _steps(kind: Kind) -> list[str]:
    steps = [
        _("Ga op een computer, tablet of telefoon naar %(address)s"),
        _("Typ de code. Streepjes en hoofdletters maken niet uit."),
        _("Kies een gebruikersnaam en een wachtwoord van minstens 12 tekens."),
    ]
    if kind is Kind.GUARDIAN:
        return [*steps, _("U bent binnen. Wilt u het extra veilig? Zet bij “Mijn account” een passkey aan.")]
    return [*steps, _("Stel uw tweede stap in: een passkey (vinger, gezicht of pincode van uw apparaat) of een app met codes.")]


def _closing() -> list[str]:
    return [
        _("De code werkt één keer, tot en met %(last_day)s. Krijgt u een nieuwe brief, dan werkt deze niet meer."),
        _("Lukt het niet, of is de brief niet voor u? Ga dan naar de school. De school vraagt nooit naar uw code of wachtwoord."),
    ]
