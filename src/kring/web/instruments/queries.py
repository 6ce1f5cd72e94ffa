"""Lists by key and version: those of the library, and the school's own that were released."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from kring.core.instruments import Informant, Instrument
from kring.core.school_types import SchoolType, suits
from kring.core.sketches import Lack, ListUnreadable, Reason, Sketch, check_licence_lasts, lacks
from kring.file_problems import ContentRefused
from kring.library import Entry, NoSuchInstrument, entries, fingerprint, instrument, instruments, read_entry, shells
from kring.library.shell_file import Shell
from kring.library.sketch_file import read_sketch, sketch_of
from kring.web.instruments.models import OwnInstrument
from kring.web.schools.models import School

OWN = "eigen-"
"""The keys of a school's own lists begin with this, so that they are never those of the library."""
SHELL = "shell:"
"""So begins the name of a shell where a list of the library could be meant."""


def instrument_in(school_id: UUID, key: str, version: int) -> Instrument:
    """The list with this key and version at this school. Raises NoSuchInstrument."""
    return _own(school_id, key, version).instrument if key.startswith(OWN) else instrument(key, version)


@lru_cache(maxsize=512)
def _own(school_id: UUID, key: str, version: int) -> Entry:
    """Kept, for what is released never changes; the storage migration sees to that."""
    found = OwnInstrument.objects.filter(school=school_id, key=key, version=version, released_at__isnull=False).first()
    if found is None or found.fingerprint != fingerprint(found.source.encode()):
        raise NoSuchInstrument(key=key, version=version, known=())
    return read_entry(found.source, source=found.title)


def instruments_of(school: School, *, on: date) -> list[Instrument]:
    """What a round may be opened with on this day: of the library and of the school itself, the newest version of each that suits the type
    of school, by title. A draft is none of these, nor what was retired or whose licence ended."""
    newest = _newest((*instruments(), *_readable(open_to_rounds(school, on=on))))
    return sorted((one for one in newest if suits(SchoolType(school.type), one.year_levels)), key=lambda one: one.title)


def _readable(rows: Iterable[OwnInstrument]) -> Iterable[Instrument]:
    """One that cannot be read stops no other from being asked; its own page says so."""
    for row in rows:
        with suppress(NoSuchInstrument, ContentRefused):
            yield entry_in(row).instrument


def open_to_rounds(school: School, *, on: date) -> QuerySet[OwnInstrument]:
    """Of the school's own lists the newest version that was released, unless it was retired or its licence ended before this day. An older
    version never comes back in its place."""
    released = OwnInstrument.objects.filter(school=school, released_at__isnull=False)
    newer = released.filter(key=OuterRef("key"), version__gt=OuterRef("version"))
    return released.filter(~Exists(newer), Q(licence_until=None) | Q(licence_until__gte=on), retired_at=None)


def is_offered(school: School, key: str, version: int, *, on: date) -> bool:
    """Whether the coordinator can open a round with this very version on this day: not of guardians, who are asked one by one."""
    return any(
        (one.key, one.version) == (key, version) and one.informant is not Informant.GUARDIAN for one in instruments_of(school, on=on)
    )


def _newest(found: Iterable[Instrument]) -> Iterable[Instrument]:
    newest: dict[str, Instrument] = {}
    for one in found:
        if one.key not in newest or newest[one.key].version < one.version:
            newest[one.key] = one
    return newest.values()


def check_may_ask(school_id: UUID, one: Instrument, *, through: date) -> None:
    """Whether the licence of this list, if it needs one, lasts as long as it will be asked. Raises LicenceEndsFirst."""
    if one.key.startswith(OWN):
        row = OwnInstrument.objects.get(school=school_id, key=one.key, version=one.version)
        check_licence_lasts(row.licence_until, through=through, title=one.title)


# ---- one list that is being written


def entry_in(row: OwnInstrument) -> Entry:
    """A version that was released, with its rights. Raises NoSuchInstrument."""
    return _own(row.school_id, row.key, row.version)


def library_entry(mark: str) -> Entry | None:
    """The list of the library with this key and version, written as in its file name."""
    return next((one for one in entries() if f"{one.instrument.key}-{one.instrument.version}" == mark), None)


def shell_at(mark: str) -> Shell | None:
    """The shell with this key and version."""
    return next((one for one in shells() if f"{one.key}-{one.version}" == mark), None)


def sketch_in(row: OwnInstrument) -> Sketch:
    """The list as it is being written, or as it was released. Raises ListUnreadable."""
    try:
        return read_sketch(row.source) if row.is_draft else sketch_of(entry_in(row))
    except (ValueError, LookupError, TypeError, AttributeError, NoSuchInstrument, ContentRefused) as wrong:
        raise ListUnreadable(title=row.title) from wrong


def shown_sketch(row: OwnInstrument) -> Sketch:
    """The same to look at; only its title when there is nothing else to read, so that one list never takes a page of all lists with it."""
    try:
        return sketch_in(row)
    except ListUnreadable:
        return Sketch(key=row.key, version=row.version, title=row.title)


def previous_sketch(row: OwnInstrument) -> Sketch | None:
    """The version before this one."""
    earlier = OwnInstrument.objects.filter(school=row.school_id, key=row.key, version=row.version - 1).first()
    return shown_sketch(earlier) if earlier is not None and not earlier.is_draft else None


def keys_before(row: OwnInstrument) -> frozenset[str]:
    """The keys of the version before this one: no other item or scale may have them, or it would seem to be the same in other words."""
    before = previous_sketch(row)
    return frozenset([one.key for one in before.items] + [one.key for one in before.scales]) if before else frozenset()


def reasons_against(row: OwnInstrument, sketch: Sketch, *, on: date) -> tuple[Reason, ...]:
    """Everything that stands between a draft and its release."""
    unproved = row.fills and (not row.licence_proof or row.licence_until is None or row.licence_until < on)
    found = {Lack.LICENCE_NOT_SHOWN: unproved, Lack.NAME_OF_PUBLISHER: not row.fills and is_named_as_shell(sketch.title)}
    return (*lacks(sketch), *(Reason(lack) for lack, there in found.items() if there))


def is_named_as_shell(title: str) -> bool:
    """Whether this is the name of a list of a publisher, whose text may only come by its shell, with a licence."""
    return any(one.is_named_in(title) for one in shells())
