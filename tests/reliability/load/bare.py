"""The ceiling: the smallest programs under the same server. `answering` says 200; `inserting` keeps what came, many at a time."""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterable
from typing import Any

Start = Callable[[str, list[tuple[str, str]]], object]
KEPT = b'{"kept":1}'
HEADERS = [("Content-Type", "application/json"), ("Content-Length", str(len(KEPT)))]


def answering(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """Reads what came, and says that it is kept."""
    environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    start("200 OK", HEADERS)
    return [KEPT]


class Batches:
    """Whoever comes while another one commits is taken along in the next."""

    def __init__(self) -> None:
        self.base = sqlite3.connect(os.environ["BARE_DATABASE"], isolation_level=None, check_same_thread=False, timeout=20)
        self.base.execute("PRAGMA journal_mode=WAL")
        self.base.execute("PRAGMA synchronous=FULL")
        self.base.execute("CREATE TABLE IF NOT EXISTS kept (body BLOB)")
        self.turn, self.door = threading.Lock(), threading.Lock()
        self.waiting: list[tuple[bytes, threading.Event]] = []

    def keep(self, body: bytes) -> None:
        mine = threading.Event()
        with self.door:
            self.waiting.append((body, mine))
        with self.turn:
            if not mine.is_set():
                self.commit()

    def commit(self) -> None:
        with self.door:
            batch, self.waiting = self.waiting, []
        self.base.execute("BEGIN IMMEDIATE")
        self.base.executemany("INSERT INTO kept VALUES (?)", [(body,) for body, _ in batch])
        self.base.execute("COMMIT")
        for _, kept in batch:
            kept.set()


batches: list[Batches] = []
door = threading.Lock()


def inserting(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """Says that it is kept when it is on disk."""
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    with door:
        if not batches:
            batches.append(Batches())
    batches[0].keep(body)
    start("200 OK", HEADERS)
    return [KEPT]
