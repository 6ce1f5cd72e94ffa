"""A question about a pupil to somebody from outside, how it stands, and the report with who may read it."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from kring.core.access import Record
from kring.core.retention import Holding, Retention
from kring.web.cases.models import Case
from kring.web.catalogue.models import Organisation
from kring.web.files.models import StoredFile
from kring.web.plans.models import Plan
from kring.web.schools.models import Dated, Membership, OfSchool, Pupil, until_after_from


class ExpertRequest(OfSchool):
    """What is asked of which organisation, by when; an adviser at the case reads it, with consent."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        (
            *("pupil", "organisation", "case", "plan", "kind", "state", "question", "tried", "with_name", "by_on", "asked_by", "asked_at"),
            *("answer", "answered_at", "planned_on", "reported_at"),
        ),
        Holding("to get help from outside for this pupil, and to know whether it came", Retention.PUPIL_FILE, Record.EXPERT_REQUEST),
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="expert_requests")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="expert_requests")
    case = models.ForeignKey(Case, on_delete=models.SET_NULL, null=True, related_name="expert_requests")
    plan = models.ForeignKey(Plan, on_delete=models.SET_NULL, null=True, related_name="expert_requests")
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=12)
    question = models.TextField()
    tried = models.TextField(blank=True)
    with_name = models.BooleanField(default=True)
    by_on = models.DateField()
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=300, blank=True)  # why accepted or declined, in a sentence
    answered_at = models.DateTimeField(null=True)
    planned_on = models.DateField(null=True)
    reported_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-asked_at",)


class ExpertReader(OfSchool, Dated):
    """Somebody who was named as a reader of the report; nobody else of the team reads it."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("request", "membership", "named_by", "from_at", "until_at"),
        Holding("to know who may read the report of an expert", Retention.EXPERT_REPORT, Record.EXPERT_READER),
    )

    request = models.ForeignKey(ExpertRequest, on_delete=models.CASCADE, related_name="readers")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("school", "request", "membership", name="expert_reader_once"),
            until_after_from("expert_reader_until_after_from"),
        ]


class ExpertReport(OfSchool):
    """What came of it, in own words, perhaps with a file; it lies apart from the file of the pupil and goes sooner."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("request", "text", "evaluation", "file", "written_by", "written_at", "forget_at"),
        Holding("to use what an expert found, for as long as it holds", Retention.EXPERT_REPORT, Record.EXPERT_REPORT),
    )

    request = models.OneToOneField(ExpertRequest, on_delete=models.CASCADE, related_name="report")
    text = models.TextField(blank=True)
    evaluation = models.CharField(max_length=300, blank=True)  # the own line of who helped: how it was done, and whether it helped
    file = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, related_name="+")
    written_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    forget_at = models.DateTimeField()
