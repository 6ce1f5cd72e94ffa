"""The door through which the features give tasks, and settle them when what was to be done has happened.

No event is recorded here: the action that brings it about does that.
"""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Model, QuerySet

from kring.web.schools.models import Group, Membership, Pupil
from kring.web.tasks.models import Task


def give_task(
    owner: Membership,
    kind: str,
    *,
    due_on: date,
    at: datetime,
    about: Model | None = None,
    group: Group | UUID | None = None,
    pupil: Pupil | UUID | None = None,
) -> Task:
    """Something that this hat has to do by that day. Once per record, kind and group: a second time the first task comes back as it is."""
    origin = {
        "school_id": owner.school_id,
        "owner": owner,
        "kind": kind,
        "record": about._meta.model_name or "" if about else "",
        "record_id": about.pk if about else None,
        "group_id": group.pk if isinstance(group, Group) else group,
    }
    new = {"due_on": due_on, "first_due_on": due_on, "made_at": at, "pupil_id": pupil.pk if isinstance(pupil, Pupil) else pupil}
    if about is None:
        return Task.objects.create(**origin, **new)
    task, _new = Task.objects.get_or_create(**origin, defaults=new)
    return task


def settle(task: Task, *, at: datetime) -> None:
    """Done, because what it asked for happened. A task that was done or dropped stays as it was."""
    open_tasks().filter(pk=task.pk).update(done_at=at)


def settle_about(about: Model, *kinds: str, at: datetime) -> None:
    """The same for everybody's tasks of these kinds about this record."""
    open_tasks().filter(kind__in=kinds, record=about._meta.model_name or "", record_id=about.pk).update(done_at=at)


def open_tasks() -> QuerySet[Task]:
    """Neither done nor dropped."""
    return Task.objects.filter(done_at=None, dropped_at=None)
