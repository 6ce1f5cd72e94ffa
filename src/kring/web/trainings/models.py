"""A training for a few pupils or a class: who gives it, who takes part, on which days, and whether it carries over into the school day."""

from collections.abc import Hashable, Mapping
from datetime import date
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.core import trainings as rules
from kring.core.access import Record
from kring.core.consents import PUPIL
from kring.core.retention import Holding, Retention
from kring.web.schools.models import Dated, Group, Membership, OfSchool, Pupil, until_after_from

_OFFER = Holding("to know which training is given, by whom and when", Retention.PUPIL_FILE, Record.TRAINING)
_PLACE = Holding("to practise something in a small group, with a goal and an agreement", Retention.PUPIL_FILE, Record.TRAINING_PLACE)
_DAYS = Holding("to plan a training and know who was there", Retention.PUPIL_FILE, Record.TRAINING_SESSION)


class Training(OfSchool):
    """From one day until another, by somebody of the school or from outside. Without `open_at` only trainer and coordinator know of it."""

    class Topic(models.TextChoices):
        SOCIAL_SKILLS = rules.Topic.SOCIAL_SKILLS.value, _("sociale vaardigheden")
        FEAR_OF_FAILURE = rules.Topic.FEAR_OF_FAILURE.value, _("faalangst")
        RESILIENCE = rules.Topic.RESILIENCE.value, _("weerbaarheid")
        FEELINGS = rules.Topic.FEELINGS.value, _("omgaan met gevoelens")
        WORKING = rules.Topic.WORKING.value, _("werkhouding en plannen")
        DIVORCE = rules.Topic.DIVORCE.value, _("als ouders uit elkaar gaan")
        GRIEF = rules.Topic.GRIEF.value, _("rouw en verlies")
        OTHER = rules.Topic.OTHER.value, _("iets anders")

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        (
            *("group", "title", "topic", "intervention", "trainer", "outside", "most", "starts_on", "ends_on", "open_at"),
            *("made_by", "made_at", "edited_at", "closed_at", "closing"),
        ),
        _OFFER,
    )

    title = models.CharField(max_length=120)
    topic = models.CharField(max_length=20, choices=Topic.choices)
    intervention = models.CharField(max_length=60, blank=True)  # key of an entry of the library
    trainer = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")  # from outside: who of the school looks after it
    outside = models.CharField(max_length=120, blank=True)  # the trainer from outside, by name or organisation
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="trainings")  # for a whole class
    most = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    open_at = models.DateTimeField(null=True)  # from when on the pupil's own teacher sees the place; empty: confidential
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    edited_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closing = models.TextField(blank=True)

    class Meta:
        ordering = ("-starts_on", "title")

    @property
    def is_confidential(self) -> bool:
        return self.open_at is None


class TrainingPlace(OfSchool):
    """A pupil who takes part: what for, who said yes, how it was before and after, and how it is used outside the training."""

    ONESELF: ClassVar = "pupil"

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        (
            *("training", "pupil", "goal", "added_by", "added_at", "left_at", "yes"),
            *("before", "after", "transfer_where", "transfer_who", "transfer_on", "transfer_seen"),
        ),
        _PLACE,
    )

    training = models.ForeignKey(Training, on_delete=models.CASCADE, related_name="places")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="training_places")
    goal = models.CharField(max_length=300)  # in the pupil's own words
    added_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    yes = models.JSONField(default=dict)  # by the key of each guardian who said yes, or “pupil”: on which day, and whose hat noted it
    before = models.PositiveSmallIntegerField(null=True)  # nought to ten, said by the pupil
    after = models.PositiveSmallIntegerField(null=True)
    transfer_where = models.CharField(max_length=300, blank=True)
    transfer_who = models.CharField(max_length=120, blank=True)
    transfer_on = models.DateField(null=True)
    transfer_seen = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("school", "training", "pupil", name="training_place_once")]
        ordering = ("added_at",)

    def said_yes(self) -> dict[Hashable, date]:
        """Who said yes, and on which day; that is enough when everybody with a say did (core.trainings.agreed_since)."""
        return {PUPIL if who == self.ONESELF else UUID(who): date.fromisoformat(said["on"]) for who, said in self.yes.items()}


class TrainingSession(OfSchool):
    """One meeting."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(("training", "day", "about"), _DAYS)

    training = models.ForeignKey(Training, on_delete=models.CASCADE, related_name="sessions")
    day = models.DateField()
    about = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("school", "training", "day", name="training_session_once")]
        ordering = ("day",)


class TrainingAttendance(OfSchool):
    """Whether one pupil was at one meeting; without a row nobody has said."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(("place", "session", "came", "noted_at"), _DAYS)

    place = models.ForeignKey(TrainingPlace, on_delete=models.CASCADE, related_name="attendance")
    session = models.ForeignKey(TrainingSession, on_delete=models.CASCADE, related_name="attendance")
    came = models.BooleanField()
    noted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("school", "place", "session", name="training_attendance_once")]


class TrainingWish(OfSchool, Dated):
    """The school wants a training for every class of this year of school. Without a row it does not ask for one."""

    topic = models.CharField(max_length=20)
    year_level = models.PositiveSmallIntegerField()
    set_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            until_after_from("training_wish_until_after_from"),
            models.UniqueConstraint(fields=["school", "topic", "year_level"], condition=models.Q(until_at=None), name="training_wish_once"),
        ]
