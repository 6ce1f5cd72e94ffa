"""The school as a whole: what it wants to reach, and the fixed figures of every round that was closed."""

from typing import ClassVar

from django.db import models

from kring.web.schools.models import Membership, OfSchool
from kring.web.surveys.models import Round


class Ambition(OfSchool):
    """What the school wants to reach on one part: of a scale the green band, or a share at most. The newest of a part holds."""

    part = models.CharField(max_length=120)  # a scale of an instrument ("kring-leerling.wellbeing"), or "care"
    highest_share = models.FloatField(null=True)  # of the care score, between 0 and 1; empty: the mean lies in the green band
    reds_needed = models.PositiveSmallIntegerField(null=True)  # of the care score: in the care zone with at least so many red scales
    is_dropped = models.BooleanField(default=False)  # no ambition on this part any more
    set_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ("set_at", "part")


class Snapshot(OfSchool):
    """The figures of a round as a whole, counted once when it was closed: of nobody, and of no few.

    After that nothing is counted again, unless the round was opened again and so much changed that the difference tells nothing of a few.
    """

    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="snapshot")
    cells = models.JSONField()
    made_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True)  # closed again with a few lists more, which are not counted

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("school", "round", name="snapshot_once_per_round")]
