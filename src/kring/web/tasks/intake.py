"""The door through which the features give tasks, and settle them when what was to be done has happened.

No event is recorded here: the action that brings it about does that.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from django.db.models import F, Model, QuerySet
from django.utils import timezone

from kring.core.calendar import Calendar
from kring.core.tasks import due_day
from kring.web.school_years.queries import calendar_of
from kring.web.schools.models import Group, Membership, Pupil, School
from kring.web.tasks.models import Task


class Over(Protocol):
    """How a task ends that is wanted no longer."""

    def __call__(self, task: Task, *, at: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something that a hat has to do as long as this is so."""

    owner_id: UUID
    kind: str
    record: str
    record_id: UUID
    due_on: date
    group_id: UUID | None = None
    pupil_id: UUID | None = None

    @property
    def origin(self) -> tuple[str, UUID, UUID | None]:
        """What it is about, whoever has to do it."""
        return self.kind, self.record_id, self.group_id


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
    """Something that this hat has to do by that day, or by the last school day before it.

    Once per record, kind and group: a second time the first task comes back as it is.
    """
    origin = {
        "school_id": owner.school_id,
        "owner": owner,
        "kind": kind,
        "record": about._meta.model_name or "" if about else "",
        "record_id": about.pk if about else None,
        "group_id": _key(group),
    }
    due_on = due_day(calendar_of(owner.school), due_on, on=timezone.localdate(at))
    new = {"due_on": due_on, "first_due_on": due_on, "made_at": at, "pupil_id": _key(pupil)}
    if about is None:
        return Task.objects.create(**origin, **new)
    task, _new = Task.objects.get_or_create(**origin, defaults=new)
    return task


def _key(row: Model | UUID | None) -> UUID | None:
    return row.pk if isinstance(row, Model) else row


def settle(task: Task, *, at: datetime) -> None:
    """Done, because what it asked for happened. A task that was done or dropped stays as it was."""
    open_tasks().filter(pk=task.pk).update(done_at=at, is_settled=True)


def lapse(task: Task, *, at: datetime) -> None:
    """Over, because it need not be done any more."""
    open_tasks().filter(pk=task.pk).update(dropped_at=at, is_settled=True)


def settle_about(about: Model, *kinds: str, at: datetime) -> None:
    """The same for everybody's tasks of these kinds about this record."""
    open_tasks().filter(kind__in=kinds, record=about._meta.model_name or "", record_id=about.pk).update(done_at=at, is_settled=True)


def move_about(about: Model, kind: str, *, due_on: date, at: datetime) -> None:
    """Everybody's tasks of this kind about this record are due on another day: what they ask was moved."""
    due_on = due_day(calendar_of(School.objects.get(pk=about.school_id)), due_on, on=timezone.localdate(at))  # type: ignore[attr-defined]
    open_tasks().filter(kind=kind, record=about._meta.model_name or "", record_id=about.pk).update(due_on=due_on)


def settle_without_moment(about: Model, *kinds: str) -> None:
    """The same where nobody may know when it was done: the day on which it was asked stands there instead."""
    mine = open_tasks().filter(kind__in=kinds, record=about._meta.model_name or "", record_id=about.pk)
    mine.update(done_at=F("made_at"), is_settled=True)


def lapse_about(about: Model, *, at: datetime) -> None:
    """Everybody's tasks about this record, whatever they asked, need not be done any more: it goes."""
    open_tasks().filter(record=about._meta.model_name or "", record_id=about.pk).update(dropped_at=at, is_settled=True)


def forget_whom(kind: str, about: Collection[UUID]) -> None:
    """What these tasks were about is gone: nobody learns from them any more whom they were about."""
    found = Task.objects.filter(kind=kind, record_id__in=list(about))
    found.filter(done_at=None, dropped_at=None).update(dropped_at=F("made_at"), is_settled=True)
    found.update(pupil=None, record="", record_id=None)


def open_tasks() -> QuerySet[Task]:
    """Neither done nor dropped."""
    return Task.objects.filter(done_at=None, dropped_at=None)


def bring_in_step(school: School, kinds: Collection[str], wanted: Iterable[Wanted], *, at: datetime, lapses: bool = False) -> None:
    """Of these kinds everybody has what is wanted of them now, and nothing else: however often it is asked.

    What is wanted no longer counts as done, or `lapses`. A task that is wanted of somebody else now goes on to them, as it is. What was
    ticked off or dropped by hand does not come back.
    """
    asked = {(one.owner_id, *one.origin): one for one in wanted}
    found = {(row.owner_id, row.kind, row.record_id, row.group_id): row for row in Task.objects.filter(school=school, kind__in=list(kinds))}
    new = {key: one for key, one in asked.items() if key not in found}
    calendar = calendar_of(school) if asked else Calendar()
    for key, task in found.items():
        if key in asked:
            _wanted_again(task, asked[key], calendar, at)
        elif task.done_at is None and task.dropped_at is None:
            _wanted_no_more(task, new, over=lapse if lapses else settle, at=at)
    Task.objects.bulk_create([_task(school, one, calendar, at) for one in new.values()], ignore_conflicts=True)


def _wanted_again(task: Task, one: Wanted, calendar: Calendar, at: datetime) -> None:
    """Open once more, by the day of now: that of then may be long over."""
    if task.is_settled:
        due_on = due_day(calendar, one.due_on, on=timezone.localdate(at))
        again = {"done_at": None, "dropped_at": None, "is_settled": False, "first_due_on": due_on, "due_on": due_on, "times_put_off": 0}
        Task.objects.filter(pk=task.pk, is_settled=True).update(**again)


def _wanted_no_more(task: Task, new: dict[tuple[UUID, str, UUID, UUID | None], Wanted], *, over: Over, at: datetime) -> None:
    """Somebody else does it now; or nobody need."""
    heir = next((key for key in new if key[1:] == (task.kind, task.record_id, task.group_id)), None)
    if heir is None:
        over(task, at=at)
    else:
        pass_on(task, heir[0], at=at)
        del new[heir]


def pass_on(task: Task, owner_id: UUID, *, at: datetime) -> bool:
    """The task as it is, with its day, goes to another hat, who reads whose it was. Who has the very same one keeps that."""
    if task.record_id and Task.objects.filter(owner=owner_id, kind=task.kind, record_id=task.record_id, group=task.group_id).exists():
        lapse(task, at=at)
        return False
    return bool(open_tasks().filter(pk=task.pk).update(owner=owner_id, passed_on_by=task.owner_id, passed_on_at=at))


def _task(school: School, one: Wanted, calendar: Calendar, at: datetime) -> Task:
    due_on = due_day(calendar, one.due_on, on=timezone.localdate(at))
    return Task(
        school=school,
        owner_id=one.owner_id,
        kind=one.kind,
        record=one.record,
        record_id=one.record_id,
        group_id=one.group_id,
        pupil_id=one.pupil_id,
        first_due_on=due_on,
        due_on=due_on,
        made_at=at,
    )
