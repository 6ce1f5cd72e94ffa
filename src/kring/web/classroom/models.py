"""The door for pupils without an account: a window that a teacher opens, a key for each pupil, and the seats that are taken."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kring.core.access import Record
from kring.core.retention import Holding, Retention
from kring.web.schools.models import Group, Membership, OfSchool, Pupil

DOOR = "to let a pupil in who has no account, and nobody in the name of another"


class SignInWindow(OfSchool):
    """A teacher lets a group in for at most an hour and a half."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="windows")
    opened_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=64)  # keyed hash of the class code
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)  # before its time

    class Meta:
        indexes: ClassVar = [models.Index(fields=["code"], name="class_code_found")]  # asked before the school is known
        constraints: ClassVar = [
            models.UniqueConstraint("school", "code", name="class_code_once"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opened_at")), name="window_closes_after_opening"),
        ]


class PupilKey(OfSchool):
    """What a pupil shows or knows. Keyed hashes alone: what was printed once is printed anew, never looked up."""

    class Kind(models.TextChoices):
        CARD = "card"
        PICTURES = "pictures"
        PIN = "pin"

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("pupil", "kind", "hash", "made_at", "wrong_tries", "locked_at"),
        Holding(DOOR, Retention.PUPIL_FILE, Record.PUPIL_KEY),
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="keys")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    locked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("school", "pupil", "kind", name="pupil_key_once_per_kind")]


class Seat(OfSchool):
    """A pupil at a tablet. The next sign-in of the same pupil ends this one."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("window", "pupil", "token", "sitting", "tablet", "taken_at", "seen_at", "left_at", "called_back_at"),
        Holding(DOOR, Retention.FOURTEEN_DAYS, Record.SEAT),
    )

    window = models.ForeignKey(SignInWindow, on_delete=models.CASCADE, related_name="seats")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="seats")
    token = models.CharField(max_length=64)  # keyed hash of what the cookie holds
    sitting = models.PositiveIntegerField()  # counts on per pupil: answers of a later sitting go before those of an earlier one
    tablet = models.CharField(max_length=40, blank=True)
    taken_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    called_back_at = models.DateTimeField(null=True)  # somebody else sat here: what its tickets still bring is refused

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("school", "pupil", "sitting", name="sitting_once_per_pupil"),
            models.UniqueConstraint("school", "token", name="seat_token_once"),
        ]
