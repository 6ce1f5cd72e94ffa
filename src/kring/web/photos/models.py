"""Photos of pupils, small and without anything else that was in the file."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from kring.core.access import Record
from kring.core.retention import Holding, Retention
from kring.web.schools.models import Membership, OfSchool, Pupil


class Photo(OfSchool):
    """One photo of a pupil, drawn anew from what was brought, so that nothing of the file itself is kept; or who wants none."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("pupil", "picture", "added_by", "added_at", "refused_by"),
        Holding("to let children who do not read well find their classmates", Retention.PUPIL_FILE, Record.PHOTO),
    )

    pupil = models.OneToOneField(Pupil, on_delete=models.CASCADE, related_name="photo")
    picture = models.BinaryField(default=b"")  # empty: there is none, because somebody at home wants none
    added_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(null=True)
    refused_by = models.JSONField(default=list)  # keys of the guardians who want none; null: the pupil self
