"""The chain in the database: sealed in order, verified from the rows themselves, and tampering found and named."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.utils import timezone

from kring.core.audit_chain import START, Fault, Finding, Head, seal
from kring.web.audit.intake import append, head_of, keep_segments, said_by
from kring.web.audit.models import Entry, Segment
from kring.web.audit.queries import kept_head, links, verified
from kring.web.trace import record_event, record_readings
from kring.web.wall import schools_open
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def ten(cast: Cast) -> None:
    for number in range(5):
        record_event(cast.anna, cast.group_6a, f"test.done_{number}")
        record_readings(cast.bram, [cast.pupil_noor])


@contextmanager
def powers_of_an_owner() -> Iterator[None]:
    """What somebody does who may do anything with the database."""
    names = ["kring_entry_no_update", "kring_entry_no_delete"]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE kring_entry DISABLE TRIGGER USER")
        else:
            for name in names:
                cursor.execute(f"DROP TRIGGER {name}")
    yield
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE kring_entry ENABLE TRIGGER USER")


def test_numbers_have_no_gaps_and_each_school_has_its_own(cast: Cast) -> None:
    ten(cast)
    record_event(cast.frans, cast.group_eik, "test.done")
    assert list(Entry.objects.filter(school_id=cast.beuk.pk).values_list("sequence", flat=True)) == list(range(1, 11))
    assert Entry.objects.get(school_id=cast.eik.pk).sequence == 1
    assert verified(cast.beuk.pk).is_sound
    assert verified(cast.eik.pk).head == head_of(cast.eik.pk)
    assert verified(cast.baken.pk).head == START


def test_what_is_read_back_is_what_was_sealed(cast: Cast) -> None:
    ten(cast)
    append(cast.beuk.pk, [Entry(at=datetime(2026, 1, 1, 12, tzinfo=UTC), name="x", outcome="done")])  # a whole second
    read = [link.row for link in links(cast.beuk.pk)]
    assert read == [said_by(entry) for entry in Entry.objects.filter(school_id=cast.beuk.pk)]
    assert read[-1][2] == "2026-01-01T12:00:00.000000+00:00"


def change(school: UUID) -> None:
    Entry.objects.filter(school_id=school, sequence=5).update(record_id=school)


def forge(school: UUID) -> None:
    """Change a row and give it the seal that it should have."""
    change(school)
    before, entry = (Entry.objects.get(school_id=school, sequence=number) for number in (4, 5))
    Entry.objects.filter(pk=entry.pk).update(hash=seal(before.hash, said_by(entry)))


def leave_out(school: UUID) -> None:
    Entry.objects.filter(school_id=school, sequence=5).delete()


def put_in(school: UUID) -> None:
    for number in range(10, 4, -1):
        Entry.objects.filter(school_id=school, sequence=number).update(sequence=number + 1)
    Entry.objects.create(school_id=school, sequence=5, at=timezone.now(), name="page.read", outcome="done", hash="0" * 64)


def turn_round(school: UUID) -> None:
    for old, new in ((5, 99), (6, 5), (99, 6)):
        Entry.objects.filter(school_id=school, sequence=old).update(sequence=new)


@pytest.mark.parametrize(
    ("tampering", "expected"),
    [
        (change, Finding(5, Fault.CHANGED)),
        (forge, Finding(6, Fault.CHANGED)),
        (leave_out, Finding(6, Fault.MISSING)),
        (put_in, Finding(5, Fault.CHANGED)),
        (turn_round, Finding(5, Fault.CHANGED)),
    ],
    ids=lambda it: getattr(it, "__name__", ""),
)
def test_tampering_with_the_rows_is_found(cast: Cast, tampering: Callable[[UUID], None], expected: Finding) -> None:
    ten(cast)
    with powers_of_an_owner():
        tampering(cast.beuk.pk)
    assert verified(cast.beuk.pk).findings[0] == expected


def test_a_cut_tail_and_a_chain_made_anew_are_found_with_an_anchor(cast: Cast) -> None:
    ten(cast)
    laid = head_of(cast.beuk.pk)
    with powers_of_an_owner():
        Entry.objects.filter(school_id=cast.beuk.pk, sequence__gt=8).delete()
    assert verified(cast.beuk.pk).is_sound
    anchors = {laid.sequence: laid.hash}
    assert verified(cast.beuk.pk, anchors=anchors).findings == (Finding(10, Fault.CUT),)
    record_event(cast.anna, cast.group_6a, "test.other")
    record_event(cast.anna, cast.group_6a, "test.other")
    assert verified(cast.beuk.pk).is_sound
    assert verified(cast.beuk.pk, anchors=anchors).findings == (Finding(10, Fault.OTHER_CHAIN),)


def test_the_head_of_each_month_is_kept_once(cast: Cast) -> None:
    append(cast.beuk.pk, [Entry(at=datetime(2026, 1, day, tzinfo=UTC), name="x", outcome="done") for day in (3, 30)])
    append(cast.beuk.pk, [Entry(at=datetime(2026, 2, 3, tzinfo=UTC), name="x", outcome="done")])
    schools = [cast.beuk.pk, cast.eik.pk]
    assert keep_segments(schools, on=date(2026, 2, 14)) == 1
    assert keep_segments(schools, on=date(2026, 2, 15)) == 0
    kept = Segment.objects.get()
    assert (kept.school_id, kept.until, kept.sequence) == (cast.beuk.pk, date(2026, 2, 1), 2)
    assert kept.hash == Entry.objects.get(school_id=cast.beuk.pk, sequence=2).hash
    assert keep_segments(schools, on=date(2026, 3, 1)) == 1  # February, in which nothing came after
    assert Segment.objects.latest("until").sequence == 3


def test_when_old_links_have_gone_the_rest_is_verified_from_the_kept_head(cast: Cast) -> None:
    append(cast.beuk.pk, [Entry(at=datetime(2026, 1, 3, tzinfo=UTC), name="x", outcome="done")])
    keep_segments([cast.beuk.pk], on=date(2026, 2, 1))
    ten(cast)
    old = {1: head_at(cast, 1).hash, 7: head_at(cast, 7).hash}
    with powers_of_an_owner():
        Entry.objects.filter(school_id=cast.beuk.pk, sequence=1).delete()
    assert kept_head(cast.beuk.pk).sequence == 1
    assert verified(cast.beuk.pk, anchors=old).is_sound
    with powers_of_nobody(), transaction.atomic():
        Entry.objects.filter(school_id=cast.beuk.pk).delete()
    assert head_of(cast.beuk.pk) == kept_head(cast.beuk.pk)
    record_event(cast.anna, cast.group_6a, "test.done")
    assert Entry.objects.get(school_id=cast.beuk.pk).sequence == 2
    assert verified(cast.beuk.pk).is_sound


@contextmanager
def powers_of_nobody() -> Iterator[None]:
    """The triggers are already gone on SQLite; PostgreSQL has them back."""
    if connection.vendor == "postgresql":
        with powers_of_an_owner():
            yield
    else:
        yield


def head_at(cast: Cast, number: int) -> Head:
    entry = Entry.objects.get(school_id=cast.beuk.pk, sequence=number)
    return Head(entry.sequence, entry.hash)


def test_each_school_is_verified_behind_its_own_wall(cast: Cast) -> None:
    ten(cast)
    with schools_open([cast.eik.pk]):
        seen = verified(cast.beuk.pk).links
    assert seen == (0 if connection.vendor == "postgresql" else 10)
