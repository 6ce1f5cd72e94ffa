"""What was last worked out about whom to look at, so that a page needs no second thought; and the school's own table of points."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from kring.core.access import Record
from kring.core.retention import Holding, Retention
from kring.web.schools.models import Dated, Membership, OfSchool, Pupil, until_after_from


class PupilAttention(OfSchool):
    """The two channels of one pupil, never added up; `lines` says of every point where it came from and until when.

    Points and level are empty where nothing is known: of `silent` sources nothing came in, or too long ago.
    """

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        (
            *("pupil", "inward_points", "inward_level", "outward_points", "outward_level", "lines", "direct", "silent"),
            *("last_heard_on", "last_discussed_on", "reviews_missed", "table", "worked_out_at"),
        ),
        Holding("to overlook no pupil, the quiet ones as little as the noisy ones", Retention.PUPIL_FILE, Record.PUPIL_ATTENTION),
    )

    pupil = models.OneToOneField(Pupil, on_delete=models.CASCADE, related_name="attention")
    inward_points = models.PositiveSmallIntegerField(null=True)
    inward_level = models.PositiveSmallIntegerField(null=True)
    outward_points = models.PositiveSmallIntegerField(null=True)
    outward_level = models.PositiveSmallIntegerField(null=True)
    lines = models.JSONField(default=list)
    direct = models.JSONField(default=list)
    silent = models.JSONField(default=list)
    last_heard_on = models.DateField(null=True)  # when somebody last wrote of this pupil, or talked about or with one
    last_discussed_on = models.DateField(null=True)
    reviews_missed = models.PositiveSmallIntegerField(default=0)
    table = models.CharField(max_length=40)
    worked_out_at = models.DateTimeField()


class AttentionTable(OfSchool, Dated):
    """The points that this school gives, from a day on; what was used before stays to be read."""

    version = models.CharField(max_length=40)
    changes = models.JSONField(default=dict)  # row of core.attention.DEFAULT_TABLE -> points, or off
    class_line = models.PositiveSmallIntegerField(default=20)  # percent of a class from which the class comes first
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [until_after_from("attention_table_until_after_from")]
