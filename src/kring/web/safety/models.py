"""What a helper must know at once about a pupil, and the glass that is broken to read it."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from kring.core.access import Record
from kring.core.glass import Remark
from kring.core.retention import Holding, Retention
from kring.web.columns import values
from kring.web.schools.models import Dated, Membership, OfSchool, Pupil, until_after_from


class SafetyCard(OfSchool):
    """What to do, and not to do, when it matters now."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("pupil", "text", "version", "updated_at", "updated_by"),
        Holding("to help a pupil at once and without doing harm", Retention.PUPIL_FILE, Record.SAFETY_CARD),
    )

    pupil = models.OneToOneField(Pupil, on_delete=models.CASCADE, related_name="safety_card")
    text = models.CharField(max_length=1000)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")


class BreakGlass(OfSchool, Dated):
    """One hour with one pupil whom one may not see otherwise: with a reason, told at once, looked at afterwards."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("membership", "pupil", "reason", "from_at", "until_at", "reviewed_by", "reviewed_at", "was_right", "remark"),
        Holding("to judge afterwards whether the glass was broken rightly", Retention.PUPIL_FILE, Record.BREAK_GLASS),
    )

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="glasses")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="glasses")
    reason = models.CharField(max_length=500)
    reviewed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    was_right = models.BooleanField(null=True)
    remark = models.CharField(max_length=20, blank=True, choices=values(Remark))

    class Meta:
        constraints: ClassVar = [until_after_from("break_glass_until_after_from")]
