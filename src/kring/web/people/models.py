"""Who gets which hat, by whose word; the paper with which somebody comes in; and what somebody must be told."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from kring.core.access import Role
from kring.web.accounts.models import PaperCode
from kring.web.schools.models import Membership, OfSchool, until_after_from

_ROLES = [(role.value, role.value) for role in Role]


class Appointment(OfSchool):
    """A role that one person proposes and a second one approves; approved, it becomes the membership."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=30, choices=_ROLES)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    proposed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    membership = models.OneToOneField(Membership, on_delete=models.PROTECT, null=True, related_name="appointment")  # none when declined

    class Meta:
        constraints: ClassVar = [until_after_from("appointment_until_after_from")]


class AccountInvitation(OfSchool):
    """A code on paper with which one person makes an own way of logging in, once."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations")
    code = models.ForeignKey(PaperCode, on_delete=models.CASCADE, related_name="invitations")
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")  # none when made on the server itself
    made_at = models.DateTimeField()


class Recovery(OfSchool):
    """Two colleagues who know somebody let that person make a new way of logging in."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recoveries")
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    code = models.ForeignKey(PaperCode, on_delete=models.CASCADE, null=True, related_name="recoveries")


class Notice(OfSchool):
    """Something that one person must know, by the name of the event and the id of what it is about: never a text."""

    receiver = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="notices")
    event = models.CharField(max_length=60)
    record = models.CharField(max_length=40)
    record_id = models.UUIDField()
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
