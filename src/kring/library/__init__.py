"""The library: what stands in content/, read and checked before anyone uses it."""

from kring.library.calendar_file import HolidayCalendar, KnownDaysOff, Region, holiday_calendars, known_days_off
from kring.library.instrument_file import Entry, read_entry, read_instrument
from kring.library.instrument_writer import written_entry
from kring.library.method_words import Chapter, MethodWords, chapters
from kring.library.pack_file import Pack, packs
from kring.library.released import changed_since_release, fingerprint, released
from kring.library.shelf import CONTENT, NoSuchInstrument, entries, instrument, instruments

__all__ = [
    "CONTENT",
    "Chapter",
    "Entry",
    "HolidayCalendar",
    "KnownDaysOff",
    "MethodWords",
    "NoSuchInstrument",
    "Pack",
    "Region",
    "changed_since_release",
    "chapters",
    "entries",
    "fingerprint",
    "holiday_calendars",
    "instrument",
    "instruments",
    "known_days_off",
    "packs",
    "read_entry",
    "read_instrument",
    "released",
    "written_entry",
]
