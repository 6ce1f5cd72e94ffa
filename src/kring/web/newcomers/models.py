"""A pupil who came new in the middle of a year is followed without anybody having to think of it."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from kring.core.access import Record
from kring.core.retention import Holding, Retention
from kring.web.schools.models import Group, Membership, OfSchool, Pupil


class NewcomerWatch(OfSchool):
    """The first weeks: somebody of the class beside the pupil, colleagues who look, and a talk."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        (
            *("pupil", "group", "started_on", "buddy", "buddy_asked_at", "colleagues_asked_at", "guardians_spoken_on"),
            *("talk_from_on", "talk_by_on", "talk_held_on", "reminded_at", "ended_at", "ended_by", "ended_with"),
        ),
        Holding("to let a new pupil find a place in the group", Retention.PUPIL_FILE, Record.NEWCOMER_WATCH),
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="newcomer_watches")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="newcomer_watches")
    started_on = models.DateField()
    buddy = models.ForeignKey(Pupil, on_delete=models.SET_NULL, null=True, related_name="buddy_of")
    buddy_asked_at = models.DateTimeField(null=True)  # both were asked, and said yes
    colleagues_asked_at = models.DateTimeField(null=True)
    guardians_spoken_on = models.DateField(null=True)
    talk_from_on = models.DateField()
    talk_by_on = models.DateField()
    talk_held_on = models.DateField(null=True)
    reminded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    ended_with = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("school", "pupil", "group", name="newcomer_watch_once")]
