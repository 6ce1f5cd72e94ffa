"""The administrator is warned in words when the machine does not do well."""

from dataclasses import replace

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from kring.web.home.installation.queries import GIGABYTE, LEAST_ROOM, Database, Installation, installation, version

WELL = Installation("0.1.0", Database("SQLite 3.53.4", "WAL", "FULL", is_safe=True), 100.0, 250.0, {})


def told(state: Installation) -> str:
    return render_to_string("home/installation.html", {"state": state, "actor": None, "preferences": {}, "messages": []})


@pytest.mark.django_db
def test_it_says_what_the_database_says() -> None:
    state = installation()
    assert state.database.is_safe
    assert state.database.name.startswith({"sqlite": "SQLite 3.", "postgresql": "PostgreSQL 1"}[connection.vendor])
    assert 0 < state.free_gigabytes < state.total_gigabytes
    assert state.version == version() != ""


@pytest.mark.django_db
def test_it_counts_what_waits_and_what_failed() -> None:
    for status in ("READY", "READY", "FAILED"):
        DBTaskResult.objects.create(status=status, args_kwargs={}, task_path="kring.web.jobs.work.x", run_after=timezone.now())
    state = installation()
    assert (state.waiting, state.failed) == (2, 1)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="asks SQLite")
@pytest.mark.django_db
def test_sqlite_flushes_before_an_answer_counts() -> None:
    assert installation().database.flush == "FULL"


def test_when_all_is_well_only_the_missing_back_up_is_named() -> None:
    page = told(WELL)
    assert page.count("message--error") == 0
    assert page.count("message--warning") == 1
    assert "nog geen reservekopieën" in page


def test_an_unsafe_database_a_full_disk_and_failed_work_are_said() -> None:
    database = replace(WELL.database, is_safe=False, flush="OFF")
    page = told(replace(WELL, database=database, free_gigabytes=1.25, tasks={"FAILED": 2, "READY": 3}))
    assert "een antwoord kan verloren gaan" in page
    assert "nog maar 1,25 GB vrij" in page
    assert "2 taken op de achtergrond zijn niet gelukt" in page
    assert "3 wachten" in page


def test_the_warning_comes_below_the_bound_and_not_on_it() -> None:
    assert replace(WELL, free_gigabytes=LEAST_ROOM).has_room
    assert not replace(WELL, free_gigabytes=LEAST_ROOM - 1 / GIGABYTE).has_room
