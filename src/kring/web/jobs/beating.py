"""A process that works beside the server calls again and again, so that others know that it lives."""

import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from uuid import UUID

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from kring.web.jobs import rows
from kring.web.jobs.models import Beat

EVERY = 10.0  # seconds
GIVEN_UP = 75  # the exit code of who was thought dead: another has its work, so it may not go on with it

log = logging.getLogger(__name__)


def _end() -> None:
    os._exit(GIVEN_UP)


@contextmanager
def beating(kind: Beat.Kind, *, every: float = EVERY, given_up: Callable[[], object] = _end) -> Iterator[UUID]:
    """Call from a thread of its own for as long as the work inside lasts."""
    me, over = rows.begin_beating(kind, at=timezone.now()), threading.Event()
    thread = threading.Thread(target=_call, args=(me, every, over, given_up), name="beat", daemon=True)
    thread.start()
    try:
        yield me
    finally:
        over.set()
        thread.join(every)
        with suppress(DatabaseError, InterfaceError):  # then the others find out by themselves
            rows.end_beating([me])


def _call(me: UUID, every: float, over: threading.Event, given_up: Callable[[], object]) -> None:
    count = 0
    while not over.wait(every):
        count += 1
        try:
            known = rows.beat(me, count, at=timezone.now())
        except (DatabaseError, InterfaceError):  # away for a moment; it will be back
            connection.close()
            continue
        if not known and not over.is_set():
            log.error("given up while alive: this process stops, for another has its work")
            given_up()
            break
    connection.close()
