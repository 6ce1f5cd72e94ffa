"""“Ik wil praten”: a pupil asks somebody of the school for a talk, or reads when somebody from outside is there."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from kring.core.access import Record
from kring.core.retention import Holding, Retention
from kring.web.schools.models import Membership, OfSchool, Pupil


class TalkRequest(OfSchool):
    """Of one pupil to one person of the school; nobody else reads it. It becomes a task of that person."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("pupil", "receiver", "asked_at", "answer_by_on", "seen_at", "reminded_at", "late_told_at", "answered_at"),
        Holding("to let a pupil find somebody to talk with", Retention.PUPIL_FILE, Record.TALK_REQUEST),
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="talk_requests")
    receiver = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="talk_requests")
    asked_at = models.DateTimeField()
    answer_by_on = models.DateField()  # the day that the pupil was promised
    seen_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    late_told_at = models.DateTimeField(null=True)  # when somebody else heard that a pupil waits
    answered_at = models.DateTimeField(null=True)


class WalkInHour(OfSchool):
    """When somebody from outside is at school, for any pupil who wants to come. Nothing hangs on it: who came is nobody's to keep."""

    name = models.CharField(max_length=80)  # of the professional
    profession = models.CharField(max_length=80)
    weekday = models.PositiveSmallIntegerField()  # 0: Monday
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    place = models.CharField(max_length=80)
    for_whom = models.CharField(max_length=80, blank=True)  # groups, in the words of the school
    text = models.CharField(max_length=300, blank=True)
