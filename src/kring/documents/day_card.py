"""A day of a check-in card as a tagged PDF: moments under one another, goals beside one another, points to put a ring round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kring.documents.motif import motif
from kring.documents.pages import language
from kring.documents.paper import Data, typeset
from kring.documents.printable import printable


@dataclass(frozen=True, slots=True)
class DayCard:
    """What stands on the paper; `asked` are lines to write on: the first above the points, the others below them."""

    title: str
    school: str
    with_whom: str
    day: str
    how: str
    moment: str
    goals: tuple[str, ...]
    moments: tuple[str, ...]
    points: tuple[tuple[int, str], ...]
    asked: tuple[str, ...]
    foot: str
    made_on: date


def day_card_pdf(card: DayCard) -> bytes:
    """One A4 page, standing."""
    data: Data = {
        "title": printable(card.title),
        "author": printable(card.school or "Kring"),
        "language": language(),
        "facts": [printable(fact) for fact in (card.school, card.with_whom) if fact],
        "motif": motif().paper,
        "day": printable(card.day),
        "how": printable(card.how),
        "moment": printable(card.moment),
        "goals": [printable(goal) for goal in card.goals],
        "moments": [printable(moment) for moment in card.moments],
        "points": [str(point) for point, _words in card.points],
        "key": "  ·  ".join(f"{point} = {printable(words)}" for point, words in card.points),
        "asked": [printable(line) for line in card.asked],
        "foot": printable(card.foot),
    }
    return typeset("day_card", data, on=card.made_on)
