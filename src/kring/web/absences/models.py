"""Counts of absence, typed or taken over by the week, and what they ask to look up. Kring is not the register of absence."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from kring.core.absences import Rule
from kring.core.access import Record
from kring.core.retention import Holding, Retention
from kring.web.columns import values
from kring.web.schools.models import Dated, Membership, OfSchool, Pupil, until_after_from

_COUNTS = Holding("to read absence together with what else is known of a pupil", Retention.TWO_SCHOOL_YEARS, Record.ABSENCE_WEEK)
_PROMPT = Holding("to have somebody look in the register of absence in time", Retention.TWO_SCHOOL_YEARS, Record.ABSENCE_PROMPT)


class AbsenceWeek(OfSchool):
    """One pupil in one school week; never why."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        (
            *("pupil", "week_on", "hours_allowed", "hours_not_allowed", "sick_reports", "sick_days", "late", "sent_out", "same_lesson"),
            *("entered_by", "entered_at"),
        ),
        _COUNTS,
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="absence_weeks")
    week_on = models.DateField()  # its Monday
    hours_allowed = models.DecimalField(max_digits=4, decimal_places=1, default=0)
    hours_not_allowed = models.DecimalField(max_digits=4, decimal_places=1, default=0)
    sick_reports = models.PositiveSmallIntegerField(default=0)
    sick_days = models.PositiveSmallIntegerField(default=0)
    late = models.PositiveSmallIntegerField(default=0)
    sent_out = models.PositiveSmallIntegerField(default=0)
    same_lesson = models.PositiveSmallIntegerField(default=0)  # the same lesson missed
    entered_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("school", "pupil", "week_on", name="absence_week_once")]


class AbsencePrompt(OfSchool):
    """A rule of the school was met: look in the register, and say what was done."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        (
            *("pupil", "rule", "amount", "counted_to", "noticed_on", "look_by_on"),
            *("was_reported", "reported_on", "over_on", "settled_by", "settled_at"),
        ),
        _PROMPT,
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="absence_prompts")
    rule = models.CharField(max_length=40, choices=values(Rule))
    amount = models.DecimalField(max_digits=5, decimal_places=1)
    counted_to = models.DateField()  # the Monday of the last week that counts; after it the rule counts anew
    noticed_on = models.DateField()
    look_by_on = models.DateField()
    was_reported = models.BooleanField(null=True)
    reported_on = models.DateField(null=True)
    over_on = models.DateField(null=True)
    settled_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("school", "pupil", "rule", "counted_to", name="absence_prompt_once")]


class AbsenceStep(OfSchool):
    """What is done after a prompt: the talk, the advice of the school doctor, what was agreed, and the day to look again."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("prompt", "kind", "due_on", "owner", "done_on", "outcome", "made_by", "made_at"),
        Holding("to help a pupil who is often ill, step by step", Retention.TWO_SCHOOL_YEARS, Record.ABSENCE_STEP),
    )

    prompt = models.ForeignKey(AbsencePrompt, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=20)  # core.absence_steps.Step
    due_on = models.DateField()
    owner = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField(null=True)
    outcome = models.TextField(blank=True)  # never what the pupil has
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("school", "prompt", "kind", name="absence_step_once")]
        ordering = ("due_on", "made_at")


class AbsenceRule(OfSchool, Dated):
    """What the school itself says about one of the rules: on or off, and from how much on. Without a row the rule is as Kring brings it."""

    rule = models.CharField(max_length=40, choices=values(Rule))
    is_on = models.BooleanField()
    most = models.PositiveSmallIntegerField()
    set_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            until_after_from("absence_rule_until_after_from"),
            models.UniqueConstraint(fields=["school", "rule"], condition=models.Q(until_at=None), name="absence_rule_once"),
        ]
