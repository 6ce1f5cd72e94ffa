"""What a PDF or a Word document that somebody brings may hold. They are kept as they are, only ever to be downloaded, so this looks
for what would act by itself at the reader's.

It is no parser. A PDF that hides an action behind a filter other than Flate without naming its object stream is not seen through; it
would act on the computer of whoever downloads and opens it, as a file in the mail would. There is no virus scanner in Kring.
"""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from zipfile import BadZipFile, ZipFile, ZipInfo

from kring.core.attachments import AttachmentDamaged, AttachmentLocked, AttachmentRuns, KindNotAccepted

MOST_UNPACKED, MOST_PARTS, MOST_RATIO = 100_000_000, 2_000, 100
MOST_STREAMS, MOST_OBJECTS, PIECE, OVERLAP = 20_000, 16_000_000, 1_000_000, 100
MOST_SPELT = 10_000
ACTIONS = (
    *("JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "FileAttachment", "RichMedia", "Rendition", "SubmitForm"),
    *("ImportData", "GoToE", "GoToR", "Movie", "Sound", "XFA"),
)
ACTS = re.compile(f"/(?:{'|'.join(ACTIONS)})(?![A-Za-z])".encode())
LOCKED = re.compile(rb"/Encrypt(?![A-Za-z])")
SPELT = re.compile(rb"/[A-Za-z0-9]{0,20}#[0-9A-Fa-f]{2}[A-Za-z0-9#]{0,60}")  # a name with codes in it: /J#61vaScript
CODE = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"(?<!end)stream\s{0,4}")
OBJECTS = re.compile(rb"[\s\x00]{0,99}[\d%]")  # how a stream of objects begins
PACKED_OBJECTS = re.compile(rb"/ObjStm")
UNREADABLE = re.compile(rb"/(?:LZW|ASCII85|ASCIIHex|RunLength|A85|AHx|RL|Crypt|Predictor)|/Filter\s{0,9}\d")
MACROS = re.compile(r"vbaproject|vbadata|/activex/|/embeddings/|\.(bin|exe|js|vbs|html?)\Z", re.IGNORECASE)
OUTSIDE = re.compile(rb"TargetMode\s{0,9}=\s{0,9}[\"']External", re.IGNORECASE)
FETCHES = re.compile(rb"attachedTemplate|oleObject|frame|subDocument|externalLink|relationships/image|control", re.IGNORECASE)


def look_at_pdf(data: bytes) -> None:
    """Raises AttachmentDamaged, AttachmentLocked or AttachmentRuns."""
    if b"%%EOF" not in data[-2048:]:
        raise AttachmentDamaged
    if any(_unreadable(data, found.start()) for found in PACKED_OBJECTS.finditer(data)):
        raise AttachmentLocked
    for text in (data, *_spelt_out(data)):
        _refuse(text)
    for piece in _objects(data):
        for text in (piece, *_spelt_out(piece)):
            _refuse(text)


def _refuse(text: bytes) -> None:
    if LOCKED.search(text):
        raise AttachmentLocked
    if ACTS.search(text):
        raise AttachmentRuns


def _spelt_out(data: bytes) -> list[bytes]:
    """The names with codes in them, read as a reader of PDF does. Raises AttachmentLocked at more than any font has."""
    names = [found.group() for found in islice(SPELT.finditer(data), MOST_SPELT + 1)]
    if len(names) > MOST_SPELT:
        raise AttachmentLocked
    return [CODE.sub(lambda code: bytes([int(code.group(1), 16)]), name) for name in names]


def _unreadable(data: bytes, place: int) -> bool:
    """Objects packed in a way that is not unpacked here. The words of their dictionary stand around their name."""
    begin, end = data.rfind(b"obj", max(0, place - 2000), place), data.find(b"stream", place, place + 2000)
    return bool(UNREADABLE.search(data[max(begin, place - 2000, 0) : end if end >= 0 else place + 2000]))


def _objects(data: bytes) -> Iterator[bytes]:
    """Every stream that may hold objects, unpacked, in pieces that overlap so that no word falls between two."""
    unpacked = 0
    for number, found in enumerate(STREAM.finditer(data)):
        before = b""
        for piece in _pieces(memoryview(data)[found.end() :]):
            if not before and not OBJECTS.match(piece):
                break
            unpacked += len(piece)
            if unpacked > MOST_OBJECTS:
                raise AttachmentLocked
            yield before + piece
            before = piece[-OVERLAP:]
        if number == MOST_STREAMS:
            raise AttachmentLocked


def _pieces(packed: memoryview) -> Iterator[bytes]:
    """What unpacks from here; nothing when it is no Flate. What is broken off was looked at as far as it came."""
    reader, place = zlib.decompressobj(), 0
    try:
        while place < len(packed) and not reader.eof:
            waiting = bytes(packed[place : place + 16_384])
            place += len(waiting)
            while waiting and not reader.eof:
                if piece := reader.decompress(waiting, PIECE):
                    yield piece
                waiting = reader.unconsumed_tail
    except zlib.error:
        return


def look_at_docx(data: bytes) -> None:
    """Raises KindNotAccepted, AttachmentDamaged, AttachmentLocked or AttachmentRuns; sizes are looked at before anything is unpacked."""
    try:
        with ZipFile(BytesIO(data)) as packed:
            parts = packed.infolist()
            _look_at_sizes(parts, len(data))
            if not {"[Content_Types].xml", "word/document.xml"} <= {part.filename for part in parts}:
                raise KindNotAccepted
            if any(_acts(packed, part) for part in parts):
                raise AttachmentRuns
    except (BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError, zlib.error):
        raise AttachmentDamaged from None


def _look_at_sizes(parts: list[ZipInfo], packed: int) -> None:
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > min(MOST_UNPACKED, packed * MOST_RATIO):
        raise AttachmentDamaged
    if any(part.flag_bits & 1 for part in parts):
        raise AttachmentLocked


def _acts(packed: ZipFile, part: ZipInfo) -> bool:
    """Macros, controls and files within, paths that lead elsewhere, and whatever is fetched when the document is opened."""
    name = f"/{part.filename}"
    leads_elsewhere = ".." in name.split("/") or any(sign in name for sign in ("\\", "//", ":")) or (part.external_attr >> 28) == 0xA
    if leads_elsewhere or MACROS.search(name):
        return True
    if name == "/[Content_Types].xml":
        return b"macroenabled" in packed.read(part).lower()
    return name.endswith(".rels") and any(OUTSIDE.search(tie) and FETCHES.search(tie) for tie in packed.read(part).split(b"<"))
