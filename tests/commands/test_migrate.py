"""Making a new database in one go makes the tables that Django makes step by step."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kring.commands import ROOT

Asked = Callable[[str], list[tuple[object, ...]]]
ONE_BY_ONE = "migrate.MigrationExecutor = executor.MigrationExecutor"
AT_ONCE = "import kring.web.management.commands.migrate"
SCRIPT = """
import django; django.setup()
from django.core.management.commands import migrate
from django.db.migrations import executor
{how}
migrate.Command().run_from_argv(["manage", "migrate", "-v0"])
"""


@pytest.mark.whole("making every table one by one takes half a minute")
def test_tables_made_at_once_are_those_that_django_makes_one_by_one(tmp_path: Path) -> None:
    assert made(tmp_path / "once", AT_ONCE) == made(tmp_path / "one", ONE_BY_ONE)


def made(folder: Path, how: str) -> dict[str, object]:
    """Columns by name, indexes by what they hold, and triggers by their text; a step added later stands in another place."""
    folder.mkdir()
    settings = {"KRING_MODE": "test", "KRING_DATA": str(folder), "KRING_DATABASE": "", "DJANGO_SETTINGS_MODULE": "kring.settings"}
    environment = {**os.environ, **settings, "PYTHONPATH": str(ROOT / "src")}
    subprocess.run((sys.executable, "-c", SCRIPT.format(how=how)), cwd=ROOT, env=environment, check=True)
    with closing(sqlite3.connect(folder / "kring.sqlite3")) as database:

        def asked(question: str) -> list[tuple[object, ...]]:
            return sorted(database.execute(question).fetchall())

        tables = [str(name) for (name,) in asked("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found: dict[str, object] = {name: (columns_of(asked, name), indexes_of(asked, name), keys_of(asked, name)) for name in tables}
        found["triggers"] = asked("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        found["migrations"] = asked("SELECT app, name FROM django_migrations")
    assert len(found) > 150
    return found


def columns_of(asked: Asked, table: str) -> object:
    return asked(f"SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_info('{table}')")


def indexes_of(asked: Asked, table: str) -> object:
    names = asked(f"SELECT name, \"unique\", partial FROM pragma_index_list('{table}')")
    return sorted(
        (unique, partial, tuple(asked(f"SELECT seqno, name FROM pragma_index_info('{name}')"))) for name, unique, partial in names
    )


def keys_of(asked: Asked, table: str) -> object:
    return asked(f'SELECT "table", "from", "to", on_delete FROM pragma_foreign_key_list(\'{table}\')')
