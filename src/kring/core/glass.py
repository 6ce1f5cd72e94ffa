"""Emergency access: a reason, one pupil, one hour, and a judgement afterwards."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from kring.core.errors import BrokenRule

LASTS: Final = timedelta(minutes=60)
SHORTEST_REASON: Final = 20  # characters
FEWEST_LETTERS: Final = 6  # different ones: “aaaaaaaaaaaaaaaaaaaa” is no reason
FEWEST_WORDS: Final = 3
REVIEWED_WITHIN: Final = 5  # school days
WEEK: Final = 5


class Remark(StrEnum):
    """What the one who judges found; a code, for the log holds no text."""

    NEEDED = "needed"
    OTHER_WAY = "other_way"
    WRONG_PUPIL = "wrong_pupil"
    NO_REASON = "no_reason"


@dataclass(eq=False, kw_only=True)
class ReasonTooThin(BrokenRule):
    """Breaking the glass must be explained to somebody who was not there."""

    least: int


@dataclass(eq=False, kw_only=True)
class SearchTooWide(BrokenRule):
    """Only a whole number or a whole name finds a pupil; a part would be a list."""


@dataclass(eq=False, kw_only=True)
class NobodyFound(BrokenRule):
    """No pupil, or more than one, goes by exactly this."""


@dataclass(eq=False, kw_only=True)
class GlassAlreadyBroken(BrokenRule):
    """One pupil at a time."""


@dataclass(eq=False, kw_only=True)
class GlassOver(BrokenRule):
    """What is over cannot be ended."""


@dataclass(eq=False, kw_only=True)
class GlassStillLive(BrokenRule):
    """It is judged when it is over."""


@dataclass(eq=False, kw_only=True)
class GlassAlreadyReviewed(BrokenRule):
    """A judgement stands."""


@dataclass(eq=False, kw_only=True)
class OwnGlass(BrokenRule):
    """Nobody judges their own."""


@dataclass(eq=False, kw_only=True)
class RemarkDoesNotFit(BrokenRule):
    """Right needs no objection, and wrong needs one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which pupil somebody asks for: what was typed, tidied."""

    number: str = ""
    given_name: str = ""
    family_name: str = ""
    group: str = ""

    def __post_init__(self) -> None:
        for name in ("number", "given_name", "family_name", "group"):
            object.__setattr__(self, name, " ".join(getattr(self, name).split()))
        if not self.number and not (self.given_name and (self.family_name or self.group)):
            raise SearchTooWide


def check_reason(reason: str) -> str:
    """The reason, tidied. Raises ReasonTooThin.

    >>> check_reason("Sem  is gevallen en ademt moeilijk")
    'Sem is gevallen en ademt moeilijk'
    """
    said = " ".join(reason.split())
    letters = {letter for letter in said.casefold() if letter.isalpha()}
    if len(said) < SHORTEST_REASON or len(letters) < FEWEST_LETTERS or len(set(said.casefold().split())) < FEWEST_WORDS:
        raise ReasonTooThin(least=SHORTEST_REASON)
    return said


def ends_at(broken_at: datetime) -> datetime:
    """An hour, to the minute."""
    return broken_at + LASTS


def review_due_on(broken_on: date) -> date:
    """The fifth school day after it. Kring knows no holidays here: sooner is better than later.

    >>> review_due_on(date(2026, 11, 19)), review_due_on(date(2026, 11, 21))
    (datetime.date(2026, 11, 26), datetime.date(2026, 11, 27))
    """
    due, left = broken_on, REVIEWED_WITHIN
    while left:
        due += timedelta(days=1)
        left -= due.weekday() < WEEK
    return due


def check_review(*, is_live: bool, is_reviewed: bool, is_own: bool, was_right: bool, remark: Remark) -> None:
    """Raises GlassStillLive, GlassAlreadyReviewed, OwnGlass, RemarkDoesNotFit."""
    if is_own:
        raise OwnGlass
    if is_live:
        raise GlassStillLive
    if is_reviewed:
        raise GlassAlreadyReviewed
    if was_right is not (remark is Remark.NEEDED):
        raise RemarkDoesNotFit
