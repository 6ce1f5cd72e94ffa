"""Scales of other systems, the files in which their scores came, and the scores: never an answer to a question, and no text."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kring.core.access import Record
from kring.core.retention import Holding, Retention
from kring.web.files.models import StoredFile
from kring.web.schools.models import Membership, OfSchool, Pupil


class ExternalScale(OfSchool):
    """A scale as another system counts it; a row with scores never changes."""

    system = models.CharField(max_length=80)  # key and version of a shell, or "ander-" and what the school calls it
    title = models.CharField(max_length=120)  # of the system
    name = models.CharField(max_length=80)
    plain = models.CharField(max_length=80)  # the name as it is looked up
    low = models.FloatField()
    high = models.FloatField()
    direction = models.SmallIntegerField()  # 1 higher is more favourable, -1 higher is more trouble, 0 neither

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("school", "system", "plain", name="external_scale_once_per_system"),
            models.CheckConstraint(condition=Q(high__gt=F("low")), name="external_scale_range"),
            models.CheckConstraint(condition=Q(direction__in=[-1, 0, 1]), name="external_scale_direction"),
        ]

    def __str__(self) -> str:
        return self.name


class ExternalFile(OfSchool):
    """A file that somebody brought: looked at, taken over, thrown away or taken back. Its bytes go then, or after their days."""

    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="external_files")
    system = models.CharField(max_length=80)
    title = models.CharField(max_length=120)
    measured_on = models.DateField()
    file = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, related_name="+")
    brought_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    outcome = models.JSONField(default=dict)  # how many pupils, scales and scores; no name and no value


class ExternalScore(OfSchool):
    """The score of one pupil on one scale, as it stood in one file. Of the same scale and day, the file that was applied last counts."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("file", "pupil", "scale", "measured_on", "value"),
        Holding("to see beside our own what the system of the school found", Retention.PUPIL_FILE, Record.EXTERNAL_SCORE),
    )

    file = models.ForeignKey(ExternalFile, on_delete=models.CASCADE, related_name="scores")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="external_scores")
    scale = models.ForeignKey(ExternalScale, on_delete=models.PROTECT, related_name="scores")
    measured_on = models.DateField()
    value = models.FloatField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("school", "file", "pupil", "scale", name="external_score_once_per_file"),
        ]
