"""Organisations outside the school, and who of them has an account."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kring.web.schools.models import Membership, OfSchool


class Organisation(OfSchool):
    """Somebody the school works with: the recipient of a consent."""

    class Kind(models.TextChoices):
        PARTNERSHIP = "partnership", _("samenwerkingsverband")
        BOARD = "board", _("bovenschools ondersteuningsteam")
        GUIDANCE = "guidance", _("begeleidingsdienst of ambulante begeleiding")
        PSYCHOLOGY = "psychology", _("orthopedagoog of psycholoog")
        MUNICIPALITY = "municipality", _("gemeente of wijkteam")
        SOCIAL_WORK = "social_work", _("schoolmaatschappelijk werk")
        YOUTH_HEALTH = "youth_health", _("jeugdgezondheidszorg")
        ATTENDANCE = "attendance", _("leerplicht")
        OTHER = "other", _("andere organisatie")

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    offer = models.CharField(max_length=300, blank=True)  # what they do for a school
    contact = models.CharField(max_length=200, blank=True)  # of the organisation, not of a child
    checked_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("name",)
        constraints: ClassVar = [models.UniqueConstraint("school", "name", name="organisation_once_per_school")]

    def __str__(self) -> str:
        return self.name


class Partner(OfSchool):
    """Somebody of an organisation with an account at this school."""

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="partner")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="partners")
    position = models.CharField(max_length=80, blank=True)
