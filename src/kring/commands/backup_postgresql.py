"""The database of a back-up, when it is PostgreSQL: by its own programs, as the role that owns the tables.

Row-level security holds for that role as well, so all schools are opened for it; rows that a wall would hide are then counted and saved.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO
from urllib.parse import parse_qsl, unquote, urlsplit

NAME = "kring.dump"
PROGRAMS = ("pg_dump", "pg_restore", "psql")
End = int | IO[bytes]  # of a pipe
ALL_SCHOOLS = "select coalesce(string_agg(id::text, ','), '') from kring_school"
HAS_SCHOOLS = "select to_regclass('kring_school') is not null"
COUNTS = """select format('select %L, count(*) from %I', tablename, tablename) from pg_tables where schemaname = current_schema() \\gexec"""
EMPTIED = """do $$ declare found record; begin
  for found in select tablename from pg_tables where schemaname = current_schema() and tableowner = current_user loop
    execute format('drop table %I cascade', found.tablename);
  end loop;
  for found in select p.oid::regprocedure as name from pg_proc p where p.pronamespace = current_schema()::regnamespace
    and p.proowner = current_user::regrole and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e') loop
    execute 'drop function ' || found.name || ' cascade';
  end loop;
end $$;
"""


class ProgramsMissing(Exception):
    """Names of programs of PostgreSQL that are not here."""


class PostgresqlRefused(Exception):
    """What PostgreSQL said, without any row."""


def address(settings: Mapping[str, str]) -> dict[str, str]:
    """For the programs, in their environment: on a command line everybody on this machine could read the password."""
    if missing := [name for name in PROGRAMS if not shutil.which(name)]:
        raise ProgramsMissing(*missing)
    parts = urlsplit(settings.get("KRING_DATABASE_OWNER") or settings["KRING_DATABASE"])
    asked = dict(parse_qsl(parts.query))
    told = {
        **{f"PG{name.upper()}": value for name, value in asked.items() if name.startswith("ssl")},
        "PGHOST": asked.get("host") or parts.hostname or "",
        "PGPORT": str(parts.port or asked.get("port", "")),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": parts.path.strip("/"),
    }
    return {**{name: value for name, value in os.environ.items() if not name.startswith("PG")}, **{k: v for k, v in told.items() if v}}


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """With every school open."""
    plain = address(settings)
    schools = ask(plain, ALL_SCHOOLS) if ask(plain, HAS_SCHOOLS) == "t" else ""
    return {**plain, "PGOPTIONS": f"-c app.schools={schools}"}


def ask(around: Mapping[str, str], sql: str) -> str:
    return run(("psql", "-AtXq", "-F", " ", "-v", "ON_ERROR_STOP=1"), around, told=sql.encode()).decode().strip()


def run(command: Sequence[str], around: Mapping[str, str], *, told: bytes = b"") -> bytes:
    """In a session of its own: Ctrl-C reaches only us, and what was begun is ended."""
    done = subprocess.run(command, env=dict(around), input=told, capture_output=True, check=False, start_new_session=True)
    if done.returncode:
        raise PostgresqlRefused(without_rows(done.stderr))
    return done.stdout


def others(settings: Mapping[str, str]) -> int:
    """Sessions of Kring in this database, of whichever machine: none, when it stands still everywhere."""
    rows = unquote(urlsplit(settings["KRING_DATABASE"]).username or "").replace("'", "''")
    ours = f"usename in (current_user, '{rows}') and pid <> pg_backend_pid()"
    return int(ask(address(settings), f"select count(*) from pg_stat_activity where datname = current_database() and {ours}"))  # noqa: S608


def without_rows(said: bytes) -> str:
    """Its first words; below them it quotes what it was at.

    >>> without_rows(b"ERROR:  duplicate key\\nDETAIL:  Key (name)=(Noor)\\nCONTEXT:  COPY kring_pupil, line 1")
    'ERROR:  duplicate key'
    """
    return re.split(r"\n(?:DETAIL|CONTEXT|LINE|HINT)", said.decode(errors="replace"))[0].strip()


def size(settings: Mapping[str, str], data: Path) -> int:  # noqa: ARG001
    return int(ask(environment(settings), "select pg_database_size(current_database())"))


def counts(settings: Mapping[str, str], data: Path) -> dict[str, int]:  # noqa: ARG001
    lines = ask(environment(settings), COUNTS).splitlines()
    return {name: int(number) for name, number in (line.split(" ") for line in lines)}


def save(settings: Mapping[str, str], data: Path, into: Path) -> None:  # noqa: ARG001
    run(("pg_dump", "-Fc", "--enable-row-security", "--file", str(into / NAME)), environment(settings))


def saved_counts(settings: Mapping[str, str], where: Path) -> dict[str, int]:
    """Read back row by row: a dump that breaks off is noticed here, and not when it is needed."""
    around = environment(settings)
    reading = subprocess.Popen(("pg_restore", "--data-only", "-f", "-", str(where / NAME)), env=around, stdout=subprocess.PIPE)
    assert reading.stdout is not None  # noqa: S101 (a pipe was asked for)
    with reading.stdout as lines:
        found = dict(rows_of(lines))
    return found if reading.wait() == 0 else {}


def rows_of(lines: Iterator[bytes]) -> Iterator[tuple[str, int]]:
    """How many rows each COPY of a dump holds.

    >>> dict(rows_of(iter([b"COPY public.kring_pupil (id) FROM stdin;\\n", b"1\\n", b"2\\n", b"\\\\.\\n"])))
    {'kring_pupil': 2}
    """
    for line in lines:
        if line.startswith(b"COPY "):
            table = line.split(b" ")[1].rpartition(b".")[2].strip(b'"').decode()
            yield table, sum(1 for _ in iter(lambda: next(lines), b"\\.\n"))


def begun(command: Sequence[str], around: Mapping[str, str], told: End, out: End, said: IO[bytes]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(command, env=dict(around), stdin=told, stdout=out, stderr=said, start_new_session=True)


def put_back(settings: Mapping[str, str], data: Path, where: Path) -> None:  # noqa: ARG001
    """In one transaction, that is closed when the dump was read to its end: all of it or nothing. However large, none of it in memory."""
    around, read = {**address(settings), "PGOPTIONS": "-c client_min_messages=warning"}, False
    with tempfile.TemporaryFile() as said:
        psql = begun(("psql", "-Xq", "-v", "ON_ERROR_STOP=1"), around, subprocess.PIPE, subprocess.DEVNULL, said)
        assert psql.stdin is not None  # noqa: S101 (a pipe was asked for)
        with suppress(BrokenPipeError), psql.stdin as into:
            into.write(f"begin;{EMPTIED}".encode())
            into.flush()
            dump = ("pg_restore", "--no-owner", "-f", "-", str(where / NAME))
            read = begun(dump, around, subprocess.DEVNULL, into, said).wait() == 0
            into.write(b"commit;" if read else b"rollback;")
        if psql.wait() or not read:
            said.seek(0)
            raise PostgresqlRefused(without_rows(said.read()))
