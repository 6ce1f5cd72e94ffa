"""The tasks of a hat, in words and in the order of the week; as many questions to the database for thirty as for one."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from kring.core.access import Record, Role, Verb, rule_of
from kring.core.calendar import Calendar, DaysOff
from kring.core.tasks import UNDO_LASTS, When, when
from kring.core.teaching import TEACHES
from kring.web.access import WAYS, may
from kring.web.school_years.queries import calendar_of
from kring.web.schools.models import Group, Membership, Pupil
from kring.web.schools.naming import group_label
from kring.web.tasks.models import Task
from kring.web.tasks.words import A_GROUP, A_PUPIL, A_ROUND, LEADS_TO, OWN, SOMETHING, WITHOUT_KEY, WORDS

AHEAD = timedelta(days=14)
MOST = 200
_RECORDS = {record._meta.model_name: record for record in WAYS}


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task as its owner reads it."""

    task: Task
    text: str
    url: str
    group: str
    when: When

    @property
    def is_own(self) -> bool:
        """Whether it is in the owner's own words."""
        return self.task.kind == OWN

    @property
    def is_open(self) -> bool:
        return self.task.done_at is None and self.task.dropped_at is None


@dataclass(frozen=True, slots=True)
class Week:
    """What is open, part by part of the week; how much comes later; and the days without school until then."""

    parts: tuple[tuple[When, tuple[TaskLine, ...]], ...]
    later: int
    days_off: tuple[DaysOff, ...]

    @property
    def lines(self) -> tuple[TaskLine, ...]:
        return tuple(line for _when, lines in self.parts for line in lines)


@dataclass(frozen=True, slots=True)
class _Names:
    """What the owner may read of what the tasks are about; `seen` are those records by key, with the title that a round has."""

    seen: Mapping[UUID, str]
    pupils: Mapping[UUID, str]
    groups: Mapping[UUID, str]


def my_week(actor: Membership, *, at: datetime) -> Week:
    """This week and the next, what is late first."""
    on = timezone.localdate(at)
    lines = task_lines(actor, open_tasks(actor, at=at), at=at)
    parts = {part: tuple(line for line in lines if line.when is part) for part in When if part is not When.LATER}
    days_off = days_off_of(calendar_of(actor.school), on) if rule_of(Role(actor.role), Record.HOLIDAY, Verb.READ) else ()
    near = tuple((part, found) for part, found in parts.items() if found)
    return Week(near, sum(line.when is When.LATER for line in lines), days_off)


def days_off_of(calendar: Calendar, on: date) -> tuple[DaysOff, ...]:
    """The days without school from today until two weeks ahead, by name."""
    return tuple(one for one in calendar.days_off if one.last_on >= on and one.first_on <= on + AHEAD)


def open_tasks(actor: Membership, *, at: datetime) -> QuerySet[Task]:
    """What this hat still has to do, the first due first."""
    return may(actor, Task, Verb.READ, at=at).filter(done_at=None, dropped_at=None)


def done_tasks(actor: Membership, *, at: datetime) -> QuerySet[Task]:
    """What is over, the newest first."""
    return may(actor, Task, Verb.READ, at=at).exclude(done_at=None, dropped_at=None).order_by("-done_at", "-dropped_at", "pk")


def pupils_asked_about(actor: Membership, kinds: str, *, at: datetime) -> frozenset[UUID]:
    """The pupils about whom there is or was a task of such a kind: what it says need not be said beside it."""
    return frozenset(may(actor, Task, Verb.READ, at=at).filter(kind__startswith=kinds, pupil__isnull=False).values_list("pupil", flat=True))


def just_done(actor: Membership, said: str, *, at: datetime) -> TaskLine | None:
    """What was ticked off a moment ago, as the address says; to be taken back."""
    try:
        key = UUID(said)
    except ValueError:
        return None
    found = may(actor, Task, Verb.RUN, at=at).filter(pk=key, done_at__gt=at - UNDO_LASTS, is_settled=False)
    return next(iter(task_lines(actor, found, at=at)), None)


def one_task(actor: Membership, task: Task, *, at: datetime) -> list[TaskLine]:
    """This task in words."""
    return task_lines(actor, may(actor, Task, Verb.READ, at=at).filter(pk=task.pk), at=at)


def task_lines(actor: Membership, rows: QuerySet[Task], *, at: datetime) -> list[TaskLine]:
    """These tasks in words."""
    found = list(rows.select_related("passed_on_by__person")[:MOST])
    names, on = _names(actor, found, at), timezone.localdate(at)
    return [_line(actor, task, names, on) for task in found]


def _line(actor: Membership, task: Task, names: _Names, on: date) -> TaskLine:
    group = names.groups.get(task.group_id, "") if task.group_id else ""
    url = _address(actor, task) if task.record_id in names.seen else ""
    return TaskLine(task, _text(task, names, group), url, group, when(task.due_on, on=on))


def _text(task: Task, names: _Names, group: str) -> str:
    """Whose it is, is said to who may see the pupil and what there is about that pupil: that there is a case is not everybody's."""
    if task.kind == OWN:
        return task.title
    in_sight = task.record_id is None or task.record_id in names.seen
    title = (names.seen.get(task.record_id) if task.record_id else None) or A_ROUND
    pupil = names.pupils.get(task.pupil_id) if task.pupil_id and in_sight else None
    said = str(WORDS.get(task.kind, SOMETHING)) % {"title": title, "pupil": pupil or A_PUPIL, "group": group or A_GROUP}
    return said[:1].upper() + said[1:]


def _address(actor: Membership, task: Task) -> str:
    route, record = LEADS_TO.get(task.kind, ("", None))
    if record is None or not rule_of(Role(actor.role), record, Verb.READ):
        return ""
    return reverse(route, args=[actor.pk] if route in WITHOUT_KEY else [actor.pk, task.record_id])


def _names(actor: Membership, tasks: Sequence[Task], at: datetime) -> _Names:
    pupils = {task.pupil_id for task in tasks if task.pupil_id}
    groups = {task.group_id for task in tasks if task.group_id}
    return _Names(
        seen=_seen(actor, tasks, at),
        pupils={row.pk: str(row) for row in may(actor, Pupil, Verb.READ, at=at).filter(pk__in=pupils)} if pupils else {},
        groups={row.pk: group_label(row, actor.school) for row in _groups(actor, groups, at)} if groups else {},
    )


def _seen(actor: Membership, tasks: Sequence[Task], at: datetime) -> Mapping[UUID, str]:
    about: dict[str, set[UUID]] = defaultdict(set)
    for task in tasks:
        if task.record_id:
            about[task.record].add(task.record_id)
    seen: dict[UUID, str] = {}
    for record, keys in about.items():
        rows = may(actor, _RECORDS[record], Verb.READ, at=at).filter(pk__in=keys)
        seen |= dict(rows.values_list("pk", "title")) if record == "round" else dict.fromkeys(rows.values_list("pk", flat=True), "")
    return seen


def _groups(actor: Membership, keys: Collection[UUID], at: datetime) -> Iterable[Group]:
    return may(actor, Group, Verb.READ, at=at).filter(pk__in=keys)


def groups_now(actor: Membership, *, at: datetime) -> list[Group]:
    """The groups that one teaches and with which one's own task may go along to whoever comes after."""
    if Role(actor.role) not in TEACHES:
        return []
    on = timezone.localdate(at)
    return list(may(actor, Group, Verb.READ, at=at).filter(year__starts_on__lte=on, year__ends_on__gte=on))
