"""Cards with which the pupils of a class come in: A4 sheets to cut, a QR code and three pictures or a pin on each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kring.documents.figures import day
from kring.documents.pages import language
from kring.documents.paper import Data, typeset
from kring.documents.printable import printable
from kring.documents.qr_code import qr_code


@dataclass(frozen=True, slots=True)
class Card:
    """One card. `link` opens the door, `pictures` are drawings (SVG) with their names."""

    name: str
    link: str
    pictures: tuple[tuple[str, str], ...] = ()
    pin: str = ""


def cards_pdf(cards: Sequence[Card], *, group: str, school: str, address: str, made_on: date) -> bytes:
    """Eight on a page, with lines to cut along. What opens stands on this paper alone."""
    data: Data = {
        "title": _("Inlogkaarten van %(group)s") % {"group": group},
        "author": printable(school),
        "language": language(),
        "foot": _("Gemaakt op %(day)s. Nieuwe kaarten maken deze waardeloos. Bewaar ze op school; geef ze niet mee naar huis.")
        % {"day": day(made_on)},
        "group": printable(group),
        "address": printable(address),
        "go_to": _("Zonder camera: ga naar"),
        "cards": [_card(card) for card in cards],
    }
    return typeset("cards", data, on=made_on)


def _card(card: Card) -> Data:
    return {
        "name": printable(card.name),
        "qr": qr_code(card.link),
        "qr_alt": _("QR-code om mee in te loggen"),
        "says": _("Jouw pincode") if card.pin else _("Jouw plaatjes"),
        "pin": f"{card.pin[:3]} {card.pin[3:]}".strip(),
        "pictures": [{"svg": drawn, "alt": name} for name, drawn in card.pictures],
    }
