"""The threads of a server that stands in the network by itself, without a proxy that waits for slow clients (`trial`, `demo`).

A thread is for whoever has asked. Who has not said a word waits without one; who is slow with a request keeps one only when few others do,
and not for long. What is cut off is sent again by a screen of ours.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import Any, Final

from gunicorn.workers import gthread  # type: ignore[import-untyped]

GRACE: Final = 1.0  # seconds that every request has to come in
SLOW: Final = 4  # so many of a worker may take longer
LONGEST: Final = 20.0  # seconds, and more for what is large:
SLOWEST: Final = 50_000  # bytes a second
IN_MEMORY: Final = 100_000
LARGEST: Final = 42_000_000  # what is larger is refused before it is read (settings.BODY_LIMIT)
LOOKS: Final = 0.25  # seconds


class Watch:
    """Over the requests that are coming in: since when, and how long they may take."""

    def __init__(self, *, cut: Callable[[Any], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._cut, self._clock, self._lock = cut, clock, threading.Lock()
        self._coming: dict[Any, float] = {}
        self._slow: dict[Any, float] = {}  # until when

    @contextmanager
    def over(self, connection: Any) -> Iterator[None]:
        """From its first byte, until it is in or is answered."""
        with self._lock:
            self._coming[connection] = self._clock()
        try:
            yield
        finally:
            self.is_in(connection)

    def is_in(self, connection: Any) -> None:
        """The rest takes as long as it takes."""
        with self._lock:
            self._coming.pop(connection, None)
            self._slow.pop(connection, None)

    def allow(self, connection: Any, size: int) -> None:
        """It says how large it is."""
        with self._lock:
            if connection in self._slow:
                self._slow[connection] += size / SLOWEST

    def look(self) -> None:
        """Who is slow goes on in one of the few places for that, or is cut off."""
        now = self._clock()
        with self._lock:
            for connection, since in list(self._coming.items()):
                if connection not in self._slow and now - since > GRACE and len(self._slow) < SLOW:
                    self._slow[connection] = since + LONGEST
                if now > self._slow.get(connection, since + GRACE):
                    del self._coming[connection]
                    self._slow.pop(connection, None)
                    self._cut(connection)

    def look_always(self) -> None:
        """For a thread of its own."""
        while True:
            time.sleep(LOOKS)
            self.look()


def cut(connection: Any) -> None:
    """Nothing more is read of it; of a socket with TLS only the way in is shut, not the talk itself."""
    try:
        socket.socket.shutdown(connection.sock, socket.SHUT_RD)
    except OSError:
        return


class PatientWorker(gthread.ThreadWorker):  # type: ignore[misc]
    """Named by `--worker-class`."""

    def init_process(self) -> None:
        self.watch = Watch(cut=cut)
        threading.Thread(target=self.watch.look_always, name="watch", daemon=True).start()
        super().init_process()

    def handle(self, conn: Any) -> Any:
        """Who has not said a word waits without a thread."""
        if not conn.initialized and not conn.wait_for_data(0):
            return gthread._DEFER
        with self.watch.over(conn):
            return super().handle(conn)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """The whole request, before anybody begins on it."""
        size = length(req.headers)
        if 0 < size <= LARGEST:
            self.watch.allow(conn, size)
            req.body = read_whole(req.body)
            if req.body.seek(0, 2) < size:
                return False
            req.body.seek(0)
        self.watch.is_in(conn)
        return super().handle_request(req, conn)


def length(headers: list[tuple[str, str]]) -> int:
    """As the request says; none when it says none, or nonsense.

    >>> length([("HOST", "kring"), ("CONTENT-LENGTH", "12")]), length([]), length([("CONTENT-LENGTH", "+1")])
    (12, 0, 0)
    """
    told = next((value for name, value in headers if name.upper() == "CONTENT-LENGTH"), "0")
    return int(told) if told.isdecimal() and len(told) < 20 else 0


def read_whole(body: Any) -> SpooledTemporaryFile[bytes]:
    """What is there of it."""
    kept: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (the answer is made of it)
    while part := body.read(64 * 1024):
        kept.write(part)
    return kept
