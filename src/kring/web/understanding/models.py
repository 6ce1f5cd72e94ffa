"""Thinking before acting: of one pupil or a class, on at least two kinds of source, with everybody's own words."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.core.access import Record
from kring.core.retention import Holding, Retention
from kring.web.schools.models import Group, Guardian, Membership, OfSchool, Pupil

_THOUGHT = Holding("to understand what is going on before doing something", Retention.PUPIL_FILE, Record.UNDERSTANDING)
_VOICE = Holding("to hear pupil, guardians and school each in their own words", Retention.PUPIL_FILE, Record.VOICE)
_FACTOR = Holding("to know what protects and what weighs, as far as support needs it", Retention.PUPIL_FILE, Record.FACTOR)


class Understanding(OfSchool):
    """The thinking steps; what goes well comes first."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        (
            *("pupil", "group", "goes_well", "can_be_better", "not_yet", "works_already", "in_pupil", "in_surroundings", "needs"),
            *("class_questions", "made_by", "made_at", "edited_at", "edited_by", "settled_at"),
        ),
        _THOUGHT,
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, null=True, related_name="understandings")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="understandings")
    goes_well = models.TextField(blank=True)
    can_be_better = models.TextField(blank=True)
    not_yet = models.TextField(blank=True)  # how much, and where not yet
    works_already = models.TextField(blank=True)  # where it works, if in part
    in_pupil = models.TextField(blank=True)  # what explains it, in the pupil
    in_surroundings = models.TextField(blank=True)  # and around the pupil: class, home, grown-ups
    needs = models.TextField(blank=True)  # this pupil needs … ; in sentences, never a label
    class_questions = models.JSONField(default=dict)  # of a class: question of core.understanding.ClassThinking -> answer
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    edited_at = models.DateTimeField()
    edited_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(pupil=None) ^ Q(group=None), name="understanding_of_a_pupil_or_a_group"),
            models.UniqueConstraint("school", "pupil", condition=Q(settled_at=None), name="one_open_understanding_of_a_pupil"),
            models.UniqueConstraint("school", "group", condition=Q(settled_at=None), name="one_open_understanding_of_a_group"),
        ]


class UnderstandingSource(OfSchool):
    """What it rests on: a row of Kring by its kind and key, or something outside it in a few words; never retyped."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(("understanding", "kind", "row", "words", "activity", "says_on"), _THOUGHT)

    understanding = models.ForeignKey(Understanding, on_delete=models.CASCADE, related_name="sources")
    kind = models.CharField(max_length=30)  # core.understanding.SourceKind
    row = models.UUIDField(null=True)
    words = models.CharField(max_length=300, blank=True)
    activity = models.CharField(max_length=40, blank=True)  # of an observation: during what it was seen
    says_on = models.DateField()


class Voice(OfSchool):
    """Overview, insight and outlook in somebody's own words; written down by another only when it says so."""

    class Whose(models.TextChoices):
        SCHOOL = "school", _("school")
        PUPIL = "pupil", _("leerling")
        GUARDIAN = "guardian", _("ouder of verzorger")

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        (
            *("pupil", "understanding", "whose", "guardian", "overview", "insight", "outlook", "asked_by", "asked_at"),
            *("written_down_by", "written_at"),
        ),
        _VOICE,
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="voices")
    understanding = models.ForeignKey(Understanding, on_delete=models.CASCADE, related_name="voices")
    whose = models.CharField(max_length=10, choices=Whose.choices)
    guardian = models.ForeignKey(Guardian, on_delete=models.PROTECT, null=True, related_name="+")
    overview = models.TextField(blank=True)
    insight = models.TextField(blank=True)
    outlook = models.TextField(blank=True)
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    written_down_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")  # somebody of the school
    written_at = models.DateTimeField(null=True)  # until then it is a question that waits

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("school", "understanding", "whose", condition=Q(guardian=None), name="voice_once"),
            models.UniqueConstraint("school", "understanding", "guardian", name="voice_once_per_guardian"),
            models.CheckConstraint(condition=Q(whose="guardian") ^ Q(guardian=None), name="voice_of_a_guardian_has_one"),
        ]


class Factor(OfSchool):
    """What weighs or protects, in the pupil or around; it goes on its day unless somebody keeps it."""

    class Side(models.TextChoices):
        PUPIL = "pupil", _("in de leerling")
        SURROUNDINGS = "surroundings", _("in de omgeving")

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("pupil", "side", "protects", "beside", "text", "source", "review_on", "author", "made_at", "gone_at"), _FACTOR
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="factors")
    side = models.CharField(max_length=20, choices=Side.choices)
    protects = models.BooleanField()
    beside = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="weighs")  # what protects, beside what weighs
    text = models.CharField(max_length=300)
    source = models.CharField(max_length=120)
    review_on = models.DateField()
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("made_at", "-protects", "id")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(protects=True) | Q(beside__isnull=False), name="what_weighs_has_protection_beside_it")
        ]
