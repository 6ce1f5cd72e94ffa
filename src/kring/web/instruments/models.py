"""A school's own lists, version by version, beside those of the library."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kring.web.schools.models import OfSchool


class OwnInstrument(OfSchool):
    """One version of a list that this school wrote, or filled a shell with: a draft until it is released, and then never changed."""

    key = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    source = models.TextField()  # the file, as content/instruments has them
    fingerprint = models.CharField(max_length=64, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("title", "version")
        constraints: ClassVar = [
            models.UniqueConstraint("school", "key", "version", name="own_instrument_once_per_version"),
            models.CheckConstraint(condition=Q(released_at=None) | ~Q(fingerprint=""), name="released_instrument_has_fingerprint"),
        ]

    def __str__(self) -> str:
        return self.title
