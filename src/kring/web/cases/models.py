"""A pupil about whom several people work together for a while: who, what for, and what was shared with them."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from kring.core.access import Record
from kring.core.retention import Holding, Retention
from kring.web.files.models import StoredFile
from kring.web.schools.models import Dated, Membership, OfSchool, Pupil, until_after_from

_CASE = Holding("to work together on what this pupil needs, and with whom", Retention.PUPIL_FILE, Record.CASE)


SHEET = "application/json"
"""What is kept of a report: the words on the paper, printed anew for each reader. Anything else is handed out as it is."""


class Case(OfSchool, Dated):
    """Open from–until; when it closes, everybody from outside is out."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(("pupil", "purpose", "opened_by", "from_at", "until_at"), _CASE)

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="cases")
    purpose = models.CharField(max_length=300)
    opened_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-from_at",)
        constraints: ClassVar = [until_after_from("case_until_after_from")]


class CaseMember(OfSchool, Dated):
    """Somebody who works on a case."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(("case", "membership", "from_at", "until_at"), _CASE)

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="members")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="cases")

    class Meta:
        constraints: ClassVar = [until_after_from("case_member_until_after_from")]


class Share(OfSchool):
    """A version of a record as it was when it was shared with a case; `record` says of which kind."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("case", "record", "title", "file", "shared_by", "shared_at", "withdrawn_at", "shown_to_pupil_at", "shown_to_guardians_at"),
        Holding("to let those on the case read what was agreed to", Retention.PUPIL_FILE, Record.SHARE),
    )

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="shares")
    record = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    file = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, related_name="+")
    shared_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    shared_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    shown_to_pupil_at = models.DateTimeField(null=True)
    shown_to_guardians_at = models.DateTimeField(null=True)
