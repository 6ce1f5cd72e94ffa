"""A week of the log that somebody looked through and signed for."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.web.schools.models import Membership, OfSchool


class Review(OfSchool):
    """The signature under one week, with the head of the chain as it stood then: a printed copy shows later that nothing was changed."""

    class Remark(models.TextChoices):
        NOTHING = "nothing", _("Niets bijzonders gezien.")
        ASKED = "asked", _("Nagevraagd bij wie het betrof; het is verklaard.")
        FOLLOWED_UP = "followed_up", _("Er volgt een gesprek of een maatregel; dat leg ik buiten Kring vast.")
        REPORTED = "reported", _("Ik heb het gemeld als mogelijk datalek.")

    week = models.DateField()  # its Monday
    signed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="reviews")
    signed_at = models.DateTimeField()
    remark = models.CharField(max_length=20, choices=Remark.choices)
    lines = models.PositiveIntegerField()  # how many stood on the list
    sequence = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("week",)
        constraints: ClassVar = [models.UniqueConstraint("school", "week", name="week_signed_once")]
