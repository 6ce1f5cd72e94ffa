"""When a case may be opened, until when it runs, and who may come to sit at it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from kring.core.errors import BrokenRule

SHORTEST_PURPOSE: Final = 15  # characters: “overleg” says nothing to the one who is asked for consent


@dataclass(eq=False, kw_only=True)
class CasePurposeTooShort(BrokenRule):
    """What people work together for must be said in words that a parent understands."""

    least: int


@dataclass(eq=False, kw_only=True)
class CaseEndsTooSoon(BrokenRule):
    """A case runs at least until tomorrow."""


@dataclass(eq=False, kw_only=True)
class CaseRunsTooLong(BrokenRule):
    """A case runs for a year at most; after that it is looked at anew."""

    most: date


@dataclass(eq=False, kw_only=True)
class SeatOutlastsCase(BrokenRule):
    """Nobody sits at a case longer than the case itself runs."""

    most: date


@dataclass(eq=False, kw_only=True)
class CaseAlreadyClosed(BrokenRule):
    """Nothing is added to a case that is over."""


@dataclass(eq=False, kw_only=True)
class AlreadyOnCase(BrokenRule):
    """One person has one seat."""


@dataclass(eq=False, kw_only=True)
class ConsentMissing(BrokenRule):
    """Nobody from outside without the consent of everybody whose it is, or a ground in law that two people recorded."""

    organisation: str


@dataclass(eq=False, kw_only=True)
class NoScoresYet(BrokenRule):
    """There are no results yet."""


@dataclass(eq=False, kw_only=True)
class ShareWithdrawn(BrokenRule):
    """What was withdrawn stays withdrawn; share it anew."""


def latest_end(opened_on: date) -> date:
    """The same day a year later.

    >>> latest_end(date(2026, 11, 22)), latest_end(date(2028, 2, 29))
    (datetime.date(2027, 11, 22), datetime.date(2029, 2, 28))
    """
    day = 28 if (opened_on.month, opened_on.day) == (2, 29) else opened_on.day
    return opened_on.replace(year=opened_on.year + 1, day=day)


def check_case(purpose: str, *, opened_on: date, until: date) -> str:
    """The purpose, tidied. Raises CasePurposeTooShort, CaseEndsTooSoon, CaseRunsTooLong."""
    said = " ".join(purpose.split())
    if len(said) < SHORTEST_PURPOSE:
        raise CasePurposeTooShort(least=SHORTEST_PURPOSE)
    if until <= opened_on:
        raise CaseEndsTooSoon
    if until > latest_end(opened_on):
        raise CaseRunsTooLong(most=latest_end(opened_on))
    return said


def check_seat(until: date, *, from_on: date, case_until: date) -> None:
    """Raises CaseEndsTooSoon, SeatOutlastsCase."""
    if until <= from_on:
        raise CaseEndsTooSoon
    if until > case_until:
        raise SeatOutlastsCase(most=case_until)
