"""A real server with the demo school, started the way `./kring demo` starts it, in a folder of its own."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kring.commands import ROOT
from kring.commands.company import Company
from kring.commands.server import django, environment, free_port, gunicorn, secret_in, wait_for_page, worker
from kring.commands.translations import compile_stale

FIRST_PORT = 8400


@contextmanager
def demo_server(made_once_in: Path, own: Path, *, port: int, **more: str) -> Iterator[str]:
    """The address of a server with its worker, on a copy of the school that is made once for all test processes."""
    shutil.copytree(made_school(made_once_in), own)
    company = company_in(own, **more)
    try:
        port = free_port(port)
        company.join("the server", gunicorn(f"127.0.0.1:{port}"), again=False)
        company.join("the worker", worker(), again=False)
        wait_for_page(company, port)
        yield f"http://127.0.0.1:{port}"
        assert not company.fallen(), "the server or its worker fell over during the journeys"
    finally:
        company.__exit__()


def made_school(folder: Path) -> Path:
    """Migrated and filled by whichever process comes first; the others wait for it."""
    with (folder / "journeys.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = folder / "journeys"
        if not (made / "ready").exists():
            shutil.rmtree(made, ignore_errors=True)
            made.mkdir()
            compile_stale()
            company = company_in(made)
            company.step(*django("migrate", "--no-input", "--verbosity", "0"))
            company.step(*django("load_demo_school"))
            (made / "ready").touch()
    return made


def company_in(data: Path, **more: str) -> Company:
    """Not entered as a context: the signals stay with the test runner."""
    settings = {"KRING_DATA": str(data), "KRING_DATABASE": "", "KRING_HOSTS": "localhost,127.0.0.1", **more}
    return Company(environment("demo", KRING_SECRET=secret_in(data / "secret"), PYTHONPATH=str(ROOT / "src"), **settings))
