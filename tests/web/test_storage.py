"""What the database itself guarantees, whatever the code above it does."""

from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from kring.web.checks import database_keeps_its_promise
from kring.web.models import Entry, Pupil, Segment
from kring.web.trace import record_readings
from kring.web.wall import schools_open
from tests.cast import Cast

pytestmark = pytest.mark.django_db
on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite only")
on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL only")


def test_the_database_does_what_was_asked_of_it() -> None:
    assert database_keeps_its_promise(None, databases=["default"]) == []


@pytest.mark.parametrize("table", [Entry, Segment])
@pytest.mark.parametrize("change", ["UPDATE {} SET hash = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_log_only_grows(cast: Cast, table: type[Any], change: str) -> None:
    if connection.vendor == "sqlite" and change.startswith("TRUNCATE"):
        return  # SQLite has no such word
    record_readings(cast.bram, [cast.pupil_noor])
    Segment.objects.create(school_id=cast.beuk.pk, until=timezone.localdate(), sequence=1, hash="x")
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table._meta.db_table))
    assert table.objects.count() == 1


@on_sqlite
def test_anonymous_answers_have_no_row_order() -> None:
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="no such column: rowid"):
        cursor.execute("SELECT rowid FROM kring_anonymoussubmission")


@on_postgresql
def test_anonymous_answers_can_be_laid_in_key_order() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select indisclustered from pg_index where indexrelid = 'kring_anonymoussubmission_pkey'::regclass")
        assert cursor.fetchone() == (True,)


@on_postgresql
def test_behind_the_wall_stand_only_the_open_schools(cast: Cast) -> None:
    with schools_open([cast.eik.pk]):
        assert list(Pupil.objects.all()) == [cast.pupil_fien]
    with schools_open([]):
        assert not Pupil.objects.exists()


@on_postgresql
def test_nobody_writes_through_the_wall(cast: Cast) -> None:
    with schools_open([cast.eik.pk]), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Pupil.objects.create(school=cast.beuk, given_name="X", sort_name="x", admin_key="x")


@on_postgresql
def test_traces_stand_behind_the_wall_of_their_school(cast: Cast) -> None:
    record_readings(cast.bram, [cast.pupil_noor])
    with schools_open([cast.eik.pk]):
        assert not Entry.objects.exists()
    with schools_open([cast.beuk.pk]):
        assert Entry.objects.get().record_id == cast.pupil_noor.pk


@on_postgresql
def test_every_table_of_a_school_is_walled() -> None:
    tables = {
        model._meta.db_table
        for model in apps.get_app_config("kring").get_models()
        if any(field.attname == "school_id" for field in model._meta.fields)
    }
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relrowsecurity and relforcerowsecurity")
        assert {name for (name,) in cursor.fetchall()} == tables
