"""Rounds: an instrument offered to a population in a window. What may still happen to one."""

from dataclasses import dataclass
from datetime import datetime

from kring.core.errors import BrokenRule


@dataclass(eq=False, kw_only=True)
class RoundAlreadyClosed(BrokenRule):
    """A closed round takes no answers and is not closed again."""

    closed_at: datetime


@dataclass(eq=False, kw_only=True)
class AnsweredTwice(BrokenRule):
    """There is one list about one pupil in one round."""

    pupil: str


def close(closed_at: datetime | None, *, at: datetime) -> datetime:
    """The moment at which the round is closed, `at`. Raises RoundAlreadyClosed when it was closed before (`closed_at`).

    >>> from datetime import UTC
    >>> close(None, at=datetime(2026, 3, 3, tzinfo=UTC))
    datetime.datetime(2026, 3, 3, 0, 0, tzinfo=datetime.timezone.utc)
    """
    refuse_closed(closed_at)
    return at


def refuse_closed(closed_at: datetime | None) -> None:
    """Refuse what only an open round allows. Raises RoundAlreadyClosed."""
    if closed_at is not None:
        raise RoundAlreadyClosed(closed_at=closed_at)
