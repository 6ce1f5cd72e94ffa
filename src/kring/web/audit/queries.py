"""The chain as the core verifies it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import F, TextField, UUIDField
from django.db.models.functions import Cast

from kring.core.audit_chain import START, Head, Link, Verdict, verify
from kring.web.audit.intake import moment_text
from kring.web.audit.models import ROW, Entry, Segment

AT_ONCE = 5_000
_KEYS = [Entry._meta.get_field(name).name for name in ROW if isinstance(Entry._meta.get_field(name), UUIDField)]
# A million keys as UUID objects take ten seconds to make; as texts, none.
_COLUMNS: list[Any] = [Cast(F(name), TextField()) if name in _KEYS else F(name) for name in (*ROW, "hash")]
_SEQUENCE, _AT, _TEXTS = ROW.index("sequence"), ROW.index("at"), tuple(ROW.index(name) for name in _KEYS)


def verified(school: UUID, *, since: Head = START, anchors: dict[int, str] | None = None) -> Verdict:
    """Walk along the chain of this school from a head that somebody knows, or from where it begins.

    It begins with its first link, or with the head that was kept of what has gone.
    """
    start = kept_head(school)
    if since.sequence > start.sequence:
        anchors = {since.sequence: since.hash, **(anchors or {})}
    if since.sequence - 1 > start.sequence:
        start = head_at(school, since.sequence - 1)
    return verify(links(school, after=start.sequence), start=start, anchors=anchors)


def head_at(school: UUID, sequence: int) -> Head:
    """The chain as it ended with this number; without a seal where there is no such link."""
    return Head(sequence, Entry.objects.filter(school_id=school, sequence=sequence).values_list("hash", flat=True).first() or "")


def links(school: UUID, *, after: int = 0) -> Iterator[Link]:
    """The entries in the order of their numbers."""
    found = Entry.objects.filter(school_id=school, sequence__gt=after).order_by("sequence").values_list(*_COLUMNS)
    for values in found.iterator(chunk_size=AT_ONCE):
        row: list[Any] = ["" if value is None else value for value in values[:-1]]
        row[_AT] = moment_text(row[_AT])
        for key in _TEXTS:
            row[key] = row[key].replace("-", "")
        sequence, row[_SEQUENCE] = row[_SEQUENCE], str(row[_SEQUENCE])
        yield Link(sequence, tuple(row), values[-1])


def kept_head(school: UUID) -> Head:
    """The newest kept head before the first link that is there."""
    first = Entry.objects.filter(school_id=school).order_by("sequence").values_list("sequence", flat=True).first()
    if first == START.sequence + 1:
        return START
    kept = Segment.objects.filter(school_id=school).order_by("-sequence")
    last = (kept.filter(sequence__lt=first) if first else kept).values_list("sequence", "hash").first()
    return Head(*last) if last else START
