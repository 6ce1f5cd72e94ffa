"""What somebody saw of a pupil or a class, how it was answered, and the doors through which who has no account hands it in."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.core.access import Record
from kring.core.retention import Holding, Retention
from kring.web.schools.models import Dated, Group, Membership, OfSchool, Pupil, until_after_from

_SEEN = Holding("to let nothing that was seen of a pupil go unanswered", Retention.PUPIL_FILE, Record.SIGNAL)


class SignalDoor(OfSchool, Dated):
    """A code on paper, for who works at or around the school without an account: it opens one screen and nothing else."""

    name = models.CharField(max_length=60)  # where it hangs, or for whom
    code_hash = models.CharField(max_length=64)  # the code itself is on the paper alone
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [until_after_from("signal_door_until_after_from")]


class Signal(OfSchool):
    """What was seen; apart from it what somebody thinks of it. About one pupil, or about a class."""

    class Kind(models.TextChoices):
        OBSERVATION = "observation", _("observatie")
        WORRY = "worry", _("zorg")
        ABSENCE = "absence", _("verzuim")
        RESULT = "result", _("uitslag")
        NEWCOMER = "newcomer", _("nieuwe leerling")

    class Heard(models.TextChoices):
        SEEN = "seen", _("zelf gezien")
        TOLD = "told", _("door de leerling verteld")
        HEARD = "heard", _("van een ander gehoord")

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        (
            *("pupil", "group", "about", "kind", "fact", "interpretation", "heard", "seen_at", "place", "signs", "families", "started_on"),
            *("worry", "author", "door", "handed_in_by", "made_at", "counts_until_on", "picked_up_at", "shown_to_guardians_at"),
            *("receipt_hash", "is_serious", "ended_on"),
        ),
        _SEEN,
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, null=True, related_name="signals")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="signals")
    about = models.CharField(max_length=200, blank=True)  # whom, in the words of who handed it in, until somebody knows the pupil
    kind = models.CharField(max_length=20, choices=Kind.choices)
    fact = models.TextField()
    interpretation = models.TextField(blank=True)
    heard = models.CharField(max_length=10, choices=Heard.choices, default=Heard.SEEN)
    seen_at = models.DateTimeField()
    place = models.CharField(max_length=40, blank=True)  # a key of core.signs
    signs = models.JSONField(default=list)  # keys of core.signs
    families = models.JSONField(default=list)
    started_on = models.DateField(null=True)
    worry = models.PositiveSmallIntegerField(default=1)  # 1 to 3
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    door = models.ForeignKey(SignalDoor, on_delete=models.PROTECT, null=True, related_name="signals")
    handed_in_by = models.CharField(max_length=80, blank=True)  # as somebody at a door called themselves
    made_at = models.DateTimeField()
    counts_until_on = models.DateField()  # after that it gives no points any more, and is asked about: still there?
    picked_up_at = models.DateTimeField(null=True)
    shown_to_guardians_at = models.DateTimeField(null=True)
    receipt_hash = models.CharField(max_length=64, blank=True)  # who handed it in at a door reads by it that it was picked up
    is_serious = models.BooleanField(default=False)  # came through a door with words that are for the reporting code
    ended_on = models.DateField(null=True)  # somebody looked again, and it is there no longer

    class Meta:
        ordering = ("-seen_at",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(worry__gte=1, worry__lte=3), name="signal_worry_from_one_to_three"),
            models.UniqueConstraint(fields=["school", "receipt_hash"], condition=~Q(receipt_hash=""), name="signal_receipt_once"),
        ]


class SignalAnswer(OfSchool):
    """Act, watch until a day, or explain; the last one counts, and none is ever changed."""

    class Kind(models.TextChoices):
        ACT = "act", _("we doen iets")
        WATCH = "watch", _("we kijken het aan tot een dag")
        EXPLAIN = "explain", _("er is een verklaring")

    class Judgement(models.TextChoices):
        KNOWN = "known", _("bekend en klopt")
        NEW = "new", _("nieuw en klopt")
        WRONG = "wrong", _("klopt niet")
        UNCLEAR = "unclear", _("nog onduidelijk")

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("signal", "kind", "judgement", "reason", "until_on", "first_steps", "answered_by", "answered_at"),
        Holding("to see that every signal was answered, and why so", Retention.PUPIL_FILE, Record.SIGNAL_ANSWER),
    )

    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="answers")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    judgement = models.CharField(max_length=10, choices=Judgement.choices)
    reason = models.TextField()
    until_on = models.DateField(null=True)
    first_steps = models.JSONField(default=list)  # keys of core.signals.FirstStep that were taken before acting
    answered_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ("answered_at",)
