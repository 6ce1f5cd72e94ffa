"""A back-up of one installation: the database, the files, and a list of what is in it, by which it is checked and put back.

The secret is no part of it. What makes a whole back-up of this (encryption, another place) comes on top.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from types import ModuleType

from kring.commands import backup_postgresql, backup_sqlite
from kring.commands.install import version

LIST, FILES = "list.json", "files"
Counts = dict[str, int]


class NotWhole(Exception):
    """What is wrong with a back-up, in a sentence."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What stands in a back-up."""

    made_at: str
    version: str
    database: str  # sqlite or postgresql
    counts: Counts  # rows of every table
    files: dict[str, str] = field(default_factory=dict)  # name and SHA-256


def program(settings: Mapping[str, str]) -> ModuleType:
    """Both know the same questions: others, size, save, counts, saved_counts, put_back."""
    return backup_postgresql if settings.get("KRING_DATABASE") else backup_sqlite


def size(settings: Mapping[str, str], data: Path) -> int:
    """Bytes that a back-up takes at the most."""
    own = sum(path.stat().st_size for path in (data / FILES).rglob("*") if path.is_file())
    return own + int(program(settings).size(settings, data))


def save(settings: Mapping[str, str], data: Path, into: Path, *, at: datetime) -> Listed:
    """The list comes last: a back-up without one is no back-up."""
    into.mkdir(parents=True, mode=0o700)
    known = program(settings)
    counts = known.counts(settings, data)
    known.save(settings, data, into)
    if (data / FILES).is_dir():
        shutil.copytree(data / FILES, into / FILES)
    kind = known.__name__.rpartition("_")[2]
    listed = Listed(at.isoformat(), version(), kind, counts, {name: digest(into / name) for name in names_in(into)})
    for name in listed.files:
        flush(into / name)
    at_once(into / LIST, json.dumps(asdict(listed), indent=1))
    return listed


def check(settings: Mapping[str, str], where: Path) -> Listed:
    """Every file as it was listed, the database whole by its own word, and as many rows as were counted."""
    if not (where / LIST).is_file():
        raise NotWhole(f"De reservekopie in {where} is niet af.")
    listed = Listed(**json.loads((where / LIST).read_text()))
    known = program(settings)
    if known.__name__.rpartition("_")[2] != listed.database:
        raise NotWhole(f"De reservekopie in {where} is van {listed.database}, en Kring staat nu op een andere soort database.")
    if set(names_in(where)) != set(listed.files):
        raise NotWhole(f"In de reservekopie in {where} ontbreken bestanden, of er staan er te veel.")
    for name, mark in listed.files.items():
        if digest(where / name) != mark:
            raise NotWhole(f"In de reservekopie in {where} is {name} veranderd of beschadigd.")
    found = known.saved_counts(settings, where)
    if found != listed.counts:
        wrong = sorted(name for name in {*found, *listed.counts} if found.get(name) != listed.counts.get(name))
        raise NotWhole(f"In de reservekopie in {where} staan niet evenveel rijen als in de database: {', '.join(wrong)}.")
    return listed


def put_back(settings: Mapping[str, str], data: Path, where: Path) -> None:
    """Everything as it was. May be cut off anywhere and begun again."""
    listed = check(settings, where)
    known = program(settings)
    known.put_back(settings, data, where)
    shutil.rmtree(data / FILES, ignore_errors=True)
    if (where / FILES).is_dir():
        shutil.copytree(where / FILES, data / FILES)
    os.sync()
    if known.counts(settings, data) != listed.counts:
        raise NotWhole("De teruggezette database telt niet evenveel rijen als de reservekopie.")


def names_in(where: Path) -> Iterator[str]:
    return (path.relative_to(where).as_posix() for path in sorted(where.rglob("*")) if path.is_file() and path.name != LIST)


def digest(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def at_once(path: Path, text: str) -> None:
    """Written whole or not, and really on the disk."""
    fresh = path.with_suffix(".new")
    fresh.write_text(text)
    flush(fresh)
    fresh.replace(path)
    flush(path.parent)


def flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
