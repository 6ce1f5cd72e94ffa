"""What a page waits for before it is sent: its reading on disk in the chain of its school, alone and while many come at once.

Beside it the same reading in a transaction of its own: alone the writer may take no more time than that, and together much less.
"""

import os
import statistics
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from kring.commands.bench import Measured, Peer, one_time

if TYPE_CHECKING:
    from uuid import UUID

ALONE, TOGETHER = 5.0, 2.0  # milliseconds
TIMES = 400
THREADS, EACH, CROWDS = 16, 20, 5
NO_SLOWER, MUCH_FASTER = 1.15, 0.6  # times the same reading in a transaction of its own


def measure() -> Iterator[Measured]:
    """Django stays set up on the folder that is thrown away, which no other benchmark uses."""
    with tempfile.TemporaryDirectory() as folder:
        school = begin(Path(folder))
        ways = [lambda: written(school), lambda: in_its_own_transaction(school)]
        together, apart = in_turns(ways)
        yield measured("one reading written, alone", together, apart, goal=ALONE, at_most=NO_SLOWER)
        together, apart = (at_once(way) for way in ways)
        yield measured(f"one reading written, of {THREADS} at once", together, apart, goal=TOGETHER, at_most=MUCH_FASTER)
        close()


def begin(folder: Path) -> "UUID":
    os.environ.update(DJANGO_SETTINGS_MODULE="kring.settings", KRING_MODE="test", KRING_DATA=str(folder), KRING_DATABASE="")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    from kring.web.models import Board, School

    return School.objects.create(board=Board.objects.create(name="Board"), name="School", type=School.Type.PRIMARY).pk


def close() -> None:
    from django.db import connections

    connections.close_all()


def reading(school: "UUID") -> None:
    from django.utils import timezone

    from kring.web.audit.intake import append
    from kring.web.audit.models import Entry

    append(school, [Entry(at=timezone.now(), name="page.read", outcome="done")])


def written(school: "UUID") -> None:
    from kring.web.writer import write

    write(lambda: reading(school), of=str(school))


def in_its_own_transaction(school: "UUID") -> None:
    from django.db import transaction

    with transaction.atomic():
        reading(school)


def in_turns(ways: list[Callable[[], None]]) -> list[tuple[float, ...]]:
    """One after the other, so that a busy moment of the disk hits both."""
    runs = [[one_time(way) for way in ways] for _ in range(TIMES)]
    return [tuple(run[place] for run in runs) for place in range(len(ways))]


def at_once(way: Callable[[], None]) -> tuple[float, ...]:
    """Milliseconds per reading, when many come together and come back; without the writer they wait for one another, some for seconds."""
    return tuple(one_time(lambda: crowd(way)) / (THREADS * EACH) for _ in range(CROWDS))


def crowd(way: Callable[[], None]) -> None:
    with ThreadPoolExecutor(THREADS) as threads:
        for running in [threads.submit(visits, way) for _ in range(THREADS)]:
            running.result()


def visits(way: Callable[[], None]) -> None:
    try:
        for _ in range(EACH):
            way()
    finally:
        close()


def measured(what: str, together: tuple[float, ...], apart: tuple[float, ...], *, goal: float, at_most: float) -> Measured:
    return Measured(what, together, goal, peers=(Peer("in a transaction of its own", statistics.median(apart), at_most),))
