"""One transaction at a time per process: whoever comes while another one commits, is taken along in the next.

A caller who is alone writes at once, in its own thread. Under load the works that wait become one transaction, made by the caller who
waited longest: two workers that commit for every reading apart wait for one another, together they cost one flush. What is written here
is acknowledged: when `write` comes back, it is kept. Inside a transaction the work joins that transaction instead.
"""

import errno
import fcntl
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Generic, TypeVar

from django.db import DatabaseError, connection, transaction

Result = TypeVar("Result")

LARGEST = 200  # works in one transaction
PATIENCE = 10.0  # seconds that a caller waits for whoever commits


class NotWritten(Exception):
    """It is not on disk: the database did not take it, or not in time. Nothing may be shown or acknowledged that stands on it."""


SQLITE_FULL, POSTGRESQL_FULL = 13, "53100"


def is_full(broken: BaseException | None) -> bool:
    """Whether this came of a disk, or a database, without room."""
    for one in _chain(broken):
        if isinstance(one, OSError) and one.errno in {errno.ENOSPC, errno.EDQUOT}:
            return True
        if getattr(one, "sqlite_errorcode", None) == SQLITE_FULL or getattr(one, "sqlstate", None) == POSTGRESQL_FULL:
            return True
        if "database or disk is full" in str(one):
            return True
    return False


def _chain(broken: BaseException | None) -> Iterator[BaseException]:
    seen: list[BaseException] = []
    while broken is not None and broken not in seen:
        seen.append(broken)
        yield broken
        broken = broken.__cause__ or broken.__context__


class Order(Generic[Result]):
    """One work and what became of it. `of` keeps the works of one school together, so that two writers never wait for each other."""

    def __init__(self, work: Callable[[], Result], of: str) -> None:
        self.work, self.of = work, of
        self.woken = threading.Event()
        self.leads = False
        self.given_up = False
        self.is_kept = False
        self.broken: Exception | None = None
        self.results: list[Result] = []

    def run(self, *, alone: bool) -> None:
        """With others in a savepoint: what breaks takes nothing of theirs along."""
        if self.given_up:
            return
        try:
            with transaction.atomic(savepoint=not alone):
                self.results = [self.work()]
        except Exception as broken:  # noqa: BLE001 (whatever it is goes to its caller)
            self.broken = broken

    def outcome(self) -> Result:
        if self.given_up or isinstance(self.broken, DatabaseError):
            raise NotWritten from self.broken
        if self.broken is not None:
            raise self.broken
        if not self.is_kept:
            raise NotWritten
        return self.results[0]


class Writer:
    """Who commits now, and who waits. `commit` puts what waits on disk and tells each order how that went."""

    def __init__(self, commit: "Callable[[list[Order[Any]]], None] | None" = None) -> None:
        self.commit = commit
        self.door = threading.Lock()  # held for a moment, never while the database is asked
        self.waiting: list[Order[object]] = []
        self.is_busy = False

    def take(self, order: "Order[Result]", *, patience: float = PATIENCE) -> Result:
        with self.door:
            self.waiting.append(order)  # type: ignore[arg-type]
            order.leads = not self.is_busy
            self.is_busy = True
        if order.leads or self._comes_to_lead(order, patience):
            self._lead()
        return order.outcome()

    def _comes_to_lead(self, order: "Order[Result]", patience: float) -> bool:
        """Wait until it is done, or until it is this one's turn."""
        order.woken.wait(patience)
        with self.door:
            order.given_up = not order.woken.is_set()
            if order.given_up and order in self.waiting:
                self.waiting.remove(order)  # type: ignore[arg-type]
        return order.leads

    def _lead(self) -> None:
        """Commit what waits, oneself first, and leave the rest to the next."""
        with self.door:
            orders, self.waiting = self.waiting[:LARGEST], self.waiting[LARGEST:]
        try:
            (self.commit or _commit)(orders)
        finally:
            self._hand_over()
            for order in orders:
                order.woken.set()

    def _hand_over(self) -> None:
        with self.door:
            self.is_busy = bool(self.waiting)
            if self.waiting:
                self.waiting[0].leads = True
                self.waiting[0].woken.set()


@contextmanager
def in_line() -> Iterator[None]:
    """One transaction, after those of other processes that stood in line before. SQLite itself lets whoever waits try now and then, and
    under load one process can go on trying for seconds; the kernel keeps a line."""
    if connection.vendor != "sqlite" or connection.is_in_memory_db():  # type: ignore[attr-defined]
        with transaction.atomic():
            yield
        return
    with Path(f"{connection.settings_dict['NAME']}-line").open("ab") as line:
        fcntl.flock(line, fcntl.LOCK_EX)  # goes when the file is closed, or the process ends
        with transaction.atomic():
            yield


def _commit(orders: list[Order[object]]) -> None:
    """All of them in one transaction; when that does not hold, none of them is kept. The database itself says how long it waits."""
    try:
        with in_line():
            for order in sorted(orders, key=lambda order: order.of):
                order.run(alone=len(orders) == 1)
            kept = not transaction.get_rollback()
    except Exception as broken:  # noqa: BLE001 (the callers hear it)
        kept = False
        _tell_all(orders, broken)
    for order in orders:
        order.is_kept = kept


def _tell_all(orders: list[Order[object]], broken: Exception) -> None:
    """What broke while committing, of whoever it was: the page says whether the disk is full."""
    for order in orders:
        if order.broken is None and isinstance(broken, DatabaseError):
            order.broken = broken


_writer = Writer()


def write(work: Callable[[], Result], *, of: str = "") -> Result:
    """Do this work and come back when it is on disk. Raises what the work raises, and NotWritten: also for what the database refuses."""
    if connection.in_atomic_block:
        return work()
    return _writer.take(Order(work, of))


def _after_fork() -> None:
    """A child has none of the threads that wait in its parent."""
    global _writer  # noqa: PLW0603
    _writer = Writer()


os.register_at_fork(after_in_child=_after_fork)
