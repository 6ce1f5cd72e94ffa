"""Who sends senselessly much waits until the minute is over. Nothing is lost by that: a screen keeps what it could not send and comes back.

Each process counts by itself, per ticket. An address is a school, and is never shut: it is counted only for what was sealed, of which each
piece costs the server something before it knows whose it is.
"""

from collections.abc import Hashable
from datetime import datetime
from threading import Lock
from typing import Final

MINUTE: Final = 60
OF_A_TICKET: Final = 6_000  # requests a minute: a hand gives three answers a second at most, an outbox some tens, a loop thousands
OF_AN_ADDRESS: Final = 20_000  # sealed pieces a minute: 600 children who were all without a connection for a whole list


class Often:
    """So many a minute of each key; of the minute before nothing is known any more."""

    def __init__(self, most: int) -> None:
        self.most, self._lock = most, Lock()
        self._minute, self._counts = 0, dict[Hashable, int]()

    def too_often(self, key: Hashable, *, n: int = 1, at: datetime) -> int:
        """In how many seconds this key may come again; nothing when it may now."""
        minute, into = divmod(int(at.timestamp()), MINUTE)
        with self._lock:
            if minute != self._minute:
                self._minute, self._counts = minute, {}
            count = self._counts[key] = self._counts.get(key, 0) + n
        return MINUTE - into if count > self.most else 0


tickets = Often(OF_A_TICKET)
addresses = Often(OF_AN_ADDRESS)
