"""The change of the school year as a plan that becomes dated rows, and the warm handover per pupil."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from kring.core.access import Record
from kring.core.handovers import LONGEST, Part, Said
from kring.core.retention import Holding, Retention
from kring.web.schools.models import Group, Guardian, Membership, OfSchool, Pupil, SchoolYear

_SAID = [(said.value, said.value) for said in Said]


class YearChange(OfSchool):
    """From one school year to the next. Set, it stands in enrolments and assignments with dates; the plan is kept until the minute."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("plan", "changed"), Holding("to prepare who sits in which group next year", Retention.ENROLMENT, Record.YEAR_CHANGE)
    )

    from_year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="changes_from")
    to_year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="changes_to")
    plan = models.JSONField(default=dict)  # as core/year_change.py has it; pupils by id
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    minute = models.DateTimeField(null=True)  # from which the new groups hold
    set_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField(null=True)
    changed = models.JSONField(default=dict)  # which rows were made and ended, by id: to take it back before the minute

    class Meta:
        ordering = ("made_at",)
        constraints: ClassVar = [models.UniqueConstraint("school", "from_year", name="year_changes_once")]


class Handover(OfSchool):
    """What the next teacher should know. The pupil's new teacher sees it from `passes_at`, nobody any more from `until_at`."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        (
            *("pupil", "group", "year", "works", "watch", "wish", "version", "written_by", "written_at", "shown_at"),
            *("shown_to_pupil_at", "passes_at", "until_at", "kept_at", "kept_by"),
        ),
        Holding("to let the next teacher begin well with the child", Retention.PUPIL_FILE, Record.HANDOVER),
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="handovers")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="handovers")  # whose team wrote it
    year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="handovers")  # the one that ends
    works = models.CharField(max_length=LONGEST, blank=True)
    watch = models.CharField(max_length=LONGEST, blank=True)
    wish = models.CharField(max_length=LONGEST, blank=True)
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True)  # to the guardians
    shown_to_pupil_at = models.DateTimeField(null=True)
    passes_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField(null=True)
    kept_at = models.DateTimeField(null=True)
    kept_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("school", "pupil", "group", name="handover_once_per_group")]

    @property
    def texts(self) -> dict[Part, str]:
        """The parts in which something was written."""
        return {part: text for part in Part if (text := getattr(self, part.value))}


class HandoverAnswer(OfSchool):
    """What a guardian, or without one the pupil, said about the text of that version, part by part."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("handover", "guardian", "version", "works", "watch", "wish", "remark", "answered_at", "recorded_by", "talked_on"),
        Holding("to pass on only what the family agreed to", Retention.PUPIL_FILE, Record.HANDOVER_ANSWER),
    )

    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="answers")
    guardian = models.ForeignKey(Guardian, on_delete=models.CASCADE, null=True, related_name="handover_answers")
    version = models.PositiveIntegerField()
    works = models.CharField(max_length=8, blank=True, choices=_SAID)
    watch = models.CharField(max_length=8, blank=True, choices=_SAID)
    wish = models.CharField(max_length=8, blank=True, choices=_SAID)
    remark = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    talked_on = models.DateField(null=True)  # said in a talk at school, and written down by who recorded it

    @property
    def said(self) -> dict[Part, Said]:
        """What was said of each part that there was."""
        return {part: Said(word) for part in Part if (word := getattr(self, part.value))}
