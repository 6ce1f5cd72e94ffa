"""The library: what stands in content/, read and checked before anyone uses it."""

from kring.library.instrument_file import Entry, read_entry, read_instrument
from kring.library.method_words import Chapter, MethodWords, chapters
from kring.library.released import changed_since_release, fingerprint, released
from kring.library.shelf import CONTENT, NoSuchInstrument, entries, instrument, instruments

__all__ = [
    "CONTENT",
    "Chapter",
    "Entry",
    "MethodWords",
    "NoSuchInstrument",
    "changed_since_release",
    "chapters",
    "entries",
    "fingerprint",
    "instrument",
    "instruments",
    "read_entry",
    "read_instrument",
    "released",
]
