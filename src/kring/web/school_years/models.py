"""The days without school in a school year, and the words of the region: each from a day."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.web.schools.models import Membership, OfSchool, SchoolYear


class Holiday(OfSchool):
    """A holiday, a public holiday or a study day; from the first day up to and including the last."""

    class Kind(models.TextChoices):
        VACATION = "vacation", _("vakantie")
        PUBLIC = "public", _("feestdag")
        STUDY = "study", _("studiedag")

    year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="holidays")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=60)
    first_on = models.DateField()
    last_on = models.DateField()
    groups = models.JSONField(default=list)  # ids of the groups that are free; empty: the whole school
    source = models.CharField(max_length=60, blank=True)  # the calendar of content/calendars that it came from

    class Meta:
        ordering = ("first_on", "name")
        constraints: ClassVar = [models.CheckConstraint(condition=Q(last_on__gte=models.F("first_on")), name="holiday_ends_after_start")]

    def __str__(self) -> str:
        return self.name


class RegionalTerms(OfSchool):
    """An edition of the words of the region, from a day until the next one begins. What it says never changes: a change is an edition."""

    from_on = models.DateField()
    partnership = models.CharField(max_length=120)
    pack = models.CharField(max_length=60, blank=True)  # the pack of content/packs that it was taken from
    terms = models.JSONField(default=dict)  # words, layers, request fields and procedure, as in a pack
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("made_at",)

    def __str__(self) -> str:
        return self.partnership
