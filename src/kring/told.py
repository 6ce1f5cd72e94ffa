"""Being told to stop, by a signal.

A `threading.Event` is no good for it: the signal may fall while the same thread is inside `wait` and holds the lock that `set`
asks for, and then both wait for ever. A `SimpleQueue` may be put into from anywhere.
"""

from dataclasses import dataclass, field
from queue import Empty, SimpleQueue


@dataclass(eq=False, slots=True)
class Told:
    _said: SimpleQueue[None] = field(default_factory=SimpleQueue)

    def set(self) -> None:
        self._said.put(None)

    def is_set(self) -> bool:
        return not self._said.empty()

    def wait(self, seconds: float) -> bool:
        """Whether it was told, within so many seconds; once told, it stays so."""
        try:
            self._said.get(timeout=seconds)
        except Empty:
            return False
        self.set()
        return True
