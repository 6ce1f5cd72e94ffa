"""A pupil who comes new in the middle of a year: who is one, by which days what is done, and what a good beginning needs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from kring.core.calendar import Calendar
from kring.core.errors import BrokenRule
from kring.core.tasks import due_day

FIRST_DAYS: Final = 10
"""School days: who begins within them began with everybody else."""
SOON: Final = 5  # school days
TALK_FROM, TALK_BY = timedelta(weeks=3), timedelta(weeks=6)


class Step(StrEnum):
    """What is done in the first weeks, each once."""

    BUDDY = "buddy"
    COLLEAGUES = "colleagues"
    GUARDIANS = "guardians"
    TALK = "talk"


@dataclass(eq=False, kw_only=True)
class BuddyNotInGroup(BrokenRule):
    """Who walks along sits in the same group."""


@dataclass(eq=False, kw_only=True)
class BuddyNotAsked(BrokenRule):
    """Nobody is made a buddy: both said yes."""


@dataclass(eq=False, kw_only=True)
class StepLaterThanToday(BrokenRule):
    """What was done, was done already."""


@dataclass(eq=False, kw_only=True)
class WatchEnded(BrokenRule):
    """What was rounded off is not gone on with."""


@dataclass(eq=False, kw_only=True)
class EndedBeforeTalk(BrokenRule):
    """Before the talk one rounds off with a reason."""


@dataclass(frozen=True, slots=True)
class Days:
    """By which school day each step is done, and from which on one talks."""

    talk_from_on: date
    due: dict[Step, date]


def is_newcomer(calendar: Calendar, began_on: date, *, year_starts_on: date, was_here_before: bool) -> bool:
    """Whether somebody came after the year had begun, and from elsewhere."""
    return not was_here_before and began_on > calendar.school_days_after(year_starts_on, FIRST_DAYS)


def days_of(calendar: Calendar, began_on: date) -> Days:
    """The talk after three to six weeks: then it has shown how it goes, and there is time to do something.

    >>> days_of(Calendar(), date(2026, 11, 2)).due[Step.TALK]
    datetime.date(2026, 12, 14)
    """
    soon, talk = calendar.school_days_after(began_on, SOON), began_on + TALK_BY
    due = {Step.BUDDY: soon, Step.COLLEAGUES: soon, Step.GUARDIANS: began_on + TALK_FROM, Step.TALK: talk}
    due = {step: due_day(calendar, day, on=began_on) for step, day in due.items()}
    return Days(due_day(calendar, began_on + TALK_FROM, on=began_on), due)


def check_buddy(buddy: object, classmates: Collection[object], *, both_said_yes: bool) -> None:
    """Raises BuddyNotInGroup and BuddyNotAsked."""
    if buddy not in classmates:
        raise BuddyNotInGroup
    if not both_said_yes:
        raise BuddyNotAsked


def check_step(done_on: date, *, on: date) -> None:
    """Raises StepLaterThanToday."""
    if done_on > on:
        raise StepLaterThanToday


def refuse_over(ended_at: object) -> None:
    """Raises WatchEnded."""
    if ended_at is not None:
        raise WatchEnded


def check_end(talk_held_on: date | None, words: str) -> None:
    """Raises EndedBeforeTalk."""
    if talk_held_on is None and len(words.strip()) < 10:
        raise EndedBeforeTalk
