"""A disk without room. For SQLite a small one in memory, filled to the last byte; PostgreSQL says what it says when a file cannot grow.

A program, for PostgreSQL: `full` or `room`.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from tests.reliability.load.serving import Running, serving

ROOM: Final = 24_000_000  # beyond what stands there: SQLite keeps a log of some megabytes beside it
PIECE: Final = 4096
PROGRAM: Final = "import django; django.setup(); from tests.reliability.load.filling_up import main; main()"
Filler = Callable[[bool], object]


@contextmanager
def small_disk(server: Running) -> Iterator[tuple[Running, Filler]]:
    """A server with the same rows on a disk that can be filled, and what fills it (or makes room)."""
    of = server.of
    if of.database == "postgresql":
        yield server, lambda is_full: of.asked("-c", PROGRAM, "full" if is_full else "room")
        return
    disk = of.home / "small"
    disk.mkdir()
    size = sum(path.stat().st_size for path in of.data.rglob("*") if path.is_file()) + ROOM
    if subprocess.run(("mount", "-t", "tmpfs", "-o", f"size={size}", "kring", str(disk)), check=False).returncode:
        pytest.skip("here no disk can be mounted (only root may)")
    try:
        shutil.copytree(of.data, disk, dirs_exist_ok=True)
        with serving(replace(of, data=disk)) as small:
            yield small, lambda is_full: fill(disk) if is_full else (disk / "filler").unlink()
    finally:
        subprocess.run(("umount", "--lazy", str(disk)), check=True)


def fill(disk: Path) -> None:
    with (disk / "filler").open("wb", buffering=0) as filler, suppress(OSError):
        while True:
            filler.write(bytes(PIECE))


def main() -> None:
    """The owner of the table puts a trigger on it, or takes it away."""
    from django.db import connection

    sentences = {
        "full": (
            "CREATE OR REPLACE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$",
            "CREATE TRIGGER no_room BEFORE INSERT ON kring_answer EXECUTE FUNCTION no_room()",
        ),
        "room": ("DROP TRIGGER no_room ON kring_answer",),
    }
    with connection.cursor() as cursor:
        for sentence in sentences[sys.argv[1]]:
            cursor.execute(sentence)
    print(json.dumps(os.getpid()))
