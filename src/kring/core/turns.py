"""Whose turn it is: what is done again and again, and who has not been heard of for too long. Both hold when a clock jumps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Final

SILENT_LOOKS: Final = 4
LATEST: Final = timedelta(minutes=5)
LEAP: Final = timedelta(days=1)


class Turn(Enum):
    """What to do with a chore at this moment."""

    LATER = "later"
    NOW = "now"
    FROM_HERE = "from here"


def turn(last: datetime | None, every: timedelta, *, at: datetime) -> Turn:
    """Whether an interval has passed since it was begun last.

    A clock that was set forward gives one turn, however many intervals it skipped. A clock that was set back gives none: within one
    interval of the old time it waits, at most twice as long as usual; further back the interval is counted from the new time on.

    >>> noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    >>> hour = timedelta(hours=1)
    >>> [turn(noon, hour, at=noon + passed).value for passed in (hour / 2, hour, 720 * hour, -hour, -2 * hour)]
    ['later', 'now', 'now', 'later', 'from here']
    """
    if last is None:
        return Turn.NOW
    passed = at.astimezone(UTC) - last.astimezone(UTC)  # in one and the same place on earth, Python forgets the hour of summer time
    if passed >= every:
        return Turn.NOW
    return Turn.FROM_HERE if passed < -every else Turn.LATER


def may_have_leapt(last: datetime | None, every: timedelta, *, at: datetime) -> bool:
    """Whether more than a day went by beyond the interval: the clock was set forward, or nobody was there. One cannot know which.

    >>> noon, hour = datetime(2026, 3, 1, 12, tzinfo=UTC), timedelta(hours=1)
    >>> [may_have_leapt(last, hour, at=noon + passed * hour) for last, passed in ((noon, 25), (noon, 26), (None, 26))]
    [False, True, False]
    """
    return last is not None and at.astimezone(UTC) - last.astimezone(UTC) > every + LEAP


@dataclass(frozen=True, slots=True)
class Heard:
    """How often somebody had called at the last look, and at how many looks in a row that had not changed."""

    count: int
    unchanged: int = 0


def heard(before: Mapping[str, Heard], counts: Mapping[str, int]) -> dict[str, Heard]:
    """What is known after one more look at these counts. Looks are counted, not time: then no clock can declare anybody dead."""
    return {who: _heard(before.get(who), count) for who, count in counts.items()}


def _heard(before: Heard | None, count: int) -> Heard:
    same = before is not None and before.count == count
    return Heard(count, before.unchanged + 1 if same and before else 0)


def silent(known: Mapping[str, Heard], *, looks: int = SILENT_LOOKS) -> frozenset[str]:
    """Who did not call at this many looks in a row."""
    return frozenset(_names(known, looks))


def _names(known: Mapping[str, Heard], looks: int) -> Iterable[str]:
    return (who for who, one in known.items() if one.unchanged >= looks)


def is_late(last: datetime | None, every: timedelta, *, at: datetime) -> bool:
    """Whether it should have been done by now: two intervals went by, and five minutes. What was never done is late."""
    return last is None or at.astimezone(UTC) - last.astimezone(UTC) > 2 * every + LATEST
