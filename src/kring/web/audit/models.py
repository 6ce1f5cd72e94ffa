"""The log: who did and saw what. Ids and codes only, never a name or a text; rows are added and never changed (storage migration)."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from kring.core.access import Record
from kring.core.retention import Holding, Retention


class Entry(models.Model):
    """Something was read, done, tried or refused: one link in the chain of its school."""

    school_id = models.UUIDField()
    sequence = models.PositiveBigIntegerField()  # from 1, without gaps, per school
    at = models.DateTimeField()
    person_id = models.UUIDField(null=True)
    actor_id = models.UUIDField(null=True)  # the membership: the hat that was worn
    role = models.CharField(max_length=30, blank=True)
    on_behalf_of = models.UUIDField(null=True)  # the membership for whom work in the background was done
    name = models.CharField(max_length=60)  # in the past tense with a dot
    record = models.CharField(max_length=40, blank=True)
    record_id = models.UUIDField(null=True)
    pupil_id = models.UUIDField(null=True)
    group_id = models.UUIDField(null=True)
    purpose = models.CharField(max_length=20, blank=True)
    outcome = models.CharField(max_length=10)
    route = models.CharField(max_length=80, blank=True)
    session = models.CharField(max_length=16, blank=True)  # keyed hashes: the same session and place, and not which
    from_where = models.CharField(max_length=16, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("school_id", "sequence")
        constraints: ClassVar = [models.UniqueConstraint("school_id", "sequence", name="entry_once_in_its_chain")]
        indexes: ClassVar = [
            models.Index("school_id", "at", name="entry_by_moment"),
            models.Index("school_id", "pupil_id", "at", name="entry_by_pupil"),
            models.Index("school_id", "group_id", "at", name="entry_by_group"),
            models.Index("school_id", "person_id", "at", name="entry_by_person"),
        ]


ROW = tuple(field.name for field in Entry._meta.local_fields if field.name not in {"id", "hash"})
"""What the seal of an entry is taken over, in this order."""

LOG = Holding("to show afterwards who saw and did what, and to find misuse", Retention.LOG, Record.ENTRY)
HOLDINGS: Mapping[str, Holding] = dict.fromkeys((*ROW, "hash"), LOG)
Entry.holdings = HOLDINGS  # type: ignore[attr-defined]


class Segment(models.Model):
    """The head of a chain at the end of a month: what is older may go when its time is over, and the rest is verified from here."""

    school_id = models.UUIDField()
    until = models.DateField()  # the first day that is no longer in it
    sequence = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("school_id", "sequence")
        constraints: ClassVar = [models.UniqueConstraint("school_id", "until", name="segment_once_per_month")]
