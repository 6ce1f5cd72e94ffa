"""A file with the pupils of a whole school that somebody brought in: read and checked, made real later, or left."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from kring.core.access import Record
from kring.core.retention import Holding, Retention
from kring.web.files.models import StoredFile
from kring.web.jobs.models import Job
from kring.web.schools.models import Membership, OfSchool, SchoolYear


class RosterFile(OfSchool):
    """What was read of one file, and what was decided about it. What Kring does not read of a file is not kept."""

    holdings: ClassVar[Mapping[str, Holding]] = {
        "decisions": Holding("to take the pupils of a file over as a person decided", Retention.FOURTEEN_DAYS, Record.ROSTER_FILE)
    }

    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="roster_files")
    year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="roster_files")
    from_on = models.DateField()  # from this day new pupils sit in their group
    file = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, related_name="+")  # goes when applied, or after its days
    decisions = models.JSONField(default=dict)  # of doubtful lines by their number, of pupils that are not in the file by their id
    brought_at = models.DateTimeField()
    shown = models.CharField(max_length=64, blank=True)  # the fingerprint of the preview to which somebody said yes
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    outcome = models.JSONField(default=dict)  # how many pupils came, changed and moved; no name
    applied_at = models.DateTimeField(null=True)
