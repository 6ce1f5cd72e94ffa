"""The processes beside the server, in this one: the schedule goes on until it is told, and who was given up stops."""

import signal
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from kring.told import Told
from kring.web.jobs import beating, rows
from kring.web.jobs.chores import Chore
from kring.web.management.commands import keep_schedule
from kring.web.management.commands.keep_schedule import Stopped, keep, told_to_stop
from kring.web.models import Beat, ChoreRun

pytestmark = pytest.mark.django_db
NEVER = 600.0  # the thread that calls has a connection of its own, that sees nothing of a test
PACE: dict[str, float] = {"beat": NEVER, "look": 0.0, "pause": 0.001}


@pytest.fixture
def signals() -> Iterator[None]:
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM)}
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    for number, before in kept.items():
        signal.signal(number, before)


@pytest.fixture(autouse=True)
def nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a thread that sleeps; and the connection of the test stays open."""
    monkeypatch.setattr("kring.web.management.commands.keep_schedule.close_old_connections", lambda: None)
    monkeypatch.setattr(threading.Thread, "join", lambda *_given: None)


def test_the_schedule_goes_on_until_it_is_told_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    told, done = Told(), list[str]()
    lost = DBTaskResult.objects.create(
        status="RUNNING", args_kwargs={}, task_path="x", run_after=timezone.now(), worker_ids=[UUID(int=1).hex]
    )
    dead = rows.begin_beating(Beat.Kind.WORKER, at=timezone.now())
    rounds = iter(range(100))

    turn = keep_schedule._turn

    def counted(*given: Any) -> None:
        turn(*given)
        if next(rounds) == 8:
            told.set()

    monkeypatch.setattr(keep_schedule, "_turn", counted)
    monkeypatch.setattr(keep_schedule, "Watch", lambda: _Watch(dead))
    every = timedelta(hours=1)
    keep({name: Chore(name, every, partial(_note, name, done)) for name in ("first", "last")}, told, **PACE)
    assert done == ["first", "last"]
    assert list(ChoreRun.objects.values_list("outcome", flat=True)) == ["done", "done"]
    assert not Beat.objects.filter(kind=Beat.Kind.SCHEDULE).exists()
    lost.refresh_from_db()
    assert lost.status == "FAILED"  # at once, when somebody was given up


def _note(name: str, done: list[str], *, at: datetime) -> None:  # noqa: ARG001
    done.append(name)


class _Watch:
    """Finds one that is gone at the first look."""

    def __init__(self, gone: UUID) -> None:
        self.gone = {gone}

    def look(self) -> set[UUID]:
        found, self.gone = self.gone, set()
        rows.end_beating(found)
        return found


def test_a_database_that_is_away_for_a_while_does_not_end_the_schedule(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    told, tries = Told(), list[int]()

    def away(*_given: object) -> None:
        tries.append(1)
        if len(tries) == 3:
            told.set()
        raise OperationalError("Noor")

    monkeypatch.setattr(keep_schedule, "_turn", away)
    monkeypatch.setattr("kring.web.management.commands.keep_schedule.connection.close", lambda: None)
    keep({}, told, **PACE)
    assert caplog.messages == ["the schedule waits for the database (OperationalError)"] * 3


def test_told_between_two_chores_it_begins_no_other() -> None:
    told, done = Told(), list[str]()

    def first(*, at: datetime) -> None:  # noqa: ARG001
        done.append("first")
        told.set()

    every = timedelta(hours=1)
    keep({"a": Chore("a", every, first), "b": Chore("b", every, first)}, told, **PACE)
    assert done == ["first"]


def test_the_command_stops_at_a_signal_and_breaks_off_what_goes_on(signals: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keep_schedule, "GRACE", 0.05)

    def goes_on(*_given: object, **_how: object) -> None:
        signal.raise_signal(signal.SIGTERM)
        threading.Event().wait(5)

    monkeypatch.setattr(keep_schedule, "keep", goes_on)
    call_command("keep_schedule")  # comes back, and long before five seconds


def test_a_signal_is_heard(signals: None) -> None:
    told = told_to_stop()
    signal.raise_signal(signal.SIGINT)
    assert told.is_set()
    with pytest.raises(Stopped):
        signal.raise_signal(signal.SIGALRM)


def test_the_worker_calls_under_the_name_by_which_it_works(monkeypatch: pytest.MonkeyPatch, signals: None) -> None:
    seen: list[bool] = []

    def run(worker: Any) -> None:
        seen.append(Beat.objects.filter(pk=UUID(worker.worker_id), kind="worker").exists())

    monkeypatch.setattr("kring.web.management.commands.keep_worker.Worker.run", run)
    quit_ = signal.getsignal(signal.SIGQUIT)
    call_command("keep_worker", beat=NEVER)
    signal.signal(signal.SIGQUIT, quit_)
    assert (seen, Beat.objects.count()) == ([True], 0)


def test_who_calls_is_counted_and_who_was_given_up_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    """Called here, in the thread of the test: away, known, known, given up."""
    counts: list[int] = []
    stopped: list[bool] = []
    answers: Iterator[Exception | bool] = iter([OperationalError("away"), True, True, False])

    def beat(_me: UUID, count: int, *, at: datetime) -> bool:  # noqa: ARG001
        counts.append(count)
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(rows, "beat", beat)
    monkeypatch.setattr("kring.web.jobs.beating.connection.close", lambda: None)
    beating._call(UUID(int=1), 0.001, threading.Event(), lambda: stopped.append(True))
    assert (counts, stopped) == ([1, 2, 3, 4], [True])


def test_given_up_means_out_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    codes: list[int] = []
    monkeypatch.setattr("kring.web.jobs.beating.os._exit", codes.append)
    beating._end()
    assert codes == [beating.GIVEN_UP]
