"""The administrator is warned in words when the machine does not do well; and whoever watches from outside by one word."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import Mock

import pytest
from django.db import OperationalError, connection
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from kring.core.mail import Trouble
from kring.web.home.installation.queries import LEAST_ROOM, Database, Installation, Room, installation, version
from kring.web.home.installation.troubles import troubles
from kring.web.jobs import rows
from kring.web.jobs.queries import ChoreLine, Queue, chore_lines
from kring.web.mail.queries import MailState
from kring.web.models import Beat, ChoreRun
from kring.web.oversight.anchors import AnchorState
from kring.web.schema import Schema
from tests.cast import Cast, client_of

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MAIL = MailState(
    server="mail.school.nl:587", is_demo=False, waiting=0, oldest_at=None, last_sent_at=None, trouble=None, addresses=3, set_aside=0
)
WELL = Installation(
    version="0.1.0",
    database=Database("SQLite 3.53.4", "WAL", "FULL", is_safe=True),
    room=Room(100.0, 250.0),
    clock_differs=0,
    works=frozenset({"worker", "schedule"}),
    queue=Queue(0, 0, 0, hangs=False),
    chores=(ChoreLine("Post", NOON, NOON, is_busy=False, is_late=False, broke_on=""),),
    mail=MAIL,
    anchors=AnchorState(is_set=True, last_at=NOON, is_old=False),
    backed_up_at=NOON,
)


def told(state: Installation) -> str:
    page = {"state": state, "troubles": troubles(state), "anchors": state.anchors, "actor": None, "preferences": {}, "messages": []}
    return render_to_string("home/installation.html", page)


@pytest.mark.django_db
def test_it_says_what_the_database_says() -> None:
    state = installation(at=timezone.now())
    assert state.database.is_safe
    assert state.database.name.startswith({"sqlite": "SQLite 3.", "postgresql": "PostgreSQL 1"}[connection.vendor])
    assert 0 < state.room.free_gigabytes < state.room.total_gigabytes
    assert state.version == version() != ""
    assert (state.database.schema, state.clock_differs, state.works) == (Schema.OURS, 0, frozenset())


@pytest.mark.django_db
def test_it_counts_what_waits_and_what_failed_this_week() -> None:
    now = timezone.now()
    given: dict[str, Any] = {"args_kwargs": {}, "task_path": "kring.web.jobs.work.x", "run_after": now}
    for status, days in (("READY", 0), ("READY", 9), ("FAILED", 6), ("FAILED", 8)):
        DBTaskResult.objects.create(status=status, finished_at=now - timedelta(days=days) if status == "FAILED" else None, **given)
    DBTaskResult.objects.create(status="RUNNING", started_at=now - timedelta(minutes=59), **given)
    assert installation(at=now).queue == Queue(2, 1, 1, hangs=False)
    assert installation(at=now + timedelta(minutes=2)).queue.hangs


@pytest.mark.skipif(connection.vendor != "sqlite", reason="asks SQLite")
@pytest.mark.django_db
def test_sqlite_flushes_before_an_answer_counts() -> None:
    assert installation(at=timezone.now()).database.flush == "FULL"


@pytest.mark.django_db
def test_the_first_page_of_the_administrator_says_what_comes_round(cast: Cast) -> None:
    rows.list_chores({"jobs": timedelta(minutes=1), "log": timedelta(hours=1)})
    ChoreRun.objects.filter(name="log").update(last_started_at=timezone.now(), broke_on="OSError", outcome="broke")
    page = client_of(cast.olga).get(reverse("home", args=[cast.olga.pk])).content.decode()
    for said in ("De stand van het logboek vastleggen", "niet gelukt (OSError)", "te laat", "De planning draait niet"):
        assert said in page


@pytest.mark.django_db
def test_a_chore_is_late_unless_somebody_is_busy_with_it() -> None:
    rows.list_chores({"jobs": timedelta(minutes=1), "log": timedelta(hours=1)})
    busy = rows.begin_beating(Beat.Kind.SCHEDULE, at=NOON)
    rows.claim("jobs", busy, at=NOON)
    rows.claim("log", busy, at=NOON)
    rows.note("log", busy, broke_on="", at=NOON)
    lines = {line.words: (line.is_busy, line.is_late) for line in chore_lines(at=NOON + timedelta(hours=3))}
    assert lines == {"Onderbroken werk weer oppakken": (True, False), "De stand van het logboek vastleggen": (False, True)}


def test_when_all_is_well_the_page_says_so() -> None:
    page = told(WELL)
    assert (page.count("message--error"), page.count("message--warning")) == (0, 0)
    assert "Alles draait" in page


BROKEN_CHORE = ChoreLine("Post", NOON, NOON, is_busy=False, is_late=False, broke_on="OSError")
ILL: dict[str, Installation] = {
    "een antwoord kan verloren gaan": replace(WELL, database=replace(WELL.database, is_safe=False, flush="OFF")),
    "passen niet bij deze versie": replace(WELL, database=replace(WELL.database, schema=Schema.BEHIND)),
    "nog maar 4,25 GB vrij": replace(WELL, room=Room(4.25, 50.0)),
    "bijna vol: nog 1,25 GB": replace(WELL, room=Room(1.25, 50.0)),
    "planning draait niet": replace(WELL, works=frozenset({"worker"}), chores=(BROKEN_CHORE,)),
    "achtergrondwerker draait niet": replace(WELL, works=frozenset({"schedule"})),
    "langer dan een uur bezig": replace(WELL, queue=Queue(0, 1, 0, hangs=True)),
    "onderdeel van de planning": replace(WELL, chores=(BROKEN_CHORE,)),
    "gooit daarom een dag lang niets weg": replace(WELL, chores=(replace(BROKEN_CHORE, broke_on="ClockMayHaveLeapt", waits=True),)),
    "2 onderdelen van de planning": replace(WELL, chores=(BROKEN_CHORE, BROKEN_CHORE)),
    "neemt naam of wachtwoord niet aan": replace(WELL, mail=replace(MAIL, trouble=Trouble.PASSWORD_WRONG)),
    "schelen 40 seconden": replace(WELL, clock_differs=40),
    "1 taak op de achtergrond is deze week niet gelukt": replace(WELL, queue=Queue(0, 0, 1, hangs=False)),
    "nog geen reservekopie": replace(WELL, backed_up_at=None),
}


@pytest.mark.parametrize("said", ILL)
def test_each_trouble_is_said_once_with_what_to_do(said: str) -> None:
    page, can_wait = told(ILL[said]), said.startswith(("1 taak", "gooit"))
    assert (page.count("message--error"), page.count("message--warning")) == ((0, 1) if can_wait else (1, 0))
    assert said in page


def test_the_warning_comes_below_the_bound_and_not_on_it() -> None:
    assert Room(LEAST_ROOM, 250.0).is_enough
    assert not Room(LEAST_ROOM - 0.001, 250.0).is_enough
    assert not Room(LEAST_ROOM, 1000.0).is_nearly_gone
    assert [Room(free, 20.0).is_nearly_gone for free in (1.0, 0.999)] == [False, True]


# ---- from outside -----------------------------------------------------------------------------------------------


@pytest.fixture
def works(db: None) -> None:
    for kind in Beat.Kind:
        rows.begin_beating(kind, at=timezone.now())


def health(client: Client) -> tuple[int, str]:
    answer = client.get(reverse("health"))
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers.get("Retry-After") == (None if answer.status_code == 200 else "10")
    assert not answer.cookies
    return answer.status_code, answer.content.decode()


def test_when_all_is_there_it_is_ready(works: None, client: Client) -> None:
    assert health(client) == (200, "live ready\n")
    assert client.post(reverse("health")).status_code == 405


@pytest.mark.parametrize("kind", list(Beat.Kind))
def test_without_worker_or_schedule_it_waits(works: None, client: Client, kind: str) -> None:
    Beat.objects.filter(kind=kind).update(last_at=timezone.now() - timedelta(minutes=2))
    assert health(client) == (503, "live waiting\n")


def test_without_room_it_waits(works: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kring.web.home.installation.queries.room", lambda: Room(0.5, 50.0))
    assert health(client) == (503, "live waiting\n")


def test_with_migrations_to_come_it_waits(works: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kring.web.home.installation.queries._expected", lambda: frozenset({("kring", "0003_later")}))
    assert health(client) == (503, "live waiting\n")


def test_without_database_it_waits_and_says_no_more(works: None, client: Client) -> None:
    @contextmanager
    def away() -> Iterator[None]:
        with connection.execute_wrapper(Mock(side_effect=OperationalError("host db.school.nl, user kring"))):
            yield

    with away():
        assert health(client) == (503, "live waiting\n")


def test_a_database_that_is_slow_is_not_ready(works: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kring.web.home.installation.queries.SLOW", 0.0)
    assert health(client) == (503, "live waiting\n")


def test_it_costs_a_few_questions_and_no_session(works: None, client: Client, django_assert_max_num_queries: Any) -> None:
    health(client)
    with django_assert_max_num_queries(6):
        health(client)


def test_a_proxy_on_the_same_machine_may_ask_it_without_https(works: None, client: Client, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(reverse("health")).status_code == 200
    assert client.get(reverse("front")).status_code == 301
