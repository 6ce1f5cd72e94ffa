"""Check-in and check-out: a few words in the morning, points during the day, a few words at the end."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from kring.core.access import Record
from kring.core.retention import Holding, Retention
from kring.web.plans.models import Plan
from kring.web.schools.models import Membership, OfSchool, Pupil

_CARD = Holding("to let a pupil see the days go better, with one adult", Retention.PUPIL_FILE, Record.CHECK_IN_CARD)


class CheckInCard(OfSchool):
    """Of one pupil with one adult: what is looked at, at which moments of the day."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("pupil", "plan", "goals", "moments", "with_whom", "target", "from_on", "until_on", "made_by", "made_at"), _CARD
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="check_in_cards")
    plan = models.ForeignKey(Plan, on_delete=models.SET_NULL, null=True, related_name="check_in_cards")
    goals = models.JSONField(default=list)
    moments = models.JSONField(default=list)
    with_whom = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    target = models.PositiveSmallIntegerField()  # percent of the points
    from_on = models.DateField()
    until_on = models.DateField()
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()


class CheckInDay(OfSchool):
    """One day on the card: points per moment, and what was said. Points are only ever given."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("card", "on", "points", "morning", "evening", "pupil_words", "entered_by", "entered_at"), _CARD
    )

    card = models.ForeignKey(CheckInCard, on_delete=models.CASCADE, related_name="days")
    on = models.DateField()
    points = models.JSONField(default=dict)  # moment -> goal -> 0 to 2
    morning = models.CharField(max_length=200, blank=True)
    evening = models.CharField(max_length=200, blank=True)
    pupil_words = models.CharField(max_length=200, blank=True)
    entered_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("school", "card", "on", name="check_in_day_once")]
