"""What is done with a result: read with care, shown to the family, answered by them, and followed by something or not."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from kring.core.access import Record
from kring.core.retention import Holding, Retention
from kring.web.schools.models import Group, Guardian, Membership, OfSchool, Pupil
from kring.web.surveys.models import Invitation, Round

TALK = "to talk about a result with the pupil and the guardians, and to keep what they say about it"
DECIDE = "to read a result with care before anything is decided about the pupil"


class ScaleProfile(OfSchool):
    """What came out about a pupil in one round, from the moment that it is shown to the pupil or the guardians."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("pupil", "round", "lines", "shown_by", "shown_to_pupil_at", "shown_to_guardians_at"),
        Holding(TALK, Retention.PUPIL_FILE, Record.SCALE_PROFILE),
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="scale_profiles")
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    lines = models.JSONField(default=list)  # scale by scale, as it was when it was shown: what was talked about does not change later
    shown_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    shown_to_pupil_at = models.DateTimeField(null=True)
    shown_to_guardians_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("school", "pupil", "round", name="profile_once_per_round")]


class ResultResponse(OfSchool):
    """What the pupil or a guardian says about a result. Nobody of the school writes or changes it; it stays beside the result."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("profile", "guardian", "text", "said_at"),
        Holding(TALK, Retention.PUPIL_FILE, Record.RESULT_RESPONSE),
    )

    profile = models.ForeignKey(ScaleProfile, on_delete=models.CASCADE, related_name="responses")
    guardian = models.ForeignKey(Guardian, on_delete=models.PROTECT, null=True, related_name="+")  # none: the pupil
    text = models.TextField()
    said_at = models.DateTimeField()


class CriticalReading(OfSchool):
    """The four questions about the list of one pupil, answered before anything is decided."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("invitation", "answers", "texts", "read_by", "read_at"),
        Holding(DECIDE, Retention.PUPIL_FILE, Record.CRITICAL_READING),
    )

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="critical_reading")
    answers = models.JSONField()
    texts = models.JSONField(default=dict)
    read_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()


class Direction(OfSchool):
    """A direction for acting from the catalogue: taken, or declined with the reason why. About one pupil, or about the group."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("round", "group", "pupil", "scale", "entry", "entry_version", "is_taken", "reason", "chosen_by", "chosen_at"),
        Holding("to know what the school does with a result, and why not", Retention.PUPIL_FILE, Record.DIRECTION),
    )

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="directions")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, null=True, related_name="directions")
    scale = models.CharField(max_length=60)
    entry = models.CharField(max_length=60)  # key in content/catalogue
    entry_version = models.PositiveSmallIntegerField()
    is_taken = models.BooleanField()
    reason = models.CharField(max_length=300, blank=True)
    chosen_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("school", "round", "group", "pupil", "scale", "entry", name="direction_once_per_entry"),
            models.CheckConstraint(condition=Q(is_taken=True) | ~Q(reason=""), name="declined_with_reason"),
        ]
