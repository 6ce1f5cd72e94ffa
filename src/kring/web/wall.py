"""The wall between schools on PostgreSQL: row-level security shows the rows of the schools that are open in this transaction.

SQLite has no such wall; there one file holds one board, and the access table is the only line.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction

GROW_ONLY = ("kring_entry", "kring_segment")
"""Tables to which the application adds, and no more (see also the storage migration)."""
OWNERS_OWN = ("django_migrations",)


@contextmanager
def schools_open(schools: Iterable[UUID], *, person: UUID | None = None) -> Iterator[None]:
    """Open these schools for the work inside, in one transaction; what was open before is open again afterwards.

    `person` sees their own hats at other schools as well: the menu names them. `set_config(…, true)` ends with the transaction:
    a session setting would leak to the next request through a pool.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        before = _set("app.schools", ",".join(str(school) for school in schools))
        before_person = _set("app.person", str(person)) if person else None
        yield
        _set("app.schools", before)
        if before_person is not None:
            _set("app.person", before_person)


def open_until_commit(schools: Iterable[UUID]) -> None:
    """Open these schools for the rest of the transaction that runs: for a writer that has one of its own, and does nothing after it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("select set_config('app.schools', %s, true)", [",".join(map(str, schools))])


@contextmanager
def between_walls() -> Iterator[None]:
    """Who wears which hat at every school, and nothing else: for what is asked about a person and not at a school."""
    with schools_open([]):
        yield


def _set(name: str, value: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(current_setting(%s, true), '')", [name])
        before: str = cursor.fetchone()[0]
        cursor.execute("select set_config(%s, %s, true)", [name, value])
    return before


# ---- two roles: who owns the tables, and who works with the rows ------------------------------------------------


def rights_of(role: str) -> Iterator[str]:
    """What the owner says after migrating, for the role of the application: rows, and nothing of tables; of the log only more."""
    name = connection.ops.quote_name(role)
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name}"
    yield "REVOKE CREATE ON SCHEMA public FROM PUBLIC"
    yield f"GRANT USAGE ON SCHEMA public TO {name}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}"
    yield f"REVOKE UPDATE, DELETE ON {', '.join(GROW_ONLY)} FROM {name}"
    yield f"REVOKE INSERT, UPDATE, DELETE ON {', '.join(OWNERS_OWN)} FROM {name}"


def grant_rights(role: str) -> None:
    """All of it or nothing."""
    with transaction.atomic(), connection.cursor() as cursor:
        for sentence in rights_of(role):
            cursor.execute(sentence)


def rights_beyond_rows() -> list[str]:
    """What the role that is logged in could do besides working with rows: each of these looks through the wall, or takes it down."""
    found = {
        "superuser": "select rolsuper from pg_roles where rolname = current_user",
        "bypassrls": "select rolbypassrls from pg_roles where rolname = current_user",
        "owner": "select exists(select from pg_tables where schemaname = 'public' and pg_has_role(current_user, tableowner, 'member'))",
    }
    with connection.cursor() as cursor:
        cursor.execute(f"select {', '.join(f'({question})' for question in found.values())}")
        return [name for name, yes in zip(found, cursor.fetchone()) if yes]
