"""The process that does what comes round again and again, for as long as it runs."""

import logging
import signal
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils import timezone

from kring.told import Told
from kring.web.jobs import rows
from kring.web.jobs.beating import EVERY, beating
from kring.web.jobs.chores import Chore, Watch, take_turn
from kring.web.jobs.models import Beat
from kring.web.jobs.reaper.intake import put_right
from kring.web.schedule import CHORES

log = logging.getLogger(__name__)

PAUSE = 1.0  # seconds between two looks at the clock
GRACE = 2.0  # seconds that a chore gets to end by itself
A_LOOK = 15.0  # seconds between two looks at who lives


class Stopped(BaseException):
    """Told to stop, while a chore would not end."""


class Command(BaseCommand):
    """Run by `./kring serve` and `./kring demo` beside the worker. Two of them do every chore once."""

    help = "Doet steeds opnieuw wat Kring vanzelf doet: post, opruimen, het logboek vastleggen. Stopt met SIGTERM."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--beat", type=float, default=EVERY, help="seconden tussen twee levenstekens")
        parser.add_argument("--look", type=float, default=A_LOOK, help="seconden tussen twee keer kijken wie er leeft")
        parser.add_argument("--pause", type=float, default=PAUSE, help="seconden tussen twee keer op de klok kijken")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        told = told_to_stop()
        try:
            keep({chore.name: chore for chore in CHORES}, told, **{name: options[name] for name in ("beat", "look", "pause")})
        except Stopped:
            return


def told_to_stop() -> Told:
    """Set at SIGTERM or Ctrl-C; when a chore goes on all the same, it is broken off in the middle, and its transaction with it."""
    told = Told()

    def stop(_number: int, _frame: FrameType | None) -> None:
        told.set()
        signal.setitimer(signal.ITIMER_REAL, GRACE)

    def break_off(_number: int, _frame: FrameType | None) -> None:
        raise Stopped

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    signal.signal(signal.SIGALRM, break_off)
    return told


def keep(chores: dict[str, Chore], told: Told, *, beat: float, look: float, pause: float) -> None:
    """Until told to stop. A database that is away for a while ends nothing."""
    rows.list_chores({chore.name: chore.every for chore in chores.values()})
    with beating(Beat.Kind.SCHEDULE, every=beat) as me:
        watch, looked_at = Watch(), time.monotonic()
        while not told.wait(pause):
            try:
                if time.monotonic() - looked_at >= look:
                    looked_at = time.monotonic()
                    if watch.look():  # at once what they were at: a person waits for it
                        put_right(at=timezone.now())
                _turn(chores, me, told)
            except (DatabaseError, InterfaceError) as away:
                log.error("the schedule waits for the database (%s)", type(away).__name__)  # noqa: TRY400 (its words quote)
                connection.close()
    signal.setitimer(signal.ITIMER_REAL, 0)


def _turn(chores: dict[str, Chore], me: UUID, told: Told) -> None:
    """One chore at a time, so that being told to stop is noticed between two of them."""
    close_old_connections()
    for name in rows.due(at=timezone.now()):
        if told.is_set():
            return
        if name in chores:
            take_turn(chores[name], me, at=timezone.now())
