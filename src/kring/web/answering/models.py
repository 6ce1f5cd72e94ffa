"""What is being filled in and is not handed in yet. Nobody but who fills it in reads it; a list without names never stands here."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from kring.core.access import Record
from kring.core.retention import Holding, Retention
from kring.web.schools.models import Group, Membership, OfSchool
from kring.web.surveys.models import GuardianInvitation, Invitation, Round

BUSY = "to go on where somebody stopped, and to lose nothing of it"


class Filling(OfSchool):
    """One list on its way, of or about a pupil or of a guardian. Handed in, it becomes what the round keeps, and goes."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("invitation", "guardian_invitation", "sitting", "begun_at"),
        Holding(BUSY, Retention.FOURTEEN_DAYS, Record.FILLING),
    )

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, null=True, related_name="filling")
    guardian_invitation = models.OneToOneField(GuardianInvitation, on_delete=models.CASCADE, null=True, related_name="filling")
    sitting = models.PositiveIntegerField(default=1)  # of who fills it in now
    begun_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(invitation__isnull=False, guardian_invitation=None) | Q(invitation=None, guardian_invitation__isnull=False),
                name="filling_of_one_invitation",
            )
        ]


class Answer(OfSchool):
    """One answer on its way. Of the same item the highest turn counts, in whatever order they arrive."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("filling", "item", "value", "turn", "given_by"),
        Holding(BUSY, Retention.FOURTEEN_DAYS, Record.ANSWER),
    )

    filling = models.ForeignKey(Filling, on_delete=models.CASCADE, related_name="answers")
    item = models.CharField(max_length=60)
    value = models.JSONField(null=True)  # a code, a reason, a text; None: taken away again
    turn = models.BigIntegerField()  # sitting and place in it: sitting × 2**32 + place
    given_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")  # of duo partners, which

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("school", "filling", "item", name="answer_once_per_item")]


class SetAside(OfSchool):
    """Answers that came when they could not count any more: kept, reported, and taken in when the round is opened again.

    Of a list without names nothing says whose they are: no invitation, and no moment but that on which the round was closed.
    """

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        (
            *("round", "group", "invitation", "guardian_invitation", "answers", "readers", "handed_in", "came_at"),
            *("thrown_at", "thrown_by", "reason"),
        ),
        Holding("to lose nothing that somebody filled in", Retention.FOURTEEN_DAYS, Record.SET_ASIDE),
    )

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="set_aside")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="+")  # of a list without names, in it
    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, null=True, related_name="set_aside")
    guardian_invitation = models.OneToOneField(GuardianInvitation, on_delete=models.CASCADE, null=True, related_name="set_aside")
    answers = models.JSONField()  # item → value and turn; without names item → value
    readers = models.JSONField(default=dict)  # item → whom the pupil chose
    handed_in = models.BooleanField(default=False)  # it was whole
    came_at = models.DateTimeField()
    thrown_at = models.DateTimeField(null=True)  # from then on it holds no answers, only that it was here, and why it went
    thrown_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
