"""Telling parents something heavy: talked over with the pupil first, and what the pupil said. Nothing is told by itself (R101)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from kring.core.errors import BrokenRule

LEAST: Final = 20


class Says(StrEnum):
    """What the pupil says about telling the parents."""

    YES = "yes"
    TOGETHER = "together"
    NOT_YET = "not_yet"
    NO = "no"


AGREES: Final = frozenset({Says.YES, Says.TOGETHER})


@dataclass(eq=False, kw_only=True)
class TalkedInFuture(BrokenRule):
    """What was talked over, was so already."""


@dataclass(eq=False, kw_only=True)
class ToldBeforeTalk(BrokenRule):
    """First the pupil, then the parents; and on a day that was."""


@dataclass(eq=False, kw_only=True)
class ToldAlready(BrokenRule):
    """What parents were told is noted once."""


@dataclass(eq=False, kw_only=True)
class ToldAgainstUnexplained(BrokenRule):
    """Who tells parents what the pupil did not agree to, writes why it could not wait."""

    least: int = LEAST


def check_talk(talked_on: date, *, on: date) -> None:
    """Raises TalkedInFuture."""
    if talked_on > on:
        raise TalkedInFuture


def check_told(told_on: date, *, talked_on: date, on: date, says: Says, because: str, told_before: date | None = None) -> None:
    """Raises ToldAlready, ToldBeforeTalk, ToldAgainstUnexplained."""
    if told_before is not None:
        raise ToldAlready
    if not talked_on <= told_on <= on:
        raise ToldBeforeTalk
    if says not in AGREES and len(because.strip()) < LEAST:
        raise ToldAgainstUnexplained
