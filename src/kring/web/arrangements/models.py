"""Support that somebody outside granted for a pupil, and what this school offers other schools."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from kring.core.access import Record
from kring.core.arrangements import Cluster
from kring.core.retention import Holding, Retention
from kring.web.catalogue.models import Organisation
from kring.web.columns import values
from kring.web.schools.models import Dated, Membership, OfSchool, Pupil, until_after_from


class Arrangement(OfSchool):
    """From when until when, how many hours or euros, what for and what came of it."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("pupil", "kind", "grantor", "goals", "hours", "euros", "starts_on", "ends_on", "result", "entered_by", "entered_at", "edited_at"),
        Holding("to know what support was granted, and until when", Retention.PUPIL_FILE, Record.ARRANGEMENT),
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="arrangements")
    kind = models.CharField(max_length=20)
    grantor = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    goals = models.TextField()
    hours = models.DecimalField(max_digits=6, decimal_places=1, null=True)
    euros = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    result = models.TextField(blank=True)
    entered_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    edited_at = models.DateTimeField()

    class Meta:
        ordering = ("-ends_on",)


class SupportOffer(OfSchool, Dated):
    """What this school is good at and can help others with; it needs places and a day until which it holds."""

    cluster = models.CharField(max_length=30, choices=values(Cluster))
    title = models.CharField(max_length=120)
    text = models.TextField()
    contact = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    places = models.PositiveSmallIntegerField()
    is_help_desk = models.BooleanField(default=False)
    edited_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [until_after_from("support_offer_until_after_from")]
