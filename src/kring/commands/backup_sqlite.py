"""The database of a back-up, when it is SQLite: one file, copied by SQLite itself while it is whole."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

NAME = "kring.sqlite3"
TABLES = "select name from sqlite_master where type = 'table' and substr(name, 1, 7) <> 'sqlite_'"
BESIDE = ("-wal", "-shm", "-journal")


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """By the SQLite that Kring itself uses (see kring.settings). What it refuses, a full disk as well, is a matter of the disk."""
    sqlite: Any = import_module("pysqlite3" if find_spec("pysqlite3") else "sqlite3")
    try:
        with closing(sqlite.connect(path, timeout=20)) as database:
            yield database
    except sqlite.Error as refused:
        raise OSError(f"SQLite: {refused}.") from None


def others(settings: Mapping[str, str]) -> int:  # noqa: ARG001
    """A file is of one machine, and there the lock on the folder says it all."""
    return 0


def size(settings: Mapping[str, str], data: Path) -> int:  # noqa: ARG001
    return sum(path.stat().st_size for path in data.glob(f"{NAME}*"))


def counts(settings: Mapping[str, str], data: Path) -> dict[str, int]:  # noqa: ARG001
    return counted(data / NAME)


def counted(path: Path) -> dict[str, int]:
    with opened(path) as database:
        tables = [
            name
            for (name,) in database.execute("select name from sqlite_master where type = 'table' and name not like 'sqlite!_%' escape '!'")
        ]
        return {name: database.execute(f'select count(*) from "{name}"').fetchone()[0] for name in tables}  # noqa: S608 (names of our own tables)


def save(settings: Mapping[str, str], data: Path, into: Path) -> None:  # noqa: ARG001
    with opened(data / NAME) as here, opened(into / NAME) as there:
        here.backup(there)
        there.execute("pragma journal_mode=delete")


def saved_counts(settings: Mapping[str, str], where: Path) -> dict[str, int]:  # noqa: ARG001
    """Of a copy that SQLite itself finds whole; of one that is not, nothing."""
    with opened(where / NAME) as database:
        whole = (
            database.execute("pragma integrity_check").fetchall() == [("ok",)]
            and not database.execute("pragma foreign_key_check").fetchall()
        )
    return counted(where / NAME) if whole else {}


def put_back(settings: Mapping[str, str], data: Path, where: Path) -> None:  # noqa: ARG001
    """What is half changed goes first: a disk that it filled has room again."""
    fresh = data / f"{NAME}.returning"
    for end in ("", *BESIDE):
        (data / f"{NAME}{end}").unlink(missing_ok=True)
    shutil.copyfile(where / NAME, fresh)
    with fresh.open("rb") as copied:
        os.fsync(copied.fileno())
    fresh.chmod(0o600)
    fresh.replace(data / NAME)
