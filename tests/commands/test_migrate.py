"""Making all tables in one go makes the same tables."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from kring.commands import ROOT

ONE_BY_ONE = "migrate.MigrationExecutor = executor.MigrationExecutor"
AT_ONCE = "import kring.web.management.commands.migrate"
SCRIPT = """
import django; django.setup()
from django.core.management.commands import migrate
from django.db.migrations import executor
{how}
migrate.Command().run_from_argv(["manage", "migrate", "-v0"])
"""


@pytest.mark.long
def test_tables_made_at_once_are_those_that_django_makes_one_by_one(long: bool, tmp_path: Path) -> None:
    if not long:
        pytest.skip("making every table one by one takes ten seconds; with --long both ways are compared")
    assert made(tmp_path / "once", AT_ONCE) == made(tmp_path / "one", ONE_BY_ONE)


def made(folder: Path, how: str) -> list[tuple[str, ...]]:
    folder.mkdir()
    settings = {"KRING_MODE": "test", "KRING_DATA": str(folder), "KRING_DATABASE": "", "DJANGO_SETTINGS_MODULE": "kring.settings"}
    environment = {**os.environ, **settings, "PYTHONPATH": str(ROOT / "src")}
    subprocess.run((sys.executable, "-c", SCRIPT.format(how=how)), cwd=ROOT, env=environment, check=True)
    with sqlite3.connect(folder / "kring.sqlite3") as database:
        found = database.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master ORDER BY type, name").fetchall()
    database.close()
    assert len(found) > 500
    return found
