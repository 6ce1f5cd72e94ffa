"""What demo and serve share: the commands of the server and the worker, a secret, a free port, waiting for the first page."""

import http.client
import os
import secrets
import socket
import sys
from pathlib import Path

from kring.commands.company import Company, StepFailed

WORKERS, THREADS = 2, 12
"""Of a worker four answer pages (web/wsgi.py); the others take answers: more at once is fewer flushes, until the last waits too long."""
WITHOUT_PROXY = ("--worker-class", "kring.commands.patient_worker.PatientWorker")  # nobody before it waits for slow clients
SETTINGS = "kring.settings"
SERVER_LOG = "kring.commands.server_log.ServerLog"
PORTS_TRIED = 50


def django(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "django", *arguments)


def gunicorn(bind: str, *more: str) -> tuple[str, ...]:
    return (
        *(sys.executable, "-m", "gunicorn", "kring.web.wsgi:application", "--bind", bind),
        *("--worker-class", "gthread", "--workers", str(WORKERS), "--threads", str(THREADS)),
        *("--graceful-timeout", "3", "--log-level", "warning", "--logger-class", SERVER_LOG, "--no-control-socket", *more),
    )


def worker() -> tuple[str, ...]:
    return django("keep_worker")


def schedule() -> tuple[str, ...]:
    return django("keep_schedule")


def environment(mode: str, **settings: str) -> dict[str, str]:
    """Our own environment with these settings over it, for the children."""
    return {**os.environ, "DJANGO_SETTINGS_MODULE": SETTINGS, "KRING_MODE": mode, **settings}


def secret_in(path: Path) -> str:
    """The secret kept in this file, made when there is none; only its owner may read it."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(made := secrets.token_urlsafe(64))
    return made


def free_port(wanted: int) -> int:
    """The wanted port, or the first free one after it."""
    for port in range(wanted, wanted + PORTS_TRIED):
        if is_free(port):
            return port
    raise StepFailed


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def wait_for_page(company: Company, port: int, *, seconds: float = 30.0) -> None:
    """Until the first page answers; fails when a child falls over or it takes too long."""
    for _ in range(int(seconds / 0.1)):
        company.pause(0.1)
        if company.fallen():
            raise StepFailed
        if answers(port):
            return
    raise StepFailed


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
