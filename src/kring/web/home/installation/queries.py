"""How the installation is doing: what the database really does, the room on disk, the work that waits. Nothing about a pupil."""

import shutil
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.db import connection
from django.db.models import Count
from django_tasks_db.models import DBTaskResult

GIGABYTE = 10**9
LEAST_ROOM = 5.0  # gigabytes; below it the administrator is warned
FLUSHES = {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}


@dataclass(frozen=True, slots=True)
class Database:
    """What the database says of itself: how it keeps a journal, and whether an answer is on disk before it counts."""

    name: str
    journal: str
    flush: str
    is_safe: bool


@dataclass(frozen=True, slots=True)
class Installation:
    """The state of the machine and the program."""

    version: str
    database: Database
    free_gigabytes: float
    total_gigabytes: float
    tasks: Mapping[str, int]

    @property
    def has_room(self) -> bool:
        return self.free_gigabytes >= LEAST_ROOM

    @property
    def waiting(self) -> int:
        return self.tasks.get("READY", 0)

    @property
    def failed(self) -> int:
        return self.tasks.get("FAILED", 0)


def installation() -> Installation:
    """Read back, not remembered."""
    disk = shutil.disk_usage(settings.DATA)
    tasks = dict(DBTaskResult.objects.order_by().values_list("status").annotate(n=Count("pk")))
    database = _sqlite() if connection.vendor == "sqlite" else _postgresql()
    return Installation(version(), database, disk.free / GIGABYTE, disk.total / GIGABYTE, tasks)


@cache
def version() -> str:
    """Of Kring, as it stands beside the code."""
    return str(tomllib.loads((settings.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def _sqlite() -> Database:
    release, journal, flush = (_told(f"SELECT {what}") for what in ("sqlite_version()", *_PRAGMAS))
    is_safe = str(journal) in {"wal", "memory"} and flush == 2  # memory: a database of tests
    return Database(f"SQLite {release}", str(journal).upper(), FLUSHES[int(str(flush))], is_safe)


_PRAGMAS = ("journal_mode FROM pragma_journal_mode", "synchronous FROM pragma_synchronous")


def _postgresql() -> Database:
    release, fsync, commit = (str(_told(f"SHOW {what}")) for what in ("server_version", "fsync", "synchronous_commit"))
    return Database(f"PostgreSQL {release}", f"fsync {fsync}", f"synchronous_commit {commit}", fsync == "on" and commit == "on")


def _told(question: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question)
        told: object = cursor.fetchone()[0]
    return told
