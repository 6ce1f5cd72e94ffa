"""Sociograms: the frozen list of a group, who took part, who chose whom."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kring.core.access import Record
from kring.core.retention import Holding, Retention
from kring.core.sociometry.nominations import Participation
from kring.web.schools.models import Group, OfSchool, Pupil
from kring.web.surveys.models import Round


class Sociogram(OfSchool):
    """One group in a sociogram round."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="sociograms")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="sociograms")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("school", "round", "group", name="sociogram_once_per_group")]


class ListedPupil(OfSchool):
    """A name on the list that the pupils saw; absent pupils stay on it."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("sociogram", "pupil", "participation"),
        Holding("to count only those who could choose and be chosen", Retention.PUPIL_FILE, Record.LISTED_PUPIL),
    )

    sociogram = models.ForeignKey(Sociogram, on_delete=models.CASCADE, related_name="listed")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="listed")
    participation = models.CharField(max_length=10, choices=[(status.value, status.value) for status in Participation])

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("school", "sociogram", "pupil", name="listed_once_per_sociogram")]


class Nomination(OfSchool):
    """Somebody chose somebody in answer to a question."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("sociogram", "question", "polarity", "chooser", "chosen"),
        Holding("to see who belongs with whom and who stands alone", Retention.RAW_CHOICES, Record.NOMINATION),
    )

    sociogram = models.ForeignKey(Sociogram, on_delete=models.CASCADE, related_name="nominations")
    question = models.CharField(max_length=60)
    polarity = models.SmallIntegerField()
    chooser = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="nominations_given")
    chosen = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="nominations_received")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("school", "sociogram", "question", "chooser", "chosen", name="nomination_once"),
            models.CheckConstraint(condition=~Q(chooser=F("chosen")), name="nobody_chooses_oneself"),
        ]
