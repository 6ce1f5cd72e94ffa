"""What a piece of work showed to its author; and for the administrator: who works, what waits, what comes round."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, QuerySet
from django_tasks_db.models import DBTaskResult

from kring.core.turns import is_late
from kring.web.audit.models import Entry
from kring.web.jobs.chore_words import CHORES
from kring.web.jobs.models import Beat, ChoreRun, Job
from kring.web.schools.models import Membership
from kring.web.trace import Seen

RECENT = timedelta(minutes=1)
HANGS = timedelta(hours=1)
FAILED_SINCE = timedelta(days=7)


def shown_in(actor: Membership, job: Job) -> list[Seen]:
    """The pupils and groups in what the work made, as it wrote them down itself: who fetches it has them all."""
    made = Entry.objects.filter(school_id=actor.school_id, record="job", record_id=job.pk, name="report.made")
    return [Seen("job", job.pk, pupil, group) for pupil, group in made.values_list("pupil_id", "group_id")]


@dataclass(frozen=True, slots=True)
class ChoreLine:
    """One chore: what it is called, when it was begun last and comes next."""

    words: str
    last_at: datetime | None
    next_at: datetime | None
    is_busy: bool
    is_late: bool
    broke_on: str
    waits: bool = False


def chore_lines(*, at: datetime) -> list[ChoreLine]:
    """All of them, in the order of the list; none before the schedule ran for the first time."""
    rows = {row.name: row for row in ChoreRun.objects.all()}
    return [_chore_line(rows[name], str(words), at=at) for name, words in CHORES.items() if name in rows]


def _chore_line(row: ChoreRun, words: str, *, at: datetime) -> ChoreLine:
    last = row.last_started_at
    late = row.keeper_id is None and is_late(last, row.interval, at=at)
    return ChoreLine(words, last, last and last + row.interval, row.keeper_id is not None, late, row.broke_on, row.waits)


def at_work(*, at: datetime) -> frozenset[str]:
    """The kinds of processes of which at least one called a moment ago."""
    return frozenset(Beat.objects.filter(last_at__gte=at - RECENT).values_list("kind", flat=True))


@dataclass(frozen=True, slots=True)
class Queue:
    """The work in the background of all schools together, in numbers."""

    waiting: int
    running: int
    failed: int
    hangs: bool

    @property
    def is_empty(self) -> bool:
        return not (self.waiting or self.running or self.failed)


def queue(*, at: datetime) -> Queue:
    """What failed counts for a week."""
    counted = dict(_of_this_week(at).order_by().values_list("status").annotate(n=Count("pk")))
    oldest = DBTaskResult.objects.running().aggregate(since=Min("started_at"))["since"]
    waiting, running, failed = (counted.get(status, 0) for status in ("READY", "RUNNING", "FAILED"))
    return Queue(waiting, running, failed, hangs=oldest is not None and at - oldest > HANGS)


def _of_this_week(at: datetime) -> QuerySet[Any]:
    return DBTaskResult.objects.exclude(status="FAILED", finished_at__lt=at - FAILED_SINCE)
