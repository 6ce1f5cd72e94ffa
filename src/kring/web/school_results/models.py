"""The school as a whole: what it wants to reach, and the fixed figures of rounds without names."""

from typing import ClassVar

from django.db import models

from kring.web.schools.models import Membership, OfSchool
from kring.web.surveys.models import Round


class Ambition(OfSchool):
    """What the school wants to reach on one part: of a scale the green band, or a share at most. The newest of a part holds."""

    part = models.CharField(max_length=120)  # a scale of an instrument ("kring-leerling.wellbeing"), or "care"
    highest_share = models.FloatField(null=True)  # of the care score, between 0 and 1; empty: the mean lies in the green band
    set_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()


class Snapshot(OfSchool):
    """The cells of a round without names, counted once when it was closed; after that nothing is counted again."""

    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="snapshot")
    cells = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("school", "round", name="snapshot_once_per_round")]
