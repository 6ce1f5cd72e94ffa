"""How the installation is doing: what the database really does, the room on disk, the clocks. Nothing about a pupil."""

import shutil
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from kring.web import schema
from kring.web.jobs.models import Beat
from kring.web.jobs.queries import ChoreLine, Queue, at_work, chore_lines, queue
from kring.web.mail.queries import MailState, mail_state
from kring.web.oversight.anchors import AnchorState
from kring.web.oversight.anchors import state as anchor_state
from kring.web.schema import Schema
from kring.web.wall import rights_beyond_rows

GIGABYTE = 10**9
LEAST_ROOM = 5.0  # gigabytes; below it the administrator is warned
LEAST_SHARE = 0.05  # of the disk; below it, and below that many gigabytes, a proxy is told so
SLOW = 1.0  # seconds within which the database answers
CLOCK_DIFFERS = 5.0  # seconds
FLUSHES = {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}
KINDS = frozenset(kind.value for kind in Beat.Kind)


@dataclass(frozen=True, slots=True)
class Database:
    """What the database says of itself: how it keeps a journal, and whether an answer is on disk before it counts."""

    name: str
    journal: str
    flush: str
    is_safe: bool
    looks_beyond_rows: bool = False  # on PostgreSQL: the role owns the tables, or more
    schema: Schema = Schema.OURS


@dataclass(frozen=True, slots=True)
class Room:
    """On the disk that holds the data."""

    free_gigabytes: float
    total_gigabytes: float

    @property
    def is_enough(self) -> bool:
        return self.free_gigabytes >= LEAST_ROOM

    @property
    def is_nearly_gone(self) -> bool:
        return self.free_gigabytes < min(LEAST_ROOM, LEAST_SHARE * self.total_gigabytes)


@dataclass(frozen=True, slots=True)
class Installation:
    """The state of the machine and the program."""

    version: str
    database: Database
    room: Room
    clock_differs: int  # seconds between the clock of the server and that of the database
    works: frozenset[str]  # the kinds of processes that called a moment ago
    queue: Queue
    chores: tuple[ChoreLine, ...]
    mail: MailState
    anchors: AnchorState
    backed_up_at: datetime | None

    @property
    def worker_is_gone(self) -> bool:
        return Beat.Kind.WORKER.value not in self.works

    @property
    def schedule_is_gone(self) -> bool:
        return Beat.Kind.SCHEDULE.value not in self.works


def installation(*, at: datetime) -> Installation:
    """Read back, not remembered."""
    return Installation(
        version=version(),
        database=_sqlite() if connection.vendor == "sqlite" else _postgresql(),
        room=room(),
        clock_differs=_clock_differs(),
        works=at_work(at=at),
        queue=queue(at=at),
        chores=tuple(chore_lines(at=at)),
        mail=mail_state(at=at),
        anchors=anchor_state(at=at),
        backed_up_at=_backed_up_at(),
    )


def room() -> Room:
    disk = shutil.disk_usage(settings.DATA)
    return Room(disk.free / GIGABYTE, disk.total / GIGABYTE)


@cache
def version() -> str:
    """Of Kring, as it stands beside the code."""
    return str(tomllib.loads((settings.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def _sqlite() -> Database:
    release, journal, flush = (_told(f"SELECT {what}") for what in ("sqlite_version()", *_PRAGMAS))
    is_safe = str(journal) in {"wal", "memory"} and flush == 2  # memory: a database of tests
    return Database(f"SQLite {release}", str(journal).upper(), FLUSHES[int(str(flush))], is_safe, schema=schema.state())


_PRAGMAS = ("journal_mode FROM pragma_journal_mode", "synchronous FROM pragma_synchronous")


def _postgresql() -> Database:
    release, fsync, commit = (str(_told(f"SHOW {what}")) for what in ("server_version", "fsync", "synchronous_commit"))
    safe, beyond = fsync == "on" and commit == "on", bool(rights_beyond_rows())
    return Database(f"PostgreSQL {release}", f"fsync {fsync}", f"synchronous_commit {commit}", safe, beyond, schema.state())


def _clock_differs() -> int:
    """SQLite has no clock of its own."""
    if connection.vendor == "sqlite":
        return 0
    theirs = _told("SELECT clock_timestamp()")
    assert isinstance(theirs, datetime)
    difference = abs((timezone.now() - theirs).total_seconds())
    return round(difference) if difference > CLOCK_DIFFERS else 0


def _backed_up_at() -> datetime | None:
    """The newest copy that Kring made beside its data; one that the server makes by other means is not known here."""
    made = [path.stat().st_mtime for path in (Path(settings.DATA) / "backups").glob("*")]
    return datetime.fromtimestamp(max(made), UTC) if made else None


def _told(question: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question)
        told: object = cursor.fetchone()[0]
    return told


# ---- for a proxy and for who watches from outside ---------------------------------------------------------------


def is_ready(*, at: datetime) -> bool:
    """Whether Kring can do its work: database, tables, worker, schedule, room. Cheap, and telling nothing more than this."""
    start = time.monotonic()
    try:
        with _in_time():
            well = not _migrations_to_come() and at_work(at=at) == KINDS
    except (DatabaseError, InterfaceError):
        return False
    return well and time.monotonic() - start < SLOW and not room().is_nearly_gone


@contextmanager
def _in_time() -> Iterator[None]:
    """On PostgreSQL a question that takes too long is broken off; SQLite reads without waiting for anybody."""
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(round(SLOW * 1000))])
        yield


@cache
def _expected() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def _migrations_to_come() -> bool:
    return bool(_expected() - set(MigrationRecorder(connection).applied_migrations()))
