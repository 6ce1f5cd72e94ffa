"""The rows of the installation itself: who is alive, and which chore was done when. Nothing of a school, so no wall stands around them."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django_tasks_db.models import DBTaskResult

from kring.core.turns import Turn, may_have_leapt, turn
from kring.web.jobs.models import Beat, ChoreRun

RESULTS_KEPT = timedelta(days=14)


def begin_beating(kind: Beat.Kind, *, at: datetime) -> UUID:
    return Beat.objects.create(kind=kind, started_at=at, last_at=at).pk


def beat(one: UUID, count: int, *, at: datetime) -> bool:
    """Whether it was still known: who was given up may not go on."""
    return Beat.objects.filter(pk=one).update(count=count, last_at=at) == 1


def end_beating(those: Collection[UUID]) -> None:
    """What they were busy with is free for another."""
    Beat.objects.filter(pk__in=those).delete()


def counts() -> dict[str, int]:
    return {one.hex: count for one, count in Beat.objects.values_list("id", "count")}


def list_chores(chores: Mapping[str, timedelta]) -> None:
    """A row for each of these and for no other."""
    with transaction.atomic():
        ChoreRun.objects.exclude(name__in=chores).delete()
        for name, every in chores.items():
            ChoreRun.objects.update_or_create(name=name, defaults={"every": every})


def due(*, at: datetime) -> list[str]:
    """The chores whose turn it is and that nobody is busy with, the one that waited longest first."""
    rows = list(ChoreRun.objects.filter(keeper=None))
    _count_from_here(rows, at=at)
    found = [row for row in rows if turn(row.last_started_at, row.interval, at=at) is Turn.NOW]
    return [row.name for row in sorted(found, key=lambda row: (row.last_started_at is not None, row.last_started_at, row.name))]


def _count_from_here(rows: Iterable[ChoreRun], *, at: datetime) -> None:
    """The clock was set back."""
    for row in rows:
        if turn(row.last_started_at, row.interval, at=at) is Turn.FROM_HERE:
            ChoreRun.objects.filter(pk=row.pk, last_started_at=row.last_started_at).update(last_started_at=at)


def may_throw_away(name: str, *, at: datetime) -> bool:
    """Not at the first turn after more than a day: a wrong clock calls over what is not. At the next, whatever happened."""
    row = ChoreRun.objects.get(name=name)
    return row.waits or not may_have_leapt(row.last_started_at, row.every, at=at)


def claim(name: str, keeper: UUID, *, at: datetime) -> bool:
    """Whether it is ours now: of two servers that want it, one gets it."""
    row = ChoreRun.objects.get(name=name)
    if turn(row.last_started_at, row.interval, at=at) is not Turn.NOW:
        return False
    free = ChoreRun.objects.filter(name=name, keeper=None, last_started_at=row.last_started_at)
    return free.update(keeper=keeper, last_started_at=at) == 1


def note(name: str, keeper: UUID, *, broke_on: str, at: datetime) -> None:
    """How it ended."""
    outcome = ChoreRun.Outcome.BROKE if broke_on else ChoreRun.Outcome.DONE
    mine = ChoreRun.objects.filter(name=name, keeper=keeper)
    mine.update(keeper=None, last_done_at=at, outcome=outcome, broke_on=broke_on[:80])


def let_go(name: str, keeper: UUID) -> None:
    """It was stopped half-way: its next turn comes in its own time."""
    ChoreRun.objects.filter(name=name, keeper=keeper).update(keeper=None)


def forget_results(*, at: datetime) -> None:
    """What the queue remembers of work that was over two weeks ago: a chore."""
    DBTaskResult.objects.finished().filter(finished_at__lt=at - RESULTS_KEPT).delete()
