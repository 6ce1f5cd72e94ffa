"""What the school decided about questions that may hurt: a no to a classmate, and being bullied by name."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kring.web.schools.models import Dated, Membership, OfSchool, until_after_from


class ChoicePolicy(OfSchool, Dated):
    """These questions may be asked: what for, since when the guardians know, and who follows it up."""

    class Kind(models.TextChoices):
        """Of questions."""

        NEGATIVE = "negative"
        BULLYING = "bullying"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    purpose = models.CharField(max_length=300)
    guardians_informed_on = models.DateField()
    follow_up = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    kept_days = models.PositiveSmallIntegerField(default=365)
    decided_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            until_after_from("choice_policy_until_after_from"),
            models.UniqueConstraint(fields=["school", "kind"], condition=Q(until_at=None), name="choice_policy_one_of_a_kind"),
        ]
