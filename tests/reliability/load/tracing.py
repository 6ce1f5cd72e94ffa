"""What the save route says to SQLite, word for word: many saves at once through the way in of the server. A program: PLAN FOLDER SAVES.

In the folder come the database as it was before (`before.sqlite3`) and the statements that changed it (`statements.json`), in their order.
"""

import io
import json
import shutil
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection, connections
from django.db.backends.signals import connection_created

from tests.reliability.load.plan import Plan, read

THREADS: Final = 5
WRITES: Final = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK", "INSERT", "UPDATE", "DELETE", "REPLACE", "WITH")
Application = Callable[..., Iterable[bytes]]


def environ(body: bytes, path: str = "/answers/") -> dict[str, Any]:
    """A request as gunicorn hands it over."""
    of_server = {"SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1"}
    of_request = {"REQUEST_METHOD": "POST", "PATH_INFO": path, "SCRIPT_NAME": "", "QUERY_STRING": "", "HTTP_HOST": "localhost"}
    of_body = {"CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
    of_wsgi = {"wsgi.url_scheme": "http", "wsgi.errors": sys.stderr, "wsgi.version": (1, 0), "wsgi.multithread": True}
    return {**of_server, **of_request, **of_body, **of_wsgi, "wsgi.multiprocess": True, "wsgi.run_once": False}


def asked(application: Application, body: bytes, path: str = "/answers/") -> tuple[str, bytes]:
    """The status and what was said."""
    statuses: list[str] = []
    said = b"".join(application(environ(body, path), lambda status, _headers: statuses.append(status)))
    return statuses[0][:3], said


class Traced:
    """Statements in the order of their transactions. Only one connection at a time is in one that writes."""

    def __init__(self) -> None:
        self.begun: dict[int, list[str]] = {}
        self.committed: list[list[str]] = []

    def listen(self, **told: Any) -> None:
        raw = told["connection"].connection
        raw.set_trace_callback(partial(self.note, id(raw)))

    def note(self, key: int, said: str) -> None:
        if not said.startswith(WRITES):
            return
        if said.startswith("BEGIN"):
            self.begun[key] = []
        self.begun.setdefault(key, []).append(said)
        if said.startswith("COMMIT"):
            self.committed.append(self.begun.pop(key))


def visits(application: Application, plan: Plan, numbers: range) -> None:
    try:
        for number in numbers:
            respondent, place = number % len(plan.tickets), number // len(plan.tickets) + 1
            item, code = plan.answer(respondent, place)
            body = json.dumps({"ticket": plan.tickets[respondent], "answers": [[place, item, code]]})
            status, said = asked(application, body.encode())
            if status != "200":
                raise RuntimeError(said)
    finally:
        connections.close_all()


def main() -> None:
    plan, folder, saves = read(Path(sys.argv[1])), Path(sys.argv[2]), int(sys.argv[3])
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connections.close_all()
    shutil.copy(settings.DATABASES["default"]["NAME"], folder / "before.sqlite3")
    from kring.web.wsgi import application

    traced = Traced()
    connection_created.connect(traced.listen)
    with ThreadPoolExecutor(THREADS) as threads:
        for part in [threads.submit(visits, application, plan, range(n, saves, THREADS)) for n in range(THREADS)]:
            part.result()
    (folder / "statements.json").write_text(json.dumps([one for one in traced.committed if len(one) > 2]))
    print(json.dumps({"transactions": len(traced.committed)}))
