"""One writer per process: many small works become one transaction, and each caller waits until it is on disk.

On two workers a commit of its own for every reading makes them wait for one another; together they cost one flush. What is written
here is acknowledged: when `write` comes back, it is kept. Inside a transaction the work joins that transaction instead.
"""

import atexit
import os
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

from django.db import DatabaseError, close_old_connections, connection, transaction

Result = TypeVar("Result")

LARGEST = 200  # works in one transaction
PATIENCE = 10.0  # seconds that a caller waits for the disk


class NotWritten(Exception):
    """It is not on disk: the database did not take it, or not in time. Nothing may be shown or acknowledged that stands on it."""


class Order(Generic[Result]):
    """One work and what became of it. `of` keeps the works of one school together, so that two writers never wait for each other."""

    def __init__(self, work: Callable[[], Result], of: str) -> None:
        self.work, self.of = work, of
        self.done = threading.Event()
        self.given_up = False
        self.broken: BaseException | None = None
        self.results: list[Result] = []

    def run(self) -> None:
        """In a savepoint: what breaks takes nothing of the others along."""
        if self.given_up:
            return
        try:
            with transaction.atomic():
                self.results = [self.work()]
        except Exception as broken:  # noqa: BLE001 (whatever it is goes to its caller)
            self.broken = broken

    def outcome(self, patience: float) -> Result:
        if not self.done.wait(patience):
            self.given_up = True
            raise NotWritten
        if self.broken is not None:
            raise self.broken
        return self.results[0]


class Writer:
    """A queue and the thread that empties it."""

    def __init__(self) -> None:
        self.orders: SimpleQueue[Order[object] | None] = SimpleQueue()
        self.thread: threading.Thread | None = None
        self.starting = threading.Lock()

    def take(self, order: "Order[Result]", *, patience: float = PATIENCE) -> Result:
        with self.starting:
            if self.thread is None or not self.thread.is_alive():
                self.thread = threading.Thread(target=self._run, name="kring writer", daemon=True)
                self.thread.start()
        self.orders.put(order)  # type: ignore[arg-type]
        return order.outcome(patience)

    def stop(self) -> None:
        """Finish what waits and end."""
        if self.thread is not None and self.thread.is_alive():
            self.orders.put(None)
            self.thread.join(PATIENCE)

    def _run(self) -> None:
        running = True
        while running:
            waiting = self._waiting()
            orders = [order for order in waiting if order is not None]
            running = len(orders) == len(waiting)
            _commit(orders)
        connection.close()

    def _waiting(self) -> list[Order[object] | None]:
        """Whatever is there; the next one when there is nothing."""
        found = [self.orders.get()]
        try:
            while len(found) < LARGEST and found[-1] is not None:
                found.append(self.orders.get_nowait())
        except Empty:
            pass
        return found


def _commit(orders: list[Order[object]]) -> None:
    """All of them in one transaction; when that does not hold, none of them is kept, and all callers hear it."""
    try:
        close_old_connections()
        with transaction.atomic():
            for order in sorted(orders, key=lambda order: order.of):
                order.run()
            kept = not transaction.get_rollback()
    except Exception:  # noqa: BLE001 (the callers hear it; the thread must go on)
        kept = False
    for order in orders:
        if not kept:
            order.broken = NotWritten()
        order.done.set()


_writer = Writer()


def write(work: Callable[[], Result], *, of: str = "") -> Result:
    """Do this work and come back when it is on disk. Raises what the work raises, and NotWritten: also for what the database refuses."""
    if connection.in_atomic_block:
        return work()
    try:
        return _writer.take(Order(work, of))
    except DatabaseError as broken:
        raise NotWritten from broken


def stop() -> None:
    """At the end of the process, and of a test that wrote outside a transaction."""
    _writer.stop()


def _after_fork() -> None:
    """A child has no thread of its parent, and must not take the parent's queue."""
    global _writer  # noqa: PLW0603
    _writer = Writer()


os.register_at_fork(after_in_child=_after_fork)
atexit.register(stop)
