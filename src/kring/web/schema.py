"""Whether the tables in the database are those of this code: older, newer, or something else. Asked before any of them is read."""

from collections.abc import Iterable
from enum import StrEnum

from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

Columns = set[tuple[str, str]]  # table, column


class Schema(StrEnum):
    EMPTY = "empty"
    BEHIND = "behind"
    OURS = "ours"
    NEWER = "newer"
    OTHER = "other"


def state() -> Schema:
    """What stands in the database, against what this code expects there."""
    if "django_migrations" not in connection.introspection.table_names():
        return Schema.EMPTY
    executor = MigrationExecutor(connection)
    if set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations):
        return Schema.NEWER
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return Schema.BEHIND
    return Schema.OTHER if differences() else Schema.OURS


def differences() -> Columns:
    """Columns that are there or expected, not both. Before 1.0 migrations are made anew under the same name; names alone prove nothing."""
    expected = {
        (model._meta.db_table, field.column)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
        for field in model._meta.local_concrete_fields
        if field.column
    }
    return expected ^ found({table for table, _ in expected})


def found(tables: Iterable[str]) -> Columns:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("select table_name, column_name from information_schema.columns where table_schema = current_schema()")
        else:
            cursor.execute("select m.name, c.name from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table'")
        wanted = set(tables)
        return {(table, column) for table, column in cursor.fetchall() if table in wanted}
