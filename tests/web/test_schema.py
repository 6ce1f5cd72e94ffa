"""Older code does not work on newer tables, nor on tables that only bear the right names."""

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import Settings

from kring.web import checks
from kring.web.schema import Schema, differences, state

pytestmark = pytest.mark.django_db


def faults(settings: Settings) -> list[str | None]:
    settings.PRODUCTION = True
    return [fault.id for fault in checks.tables_are_ours(None, databases=["default"])]


def test_our_own_tables_are_ours(settings: Settings) -> None:
    assert state() is Schema.OURS
    assert faults(settings) == []


def test_a_migration_that_this_code_does_not_know_is_of_a_newer_kring(settings: Settings) -> None:
    MigrationRecorder(connection).record_applied("kring", "0099_later")
    assert state() is Schema.NEWER
    assert faults(settings) == ["kring.E010"]


def test_a_migration_still_to_come_is_no_fault_for_who_migrates(settings: Settings) -> None:
    MigrationRecorder(connection).record_unapplied("kring", "0002_storage")
    assert state() is Schema.BEHIND
    assert faults(settings) == []


def test_a_column_too_many_under_the_same_name(settings: Settings) -> None:
    with connection.cursor() as cursor:
        cursor.execute("alter table kring_board add column colour varchar(10)")
    assert differences() == {("kring_board", "colour")}
    assert state() is Schema.OTHER
    assert faults(settings) == ["kring.E010"]


def test_no_tables_yet() -> None:
    with connection.cursor() as cursor:
        cursor.execute("alter table django_migrations rename to django_migrations_away")
    assert state() is Schema.EMPTY


def test_elsewhere_than_in_production_nothing_is_asked(settings: Settings) -> None:
    settings.PRODUCTION = False
    assert checks.tables_are_ours(None, databases=["default"]) == []
