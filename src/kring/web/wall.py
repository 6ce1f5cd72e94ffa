"""The wall between schools on PostgreSQL: row-level security shows the rows of the schools that are open in this transaction.

SQLite has no such wall; there one file holds one board, and the access table is the only line.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction


@contextmanager
def schools_open(schools: Iterable[UUID]) -> Iterator[None]:
    """Open these schools for the work inside, in one transaction; what was open before is open again afterwards.

    `set_config(…, true)` ends with the transaction: a session setting would leak to the next request through a pool.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        before = _set(",".join(str(school) for school in schools))
        yield
        _set(before)


def _set(schools: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(current_setting('app.schools', true), '')")
        before: str = cursor.fetchone()[0]
        cursor.execute("select set_config('app.schools', %s, true)", [schools])
    return before
