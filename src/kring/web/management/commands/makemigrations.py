"""`makemigrations` as Django does it; what makes everything from nothing makes each table in one piece.

Django adds keys, indexes and constraints afterwards, one by one, and renders every model anew for each: on an empty database that
takes longer than all the rest of migrating.
"""

from collections.abc import Iterator
from typing import Any

from django.core.management.commands.makemigrations import Command as MakeMigrations
from django.db.migrations import Migration
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation


class Command(MakeMigrations):
    """Of the first migration every table after those to which it has a key."""

    def write_migration_files(self, changes: dict[str, list[Migration]], *args: Any, **options: Any) -> None:
        for migration in (one for found in changes.values() for one in found if one.initial):
            migration.operations = whole_tables([*migration.operations])  # type: ignore[misc]  # Django itself sets it on the instance
        super().write_migration_files(changes, *args, **options)


def whole_tables(operations: list[Operation]) -> list[Operation]:
    """The same tables, each made at once. Only what a first migration holds: making models and adding to them."""
    made = {one.name_lower: one for one in operations if isinstance(one, CreateModel)}
    for one in operations:
        match one:
            case AddField():
                made[one.model_name_lower].fields.append((one.name, one.field))
            case AddIndex():
                made[one.model_name_lower].options.setdefault("indexes", []).append(one.index)
            case AddConstraint():
                made[one.model_name_lower].options.setdefault("constraints", []).append(one.constraint)
            case CreateModel():
                pass
            case _:
                return operations
    return [*in_order(made)]


def in_order(made: dict[str, CreateModel]) -> Iterator[CreateModel]:
    """What others have keys to comes first. A circle has no order, and RecursionError says so."""
    done: set[str] = set()

    def first(name: str) -> Iterator[CreateModel]:
        for other in sorted(keys_of(made[name]) & made.keys() - {name} - done):
            yield from first(other)
        if name not in done:
            done.add(name)
            yield made[name]

    for name in sorted(made):
        yield from first(name)


def keys_of(model: CreateModel) -> set[str]:
    """The models of this app to which it has a key."""
    keys = (field.remote_field.model for _, field in model.fields if field.remote_field)
    return {str(key).lower().partition(".")[2] for key in keys}
