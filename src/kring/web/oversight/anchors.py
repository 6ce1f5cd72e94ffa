"""Heads of the log in a file that lies elsewhere: who can change the database cannot change what was already written there.

One line per school and moment: moment, school, number, seal, imprint. Lines are only ever added.
"""

import hmac
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from kring.core.audit_chain import Anchor

A_DAY = timedelta(days=1)
LINE = re.compile(
    r"(?P<at>[0-9T:+.-]{20,40}) (?P<school>[0-9a-f]{32}) (?P<sequence>[0-9]{1,18}) (?P<hash>[0-9a-f]{64}) (?P<imprint>[0-9a-f]{64})"
)
LONGEST_LINE = 250
TAIL = 64_000


@dataclass(frozen=True, slots=True)
class Anchors:
    """What stands in a file, and the numbers of the lines that nobody can read."""

    anchors: tuple[Anchor, ...]
    unreadable: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AnchorState:
    """For the first page: whether heads are laid down elsewhere, and when last."""

    is_set: bool
    last_at: datetime | None
    is_old: bool


def key() -> bytes:
    """With which this installation makes imprints; not the secret itself."""
    return hmac.digest(settings.SECRET_KEY.encode(), b"anchors of the log", "sha256")


def lay(path: Path, anchors: Iterable[Anchor]) -> int:
    """Add these lines and see them on the disk."""
    lines = [f"{one.at} {one.school} {one.sequence} {one.hash} {one.imprint}\n" for one in anchors]
    with path.open("a", encoding="ascii") as file:
        file.writelines(lines)
    return len(lines)


def read(path: Path) -> Anchors:
    """Every line of the file."""
    return _read(path.read_text(encoding="ascii", errors="replace").splitlines())


def _read(lines: Sequence[str]) -> Anchors:
    found, unreadable = [], []
    for number, line in enumerate(lines, start=1):
        said = LINE.fullmatch(line.strip()) if len(line) <= LONGEST_LINE else None
        if said:
            found.append(Anchor(said["school"], int(said["sequence"]), said["at"], said["hash"], said["imprint"]))
        elif line.strip():
            unreadable.append(number)
    return Anchors(tuple(found), tuple(unreadable))


def state(*, at: datetime) -> AnchorState:
    """When the last line was written, as the line itself says."""
    path: Path | None = settings.ANCHORS
    if path is None:
        return AnchorState(is_set=False, last_at=None, is_old=False)
    last = max((moment for moment in map(_moment, _tail(path)) if moment), default=None)
    return AnchorState(is_set=True, last_at=last, is_old=last is None or at - last > A_DAY)


def _tail(path: Path) -> tuple[Anchor, ...]:
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - TAIL))
            return _read(file.read().decode("ascii", "replace").splitlines()).anchors
    except OSError:  # the folder is not mounted
        return ()


def _moment(one: Anchor) -> datetime | None:
    try:
        moment = datetime.fromisoformat(one.at)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
