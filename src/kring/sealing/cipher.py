"""Closing and opening one value.

What is stored: 1 byte format, 4 bytes id of the key, 12 bytes nonce, and the cipher text with its tag of 16 bytes: 33 bytes more than what
was written. The nonce is drawn anew each time; a school would have to write 2**32 values under one key before that is a danger (NIST SP
800-38D, 8.3), and it gets another with every new key of the installation.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from secrets import token_bytes
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kring.sealing.key_file import Key, Keys

FORMAT = b"\x01"
ID, NONCE, TAG = slice(1, 5), slice(5, 17), 16
SHORTEST = 17 + TAG


class Compartment(StrEnum):
    """What has a key of its own within a school."""

    SCHOOL = "school"
    REPORTING_CODE = "reporting code"
    INCIDENT = "incident"


class WhyUnreadable(StrEnum):
    NOT_SEALED = "it is no sealed value"
    UNKNOWN_KEY = "the key by which it was closed is not here"
    DOES_NOT_FIT = "it was changed, or does not belong in this place"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: it opens nowhere else."""

    table: str
    column: str
    row: UUID
    school: UUID
    compartment: Compartment = Compartment.SCHOOL

    def __str__(self) -> str:
        return f"{self.table}.{self.column} of {self.row}"


class Unreadable(Exception):
    """A value that does not open. Nothing is shown in its stead."""

    def __init__(self, why: WhyUnreadable, place: Place) -> None:
        self.why, self.place = why, place
        super().__init__(f"{place}: {why}")


def seal(plain: bytes, place: Place, keys: Keys) -> bytes:
    """Closed by the newest key."""
    key, nonce = keys.newest, token_bytes(12)
    return FORMAT + key.id + nonce + _cipher(key, place.school, place.compartment).encrypt(nonce, plain, _bound(place, key.id))


def opened(sealed: bytes, place: Place, keys: Keys) -> bytes:
    """What was written there. Raises Unreadable."""
    if len(sealed) < SHORTEST or sealed[:1] != FORMAT:
        raise Unreadable(WhyUnreadable.NOT_SEALED, place)
    key = keys.get(sealed[ID])
    if key is None:
        raise Unreadable(WhyUnreadable.UNKNOWN_KEY, place)
    try:
        return _cipher(key, place.school, place.compartment).decrypt(sealed[NONCE], sealed[17:], _bound(place, key.id))
    except InvalidTag:
        raise Unreadable(WhyUnreadable.DOES_NOT_FIT, place) from None


def key_id_of(sealed: bytes) -> bytes:
    """By which key it was closed."""
    return sealed[ID]


def _bound(place: Place, key_id: bytes) -> bytes:
    return _joined((place.table.encode(), place.column.encode(), place.row.bytes, place.school.bytes, key_id))


@lru_cache(maxsize=1000)
def _cipher(key: Key, school: UUID, compartment: Compartment) -> AESGCM:
    info = _joined((b"kring values", school.bytes, compartment.encode()))
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(key.secret))


def _joined(parts: Sequence[bytes]) -> bytes:
    """With the length of each before it, so that no two lists become the same bytes."""
    return b"".join(len(part).to_bytes(2, "big") + part for part in parts)
