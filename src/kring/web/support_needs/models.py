"""What a teacher needs to help a class or a pupil: between the teacher and a coach, and never in an appraisal."""

from typing import ClassVar

from django.db import models

from kring.core.support_needs import Help
from kring.web.columns import values
from kring.web.schools.models import Dated, Membership, OfSchool, until_after_from


class SupportNeed(OfSchool):
    """Of its author; who else reads it has a seat at it. It names no pupil: the sentence is about the adult."""

    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="support_needs")
    text = models.TextField()
    wants = models.CharField(max_length=20, choices=values(Help))
    made_at = models.DateTimeField()
    reply = models.TextField(blank=True)  # of the coach
    replied_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    replied_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True)


class SupportNeedCoach(OfSchool, Dated):
    """The coach whom the author chose."""

    need = models.ForeignKey(SupportNeed, on_delete=models.CASCADE, related_name="coaches")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [until_after_from("support_need_coach_until_after_from")]
