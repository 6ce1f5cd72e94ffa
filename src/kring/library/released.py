"""A content file that schools have used never changes: its fingerprint is written down when it is released."""

import hashlib
from pathlib import Path

LIST = "released.sha256"


def fingerprint(data: bytes) -> str:
    """The SHA-256 of a text file, whatever line ends the checkout gave it."""
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def released(content: Path) -> dict[str, str]:
    """Path within content/ → fingerprint at release."""
    lines = (content / LIST).read_text(encoding="utf-8").splitlines()
    pairs = (line.split(maxsplit=1) for line in lines if line.strip() and not line.startswith("#"))
    return {path: mark for mark, path in pairs}


def changed_since_release(content: Path) -> tuple[str, ...]:
    """The released files that are gone or no longer what they were; there should be none."""
    return tuple(path for path, mark in released(content).items() if _now(content / path) != mark)


def _now(path: Path) -> str | None:
    return fingerprint(path.read_bytes()) if path.is_file() else None
