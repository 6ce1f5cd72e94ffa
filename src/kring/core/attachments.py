"""Rules of files that people bring with what they write: which kinds, how large, and by which name they go on."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from kring.core.errors import BrokenRule

MOST_BYTES = 10_000_000
MOST_PIXELS = 25_000_000
MOST_KEPT = 5_000_000_000
"""Of one school, all files together: whoever brings more fills the disk of everybody."""
LONGEST_NAME = 100
OF_WINDOWS = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)\Z", re.IGNORECASE)


class Kind(StrEnum):
    """What may be brought, by its content; the value is the end of its name from then on."""

    PDF = ".pdf"
    PNG = ".png"
    JPEG = ".jpg"
    DOCX = ".docx"

    @property
    def is_picture(self) -> bool:
        return self in (Kind.PNG, Kind.JPEG)


BEGINNINGS = ((b"%PDF-", Kind.PDF), (b"\x89PNG\r\n\x1a\n", Kind.PNG), (b"\xff\xd8\xff", Kind.JPEG), (b"PK\x03\x04", Kind.DOCX))
PICTURES = frozenset({".png", ".jpg", ".jpeg"})  # a telephone calls one as the other


@dataclass(eq=False, kw_only=True)
class AttachmentEmpty(BrokenRule):
    """There is nothing in the file."""


@dataclass(eq=False, kw_only=True)
class AttachmentTooLarge(BrokenRule):
    """The file is larger than anything that is meant to be brought."""

    most: int


@dataclass(eq=False, kw_only=True)
class KindNotAccepted(BrokenRule):
    """The content is none of the four kinds, or the name says another one."""


@dataclass(eq=False, kw_only=True)
class PictureTooLarge(BrokenRule):
    """More points than any scan needs: a small file can unpack to all memory there is."""

    most: int


@dataclass(eq=False, kw_only=True)
class AttachmentDamaged(BrokenRule):
    """The file is not whole, or not made as its kind is."""


@dataclass(eq=False, kw_only=True)
class AttachmentLocked(BrokenRule):
    """The file is encrypted: nobody can see what is in it."""


@dataclass(eq=False, kw_only=True)
class AttachmentRuns(BrokenRule):
    """The file does something by itself, fetches something, or carries another file."""


@dataclass(eq=False, kw_only=True)
class StorageFull(BrokenRule):
    """The files of the school together take more room than it has."""

    most: int


def refuse_size(size: int) -> None:
    """Raises AttachmentEmpty or AttachmentTooLarge."""
    if size <= 0:
        raise AttachmentEmpty
    if size > MOST_BYTES:
        raise AttachmentTooLarge(most=MOST_BYTES // 1_000_000)


def refuse_pixels(width: int, height: int) -> None:
    """Raises PictureTooLarge; to be asked before anything is unpacked."""
    if width * height > MOST_PIXELS:
        raise PictureTooLarge(most=MOST_PIXELS // 1_000_000)


def refuse_overflow(kept: int, coming: int) -> None:
    """Raises StorageFull when these bytes do not fit beside what the school keeps already."""
    if kept + coming > MOST_KEPT:
        raise StorageFull(most=MOST_KEPT // 1_000_000_000)


def kind_of(name: str, data: bytes) -> Kind:
    """The kind by the first bytes, which must fit the name. Raises KindNotAccepted.

    >>> kind_of("toestemming.pdf", b"%PDF-1.7 and more")
    <Kind.PDF: '.pdf'>
    """
    kind = next((kind for beginning, kind in BEGINNINGS if data.startswith(beginning)), None)
    ending = _ending(name)
    if kind is None or (ending not in PICTURES if kind.is_picture else ending != kind.value):
        raise KindNotAccepted
    return kind


def clean_name(name: str, kind: Kind) -> str:
    """The name without a path, without marks that nobody sees or that turn it around, ending in what it is.

    >>> clean_name("../mappen\\\\Brief van  Els.JPEG", Kind.JPEG)
    'Brief van Els.jpg'
    """
    last = re.split(r"[/\\]", name)[-1]
    stem = last[: -len(_ending(last))] if _ending(last) else last
    seen = "".join(" " if sign.isspace() else sign for sign in unicodedata.normalize("NFC", stem) if _fits_in_a_name(sign))
    short = " ".join(seen.split())[:LONGEST_NAME].strip(". ")
    return ("bestand" if not short or OF_WINDOWS.match(short) else short) + kind.value


def _ending(name: str) -> str:
    before, dot, after = name.rpartition(".")
    return f".{after.lower()}" if dot and before else ""


def _fits_in_a_name(sign: str) -> bool:
    return sign.isspace() or (unicodedata.category(sign)[0] != "C" and sign not in '<>:"|?*')
