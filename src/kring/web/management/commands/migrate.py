"""`migrate` as Django does it, but making new tables in one go; with an owner of its own, the role of the application gets its rights."""

from functools import partial
from typing import Any

from django.conf import settings
from django.core.management.commands import migrate
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import CreateModel, Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

from kring.web.wall import grant_rights


def create_at_once(migration: Migration, state: ProjectState, schema: BaseDatabaseSchemaEditor, collect_sql: bool = False) -> ProjectState:  # noqa: ARG001, FBT001, FBT002 (Django calls it so)
    """As `Migration.apply`, for tables alone: Django renders all models anew after each of them, which took seven of ten seconds."""
    before = state.clone()
    vars(state).pop("apps", None)  # rendered once again, when the first table is made
    for operation in migration.operations:
        operation.state_forwards(migration.app_label, state)
    for operation in migration.operations:
        operation.database_forwards(migration.app_label, schema, before, state)
    return state


class AtOnce(MigrationExecutor):
    def apply_migration(self, state: ProjectState, migration: Migration, *args: Any, **options: Any) -> ProjectState:
        if migration.operations and all(type(one) is CreateModel for one in migration.operations):
            migration.apply = partial(create_at_once, migration)  # type: ignore[method-assign]
        return super().apply_migration(state, migration, *args, **options)


migrate.MigrationExecutor = AtOnce  # type: ignore[attr-defined]  # Django has no setting for it


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if settings.DATABASE_ROLE:
            grant_rights(settings.DATABASE_ROLE)
