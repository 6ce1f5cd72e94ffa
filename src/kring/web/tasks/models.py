"""What somebody still has to do, and by when. What a task is about is an id, as with a notice: the words are the page's."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q

from kring.core.access import Record
from kring.core.retention import Holding, Retention
from kring.web.schools.models import Group, Membership, OfSchool, Pupil


class Task(OfSchool):
    """One thing to do of one hat: made by Kring because of a record, or in one's own words. Over when done or dropped."""

    holdings: ClassVar[Mapping[str, Holding]] = dict.fromkeys(
        (
            *("owner", "kind", "title", "record", "record_id", "group", "pupil", "made_at", "first_due_on", "due_on", "times_put_off"),
            *("done_at", "is_settled", "dropped_at", "drop_reason", "passed_on_by", "passed_on_at"),
        ),
        Holding("to know what is still to be done for a pupil or group, and by whom", Retention.PUPIL_FILE, Record.TASK),
    )

    owner = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="tasks")
    kind = models.CharField(max_length=60)  # "round.close_due", as events are named
    title = models.CharField(max_length=200, blank=True)  # own words, in a task of one's own alone
    record = models.CharField(max_length=40, blank=True)  # what it is about, when it came from Kring
    record_id = models.UUIDField(null=True)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="tasks")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, null=True, related_name="tasks")
    made_at = models.DateTimeField()
    first_due_on = models.DateField()
    due_on = models.DateField()
    times_put_off = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    is_settled = models.BooleanField(default=False)  # Kring itself saw that it was done
    dropped_at = models.DateTimeField(null=True)
    drop_reason = models.CharField(max_length=200, blank=True)
    passed_on_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")  # who had it before
    passed_on_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("due_on", "made_at", "id")
        constraints: ClassVar = [
            models.UniqueConstraint("school", "owner", "kind", "record_id", "group", name="task_once_per_origin_and_group"),
            models.UniqueConstraint(
                fields=["school", "owner", "kind", "record_id"], condition=Q(group=None), name="task_once_per_origin_without_group"
            ),
            models.CheckConstraint(condition=Q(done_at=None) | Q(dropped_at=None), name="task_done_or_dropped"),
        ]
        indexes: ClassVar = [models.Index("owner", "due_on", name="open_tasks", condition=Q(done_at=None, dropped_at=None))]
