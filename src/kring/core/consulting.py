"""How a consultation ends: with whom one looked along, what came of it, and what happens next. An open one is not left lying.

Source: own rules of Kring; a suspicion is tested with others before it leads to anything (R096). Days are calendar days.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from kring.core.errors import BrokenRule

WAITS_AFTER: Final = timedelta(days=14)


class Consulted(StrEnum):
    """With whom one tested what one thinks; never by name, for the sheet has none."""

    COLLEAGUE = "colleague"
    SUPPORT_TEAM = "support_team"
    CARE_TEAM = "care_team"
    YOUTH_HEALTH = "youth_health"
    SOCIAL_WORK = "social_work"
    NEIGHBOURHOOD_TEAM = "neighbourhood_team"
    MENTAL_HEALTH = "mental_health"
    OTHER = "other"


@dataclass(eq=False, kw_only=True)
class ConsultWithoutOutcome(BrokenRule):
    """It ends with whom one asked, an outcome and a next step; doing nothing is a next step too, when it is said."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a consultation came to. Raises ConsultWithoutOutcome."""

    asked: tuple[Consulted, ...]
    outcome: str
    next_step: str

    def __post_init__(self) -> None:
        if not (self.asked and self.outcome.strip() and self.next_step.strip()):
            raise ConsultWithoutOutcome


def outcome_of(asked: Iterable[str], outcome: str, next_step: str) -> Outcome:
    """In the order of the list and without spaces round it. Raises ConsultWithoutOutcome.

    >>> outcome_of(["social_work", "colleague"], " Eerst kijken ", "Maandag in de pauze").asked[0].value
    'colleague'
    """
    named = set(asked)
    return Outcome(tuple(one for one in Consulted if one.value in named), outcome.strip(), next_step.strip())


def due_on(opened_on: date) -> date:
    """From this day on an open consultation waits for its outcome.

    >>> due_on(date(2026, 1, 12))
    datetime.date(2026, 1, 26)
    """
    return opened_on + WAITS_AFTER
