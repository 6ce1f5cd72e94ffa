"""The statements of the save route on a disk that loses its power: after each cut the database is as it was after a commit that returned,
or after the one that was on its way; nothing acknowledged is lost, and no transaction stands there by half.
"""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from itertools import chain
from random import Random

import apsw

from tests.reliability.power import Dark, Disk

BASE = "kring.sqlite3"
TABLES = ("kring_filling", "kring_answer")
ALONE = "PRAGMA locking_mode=EXCLUSIVE"
ROOM = (1000, 30)  # pages in the log before they are brought over: as SQLite does, and often
State = tuple[tuple[object, ...], ...]
Transactions = Sequence[Sequence[str]]


def opened(disk: Disk, pragmas: str) -> apsw.Connection:
    base = apsw.Connection(BASE, vfs=disk.vfs_name)
    base.execute(f"{ALONE}; {pragmas}").fetchall()
    return base


def state(base: apsw.Connection) -> State:
    return tuple(chain.from_iterable(base.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in TABLES))  # noqa: S608


class Cuts:
    """The same work again and again, each time with a cut somewhere else."""

    def __init__(self, before: bytes, work: Transactions, pragmas: str) -> None:
        self.before, self.work, self.pragmas = before, work, pragmas
        self.found: Counter[str] = Counter()
        disk = Disk("whole", {BASE: before})
        base = opened(disk, pragmas)
        self.states = [state(base)]
        for transaction in work:
            done(base, transaction)
            self.states.append(state(base))
        base.close()
        self.moments = disk.moments

    def cut(self, seed: int) -> None:
        chance = Random(seed)
        disk = Disk("cut", {BASE: self.before}, until=chance.randint(5, self.moments))
        base = opened(disk, "")
        acknowledged = self.worked_until_dark(base, f"{self.pragmas} PRAGMA wal_autocheckpoint={chance.choice(ROOM)};")
        left = disk.after_the_cut(chance)
        disk.light()  # for SQLite, which tidies up; nobody looks at it any more
        base.close()
        self.judge(Disk("after", left), acknowledged)

    def worked_until_dark(self, base: apsw.Connection, pragmas: str) -> int:
        """How many transactions were acknowledged."""
        count = 0
        with suppress(Dark, apsw.Error):
            base.execute(pragmas).fetchall()
            for transaction in self.work:
                done(base, transaction)
                count += 1
        return count

    def judge(self, disk: Disk, acknowledged: int) -> None:
        self.found["cuts"] += 1
        self.found["acknowledged"] += acknowledged
        try:
            base = opened(disk, "")
            sound = base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            left = state(base) if sound else ()
            base.close()
        except apsw.Error:
            sound, left = False, ()
        self.found["corrupt"] += not sound
        self.found["half"] += sound and left not in self.states
        self.found["lost"] += sound and left in self.states[:acknowledged]


def done(base: apsw.Connection, transaction: Sequence[str]) -> None:
    for statement in transaction:
        base.execute(statement).fetchall()
