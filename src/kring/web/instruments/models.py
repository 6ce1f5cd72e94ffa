"""A school's own lists, version by version, beside those of the library."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kring.web.schools.models import Membership, OfSchool


class OwnInstrument(OfSchool):
    """One version of a list that this school wrote, or filled a shell with: a draft until it is released, and then never changed.

    What a list says is its `source`, the file as content/instruments has them. The storage migration sees to it that nothing changes or
    removes what was released; that no new round may be opened with it (`retired_at`, the end of a licence) stands beside it.
    """

    key = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    source = models.TextField()  # a draft may be incomplete; then it is the same fields as JSON
    before = models.TextField(blank=True)  # the draft as it was before the last change, to go back to
    edition = models.PositiveIntegerField(default=1)  # counts the changes to a draft, for two who write at once
    fingerprint = models.CharField(max_length=64, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)  # no new rounds from then on
    fills = models.CharField(max_length=80, blank=True)  # the shell of a publisher's list that it fills in, with its version
    licence_proof = models.CharField(max_length=200, blank=True)  # number or contract
    licence_until = models.DateField(null=True, blank=True)
    licence_said_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    licence_said_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("title", "version")
        constraints: ClassVar = [
            models.UniqueConstraint("school", "key", "version", name="own_instrument_once_per_version"),
            models.CheckConstraint(condition=Q(released_at=None) | ~Q(fingerprint=""), name="released_instrument_has_fingerprint"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        """Whether it may still change."""
        return self.released_at is None
