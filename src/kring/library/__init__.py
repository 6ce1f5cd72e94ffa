"""The library: what stands in content/, read and checked before anyone uses it."""

from kring.library.calendar_file import HolidayCalendar, KnownDaysOff, Region, holiday_calendars, known_days_off
from kring.library.cards import Card, card, cards, cards_for
from kring.library.directions import DirectionText, Evidence, With, direction, directions, newest
from kring.library.instrument_file import Entry, read_entry, read_instrument
from kring.library.instrument_translation import Status, Translation, read_translation
from kring.library.instrument_writer import written_entry
from kring.library.interventions import Intervention, intervention, interventions
from kring.library.method_words import Chapter, MethodWords, chapters
from kring.library.pack_file import Pack, packs
from kring.library.released import changed_since_release, fingerprint, released
from kring.library.shelf import CONTENT, NoSuchInstrument, entries, entry, instrument, instruments, shell, shells, translation
from kring.library.shell_file import Shell, ShellScale, read_shell
from kring.library.shell_writer import written_shell
from kring.library.translation_writer import written_translation

__all__ = [
    "CONTENT",
    "Card",
    "Chapter",
    "DirectionText",
    "Entry",
    "Evidence",
    "HolidayCalendar",
    "Intervention",
    "KnownDaysOff",
    "MethodWords",
    "NoSuchInstrument",
    "Pack",
    "Region",
    "Shell",
    "ShellScale",
    "Status",
    "Translation",
    "With",
    "card",
    "cards",
    "cards_for",
    "changed_since_release",
    "chapters",
    "direction",
    "directions",
    "entries",
    "entry",
    "fingerprint",
    "holiday_calendars",
    "instrument",
    "instruments",
    "intervention",
    "interventions",
    "known_days_off",
    "newest",
    "packs",
    "read_entry",
    "read_instrument",
    "read_shell",
    "read_translation",
    "released",
    "shell",
    "shells",
    "translation",
    "written_entry",
    "written_shell",
    "written_translation",
]
