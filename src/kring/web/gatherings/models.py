"""A dated talk or review with who sits at it, how it is prepared, what was said and what was agreed."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.core import gatherings as rules
from kring.core.access import Record
from kring.core.retention import Holding, Retention
from kring.web.schools.models import Dated, Group, Guardian, Membership, OfSchool, Pupil, until_after_from
from kring.web.signals.models import Signal
from kring.web.tasks.models import Task

_TALK = Holding("to talk with who it is about, well prepared", Retention.PUPIL_FILE, Record.GATHERING)
_TRUST = Holding("to have at least one adult for every pupil whom it trusts", Retention.PUPIL_FILE, Record.TRUSTED_ADULT)
_SAID = Holding("to hear what the pupil and the guardians think of a report", Retention.PUPIL_FILE, Record.TALK_RESPONSE)
_REPORT = Holding("to remember what was said and agreed", Retention.PUPIL_FILE, Record.TALK_REPORT)


class Gathering(OfSchool):
    """About one pupil, or about a class."""

    class Kind(models.TextChoices):
        PUPIL_TALK = "pupil_talk", _("gesprek met de leerling")
        GUARDIAN_TALK = "guardian_talk", _("gesprek met ouders")
        THREE_WAY_TALK = "three_way_talk", _("driehoeksgesprek")
        GROUP_REVIEW = "group_review", _("groepsbespreking")
        EVALUATION = "evaluation", _("evaluatie van een plan")
        COLLEAGUES = "colleagues", _("overleg met collega's")

    class First(models.TextChoices):
        PUPIL = "pupil", _("eerst met de leerling alleen")
        TOGETHER = "together", _("meteen samen met de ouders")
        GUARDIANS = "guardians", _("eerst met de ouders")

    class Bridge(models.TextChoices):
        NONE = rules.Bridge.NONE.value, _("niemand, wij begrijpen elkaar in het Nederlands")
        INTERPRETER = rules.Bridge.INTERPRETER.value, _("een tolk, of de tolkentelefoon")
        COLLEAGUE = rules.Bridge.COLLEAGUE.value, _("een collega die de taal spreekt")
        KEY_FIGURE = rules.Bridge.KEY_FIGURE.value, _("een sleutelfiguur uit de buurt")
        ADULT = rules.Bridge.ADULT.value, _("een volwassene die de ouders zelf meebrengen")

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        (
            *(
                "pupil",
                "group",
                "kind",
                "purpose",
                "planned_at",
                "held_at",
                "called_off_at",
                "called_off_because",
                "first_with",
                "first_why",
            ),
            *(
                "signal",
                "plan_key",
                "last_plan",
                "about_class",
                "preparation",
                "bridge_kind",
                "bridge",
                "made_by",
                "made_at",
                "edited_at",
                "shown_to_pupil_at",
                "shown_to_guardians_at",
            ),
        ),
        _TALK,
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, null=True, related_name="gatherings")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="gatherings")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    purpose = models.CharField(max_length=300)
    planned_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True)
    called_off_at = models.DateTimeField(null=True)
    called_off_because = models.CharField(max_length=300, blank=True)
    first_with = models.CharField(max_length=20, choices=First.choices, blank=True)
    first_why = models.CharField(max_length=300, blank=True)
    preparation = models.JSONField(default=dict)  # point of core.gatherings -> [whether it was thought about, note]; never shown at home
    bridge_kind = models.CharField(max_length=12, choices=Bridge.choices, default=Bridge.NONE)
    bridge = models.CharField(max_length=120, blank=True)  # who interprets; never a child
    signal = models.ForeignKey(Signal, on_delete=models.SET_NULL, null=True, related_name="gatherings")  # what the talk is about
    plan_key = models.UUIDField(null=True)  # the plan of which people ask whether it helped; plans stand above talks
    last_plan = models.TextField(blank=True)  # of a group review: how the last plan of the class went,
    about_class = models.TextField(blank=True)  # and what the class needs
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    edited_at = models.DateTimeField()
    shown_to_pupil_at = models.DateTimeField(null=True)
    shown_to_guardians_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-planned_at",)


class GatheringSeat(OfSchool):
    """Who is asked to it: a colleague, the pupil, a guardian, or somebody by name."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(("gathering", "membership", "pupil", "guardian", "name", "came"), _TALK)

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="seats")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, null=True, related_name="gathering_seats")
    guardian = models.ForeignKey(Guardian, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=80, blank=True)
    came = models.BooleanField(null=True)


class DiscussedPupil(OfSchool):
    """A pupil on the agenda of a group review: why, and what was decided."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("gathering", "pupil", "because", "discussed_at", "decision", "reason", "who", "by_on"), _TALK
    )

    class Decision(models.TextChoices):
        ACT = rules.Decision.ACT.value, _("we doen iets")
        WATCH = rules.Decision.WATCH.value, _("we kijken het aan tot een dag")
        EXPLAIN = rules.Decision.EXPLAIN.value, _("er is een verklaring")
        PLAN = rules.Decision.PLAN.value, _("we maken een plan")

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="discussed")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="discussed")
    because = models.JSONField(default=list)  # channels and reasons of core.attention
    discussed_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=20, choices=Decision.choices, blank=True)
    reason = models.TextField(blank=True)
    who = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")  # who does what was decided
    by_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("school", "gathering", "pupil", name="discussed_pupil_once")]


class TalkReport(OfSchool):
    """What was said, with the pupil's own words; the pupil and the guardians may say that it is right, and add to it."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        (
            "gathering",
            "author",
            "text",
            "pupil_words",
            "no_words_because",
            "made_at",
            "edited_at",
            "shown_to_pupil_at",
            "shown_to_guardians_at",
        ),
        _REPORT,
    )

    gathering = models.OneToOneField(Gathering, on_delete=models.CASCADE, related_name="report")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    pupil_words = models.TextField(blank=True)
    no_words_because = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    edited_at = models.DateTimeField()
    shown_to_pupil_at = models.DateTimeField(null=True)
    shown_to_guardians_at = models.DateTimeField(null=True)


class TalkResponse(OfSchool):
    """What the pupil or a guardian says of a report. Nobody of the school writes or changes it; it stays beside the report."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(("report", "guardian", "is_right", "text", "said_at"), _SAID)

    report = models.ForeignKey(TalkReport, on_delete=models.CASCADE, related_name="responses")
    guardian = models.ForeignKey(Guardian, on_delete=models.PROTECT, null=True, related_name="+")  # none: the pupil
    is_right = models.BooleanField()
    text = models.TextField(blank=True)
    said_at = models.DateTimeField()


class Agreement(OfSchool):
    """What somebody will do, by when; of a colleague it is a task."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(("gathering", "text", "who", "task", "by_on", "kept_at"), _REPORT)

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="agreements")
    text = models.CharField(max_length=300)
    who = models.CharField(max_length=120)
    task = models.ForeignKey(Task, on_delete=models.SET_NULL, null=True, related_name="+")
    by_on = models.DateField(null=True)
    kept_at = models.DateTimeField(null=True)


class TrustedAdult(OfSchool, Dated):
    """Somebody of the school whom a pupil trusts, and who said yes to that."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("pupil", "membership", "asked_by", "is_pupils_choice", "from_at", "until_at", "agreed_at"), _TRUST
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="trusted_adults")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="trusted_by")
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    is_pupils_choice = models.BooleanField()
    agreed_at = models.DateTimeField(null=True)  # nobody is it without knowing

    class Meta:
        constraints: ClassVar = [until_after_from("trusted_adult_until_after_from")]
