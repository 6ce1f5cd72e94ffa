"""Work in the background, with progress that its author can follow; who does it; and what is done again and again."""

from datetime import timedelta
from typing import ClassVar, Final
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.core.turns import LEAP
from kring.web.files.models import StoredFile
from kring.web.schools.models import Membership, OfSchool

LEAPT: Final = "ClockMayHaveLeapt"


class Job(OfSchool):
    """One piece of long work."""

    class State(models.TextChoices):
        WAITING = "waiting", _("wacht")
        RUNNING = "running", _("bezig")
        DONE = "done", _("klaar")
        FAILED = "failed", _("niet gelukt")

    class Cause(models.TextChoices):
        BROKE = "broke", _("er ging iets mis")
        CUT_OFF = "cut_off", _("het werk is onderbroken")
        STOPPED = "stopped", _("gestopt door wie het vroeg")

    STOPPABLE: ClassVar = ("group_reports", "pupil_reports", "pupils:", "seats:")  # until the last step they change nothing

    kind = models.CharField(max_length=40)
    task = models.CharField(max_length=200, blank=True)  # what does it, to ask for it again
    repeatable = models.BooleanField(default=False)  # done twice is as done once: who takes over may begin anew
    attempt = models.PositiveSmallIntegerField(default=0)
    cause = models.CharField(max_length=10, choices=Cause.choices, blank=True)  # why it failed
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="jobs")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=200, blank=True)
    result = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "school", "author", "kind", condition=Q(state__in=("waiting", "running")), name="job_of_a_kind_once_at_a_time"
            )
        ]

    @property
    def is_over(self) -> bool:
        return self.state in {Job.State.DONE, Job.State.FAILED}

    @property
    def can_be_stopped(self) -> bool:
        return not self.is_over and self.kind.startswith(Job.STOPPABLE)

    @property
    def can_be_asked_again(self) -> bool:
        return self.state == Job.State.FAILED and bool(self.task)


class Beat(models.Model):
    """A process that works beside the server: it counts for as long as it lives. Of the installation, not of a school."""

    class Kind(models.TextChoices):
        WORKER = "worker", _("achtergrondwerker")
        SCHEDULE = "schedule", _("planning")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    count = models.PositiveBigIntegerField(default=0)
    started_at = models.DateTimeField()
    last_at = models.DateTimeField()


class ChoreRun(models.Model):
    """When a chore was begun last and how it ended. Of the installation, not of a school; `keeper` is who is busy with it."""

    class Outcome(models.TextChoices):
        DONE = "done", _("gelukt")
        BROKE = "broke", _("niet gelukt")

    name = models.CharField(max_length=40, unique=True)
    every = models.DurationField()
    keeper = models.ForeignKey(Beat, on_delete=models.SET_NULL, null=True, related_name="+")
    last_started_at = models.DateTimeField(null=True)
    last_done_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=5, choices=Outcome.choices, blank=True)
    broke_on = models.CharField(max_length=80, blank=True)  # the kind of exception: its words may quote a row

    @property
    def waits(self) -> bool:
        """It throws away what is over, and would not go by a clock that may be wrong."""
        return self.broke_on == LEAPT

    @property
    def interval(self) -> timedelta:
        """From the last turn to the next; after a leap there is a day to put the clock right."""
        return max(self.every, LEAP) if self.waits else self.every
