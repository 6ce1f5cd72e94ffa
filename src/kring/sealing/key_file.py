"""The file with the key of the installation: read by the server alone, away from the data, and in two more hands on paper.

One line per key, the newest first: that one closes, all of them open. An older key stays as long as there is a back-up from its days.
"""

import os
import stat
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes

WORD = "kring-key-1"
LENGTH = 32  # bytes
LONGEST_FILE = 10_000


class KeysRefused(Exception):
    """The file with the key cannot be used as it is; the text says why and where, and holds nothing of a key."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key; its id may be known to everybody and tells by which one something was closed."""

    secret: bytes = field(repr=False)

    @property
    def id(self) -> bytes:
        """Four bytes."""
        return sha256(b"kring key id" + self.secret).digest()[:4]


@dataclass(frozen=True, slots=True)
class Keys:
    """All keys of an installation, the newest first."""

    all: tuple[Key, ...]

    @property
    def newest(self) -> Key:
        return self.all[0]

    def get(self, key_id: bytes) -> Key | None:
        return next((key for key in self.all if key.id == key_id), None)


def fresh_key() -> Key:
    return Key(token_bytes(LENGTH))


def written(keys: Keys) -> str:
    """The text of the file."""
    return "".join(f"{WORD} {key.id.hex()} {b64encode(key.secret).decode()}\n" for key in keys.all)


def read_keys(path: Path, *, data: Path) -> Keys:
    """The keys in this file; `data` is the folder beside which it may never stand. Raises KeysRefused."""
    _refuse_place(path, data)
    try:
        with path.open("rb") as opened:
            _refuse_rights(path, os.fstat(opened.fileno()))
            text = opened.read(LONGEST_FILE + 1)
    except OSError as failed:
        raise KeysRefused(f"The key of this installation cannot be read from {path}: {failed.strerror}.") from None
    lines = [line.split() for line in text.decode("ascii", "replace").splitlines() if line.strip()]
    if not lines or len(text) > LONGEST_FILE:
        raise KeysRefused(f"{path} holds no key.")
    keys = Keys(tuple(_key(path, number, line) for number, line in enumerate(lines, start=1)))
    if len({key.id for key in keys.all}) < len(keys.all):
        raise KeysRefused(f"{path} holds the same key twice.")
    return keys


def _refuse_place(path: Path, data: Path) -> None:
    if path.resolve().is_relative_to(data.resolve()):
        raise KeysRefused(f"The key stands in {path}, in the folder with the data: whoever takes the one has the other. Put it elsewhere.")


def _refuse_rights(path: Path, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise KeysRefused(f"{path} is no file.")
    if found.st_uid not in {0, os.geteuid()}:
        raise KeysRefused(f"{path} belongs to another user: make it root's, or of who runs Kring.")
    if found.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeysRefused(f"Others on this machine may open {path} ({stat.filemode(found.st_mode)}): give it the rights 0400.")


def _key(path: Path, number: int, line: list[str]) -> Key:
    if len(line) != 3 or line[0] != WORD:
        raise KeysRefused(f"{path}, line {number}: this is no key of Kring; it reads “{WORD} name key”.")
    try:
        key = Key(b64decode(line[2], validate=True))
    except (NotBase64, ValueError):
        raise KeysRefused(f"{path}, line {number}: the key is damaged.") from None
    if len(key.secret) != LENGTH or key.id.hex() != line[1]:
        raise KeysRefused(f"{path}, line {number}: the key is damaged: it is not the one that its name says.")
    return key
