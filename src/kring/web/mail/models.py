"""Where a person wants to be told that something is waiting, and the messages that are on their way.

These belong to a person and not to a school: who works at two gets one message a day. No message has a content to keep.
"""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from kring.core.mail import LONGEST_ADDRESS, HowOften, Trouble
from kring.web.columns import values


class MailAddress(models.Model):
    """An address that its owner read a code at, not longer than a year ago."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_address")
    address = models.CharField(max_length=LONGEST_ADDRESS)
    how_often = models.CharField(max_length=10, choices=values(HowOften), default=HowOften.DAILY.value)
    confirmed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    refused_at = models.DateTimeField(null=True)  # the other side said that nobody reads it
    told_at = models.DateTimeField(null=True)


class MailCode(models.Model):
    """A code that is on its way to an address. It is not kept: with the server's own key it follows from the id."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_code")
    address = models.CharField(max_length=LONGEST_ADDRESS)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)


class OutgoingMail(models.Model):
    """One message, written with what it is about; its text is made when it goes. The id is the number that mail servers know it by."""

    class Kind(models.TextChoices):
        WAITING = "waiting"  # something is waiting for you
        CODE = "code"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="outgoing_mail")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    code = models.ForeignKey(MailCode, on_delete=models.CASCADE, null=True, related_name="mails")  # of a message that asks to confirm
    written_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=20, blank=True, choices=values(Trouble))
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # sent, or given up: nothing is tried any more
    bounced_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(sent_at=None) | Q(ended_at__isnull=False), name="sent_mail_is_over")]
        indexes: ClassVar = [models.Index(fields=["next_try_at"], condition=Q(ended_at=None), name="mail_that_waits")]
