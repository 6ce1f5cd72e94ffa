"""A list for the guardians of one pupil: with a reason, to those with authority, and no nagging."""

from collections.abc import Collection, Hashable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from kring.core.errors import BrokenRule

LEAST_REASON: Final = 15
LEAST_WORDS: Final = 3
BETWEEN_REMINDERS: Final = timedelta(days=7)
SCHOOL_DAYS: Final = 10  # two weeks of school


@dataclass(eq=False, kw_only=True)
class ReasonForGuardiansTooShort(BrokenRule):
    """The guardians read why they are asked: in a sentence."""

    least: int


@dataclass(eq=False, kw_only=True)
class NoGuardianToAsk(BrokenRule):
    """No guardian was chosen who has authority and may speak about this pupil."""


@dataclass(eq=False, kw_only=True)
class HasNoSayAnyMore(BrokenRule):
    """Was asked, and lost authority since, or the pupil became sixteen: who has no say, hears nothing more of it."""


@dataclass(eq=False, kw_only=True)
class GuardianAskedAlready(BrokenRule):
    """This list stands open for one of these guardians, about this pupil."""


@dataclass(eq=False, kw_only=True)
class ReminderTooSoon(BrokenRule):
    """Who was asked or reminded less than a week ago is left in peace."""

    next_at: datetime


@dataclass(eq=False, kw_only=True)
class NothingToRemindOf(BrokenRule):
    """It was filled in, withdrawn, or its time is over."""


@dataclass(eq=False, kw_only=True)
class GuardianListOver(BrokenRule):
    """Its last day has passed: nothing is filled in any more."""

    closes_on: date


def check_in_time(closes_on: date, *, on: date) -> None:
    """Raises GuardianListOver.

    >>> check_in_time(date(2026, 3, 20), on=date(2026, 3, 20))
    """
    if on > closes_on:
        raise GuardianListOver(closes_on=closes_on)


def check_reason(reason: str) -> str:
    """The reason without needless spaces. Raises ReasonForGuardiansTooShort.

    >>> check_reason("  Wij willen horen  hoe het thuis gaat. ")
    'Wij willen horen hoe het thuis gaat.'
    """
    plain = " ".join(reason.split())
    if len(plain) < LEAST_REASON or len(set(plain.casefold().split())) < LEAST_WORDS:
        raise ReasonForGuardiansTooShort(least=LEAST_REASON)
    return plain


def check_asked(chosen: Collection[Hashable], may_be_asked: Collection[Hashable], asked: Collection[Hashable]) -> None:
    """`asked`: for whom this list stands open already. Raises NoGuardianToAsk and GuardianAskedAlready."""
    if not chosen or not set(chosen) <= set(may_be_asked):
        raise NoGuardianToAsk
    if set(chosen) & set(asked):
        raise GuardianAskedAlready


def check_may_hear(one: Hashable, may_be_asked: Collection[Hashable]) -> None:
    """Raises HasNoSayAnyMore.

    >>> check_may_hear("Els", ["Els", "Ed"])
    """
    if one not in may_be_asked:
        raise HasNoSayAnyMore


def check_reminder(asked_at: datetime, reminded_at: datetime | None, *, is_open: bool, at: datetime) -> None:
    """Raises NothingToRemindOf and ReminderTooSoon.

    >>> from datetime import UTC
    >>> check_reminder(datetime(2026, 3, 2, tzinfo=UTC), None, is_open=True, at=datetime(2026, 3, 9, tzinfo=UTC))
    """
    if not is_open:
        raise NothingToRemindOf
    next_at = (reminded_at or asked_at) + BETWEEN_REMINDERS
    if at < next_at:
        raise ReminderTooSoon(next_at=next_at)
