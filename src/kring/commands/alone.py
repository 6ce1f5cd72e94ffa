"""One server, or one upgrade, per data folder. The file with the lock tells whoever comes second what is running."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyRunning(Exception):
    """What holds this data folder is the argument."""


@contextmanager
def alone(folder: Path, what: str) -> Iterator[None]:
    """The lock goes when we go, however we go."""
    with (folder / "running").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning((folder / "running").read_text() or "Kring") from None
        lock.truncate(0)
        lock.write(f"{what} (proces {os.getpid()})")
        lock.flush()
        yield
