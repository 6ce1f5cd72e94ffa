"""What the features above this one work out when a round is closed: in the same transaction, so that a round is never half closed.

A feature says so once, when Kring starts (web/apps.py): nothing here knows which features there are.
"""

from datetime import datetime
from typing import Protocol

from kring.web.surveys.models import Round


class Work(Protocol):
    """What is done when this round is closed."""

    def __call__(self, round: Round, *, at: datetime) -> None: ...


_works: list[Work] = []


def also_at_closing(work: Work) -> Work:
    """This is done whenever a round is closed; saying it twice changes nothing."""
    if work not in _works:
        _works.append(work)
    return work


def work_out(round: Round, *, at: datetime) -> None:
    """All of it. The round is held, and closed."""
    for work in _works:
        work(round, at=at)
