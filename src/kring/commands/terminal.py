"""What `./kring` says on the terminal: plain lines, at once, on the error channel when they are only about progress."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


def say(text: str = "") -> None:
    print(text, file=sys.stderr, flush=True)


@contextmanager
def timed(title: str) -> Iterator[None]:
    """Announce a step, then say how long it took."""
    start = time.monotonic()
    print(f"{title} … ", end="", file=sys.stderr, flush=True)
    yield
    say(f"{time.monotonic() - start:.1f} s")
