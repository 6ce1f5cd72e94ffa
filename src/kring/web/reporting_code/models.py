"""A suspicion of violence or abuse: kept apart from everything else, and open to named people alone."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from kring.core.access import Record
from kring.core.reporting_code import CodeDecision
from kring.core.retention import Holding, Retention
from kring.web.columns import values
from kring.web.schools.models import Dated, Membership, OfSchool, Pupil, until_after_from

_FILE = Holding("to follow the reporting code after a serious suspicion", Retention.PUPIL_FILE, Record.REPORTING_CODE_FILE)


class ReportingCodeFile(OfSchool):
    """Of one pupil, or of one whom somebody has still to look up; nothing in the pupil's own file points at it."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(("pupil", "called", "opened_by", "opened_at", "closed_at"), _FILE)

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, null=True, related_name="reporting_code_files")
    called = models.CharField(max_length=120, blank=True)  # as typed by who may not look the pupil up; tied to the pupil later
    opened_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)


class ReportingCodeSeat(OfSchool, Dated):
    """Somebody who may open the file: who handed it in, the designated contact, and whom these let in."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(("file", "membership", "from_at", "until_at"), _FILE)

    file = models.ForeignKey(ReportingCodeFile, on_delete=models.CASCADE, related_name="seats")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [until_after_from("reporting_code_seat_until_after_from")]


class ReportingCodeNote(OfSchool):
    """What was seen or heard, from whom, and apart from it what somebody thinks; never changed, only added to."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("file", "author", "kind", "fact", "source", "interpretation", "seen_at", "made_at"), _FILE
    )

    file = models.ForeignKey(ReportingCodeFile, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)  # core.reporting_code.NoteKind
    fact = models.TextField()
    source = models.CharField(max_length=200)
    interpretation = models.TextField(blank=True)
    seen_at = models.DateTimeField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("made_at",)


class ReportingCodeStep(OfSchool):
    """One of the five steps: done on a day, by whom, what was weighed; or passed over, and why. Never changed, only added to."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        (
            *("file", "number", "done_on", "who", "weighed", "skipped_because", "asked", "advice"),
            *("is_safe_now", "can_help_ourselves", "decision", "author", "made_at"),
        ),
        _FILE,
    )

    file = models.ForeignKey(ReportingCodeFile, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()  # core.reporting_code.CodeStep
    done_on = models.DateField()
    who = models.CharField(max_length=200, blank=True)
    weighed = models.TextField(blank=True)
    skipped_because = models.TextField(blank=True)
    asked = models.CharField(max_length=200, blank=True)  # of the second step: which colleague, and Veilig Thuis
    advice = models.TextField(blank=True)
    is_safe_now = models.TextField(blank=True)  # of the fifth step, in own words: is it unsafe now, or again and again?
    can_help_ourselves = models.TextField(blank=True)  # and can we, with others, offer enough help ourselves?
    decision = models.CharField(max_length=20, blank=True, choices=values(CodeDecision))
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("made_at",)
