"""“Ik maak me zorgen over een vriend(in)”: a pupil tells one person of the school, and gets an answer."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from kring.core.access import Record
from kring.core.retention import Holding, Retention
from kring.web.schools.models import Membership, OfSchool, Pupil

_WORRY = Holding("to let a pupil share a worry about a friend with an adult", Retention.PUPIL_FILE, Record.PEER_CONCERN)


class PeerConcern(OfSchool):
    """To one person of the school; whom it is about stands in words alone, and in no file. Without a name no key to the pupil is kept."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        (
            *("pupil", "receiver", "about", "key_hash", "asked_at", "answer_by_on", "seen_at", "answered_at", "ended_at"),
            *("reminded_at", "late_told_at"),
        ),
        _WORRY,
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, null=True, related_name="peer_concerns")
    receiver = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="peer_concerns")
    about = models.CharField(max_length=120)
    key_hash = models.CharField(max_length=64, blank=True)  # of the words with which who gave no name comes back to read the answer
    asked_at = models.DateTimeField()
    answer_by_on = models.DateField()
    seen_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)  # of the first answer
    reminded_at = models.DateTimeField(null=True)
    late_told_at = models.DateTimeField(null=True)  # when somebody else heard that a pupil waits
    ended_at = models.DateTimeField(null=True)


class ConcernMessage(OfSchool):
    """One turn in it, never changed."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(("concern", "turn", "is_of_pupil", "by", "text", "sent_at"), _WORRY)

    concern = models.ForeignKey(PeerConcern, on_delete=models.CASCADE, related_name="messages")
    turn = models.PositiveSmallIntegerField()  # of who gave no name only the day is kept: this orders them
    is_of_pupil = models.BooleanField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")  # none of both: Kring's own
    text = models.TextField()
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ("turn",)
        constraints: ClassVar = [models.UniqueConstraint("school", "concern", "turn", name="concern_message_once_per_turn")]
