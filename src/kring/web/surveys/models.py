"""Rounds, whom they ask and what came in. What it scores is worked out from that, each time it is shown."""

from collections.abc import Mapping
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.core.access import Record
from kring.core.instruments import Informant, Instrument
from kring.core.reliability import Origin
from kring.core.retention import Holding, Retention
from kring.web.columns import values
from kring.web.instruments.queries import instrument_in
from kring.web.jobs.models import Job
from kring.web.schools.models import Dated, Group, Guardian, Membership, OfSchool, Pupil, School, SchoolYear, until_after_from


class Round(OfSchool):
    """An instrument offered to a population in a window."""

    class Asks(models.TextChoices):
        """Whose answers it waits for."""

        PUPILS = "pupils", _("leerlingen")
        TEACHERS = "teachers", _("leraren")  # about each pupil of their groups
        GUARDIANS = "guardians", _("de ouders van één leerling")  # nobody knows of it but who may know that they were asked
        STAFF = "staff", _("collega's")

    OF_GROUPS: ClassVar = (Asks.PUPILS, Asks.TEACHERS)  # one list about each pupil of some groups

    year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="rounds")
    instrument = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    opens_on = models.DateField()
    closes_on = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")  # or who asked for it, until it is
    closing = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")  # the work that closes it
    reason = models.CharField(max_length=300, blank=True)  # why it is held beyond its rhythm, or not of everybody
    asks = models.CharField(max_length=9, choices=Asks.choices, default=Asks.PUPILS)
    is_baseline = models.BooleanField(default=False)  # the first filling of a team list: locked, also by the storage migration

    class Meta:
        ordering = ("opens_on", "title")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(closes_on__gte=models.F("opens_on")), name="round_closes_after_opening"),
            models.CheckConstraint(condition=Q(is_baseline=False) | Q(closed_at__isnull=False), name="baseline_is_closed"),
            models.UniqueConstraint(fields=["school", "instrument"], condition=Q(is_baseline=True), name="baseline_once_per_list"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def offered(self) -> Instrument:
        """What it asks, in the version with which it was opened."""
        return instrument_in(self.school_id, self.instrument, self.version)


def asks_of(instrument: Instrument) -> Round.Asks:
    """Whose answers a round of this list waits for."""
    return _ASKS[instrument.informant]


_ASKS: Mapping[Informant, Round.Asks] = {
    Informant.PUPIL: Round.Asks.PUPILS,
    Informant.TEACHER: Round.Asks.TEACHERS,
    Informant.GUARDIAN: Round.Asks.GUARDIANS,
    Informant.STAFF: Round.Asks.STAFF,
}


class Reopening(OfSchool):
    """A closed round took answers again: why, and until which day."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="reopenings")
    reason = models.CharField(max_length=300)
    closed_at = models.DateTimeField()  # when it had been closed, by whom, and what was its last day
    closed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    closes_on = models.DateField()
    reopened_at = models.DateTimeField()
    reopened_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    until_on = models.DateField()

    class Meta:
        ordering = ("reopened_at",)


class Invitation(OfSchool):
    """One list about one pupil that a round asks for, in the group where the pupil sat at that time."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("round", "group", "pupil", "absent", "answered", "ticked", "answer_until", "sheet", "withdrawn_at"),
        Holding("to know whose list is asked for and which one is still missing", Retention.PUPIL_FILE, Record.INVITATION),
    )

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="invitations")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="invitations")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="invitations")
    answered = models.BooleanField(default=False)  # of a list without names only this; never when, and never what
    ticked = models.BooleanField(default=False)  # answered on a sheet without a name, as a teacher said: only that may be taken back
    absent = models.BooleanField(default=False)  # was not there; no list is missing, and one may still come
    answer_until = models.DateField(null=True, blank=True)  # later than the others may
    sheet = models.PositiveIntegerField(null=True, blank=True)  # the number on its sheet of paper, once that was printed
    withdrawn_at = models.DateTimeField(null=True, blank=True)  # from then on nothing is asked any more

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("school", "round", "pupil", name="invitation_once_per_round"),
            models.UniqueConstraint("school", "round", "sheet", name="sheet_once_per_round"),
        ]


class GuardianInvitation(OfSchool):
    """A list that one guardian is asked to fill in about one pupil, with the reason why."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("round", "group", "pupil", "guardian", "reason", "asked_by", "asked_at", "reminded_at", "sheet", "answered_at", "withdrawn_at"),
        Holding("to ask the guardians how the pupil is doing, and to know why", Retention.PUPIL_FILE, Record.GUARDIAN_INVITATION),
    )

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="guardian_invitations")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="guardian_invitations")
    guardian = models.ForeignKey(Guardian, on_delete=models.CASCADE, related_name="invitations")
    reason = models.CharField(max_length=300)  # the guardian reads it
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    sheet = models.PositiveIntegerField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("school", "round", "pupil", "guardian", name="guardian_once_per_round"),
            models.UniqueConstraint("school", "round", "sheet", name="guardian_sheet_once_per_round"),
        ]


class ListLetter(OfSchool):
    """A letter with which one guardian fills in one list, once and without an account. Only keyed hashes of its code are kept.

    It works as long as the list may be filled in; a new one takes the place of the old.
    """

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("guardian_invitation", "front_hash", "code_hash", "wrong", "made_by", "made_at"),
        Holding("to let a guardian answer who does not log in", Retention.PUPIL_FILE, Record.LIST_LETTER),
    )

    guardian_invitation = models.OneToOneField(GuardianInvitation, on_delete=models.CASCADE, related_name="letter")
    front_hash = models.CharField(max_length=64, db_index=True)  # found before it is known which school it is of
    code_hash = models.CharField(max_length=64)
    wrong = models.PositiveSmallIntegerField(default=0)  # how often the rest of the code was typed wrong
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()


class StaffInvitation(OfSchool):
    """A list that one colleague is asked to fill in, about the school or a group."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="staff_invitations")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="invitations")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered = models.BooleanField(default=False)  # of a list without names only this; never when

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("school", "round", "membership", "group", name="colleague_once_per_round")]


class Objection(OfSchool, Dated):
    """This pupil does not take part in this list, in any version: from now on nobody asks."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("pupil", "guardian", "instrument", "on_paper", "from_at", "until_at"),
        Holding("to ask nothing of a pupil who does not take part", Retention.PUPIL_FILE, Record.OBJECTION),
    )

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="objections")
    # None: the pupil. So whoever said it is not thrown away while this stands.
    guardian = models.ForeignKey(Guardian, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    instrument = models.CharField(max_length=60)
    on_paper = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [until_after_from("objection_until_after_from")]


class Submission(OfSchool):
    """The answers to one invitation: item → code, or the reason why there is none. In the table an own list or a teacher list."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("invitation", "answers", "texts", "turns", "on_paper", "in_talk", "submitted_at"),
        Holding("to see how the pupil is doing and to talk about it", Retention.PUPIL_FILE, Record.OWN_LIST),
    )

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="submission")
    answers = models.JSONField()
    texts = models.JSONField(default=dict)  # item → what a teacher wrote; a pupil's own words are open answers
    turns = models.JSONField(default=dict)  # item → the turn that counted: what comes in late and is old is known by it
    on_paper = models.BooleanField(default=False)  # typed in by somebody else
    in_talk = models.BooleanField(default=False)  # a grown-up asked the questions and tapped what the child said
    submitted_at = models.DateTimeField()


class GuardianList(OfSchool):
    """What one guardian filled in about one child; the other guardian never sees it."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("guardian_invitation", "answers", "texts", "turns", "on_paper", "submitted_at"),
        Holding("to know how the guardians see that the pupil is doing", Retention.PUPIL_FILE, Record.GUARDIAN_LIST),
    )

    guardian_invitation = models.OneToOneField(GuardianInvitation, on_delete=models.CASCADE, related_name="submission")
    answers = models.JSONField()
    texts = models.JSONField(default=dict)
    turns = models.JSONField(default=dict)
    on_paper = models.BooleanField(default=False)
    submitted_at = models.DateTimeField()


class OpenAnswer(OfSchool):
    """What a pupil wrote at one item, for the readers that the pupil chose; for nobody when none was chosen."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("invitation", "item", "text"),
        Holding("to hear the pupil in the pupil's own words", Retention.PUPIL_FILE, Record.OPEN_ANSWER),
    )

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="open_answers")
    item = models.CharField(max_length=60)
    text = models.TextField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("school", "invitation", "item", name="open_answer_once_per_item")]


class OpenAnswerReader(OfSchool, Dated):
    """Somebody whom the pupil lets read what the pupil wrote."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("open_answer", "membership", "from_at", "until_at"),
        Holding("to let read whom the pupil chose, and nobody else", Retention.PUPIL_FILE, Record.OPEN_ANSWER_READER),
    )

    open_answer = models.ForeignKey(OpenAnswer, on_delete=models.CASCADE, related_name="readers")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("school", "open_answer", "membership", name="open_answer_reader_once"),
            until_after_from("open_answer_reader_until_after_from"),
        ]


class AnonymousSubmission(models.Model):
    """Answers that nobody can tie to a pupil: no pupil, no time, a random key, and no row order (storage migration)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="anonymous_submissions")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="+")  # none: about the school
    answers = models.JSONField()


class AnonymousText(models.Model):
    """What somebody wrote in a list without names: apart from the other answers, and from what the same hand wrote elsewhere."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="anonymous_texts")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="+")
    item = models.CharField(max_length=60)
    text = models.TextField()


class ScalePrecision(OfSchool):
    """How precise a scale is in this school: kept when answers come in or a round closes, so that a page need not read every answer."""

    instrument = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    scale = models.CharField(max_length=60)
    sem = models.FloatField()
    reliability = models.FloatField()
    sd = models.FloatField()
    n = models.PositiveIntegerField()
    origin = models.CharField(max_length=20, choices=values(Origin))

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("school", "instrument", "version", "scale", name="precision_once_per_scale")]
