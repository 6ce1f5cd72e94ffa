"""A disk that loses its power. What was not flushed is dropped, comes in another order, or is written in part; what was flushed stays.

SQLite writes through it as through any other disk, with WAL in one process (`locking_mode=EXCLUSIVE`: APSW has no shared memory).
"""

from random import Random
from typing import Any

import apsw

SECTOR = 512


class Dark(Exception):
    """There is no power any more."""


class Stored:
    """One file: what a reader sees, what is on the disk for certain, and the writes in between."""

    def __init__(self, content: bytes = b"") -> None:
        self.seen, self.certain = bytearray(content), bytearray(content)
        self.pending: list[tuple[int, bytes]] = []

    def write(self, data: bytes, at: int) -> None:
        put(self.seen, data, at)
        self.pending.append((at, data))

    def truncate(self, size: int) -> None:
        del self.seen[size:]
        self.flush()  # a disk that forgets a truncation is no other case than one that forgets the writes after it

    def flush(self) -> None:
        self.certain, self.pending = bytearray(self.seen), []

    def after_the_cut(self, chance: Random) -> bytes:
        """Of what was not flushed: each sector may be there or not, whatever was written first."""
        left = bytearray(self.certain)
        sectors = [piece for write in self.pending for piece in in_sectors(*write)]
        share = chance.choice((0.0, 0.2, 0.5, 0.8, 1.0))
        kept = [piece for piece in sectors if chance.random() < share]
        if chance.random() < 0.5:
            chance.shuffle(kept)
        for at, data in kept:
            put(left, torn(data, chance), at)
        return bytes(left)


def put(content: bytearray, data: bytes, at: int) -> None:
    if len(content) < at:
        content.extend(bytes(at - len(content)))
    content[at : at + len(data)] = data


def in_sectors(at: int, data: bytes) -> list[tuple[int, bytes]]:
    first = SECTOR - at % SECTOR
    starts = [0, *range(first, len(data), SECTOR)]
    return [(at + start, data[start:end]) for start, end in zip(starts, [*starts[1:], len(data)])]


def torn(data: bytes, chance: Random) -> bytes:
    """Now and then only the beginning of a sector."""
    return data[: chance.randrange(len(data) + 1)] if chance.random() < 0.05 else data


class Disk(apsw.VFS):
    """All files, until the power goes at the moment `until` (counted in writes and flushes)."""

    def __init__(self, name: str, files: dict[str, bytes] | None = None, *, until: int | None = None) -> None:
        self.files = {path: Stored(content) for path, content in (files or {}).items()}
        self.until, self.moments, self.is_dark, self.vfs_name = until, 0, False, name
        super().__init__(name, "")

    def moment(self) -> None:
        """Something reaches the disk; or it does not, because the power goes first."""
        self.moments += 1
        if self.is_dark or (self.until is not None and self.moments > self.until):
            self.is_dark = True
            raise Dark

    def light(self) -> None:
        """From now on everything goes well again."""
        self.until, self.is_dark = None, False

    def after_the_cut(self, chance: Random) -> dict[str, bytes]:
        return {path: stored.after_the_cut(chance) for path, stored in self.files.items()}

    def content(self) -> dict[str, bytes]:
        return {path: bytes(stored.seen) for path, stored in self.files.items()}

    def xOpen(self, name: Any, flags: list[int]) -> "Opened":  # noqa: N802
        path = name.filename() if isinstance(name, apsw.URIFilename) else name or f"nameless {len(self.files)}"
        flags[1] = flags[0]
        return Opened(self, self.files.setdefault(path, Stored()))

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: ARG002, N802
        self.moment()
        self.files.pop(filename, None)

    def xAccess(self, pathname: str, flags: int) -> bool:  # noqa: ARG002, N802
        return pathname in self.files

    def xFullPathname(self, name: str) -> str:  # noqa: N802
        return name


class Opened(apsw.VFSFile):
    """An open file."""

    def __init__(self, disk: Disk, stored: Stored) -> None:  # there is no file beneath it
        self.disk, self.stored = disk, stored

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        return bytes(self.stored.seen[offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self.disk.moment()
        self.stored.write(bytes(data), offset)

    def xSync(self, flags: int) -> None:  # noqa: ARG002, N802
        self.disk.moment()
        self.stored.flush()

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        self.disk.moment()
        self.stored.truncate(newsize)

    def xFileSize(self) -> int:  # noqa: N802
        return len(self.stored.seen)

    def xDeviceCharacteristics(self) -> int:  # noqa: N802
        """What SQLite supposes of a disk on Unix: a write does not harm what stands beside it."""
        return apsw.SQLITE_IOCAP_POWERSAFE_OVERWRITE

    def xSectorSize(self) -> int:  # noqa: N802
        return 4096

    def xClose(self) -> None:  # noqa: N802
        """The file stays on the disk."""

    def xLock(self, level: int) -> None:  # noqa: N802
        """There is one process."""

    def xUnlock(self, level: int) -> None:  # noqa: N802
        """There is one process."""

    def xCheckReservedLock(self) -> bool:  # noqa: N802
        return False

    def xFileControl(self, op: int, ptr: int) -> bool:  # noqa: ARG002, N802
        return False
