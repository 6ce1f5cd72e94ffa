"""`migrate` as Django does it, but making a new database in one go; with an owner of its own, the role of the application gets rights."""

from typing import Any

from django.conf import settings
from django.core.management.commands import migrate
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

from kring.web.wall import grant_rights

Plan = list[tuple[Migration, bool]]
OWN = "kring"


class AtOnce(MigrationExecutor):
    """An empty database gets the tables as they are now, and on top of them what Django cannot generate.

    By itself Django goes through the sixty migrations of others, renders all models anew for each and converts rows that are not there:
    three quarters of the time of a first start.
    """

    def _migrate_all_forwards(self, state: ProjectState, plan: Plan, full_plan: Plan, fake: bool, fake_initial: bool) -> ProjectState:  # noqa: FBT001 (Django calls it so)
        if fake or self.loader.applied_migrations or plan != full_plan:
            made: ProjectState = super()._migrate_all_forwards(state, plan, full_plan, fake, fake_initial)  # type: ignore[misc]
            return made
        on_top = [migration for migration, _ in plan if migration.app_label == OWN and not migration.initial]
        vars(state).pop("apps", None)  # rendered once, when all models are known
        with self.connection.schema_editor(atomic=True) as schema:
            for migration, _ in plan:
                migration.mutate_state(state, preserve=False)
            for model in state.apps.get_models():
                if model._meta.can_migrate(self.connection):
                    schema.create_model(model)
            for migration, _ in plan:
                if migration not in on_top:
                    self.record_migration(migration)  # type: ignore[call-arg, arg-type]  # its stubs know an older Django
        for migration in on_top:
            self.apply_migration(state, migration)
        return state


migrate.MigrationExecutor = AtOnce  # type: ignore[attr-defined]  # Django has no setting for it


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if settings.DATABASE_ROLE:
            grant_rights(settings.DATABASE_ROLE)
