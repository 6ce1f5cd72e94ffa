"""What was put with the wrong pupil and moved, and the pupil who was entered twice: who did it, why, and whether it was undone."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from kring.core.access import Record
from kring.core.retention import Holding, Retention
from kring.web.schools.models import Group, Membership, OfSchool, Pupil
from kring.web.surveys.models import Round


class MovedList(OfSchool):
    """A list that stood with one pupil and was about another; `swapped` when the two lists changed places."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("round", "group", "pupil", "to_pupil", "swapped", "seal", "reason", "moved_by", "moved_at", "undone_by", "undone_at"),
        Holding("to know where a list stood before, so that a mistake can be followed back", Retention.PUPIL_FILE, Record.MOVED_LIST),
    )

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="lists_moved_away")
    to_pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="lists_moved_here")
    swapped = models.BooleanField()
    seal = models.CharField(max_length=64)  # what both lists were right after it: whether somebody changed an answer since
    reason = models.CharField(max_length=300)
    moved_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    moved_at = models.DateTimeField()
    undone_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-moved_at",)


class MergedPupil(OfSchool):
    """Two entries of one pupil became one. `moved` names the rows that changed pupils, so that they can go back."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("pupil", "gone", "reason", "moved", "filled", "merged_by", "merged_at", "undone_by", "undone_at"),
        Holding("to know that two entries were one pupil, and what went where", Retention.PUPIL_FILE, Record.MERGED_PUPIL),
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="merges")
    gone = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="merged_away")
    reason = models.CharField(max_length=300)
    moved = models.JSONField()  # {"enrolment.pupil": {"here": [ids], "away": [ids]}, …}, see intake.py
    filled = models.JSONField(default=list)  # the names of columns that were empty and were filled from the other entry
    merged_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField()
    undone_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-merged_at",)
