"""Asking advice without saying about whom: no key to a pupil, a group or a birth date, and gone after ninety days."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.web.schools.models import Dated, Membership, OfSchool, until_after_from


class Consultation(OfSchool, Dated):
    """A sheet without a name: seen by its author and by those at the table."""

    class AgeBand(models.TextChoices):
        YOUNGEST = "4-7", _("4 tot en met 7 jaar")
        MIDDLE = "8-11", _("8 tot en met 11 jaar")
        YOUNG_TEEN = "12-14", _("12 tot en met 14 jaar")
        TEEN = "15-18", _("15 jaar en ouder")

    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="consultations")
    age_band = models.CharField(max_length=10, choices=AgeBand.choices)
    sector = models.CharField(max_length=3)
    question = models.CharField(max_length=300)
    situation = models.TextField(max_length=3000)
    tried = models.TextField(max_length=3000, blank=True)
    closed_at = models.DateTimeField(null=True)  # from then on its author alone reads it, until it is gone
    asked = models.JSONField(default=list)  # with whom one looked along: keys of core.consulting.Consulted, never a name
    outcome = models.TextField(max_length=3000, blank=True)
    next_step = models.TextField(max_length=1000, blank=True)

    class Meta:
        ordering = ("-from_at",)
        constraints: ClassVar = [
            until_after_from("consultation_until_after_from"),
            models.CheckConstraint(condition=models.Q(until_at__isnull=False), name="no_consultation_without_end"),
        ]


class ConsultationSeat(OfSchool, Dated):
    """A place at the table."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="seats")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="consultation_seats")

    class Meta:
        constraints: ClassVar = [until_after_from("consultation_seat_until_after_from")]


class ConsultationReply(OfSchool):
    """What somebody at the table advises."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="replies")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=3000)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at",)
