"""Settings are read back at start: what the database really does counts, not what was asked of it."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, register
from django.core.checks import Warning as Caution
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import connection
from django.db.utils import OperationalError, ProgrammingError
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from kring.library.help import mistakes
from kring.web.logs import OWN_QUESTION
from kring.web.schema import Schema, state
from kring.web.wall import rights_beyond_rows

SQLITE_WITHOUT_WAL_RESET_BUG = (3, 51, 3)
PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
POSTGRESQL = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


def register_all() -> None:
    """Called once, when the app is ready."""
    register(routes_are_guarded, Tags.security)
    register(headers_are_sent, Tags.security)
    register(help_can_be_read)
    register(database_keeps_its_promise, Tags.database)
    register(no_demo_in_production, Tags.database)
    register(tables_are_ours, Tags.database)
    register(role_works_with_rows_alone, Tags.database)


def all_routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every route with its full pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from all_routes(entry, pattern)
        else:
            yield pattern, entry


def routes_are_guarded(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001
    """A route without a guard stops the start. Those of allauth show nothing of a school."""
    return [
        Error(f"The route {pattern} has no guard.", hint="Put @guard(…) or @public on its view.", id="kring.E001")
        for pattern, route in all_routes()
        if not hasattr(route.callback, "guard") and not getattr(route.callback, "__module__", "").startswith(("allauth.", "django.views."))
    ]


PROMISED = {
    "Content-Security-Policy": "default-src 'none'",
    "Permissions-Policy": "camera=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
SECURE_PROMISED = {"Strict-Transport-Security": "max-age=31536000"}


def headers_are_sent(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001
    """What a setting says counts only when an answer bears it: ask for a page of ours, as a browser does."""
    answer = _answer(reverse("account_logout"))
    promised = PROMISED | (SECURE_PROMISED if settings.SECURE else {})
    return [
        Error(f"An answer does not say {name}: {value}.", hint="Look at MIDDLEWARE and the headers in settings.", id="kring.E009")
        for name, value in promised.items()
        if value not in answer.headers.get(name, "")
    ]


def _answer(path: str) -> HttpResponseBase:
    """Through every middleware, without a server; by https, as the proxy of a school passes it on."""
    host = settings.ALLOWED_HOSTS[0].lstrip(".*") or "localhost"
    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "HTTP_HOST": host, "SERVER_NAME": host, "SERVER_PORT": "443"}
    secure = {"wsgi.url_scheme": "https", "HTTP_X_FORWARDED_PROTO": "https", "wsgi.input": BytesIO(), OWN_QUESTION: True}
    return WSGIHandler().get_response(WSGIRequest(asked | secure))


def help_can_be_read(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001
    """A broken article is left out of the help; that is no reason to keep a school from its pages."""
    return [Caution(f"An article of the help is left out. {one}", hint="Put the file right.", id="kring.W001") for one in mistakes()]


def database_keeps_its_promise(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001
    databases: Sequence[str] | None = None,
    **kwargs: Any,  # noqa: ARG001
) -> list[CheckMessage]:
    """No acknowledged answer may be lost: journal, flush and a version without the WAL-reset bug."""
    if not databases:
        return []
    return list(_sqlite_faults() if connection.vendor == "sqlite" else _postgresql_faults())


def _sqlite_faults() -> Iterator[CheckMessage]:
    import sqlite3

    if sqlite3.sqlite_version_info < SQLITE_WITHOUT_WAL_RESET_BUG:
        yield Error(f"SQLite {sqlite3.sqlite_version} can lose commits.", hint="Use 3.51.3 or newer (pysqlite3).", id="kring.E002")
    for name, wanted in PRAGMAS.items():
        with connection.cursor() as cursor:
            found = cursor.execute(f"PRAGMA {name}").fetchone()[0]
        if found != wanted and not (name == "journal_mode" and found == "memory"):
            yield Error(f"SQLite says {name} = {found}, not {wanted}.", id="kring.E003")


def _postgresql_faults() -> Iterator[CheckMessage]:
    for name, wanted in POSTGRESQL.items():
        with connection.cursor() as cursor:
            cursor.execute(f"SHOW {name}")
            found = cursor.fetchone()[0]
        if found != wanted:
            yield Error(f"PostgreSQL says {name} = {found}, not {wanted}.", id="kring.E004")


def role_works_with_rows_alone(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001
    databases: Sequence[str] | None = None,
    **kwargs: Any,  # noqa: ARG001
) -> list[CheckMessage]:
    """On PostgreSQL the role of the application can neither look over the wall between schools nor take it down, nor change the log."""
    if not databases or not settings.PRODUCTION or connection.vendor != "postgresql" or settings.MIGRATING:  # then it is the owner
        return []
    found = rights_beyond_rows()
    faults: list[CheckMessage] = [
        Error(f"The database role of Kring {what}: row-level security does not hold for it.", hint=TWO_ROLES, id="kring.E007")
        for name, what in {"superuser": "is a superuser", "bypassrls": "has BYPASSRLS"}.items()
        if name in found
    ]
    if "owner" in found and not faults:
        kind, key = (Error, "kring.E008") if settings.DATABASE_OWNER else (Info, "kring.I001")
        said = "The database role of Kring owns its tables: it could take down the wall and change the log."
        faults.append(kind(said, hint=TWO_ROLES, id=key))
    return faults


TWO_ROLES = "Give KRING_DATABASE a role without rights of its own, and KRING_DATABASE_OWNER the role that owns the tables."


def tables_are_ours(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001
    databases: Sequence[str] | None = None,
    **kwargs: Any,  # noqa: ARG001
) -> list[CheckMessage]:
    """Older code never works on newer tables, whoever starts it. Tables that are behind are brought along by migrate."""
    if not databases or not settings.PRODUCTION or (found := state()) not in ELSEWHERE:
        return []
    return [Error(f"The tables in the database are {ELSEWHERE[found]}.", hint="Start the Kring that made them.", id="kring.E010")]


ELSEWHERE = {Schema.NEWER: "of a newer Kring", Schema.OTHER: "not those of this Kring, whatever they are called"}


def no_demo_in_production(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001
    databases: Sequence[str] | None = None,
    **kwargs: Any,  # noqa: ARG001
) -> list[CheckMessage]:
    """Accounts whose password stands on the front page never serve a real school; a second board needs PostgreSQL."""
    if not databases or not settings.PRODUCTION:
        return []
    from kring.web.models import Board, Person

    faults: list[CheckMessage] = []
    try:
        if Person.objects.filter(is_demo=True).exists():
            faults.append(Error("This database holds demo accounts.", hint="Start with an empty database.", id="kring.E005"))
        if connection.vendor == "sqlite" and Board.objects.count() > 1:
            faults.append(Error("Two boards in one SQLite file.", hint="Use PostgreSQL, or one installation per board.", id="kring.E006"))
    except (OperationalError, ProgrammingError):
        return []  # not migrated yet: nothing to protect
    return faults
