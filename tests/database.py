"""The database of the tests is migrated once, by whichever process comes first; the others take a copy, in a tenth of the time."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection


@contextmanager
def database_in(shared: Path) -> Iterator[None]:
    """A database of this process; `shared` is a folder that all processes of this run know, and no other run."""
    before = connection.settings_dict["NAME"]
    with (shared / "database.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        model = shared / "database.sqlite3" if connection.vendor == "sqlite" else f"{before}_model"
        if (ready := shared / "database.ready").exists():
            _copy(model)
        else:
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            _keep(model)
            ready.touch()
    yield
    connection.creation.destroy_test_db(before, verbosity=0)


def _keep(model: Path | str) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(model)])
        return
    mine = connection.settings_dict["NAME"]
    connection.close()  # nobody may be in it while it is copied
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {model}")
        cursor.execute(f"CREATE DATABASE {model} TEMPLATE {mine}")


def _copy(model: Path | str) -> None:
    creation: Any = connection.creation
    connection.settings_dict["TEST"]["TEMPLATE"] = str(model)  # read for PostgreSQL alone
    name = creation._get_test_db_name()
    creation._create_test_db(verbosity=0, autoclobber=True)
    connection.close()
    if connection.vendor == "sqlite":
        for left in ("-wal", "-shm"):  # of a run that was killed
            Path(f"{name}{left}").unlink(missing_ok=True)
        shutil.copy(model, name)
    settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name
