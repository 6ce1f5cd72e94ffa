"""Teacher, pupil, classmates, absence and home beside each other, in words. They are never added up: where they differ, one talks."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kring.core.bands import Band

LEAST: Final = 2  # angles that say something, before anything can be said about how they agree
SOMETIMES_AWAY: Final = 0.05  # of the school days
OFTEN_AWAY: Final = 0.10
MANY_SPELLS: Final = 4
LEAST_DAYS: Final = 20  # school days that were counted: in a first week one day of flu is 20 %


class Angle(StrEnum):
    """From where somebody looks."""

    TEACHER = "teacher"
    PUPIL = "pupil"
    PEERS = "peers"
    SAFETY = "safety"
    ABSENCE = "absence"
    HOME = "home"


ABOUT_THE_CLASS: Final = frozenset({Angle.SAFETY})
"""Without names: it says something of the class, and never of this pupil."""


class Says(StrEnum):
    """What one angle says. "Too little" is an answer."""

    WELL = "well"
    MIXED = "mixed"
    ATTENTION = "attention"
    TOO_LITTLE = "too_little"


class Together(StrEnum):
    """How the angles stand to each other."""

    TOO_FEW = "too_few"
    BOTH_WELL = "both_well"
    BOTH_ATTENTION = "both_attention"
    MIXED = "mixed"
    CONTRADICT = "contradict"


@dataclass(frozen=True, slots=True)
class Picture:
    """How the angles agree, and which of them say what. `talk` proposes a talk: a difference is asked about, never averaged."""

    together: Together
    well: tuple[Angle, ...]
    mixed: tuple[Angle, ...]
    attention: tuple[Angle, ...]
    silent: tuple[Angle, ...]

    @property
    def talk(self) -> bool:
        return self.together is Together.CONTRADICT


def picture(said: Mapping[Angle, Says]) -> Picture:
    """How these angles agree; what says nothing and what is about the class alone does not count.

    >>> picture({Angle.TEACHER: Says.WELL, Angle.PUPIL: Says.ATTENTION}).together
    <Together.CONTRADICT: 'contradict'>
    """
    counted = {angle: said.get(angle, Says.TOO_LITTLE) for angle in Angle if angle not in ABOUT_THE_CLASS}
    parts = {one: tuple(angle for angle, says in counted.items() if says is one) for one in Says}
    together = _together(parts)
    return Picture(together, parts[Says.WELL], parts[Says.MIXED], parts[Says.ATTENTION], parts[Says.TOO_LITTLE])


def _together(parts: Mapping[Says, Collection[Angle]]) -> Together:
    well, mixed, attention = (len(parts[one]) for one in (Says.WELL, Says.MIXED, Says.ATTENTION))
    if well + mixed + attention < LEAST:
        return Together.TOO_FEW
    if well and attention:
        return Together.CONTRADICT
    if mixed:
        return Together.MIXED
    return Together.BOTH_ATTENTION if attention else Together.BOTH_WELL


def says_of(bands: Collection[Band]) -> Says:
    """What a list says by the colours of its scales: never how many there are, and never a sum.

    >>> says_of([Band.GREEN, Band.NO_SCORE]), says_of([Band.GREEN, Band.RED])
    (<Says.WELL: 'well'>, <Says.ATTENTION: 'attention'>)
    """
    known = {one for one in bands if one is not Band.NO_SCORE}
    if not known:
        return Says.TOO_LITTLE
    if Band.RED in known:
        return Says.ATTENTION
    return Says.MIXED if Band.ORANGE in known else Says.WELL


def says_of_absence(school_days: int, days_away: float, spells: int) -> Says:
    """What counts of absence say over the school days of the weeks that were counted, also those in which nobody had to note anything."""
    if school_days < LEAST_DAYS:
        return Says.TOO_LITTLE
    share = days_away / school_days
    if share >= OFTEN_AWAY or spells >= MANY_SPELLS:
        return Says.ATTENTION
    return Says.MIXED if share >= SOMETIMES_AWAY else Says.WELL
