"""The door through which entries join the chain of their school, one writer at a time, so that numbers have no gaps.

Called inside the transaction of the change itself: an event and its change are kept together, or not at all.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import connection, transaction

from kring.core.audit_chain import START, Head, seal
from kring.web.audit.models import ROW, Entry, Segment

LONGEST_WAIT = "10s"  # for a lock, from here to the end of the transaction; PostgreSQL by itself waits for ever


def append(school: UUID, entries: Sequence[Entry]) -> None:
    """Number, seal and keep them, in this order."""
    if not entries:
        return
    with transaction.atomic(savepoint=False):
        take_turn(school)
        head = head_of(school)
        for entry in entries:
            entry.school_id, entry.sequence = school, head.sequence + 1
            entry.hash = seal(head.hash, said_by(entry))
            head = Head(entry.sequence, entry.hash)
        Entry.objects.bulk_create(entries)


def take_turn(school: UUID) -> None:
    """Wait for whoever is writing in this chain. SQLite has one writer anyway; PostgreSQL holds a lock until the transaction ends.

    An action does so before it locks any row: one that had its rows first and one that had the chain first would wait for each other.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "select set_config('lock_timeout', %s, true), pg_advisory_xact_lock(hashtextextended(%s, 0))",
                [LONGEST_WAIT, f"kring log {school}"],
            )


def head_of(school: UUID) -> Head:
    """The last link; of a chain whose links have all gone, the head that was kept; before the first link, the start."""
    for kept in (Entry, Segment):
        last = kept._default_manager.filter(school_id=school).order_by("-sequence").values_list("sequence", "hash").first()
        if last:
            return Head(*last)
    return START


def said_by(entry: Entry) -> tuple[str, ...]:
    """All that an entry says, as texts: what its seal is taken over."""
    return tuple(_text(getattr(entry, name)) for name in ROW)


def _text(value: object) -> str:
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return moment_text(value)
    return "" if value is None else str(value)


def moment_text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def keep_segments(schools: Iterable[UUID], *, on: date) -> int:
    """Keep the head of every chain as it stood at the end of last month, once. Says how many are new."""
    first = on.replace(day=1)
    start = datetime(first.year, first.month, 1, tzinfo=UTC)
    return sum(_keep_segment(school, first, start) for school in schools)


def _keep_segment(school: UUID, first: date, start: datetime) -> bool:
    if Segment.objects.filter(school_id=school, until=first).exists():
        return False
    later = Entry.objects.filter(school_id=school, at__gte=start).order_by("sequence").values_list("sequence", flat=True).first()
    older = Entry.objects.filter(school_id=school, **({"sequence__lt": later} if later else {"at__lt": start}))
    last = older.order_by("-sequence").values_list("sequence", "hash").first()
    if last:
        Segment.objects.create(school_id=school, until=first, sequence=last[0], hash=last[1])
    return bool(last)
