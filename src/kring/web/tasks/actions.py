"""What one does with tasks: make one of one's own, tick off and take that back, put off, drop."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from kring.core import tasks
from kring.core.access import Record, Verb
from kring.web.action import action
from kring.web.school_years.queries import calendar_of
from kring.web.schools.models import Group, Membership
from kring.web.tasks.models import Task
from kring.web.tasks.words import OWN


@dataclass(frozen=True, slots=True)
class Typed:
    """A task as somebody typed it: one line, that may end in a day; the day apart; the group that whoever comes after needs it for."""

    line: str
    due_on: date | None = None
    group: Group | None = None


@action("task.made", needs=Verb.WRITE, of=Record.TASK)
def make_task(actor: Membership, hat: Membership, typed: Typed, *, at: datetime) -> Task:  # noqa: ARG001
    """Something of one's own to do."""
    on, calendar = timezone.localdate(at), calendar_of(hat.school)
    title, said = (tasks.title_of(typed.line), None) if typed.due_on else tasks.split_line(typed.line, on=on)
    due_on = typed.due_on or said or tasks.due_day(calendar, on, on=on)
    tasks.check_due(calendar, due_on, on=on)
    return Task.objects.create(
        school_id=hat.school_id, owner=hat, kind=OWN, title=title, group=typed.group, made_at=at, due_on=due_on, first_due_on=due_on
    )


@action("task.done", needs=Verb.RUN)
def tick_off(actor: Membership, task: Task, *, at: datetime) -> None:  # noqa: ARG001
    """Done."""
    _hold(task)
    task.done_at = at
    task.save(update_fields=["done_at"])


@action("task.undone", needs=Verb.RUN)
def take_back(actor: Membership, task: Task, *, at: datetime) -> None:  # noqa: ARG001
    """It was not done after all."""
    task.refresh_from_db(from_queryset=Task.objects.select_for_update())
    tasks.refuse_undo(task.done_at, is_settled=task.is_settled, at=at)
    task.done_at = None
    task.save(update_fields=["done_at"])


@action("task.put_off", needs=Verb.RUN)
def put_off(actor: Membership, task: Task, *, to: date, at: datetime) -> None:
    """Later. The first day stays to be read, and how often it was put off."""
    _hold(task)
    task.due_on = tasks.put_off(task.due_on, to, calendar_of(actor.school), on=timezone.localdate(at))
    task.times_put_off += 1
    task.save(update_fields=["due_on", "times_put_off"])


@action("task.dropped", needs=Verb.RUN)
def drop(actor: Membership, task: Task, reason: str, *, at: datetime) -> None:  # noqa: ARG001
    """It need not be done; why, when Kring asked it."""
    _hold(task)
    task.drop_reason = tasks.drop_reason(reason, is_own=task.kind == OWN)
    task.dropped_at = at
    task.save(update_fields=["dropped_at", "drop_reason"])


def _hold(task: Task) -> None:
    """The task as it is now, until the transaction ends: of two who press at once, one."""
    task.refresh_from_db(from_queryset=Task.objects.select_for_update())
    tasks.refuse_over(task.done_at, task.dropped_at)
