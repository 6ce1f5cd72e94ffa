"""Rounds, whom they ask and what came in. What it scores is worked out from that, each time it is shown."""

from collections.abc import Mapping
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from kring.core.access import Record
from kring.core.retention import Holding, Retention
from kring.web.schools.models import Group, OfSchool, Pupil, School, SchoolYear


class Round(OfSchool):
    """An instrument offered to a population in a window."""

    year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="rounds")
    instrument = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    opens_on = models.DateField()
    closes_on = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("opens_on", "title")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(closes_on__gte=models.F("opens_on")), name="round_closes_after_opening")
        ]

    def __str__(self) -> str:
        return self.title


class Invitation(OfSchool):
    """One list about one pupil that a round asks for, in the group where the pupil sat at that time."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("round", "group", "pupil"),
        Holding("to know whose list is asked for and which one is still missing", Retention.PUPIL_FILE, Record.INVITATION),
    )

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="invitations")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="invitations")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="invitations")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("school", "round", "pupil", name="invitation_once_per_round")]


class Submission(OfSchool):
    """The answers to one invitation: item → code, or the reason why there is none."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("invitation", "answers", "submitted_at"),
        Holding("to see how the pupil is doing and to talk about it", Retention.PUPIL_FILE, Record.SUBMISSION),
    )

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="submission")
    answers = models.JSONField()
    submitted_at = models.DateTimeField()


class AnonymousSubmission(models.Model):
    """Answers that nobody can tie to a pupil: no pupil, no time, a random key, and no row order (storage migration)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="anonymous_submissions")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField()


class ScalePrecision(OfSchool):
    """How precise a scale is in this school: kept when answers come in or a round closes, so that a page need not read every answer."""

    instrument = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    scale = models.CharField(max_length=60)
    sem = models.FloatField()
    reliability = models.FloatField()
    sd = models.FloatField()
    n = models.PositiveIntegerField()
    origin = models.CharField(max_length=20)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("school", "instrument", "version", "scale", name="precision_once_per_scale")]
