"""A database with schools, the server before it, and who asks it: each a process of its own, so that any of them can be killed."""

import http.client
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kring.commands import ROOT
from kring.commands.postgres import postgresql
from kring.commands.server import answers, free_port, gunicorn

SCHOOL = "import django; django.setup(); from tests.reliability.load.school import main; main()"
PATIENCE = 60.0
PAUSE = 0.5  # seconds between two pages of a teacher
Server = subprocess.Popen[bytes]
Copied = Callable[[Path], AbstractContextManager[str]]


@dataclass(slots=True)
class World:
    """Where it all stands. `cookie` and `pages` are of a teacher."""

    home: Path
    data: Path
    database: str
    address: str = ""
    cookie: str = ""
    pages: list[str] = field(default_factory=list)

    @property
    def plan(self) -> Path:
        return self.home / "plan.json"

    @property
    def told(self) -> Path:
        return self.home / "acknowledged"

    @property
    def settings(self) -> dict[str, str]:
        of_kring = {"KRING_DATA": str(self.data), "KRING_DATABASE": self.address, "KRING_MODE": "demo"}
        path = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "OPENBLAS_NUM_THREADS": "1"}
        return {**os.environ, "DJANGO_SETTINGS_MODULE": "kring.settings", **of_kring, **path}

    def asked(self, *command: str) -> Any:
        """What a program of ours answers, in JSON."""
        done = subprocess.run((sys.executable, *command), cwd=ROOT, env=self.settings, check=True, stdout=subprocess.PIPE)
        return json.loads(done.stdout.splitlines()[-1])

    def compared(self) -> dict[str, Any]:
        found: dict[str, Any] = self.asked("-c", SCHOOL, "compare", str(self.plan), str(self.told))
        return found


@contextmanager
def world(database: str, *, pupils: int, schools: int = 1, copied: Copied | None = None) -> Iterator[World]:
    """On a database of its own: an empty one, or a copy of one that is ready."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kring-load-")))
        (data := home / "data").mkdir()
        address = stack.enter_context(copied(data)) if copied else stack.enter_context(postgresql()) if database == "postgresql" else ""
        made = World(home, data, database, address)
        told = made.asked("-c", SCHOOL, "open", str(made.plan), str(pupils), str(schools))
        made.cookie, made.pages = told["cookie"], told["pages"]
        made.told.touch()
        yield made


class Running:
    """A server in a group of processes of its own, so that it ends whole, however it ends."""

    def __init__(self, of: World, command: Sequence[str], **more: str) -> None:
        self.of, self.command, self.more, self.port = of, command, more, free_port(8950)
        self.start()

    def start(self) -> None:
        """Until it answers."""
        asked = [part.replace("{port}", str(self.port)) for part in self.command]
        with (self.of.home / "log").open("ab") as log:
            self.process = subprocess.Popen(
                asked, cwd=ROOT, env=self.of.settings | self.more, stdout=log, stderr=log, start_new_session=True
            )
        until = time.monotonic() + PATIENCE
        while not answers(self.port):
            if self.process.poll() is not None or time.monotonic() > until:
                self.end(signal.SIGKILL)
                raise RuntimeError((self.of.home / "log").read_text()[-5000:])
            time.sleep(0.02)

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, how)
        self.process.wait(30)


@contextmanager
def serving(of: World, command: Sequence[str] = gunicorn("127.0.0.1:{port}"), **more: str) -> Iterator[Running]:
    """Kring as a school runs it, or another program under the same server."""
    server = Running(of, command, **more)
    try:
        yield server
    finally:
        server.end()


def bare(of: str) -> tuple[str, ...]:
    """A program of `bare.py` under the same server with the same threads."""
    return tuple(
        f"tests.reliability.load.bare:{of}" if part == "kring.web.wsgi:application" else part for part in gunicorn("127.0.0.1:{port}")
    )


def loading(
    of: World, port: int, *, seconds: float, rate: float | None = None, respondents: int | None = None, told: str = "acknowledged"
) -> Server:
    """Respondents who begin to ask now. What they hear is `told` in a file of this name."""
    asked = ("-m", "tests.reliability.load.asking", str(port), str(of.plan), str(of.home / told), "--seconds", str(seconds))
    more = {"--rate": rate, "--respondents": respondents}
    options = [part for name, value in more.items() if value for part in (name, str(value))]
    return subprocess.Popen((sys.executable, *asked, *options), cwd=ROOT, env=of.settings, stdout=subprocess.PIPE)


def load(of: World, port: int, **asked: Any) -> dict[str, Any]:
    """As `loading`, until it is over."""
    return found(loading(of, port, **asked))


def found(respondents: Server) -> dict[str, Any]:
    said, _ = respondents.communicate()
    if respondents.returncode:
        raise RuntimeError("the respondents fell over")
    told: dict[str, Any] = json.loads(said)
    return told


class Reader(threading.Thread):
    """A teacher who looks at one page after the other meanwhile."""

    def __init__(self, of: World, port: int) -> None:
        super().__init__()
        self.of, self.port, self.over = of, port, threading.Event()
        self.took: list[float] = []
        self.statuses: Counter[str] = Counter()

    def run(self) -> None:
        number = 0
        while not self.over.wait(PAUSE):
            self.look(self.of.pages[number % len(self.of.pages)])
            number += 1

    def look(self, page: str) -> None:
        start, line = time.perf_counter(), http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            line.request("GET", page, headers={"Cookie": self.of.cookie, "Host": "localhost"})
            answer = line.getresponse()
            answer.read()
            self.statuses[str(answer.status)] += 1
        except OSError as broken:
            self.statuses[type(broken).__name__] += 1
        finally:
            line.close()
        self.took.append(1000 * (time.perf_counter() - start))

    def found(self) -> dict[str, Any]:
        self.over.set()
        self.join()
        p95 = statistics.quantiles(self.took, n=20)[-1] if len(self.took) > 1 else 0.0
        return {"pages": len(self.took), "p95": round(p95, 1), "told": dict(self.statuses)}


@contextmanager
def reading(of: World, port: int) -> Iterator[Reader]:
    reader = Reader(of, port)
    reader.start()
    try:
        yield reader
    finally:
        reader.over.set()
        reader.join()
