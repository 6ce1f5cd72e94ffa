"""From bytes to text: UTF-8, UTF-16 and the Windows-1252 that Excel writes."""

import codecs
from dataclasses import dataclass

from kring.file_problems import Problems, said

MOST_BYTES = 10 * 1024 * 1024
SAVE_AS_UTF8 = said("Open het bestand in Excel of LibreOffice en bewaar het opnieuw als “CSV UTF-8”.")


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a file, its lines ending in a bare line feed, and what a reader should know about it."""

    content: str
    encoding: str
    notes: tuple[str, ...] = ()


def text_of(file: str, data: bytes, problems: Problems) -> Text | None:
    """The text in these bytes, or None with the reason added to the problems."""
    if not fits(file, len(data), problems):
        return None
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xfe\xff"):
        problems.add(file, None, None, said("Het bestand is leeg."), said("Zet er een kopregel en gegevens in, of laat het bestand weg."))
        return None
    text = _decoded(file, data, problems)
    if text is None or not _printable(file, text.content, problems):
        return None
    return text


def fits(file: str, size: int, problems: Problems) -> bool:
    """Is a file of this many bytes small enough to open at all?"""
    if size <= MOST_BYTES:
        return True
    message = said("Het bestand is %(size)d MB; Kring leest bestanden tot %(most)d MB.", size=_megabytes(size), most=_megabytes(MOST_BYTES))
    advice = said("Kijk of dit het goede bestand is, of splits het per groep of per schooljaar.")
    problems.add(file, None, None, message, advice)
    return False


def _megabytes(size: int) -> int:
    return -(-size // (1024 * 1024))


def _decoded(file: str, data: bytes, problems: Problems) -> Text | None:
    wide = _utf16(data)
    if wide is not None:
        return _from_utf16(file, data, wide, problems)
    try:
        return Text(_even_lines(data.decode("utf-8-sig")), "UTF-8")
    except UnicodeDecodeError:
        return _from_windows(file, data, problems)


def _utf16(data: bytes) -> str | None:
    """The UTF-16 kind of these bytes: by its mark, or because every other byte is zero."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    start = data[:4096]
    if len(start) >= 4 and start[1::2].count(0) > 0.8 * len(start[1::2]):
        return "utf-16-le"
    if len(start) >= 4 and start[0::2].count(0) > 0.8 * len(start[0::2]):
        return "utf-16-be"
    return None


def _from_utf16(file: str, data: bytes, kind: str, problems: Problems) -> Text | None:
    try:
        return Text(_even_lines(data.decode(kind).removeprefix("\ufeff")), "UTF-16")
    except UnicodeDecodeError:
        problems.add(file, None, None, said("Het bestand begint als UTF-16, maar is beschadigd."), SAVE_AS_UTF8)
        return None


def _from_windows(file: str, data: bytes, problems: Problems) -> Text | None:
    try:
        return Text(_even_lines(data.decode("cp1252")), "Windows-1252", (_windows_note(file),))
    except UnicodeDecodeError as unreadable:
        line = _even_lines(data[: unreadable.start].decode("cp1252")).count("\n") + 1
        message = said("Hier staan tekens die Kring niet kan lezen (geen UTF-8 en geen Windows-1252).")
        problems.add(file, line, None, message, SAVE_AS_UTF8)
        return None


def _windows_note(file: str) -> str:
    return said(
        "%(file)s is niet in UTF-8 geschreven maar in Windows-1252 (gewoon bij Excel). "
        "Het is zo gelezen; kijk of namen met accenten kloppen.",
        file=file,
    )


def _even_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _unprintable(character: str) -> bool:
    return (character < " " and character not in "\n\t") or "\x7f" <= character < "\xa0" or character in "\ufffe\uffff"


def _printable(file: str, text: str, problems: Problems) -> bool:
    """Control characters (a NUL byte among them) mean that this is no table, or a damaged one."""
    bad = sorted({character for character in set(text) if _unprintable(character)})
    if not bad:
        return True
    place = min(text.index(character) for character in bad)
    message = said("Hier staat een onleesbaar teken (code %(code)d); het bestand is beschadigd of is geen CSV.", code=ord(text[place]))
    problems.add(file, text.count("\n", 0, place) + 1, None, message, SAVE_AS_UTF8)
    return False
