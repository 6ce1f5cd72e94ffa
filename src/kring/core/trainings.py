"""A training for a few pupils or a class: how many take part, who agreed before it began, and that it carries over into the school day.

Rules of our own over R126 and R201–R210 of domain/capabilities.md; nothing here says that a training works.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

from kring.core.consents import Deciders
from kring.core.errors import BrokenRule

FEWEST, MOST = 1, 40
LEAST: Final = 10
"""Letters in which somebody can say something that another understands."""
LOWEST, HIGHEST = 0, 10
RESILIENCE_YEAR: Final = 7
"""Groep 7: the year of school for which a training in resilience is asked, where the school wants it (R208)."""

Class = TypeVar("Class")


class Topic(StrEnum):
    """What it is about, broadly."""

    SOCIAL_SKILLS = "social_skills"
    FEAR_OF_FAILURE = "fear_of_failure"
    RESILIENCE = "resilience"
    FEELINGS = "feelings"
    WORKING = "working"
    DIVORCE = "divorce"
    GRIEF = "grief"
    OTHER = "other"


ALWAYS_CONFIDENTIAL: Final = frozenset({Topic.DIVORCE, Topic.GRIEF})
"""That a child takes part already tells what happened at home (R209, R210)."""


@dataclass(eq=False, kw_only=True)
class SizeUnlikely(BrokenRule):
    """A training is for one pupil to a whole class."""

    low: int = FEWEST
    high: int = MOST


@dataclass(eq=False, kw_only=True)
class TrainingEndsBeforeStart(BrokenRule):
    """It ends on the day it begins, or later."""


@dataclass(eq=False, kw_only=True)
class MustStayConfidential(BrokenRule):
    """About grief or parents who part, only who gives it and the coordinator know who takes part."""


@dataclass(eq=False, kw_only=True)
class TrainingFull(BrokenRule):
    """No more pupils than were agreed beforehand."""

    most: int


@dataclass(eq=False, kw_only=True)
class InTrainingAlready(BrokenRule):
    """A pupil takes part once."""


@dataclass(eq=False, kw_only=True)
class TrainingGoalMissing(BrokenRule):
    """What it is for is said, in own words."""

    least: int = LEAST


@dataclass(eq=False, kw_only=True)
class SessionOutside(BrokenRule):
    """A meeting lies between the first and the last day."""

    first: date
    last: date


@dataclass(eq=False, kw_only=True)
class SessionThatDay(BrokenRule):
    """There is one meeting on a day."""


@dataclass(eq=False, kw_only=True)
class SessionToCome(BrokenRule):
    """Who was there is noted on the day, or later."""


@dataclass(eq=False, kw_only=True)
class NotAgreedYet(BrokenRule):
    """Nobody takes part in a meeting before a guardian, or the pupil of sixteen or older, said yes."""


@dataclass(eq=False, kw_only=True)
class AgreedInFuture(BrokenRule):
    """Who said yes, did so already."""


@dataclass(eq=False, kw_only=True)
class NobodyAgreed(BrokenRule):
    """Below sixteen a guardian with authority says yes; from then on the pupil."""


@dataclass(eq=False, kw_only=True)
class LevelOutside(BrokenRule):
    """From nought to ten."""

    low: int = LOWEST
    high: int = HIGHEST


@dataclass(eq=False, kw_only=True)
class TransferMissing(BrokenRule):
    """A training is closed when for every pupil somebody looked whether it is used outside the training (R126)."""

    many: int


@dataclass(eq=False, kw_only=True)
class TransferUnfinished(BrokenRule):
    """Where it is used, who helps to remember it, and on which day somebody looked."""


@dataclass(eq=False, kw_only=True)
class PlacesTaken(BrokenRule):
    """There are no fewer places than pupils who take part."""

    taken: int


@dataclass(eq=False, kw_only=True)
class SessionLeftOut(BrokenRule):
    """A meeting that was planned lies within the training, also when its days change."""

    day: date


@dataclass(eq=False, kw_only=True)
class OpenedWithPupils(BrokenRule):
    """Who said yes to a confidential training, did so because others would not see it."""


@dataclass(eq=False, kw_only=True)
class TrainingClosed(BrokenRule):
    """What was closed stays as it was."""


def check_training(*, most: int, starts_on: date, ends_on: date, topic: Topic, is_confidential: bool) -> None:
    """Raises SizeUnlikely, TrainingEndsBeforeStart, MustStayConfidential."""
    if not FEWEST <= most <= MOST:
        raise SizeUnlikely
    if ends_on < starts_on:
        raise TrainingEndsBeforeStart
    if topic in ALWAYS_CONFIDENTIAL and not is_confidential:
        raise MustStayConfidential


def check_changed(*, taken: int, most: int, days: Iterable[date], first: date, last: date, opens: bool) -> None:
    """A training that was planned already, with so many pupils and with meetings on these days; `opens`: it was confidential until now.
    Raises PlacesTaken, SessionLeftOut, OpenedWithPupils.

    >>> check_changed(taken=3, most=4, days=[date(2026, 3, 9)], first=date(2026, 3, 2), last=date(2026, 3, 9), opens=False)
    """
    if most < taken:
        raise PlacesTaken(taken=taken)
    outside = [day for day in days if not first <= day <= last]
    if outside:
        raise SessionLeftOut(day=min(outside))
    if opens and taken:
        raise OpenedWithPupils


def check_place(*, taken: int, most: int, is_in: bool, goal: str) -> None:
    """Whether one more pupil can take part. Raises InTrainingAlready, TrainingFull, TrainingGoalMissing.

    >>> check_place(taken=7, most=8, is_in=False, goal="Ik durf iets te vragen")
    """
    if is_in:
        raise InTrainingAlready
    if taken >= most:
        raise TrainingFull(most=most)
    if len(goal.strip()) < LEAST:
        raise TrainingGoalMissing


def check_session(day: date, *, first: date, last: date, others: Collection[date]) -> None:
    """Raises SessionOutside, SessionThatDay."""
    if not first <= day <= last:
        raise SessionOutside(first=first, last=last)
    if day in others:
        raise SessionThatDay


def check_agreement(said_on: date, who: Hashable, needed: Deciders, *, on: date) -> None:
    """One yes, of somebody with a say. Raises AgreedInFuture, NobodyAgreed."""
    if said_on > on:
        raise AgreedInFuture
    if who not in needed.everybody():
        raise NobodyAgreed


def agreed_since(needed: Deciders, yes: Mapping[Hashable, date]) -> date | None:
    """The day on which the last of everybody with a say said yes; None as long as somebody has not.

    Whose yes that is, is the rule of core.consents: every guardian with authority, from sixteen the pupil. Of two parents one said yes:

    >>> agreed_since(Deciders(frozenset({"Els", "Pim"}), pupil=False), {"Els": date(2026, 3, 2)})
    >>> agreed_since(Deciders(frozenset({"Els", "Pim"}), pupil=False), {"Els": date(2026, 3, 2), "Pim": date(2026, 3, 4)})
    datetime.date(2026, 3, 4)
    """
    return max(yes[who] for who in needed.everybody()) if needed.agreed(yes) else None


def check_attendance(day: date, agreed_on: date | None, *, on: date) -> None:
    """Raises SessionToCome, NotAgreedYet: also when somebody said yes only after the meeting."""
    if day > on:
        raise SessionToCome
    if agreed_on is None or agreed_on > day:
        raise NotAgreedYet


def check_levels(*levels: int | None) -> None:
    """Raises LevelOutside."""
    if any(level is not None and not LOWEST <= level <= HIGHEST for level in levels):
        raise LevelOutside


def check_transfer(*, where: str, who: str, looked_on: date | None, on: date) -> None:
    """Raises TransferUnfinished: also for a day to come, for a look is had and not planned."""
    if len(where.strip()) < LEAST or not who.strip() or looked_on is None or looked_on > on:
        raise TransferUnfinished


def check_closing(looked: Iterable[bool]) -> None:
    """Of each pupil who takes part whether somebody looked. Raises TransferMissing."""
    many = sum(not one for one in looked)
    if many:
        raise TransferMissing(many=many)


def refuse_closed(closed_at: object) -> None:
    """Raises TrainingClosed."""
    if closed_at is not None:
        raise TrainingClosed


def classes_without(classes: Mapping[Class, Collection[int]], planned: Collection[Class], *, year: int) -> list[Class]:
    """The classes of this year of school without the training that the school wants for each of them.

    >>> classes_without({"7a": [7], "6/7": [6, 7], "8": [8]}, {"7a"}, year=7)
    ['6/7']
    """
    return [one for one, years in classes.items() if year in years and one not in planned]
