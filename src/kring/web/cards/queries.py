"""The cards, and what pupils said about telling their parents, as far as the actor may read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kring.core.access import Record, Verb
from kring.core.signs import SIGNS
from kring.library import Card, cards, cards_for
from kring.web.access import may, may_do
from kring.web.cards.models import ParentTelling
from kring.web.schools.models import Membership, Pupil

HEAVY = ("zelfbeschadiging", "eten", "rouw")
"""Cards that ask to talk with the pupil about telling the parents."""


@dataclass(frozen=True, slots=True)
class OnPupilPage:
    """What this actor noted of this pupil, or coordinates; and that more can be noted."""

    rows: tuple[ParentTelling, ...]


def listed(sign: str, words: Mapping[str, object]) -> tuple[Card, ...]:
    """All cards, or those about a sign that can be chosen."""
    return cards_for([sign]) if sign in words else cards()


def signs_on_cards() -> list[str]:
    """The signs that lead to a card, in the order of the list."""
    there = {sign for one in cards() for sign in one.signs}
    return [key for key in SIGNS if key in there]


def tellings_of(actor: Membership, pupil: Pupil, *, at: datetime) -> tuple[ParentTelling, ...]:
    """The newest first."""
    return tuple(may(actor, ParentTelling, Verb.READ, at=at).filter(pupil=pupil).select_related("author__person"))


def on_pupil_page(actor: Membership, pupil: Pupil, *, at: datetime) -> OnPupilPage | None:
    """None for who has no part in it."""
    if not may_do(actor, pupil, Verb.MEASURE, of=Record.PARENT_TELLING, at=at):
        return None
    return OnPupilPage(tellings_of(actor, pupil, at=at))
