"""What is done again and again beside the server, in one process: each chore in its turn, none in the way of another.

A feature has a function (*, at) in its `intake.py`; `kring.web.schedule` has the list.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from kring.core.turns import Heard, heard, silent
from kring.web.jobs import rows
from kring.web.jobs.models import LEAPT

log = logging.getLogger(__name__)


class Run(Protocol):
    """It walks along the schools itself, each behind its own wall; what it gives back is nobody's."""

    def __call__(self, *, at: datetime) -> object: ...


@dataclass(frozen=True, slots=True)
class Chore:
    """Its name is in `chore_words.py`, for the page of the administrator."""

    name: str
    every: timedelta
    run: Run
    throws_away: bool = False  # what is over and cannot be made again


def take_turn(chore: Chore, keeper: UUID, *, at: datetime) -> bool:
    """Do it when it is its turn and nobody else is at it; says whether. One that breaks is noted down, and stops no other."""
    waits = chore.throws_away and not rows.may_throw_away(chore.name, at=at)
    if not rows.claim(chore.name, keeper, at=at):
        return False
    if waits:
        log.warning("chore %s waits a day, for the clock may have leapt", chore.name)
        rows.note(chore.name, keeper, broke_on=LEAPT, at=timezone.now())
        return True
    broke_on = ""
    try:
        chore.run(at=at)
    except Exception as broken:  # whatever it is, the others go on
        broke_on = type(broken).__name__
        log.exception("chore %s broke", chore.name)
        if isinstance(broken, DatabaseError | InterfaceError):
            connection.close()
    except BaseException:
        rows.let_go(chore.name, keeper)
        raise
    rows.note(chore.name, keeper, broke_on=broke_on, at=timezone.now())
    return True


class Watch:
    """Looks at who is alive, and gives up whoever did not call at some looks in a row."""

    def __init__(self, given_up: Callable[[frozenset[UUID]], object] = rows.end_beating) -> None:
        self.known: dict[str, Heard] = {}
        self.give_up = given_up

    def look(self) -> frozenset[UUID]:
        self.known = heard(self.known, rows.counts())
        gone = frozenset(map(UUID, silent(self.known)))
        if gone:
            log.warning("%s processes were given up", len(gone))
            self.give_up(gone)
        return gone
