"""Sociograms: the frozen list of a group, who took part, who chose whom, and what the teacher expected."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kring.core.access import Record
from kring.core.prediction import Expected
from kring.core.retention import Holding, Retention
from kring.core.sociometry.bullying import Frequency
from kring.core.sociometry.nominations import Participation
from kring.web.columns import values
from kring.web.schools.models import Group, Membership, OfSchool, Pupil
from kring.web.surveys.models import Round


class Sociogram(OfSchool):
    """One group in a sociogram round."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="sociograms")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="sociograms")

    # What was counted stays when the choices themselves are gone (their dates: core.retention).
    figures = models.JSONField(default=dict)
    counted_at = models.DateTimeField(null=True)
    sureness = models.JSONField(null=True)  # of its groups, and of which choices: costly, so a chore works it out once
    rejections_gone_at = models.DateTimeField(null=True)  # and points
    bullying_gone_at = models.DateTimeField(null=True)
    choices_gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("school", "round", "group", name="sociogram_once_per_group")]

    @property
    def asks_about_bullying(self) -> bool:
        """Whether its list has such questions."""
        return any(one.is_of_bullying for one in self.round.offered.questions)


class ListedPupil(OfSchool):
    """A name on the list that the pupils saw; absent pupils stay on it."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("sociogram", "pupil", "participation", "skipped", "received", "given", "mutual", "unfavourable"),
        Holding("to count only those who could choose and be chosen", Retention.PUPIL_FILE, Record.LISTED_PUPIL),
    )

    sociogram = models.ForeignKey(Sociogram, on_delete=models.CASCADE, related_name="listed")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="listed")
    participation = models.CharField(max_length=10, choices=values(Participation))
    skipped = models.JSONField(default=list)  # keys of the questions without an answer; “niemand” is one
    received = models.PositiveSmallIntegerField(null=True)  # as counted when the round was closed
    given = models.PositiveSmallIntegerField(null=True)
    mutual = models.PositiveSmallIntegerField(null=True)
    unfavourable = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("school", "sociogram", "pupil", name="listed_once_per_sociogram")]


class Nomination(OfSchool):
    """Somebody chose somebody in answer to a question."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("sociogram", "question", "polarity", "chooser", "chosen"),
        Holding("to see who belongs with whom and who stands alone", Retention.RAW_CHOICES, Record.NOMINATION),
    )

    sociogram = models.ForeignKey(Sociogram, on_delete=models.CASCADE, related_name="nominations")
    question = models.CharField(max_length=60)
    polarity = models.SmallIntegerField()
    chooser = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="nominations_given")
    chosen = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="nominations_received")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("school", "sociogram", "question", "chooser", "chosen", name="nomination_once"),
            models.CheckConstraint(condition=~Q(chooser=F("chosen")), name="nobody_chooses_oneself"),
        ]


class Rating(OfSchool):
    """How much somebody said to like a classmate. Who gave few points to whom is nobody's to read: it is counted."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("sociogram", "question", "rater", "rated", "points"),
        Holding("to see how a pupil lies in the class without asking for a no", Retention.RAW_CHOICES, Record.RATING),
    )

    sociogram = models.ForeignKey(Sociogram, on_delete=models.CASCADE, related_name="ratings")
    question = models.CharField(max_length=60)
    rater = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="ratings_given")
    rated = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="ratings_received")
    points = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("school", "sociogram", "question", "rater", "rated", name="rating_once"),
            models.CheckConstraint(condition=~Q(rater=F("rated")), name="nobody_rates_oneself"),
        ]


class BullyingReport(OfSchool):
    """How often a pupil says to be bullied."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("sociogram", "pupil", "frequency"),
        Holding("to talk soon with a pupil who is bullied", Retention.RAW_CHOICES, Record.BULLYING_REPORT),
    )

    sociogram = models.ForeignKey(Sociogram, on_delete=models.CASCADE, related_name="bullying_reports")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="bullying_reports")
    frequency = models.CharField(max_length=20, choices=values(Frequency))

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("school", "sociogram", "pupil", name="bullying_report_once")]


class BullyingName(OfSchool):
    """Whom a pupil names as one who bullies, or as one who helps."""

    class Part(models.TextChoices):
        """What the one who is named does."""

        BULLIES = "bullies"
        HELPS = "helps"

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("sociogram", "part", "victim", "named"),
        Holding("to stop the bullying and to know who helps", Retention.RAW_CHOICES, Record.BULLYING_NAME),
    )

    sociogram = models.ForeignKey(Sociogram, on_delete=models.CASCADE, related_name="bullying_names")
    part = models.CharField(max_length=10, choices=Part.choices)
    victim = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="bullying_names_given")
    named = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="bullying_names_received")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("school", "sociogram", "part", "victim", "named", name="bullying_name_once"),
            models.CheckConstraint(condition=~Q(victim=F("named")), name="nobody_names_oneself"),
        ]


class Buddies(OfSchool):
    """Two pupils who were asked to do something together, and what each said. Which of them would gain by it is said nowhere."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("sociogram", "pupil", "other", "pupil_says", "other_says", "pupil_asked_at", "other_asked_at", "asked_by"),
        Holding("to let no pupil be given a part that the pupil did not want", Retention.RAW_CHOICES, Record.BUDDIES),
    )

    sociogram = models.ForeignKey(Sociogram, on_delete=models.CASCADE, related_name="buddies")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="buddies")  # of the two who comes first by key
    other = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="buddies_of_others")
    pupil_says = models.BooleanField(null=True)  # null: not asked
    other_says = models.BooleanField(null=True)
    pupil_asked_at = models.DateTimeField(null=True)
    other_asked_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("school", "sociogram", "pupil", "other", name="buddies_once")]


class Prediction(OfSchool):
    """What a teacher expects of a sociogram before it is there; sealed, it stays as it was said."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="predictions")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="predictions")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("school", "round", "group", "author", name="prediction_once_per_author")]


class PredictedPupil(OfSchool):
    """What is expected of one pupil."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        ("prediction", "pupil", "expected"),
        Holding("to let a teacher learn from what came out otherwise", Retention.RAW_CHOICES, Record.PREDICTED_PUPIL),
    )

    prediction = models.ForeignKey(Prediction, on_delete=models.CASCADE, related_name="pupils")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="predictions")
    expected = models.CharField(max_length=10, choices=values(Expected))

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("school", "prediction", "pupil", name="predicted_once")]
