"""How long a start takes: the second `./kring demo` until its first page answers, and loading Django and `analyse` alone."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator

from kring.commands import ROOT
from kring.commands.bench import Measured, timed_runs
from kring.commands.demo import PORT
from kring.commands.server import answers, environment, free_port

GOAL, OF_DJANGO, OF_ANALYSE = 5_000.0, 1_000.0, 1_000.0
TIMES = 3


def measure() -> Iterator[Measured]:
    start_once()
    runs = tuple(start_once() for _ in range(TIMES))
    yield Measured("second start of the demo, until its page answers", runs, GOAL, "database and school already there")
    yield Measured("loading Django with all of Kring", timed_runs(lambda: python("import django; django.setup()"), times=5), OF_DJANGO)
    yield Measured("loading `analyse` with its numbers", timed_runs(lambda: python("import kring.analyse.command"), times=5), OF_ANALYSE)


def python(code: str) -> None:
    """A fresh interpreter that does this and stops."""
    subprocess.run((sys.executable, "-c", code), check=True, env=environment("demo"))


def start_once() -> float:
    """Milliseconds from the command to the first page."""
    port = free_port(PORT + 100)
    start = time.perf_counter()
    with subprocess.Popen((str(ROOT / "kring"), "demo", "--port", str(port)), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as demo:
        while demo.poll() is None and not answers(port):
            time.sleep(0.02)
        took = (time.perf_counter() - start) * 1000
        demo.send_signal(signal.SIGTERM)
    if demo.returncode:
        raise RuntimeError(f"the demo did not start (code {demo.returncode}); is another one running?")
    return took
