"""What is done again and again: in its turn, once, and none in the way of another."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import OperationalError
from django_tasks_db.models import DBTaskResult

from kring.web.jobs import rows
from kring.web.jobs.chore_words import CHORES as WORDS
from kring.web.jobs.chores import Chore, Watch, take_turn
from kring.web.models import Beat, ChoreRun
from kring.web.schedule import CHORES

pytestmark = pytest.mark.django_db
NOON, HOUR = datetime(2026, 3, 1, 12, tzinfo=UTC), timedelta(hours=1)


class Count:
    """A chore that counts its turns, and may break."""

    def __init__(self, broken: BaseException | None = None) -> None:
        self.turns: list[datetime] = []
        self.broken = broken

    def __call__(self, *, at: datetime) -> None:
        self.turns.append(at)
        if self.broken:
            raise self.broken


@pytest.fixture
def keeper() -> UUID:
    return rows.begin_beating(Beat.Kind.SCHEDULE, at=NOON)


@pytest.fixture
def other() -> UUID:
    return rows.begin_beating(Beat.Kind.SCHEDULE, at=NOON)


@pytest.fixture(autouse=True)
def listed() -> None:
    rows.list_chores({"first": HOUR, "second": HOUR})


def test_every_chore_has_words_and_a_name_of_its_own() -> None:
    names = [chore.name for chore in CHORES]
    assert (sorted(names), len(set(names))) == (sorted(WORDS), len(names))
    assert all(chore.every >= timedelta(minutes=1) for chore in CHORES)


def test_every_chore_of_kring_runs_where_there_is_nothing_to_do(keeper: UUID) -> None:
    rows.list_chores({chore.name: chore.every for chore in CHORES})
    assert [take_turn(chore, keeper, at=NOON) for chore in CHORES] == [True] * len(CHORES)
    assert set(ChoreRun.objects.values_list("outcome", "broke_on")) == {("done", "")}


def test_a_chore_has_one_turn_per_hour(keeper: UUID) -> None:
    chore = Chore("first", HOUR, Count())
    for minutes in range(0, 181, 20):
        take_turn(chore, keeper, at=NOON + timedelta(minutes=minutes))
    assert chore.run.turns == [NOON, NOON + HOUR, NOON + 2 * HOUR, NOON + 3 * HOUR]  # type: ignore[attr-defined]


def test_a_chore_that_breaks_is_noted_by_kind_and_tried_again_and_stops_no_other(keeper: UUID, caplog: pytest.LogCaptureFixture) -> None:
    broken, well = Chore("first", HOUR, Count(ValueError("Noor"))), Chore("second", HOUR, Count())
    for at in (NOON, NOON + HOUR):
        assert [take_turn(chore, keeper, at=at) for chore in (broken, well)] == [True, True]
    row = ChoreRun.objects.get(name="first")
    assert (row.outcome, row.broke_on, row.keeper, row.last_started_at) == ("broke", "ValueError", None, NOON + HOUR)
    assert len(broken.run.turns) == len(well.run.turns) == 2  # type: ignore[attr-defined]
    assert caplog.messages == ["chore first broke"] * 2


def test_of_two_servers_one_does_it(keeper: UUID, other: UUID) -> None:
    assert rows.claim("first", keeper, at=NOON)
    assert not rows.claim("first", other, at=NOON)
    assert rows.due(at=NOON + 3 * HOUR) == ["second"]  # the first is still at it
    assert not rows.claim("first", other, at=NOON + 3 * HOUR)
    rows.note("first", keeper, broke_on="", at=NOON + HOUR)
    assert rows.claim("first", other, at=NOON + 3 * HOUR)


def test_what_somebody_left_lying_is_free_when_they_are_given_up(keeper: UUID, other: UUID) -> None:
    rows.claim("first", keeper, at=NOON)
    rows.end_beating([keeper])
    rows.note("first", keeper, broke_on="", at=NOON)  # too late: it is no longer theirs
    assert ChoreRun.objects.get(name="first").outcome == ""
    assert not rows.claim("first", other, at=NOON)
    assert rows.claim("first", other, at=NOON + HOUR)


def test_a_chore_that_is_stopped_half_way_is_let_go(keeper: UUID) -> None:
    with pytest.raises(KeyboardInterrupt):
        take_turn(Chore("first", HOUR, Count(KeyboardInterrupt())), keeper, at=NOON)
    row = ChoreRun.objects.get(name="first")
    assert (row.keeper, row.outcome) == (None, "")


def test_after_a_jump_of_thirty_days_each_runs_once(keeper: UUID) -> None:
    chore = Chore("first", HOUR, Count())
    for at in (NOON, later := NOON + timedelta(days=30), later + timedelta(seconds=1), later + timedelta(minutes=59)):
        take_turn(chore, keeper, at=at)
    assert chore.run.turns == [NOON, later]  # type: ignore[attr-defined]


def test_what_throws_away_waits_a_day_after_a_jump_and_then_goes_on(keeper: UUID) -> None:
    """Whoever set the clock wrong has that long to see it; a server that was off for a while loses no more than a day."""
    chore = Chore("first", HOUR, Count(), throws_away=True)
    jump, day = NOON + timedelta(days=30), timedelta(days=1)
    for at in (NOON, NOON + HOUR, jump, jump + HOUR, jump + day - HOUR, jump + day, jump + day + HOUR):
        take_turn(chore, keeper, at=at)
    assert chore.run.turns == [NOON, NOON + HOUR, jump + day, jump + day + HOUR]  # type: ignore[attr-defined]


def test_a_clock_that_was_put_right_within_the_day_threw_nothing_away(keeper: UUID) -> None:
    chore, day = Chore("first", HOUR, Count(), throws_away=True), timedelta(days=1)
    for at in (NOON, NOON + 30 * day, NOON + HOUR):
        take_turn(chore, keeper, at=at)
    assert rows.due(at=NOON + HOUR) == ["second"]  # counted anew from here
    assert not take_turn(chore, keeper, at=NOON + day)
    assert take_turn(chore, keeper, at=NOON + HOUR + day)
    assert chore.run.turns == [NOON, NOON + HOUR + day]  # type: ignore[attr-defined]


def test_what_throws_away_typed_text_or_files_goes_by_no_doubtful_clock() -> None:
    assert {chore.name for chore in CHORES if chore.throws_away} == {
        "absences",
        "answering",
        "choices",
        "drafts",
        "expert_reports",
        "factors",
        "files",
        "handovers",
        "nameless_worries",
        "photos",
    }


def test_after_a_jump_back_the_interval_is_counted_anew(keeper: UUID) -> None:
    take_turn(Chore("first", HOUR, Count()), keeper, at=NOON)
    take_turn(Chore("second", HOUR, Count()), keeper, at=NOON)
    back = NOON - timedelta(days=30)
    assert rows.due(at=back) == []
    assert rows.due(at=back + HOUR - timedelta(seconds=1)) == []
    assert rows.due(at=back + HOUR) == ["first", "second"]


def test_a_chore_that_is_no_more_leaves_no_row(keeper: UUID) -> None:
    rows.list_chores({"second": 2 * HOUR})
    assert list(ChoreRun.objects.values_list("name", "every")) == [("second", 2 * HOUR)]


def test_a_database_that_went_away_in_a_chore_does_not_end_the_schedule(keeper: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[bool] = []
    monkeypatch.setattr("kring.web.jobs.chores.connection.close", lambda: closed.append(True))
    assert take_turn(Chore("first", HOUR, Count(OperationalError("Noor"))), keeper, at=NOON)
    assert (closed, ChoreRun.objects.get(name="first").broke_on) == ([True], "OperationalError")


def test_who_does_not_call_is_given_up_and_who_calls_is_not(keeper: UUID, other: UUID) -> None:
    watch = Watch()
    for look in range(6):
        rows.beat(other, look, at=NOON)
        watch.look()
    assert list(Beat.objects.values_list("id", flat=True)) == [other]
    assert not rows.beat(keeper, 9, at=NOON)


def test_the_queue_forgets_what_was_over_two_weeks_ago() -> None:
    for status, days in (("SUCCESSFUL", 15), ("FAILED", 15), ("SUCCESSFUL", 13), ("READY", 15), ("RUNNING", 15)):
        ended = NOON - timedelta(days=days)
        given = {"args_kwargs": {}, "task_path": "x", "run_after": NOON, "backend_name": "default"}
        DBTaskResult.objects.create(status=status, finished_at=None if status in {"READY", "RUNNING"} else ended, **given)
    rows.forget_results(at=NOON)
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["READY", "RUNNING", "SUCCESSFUL"]
