"""How long a start takes: the second `./kring demo`, until its first page answers."""

import signal
import subprocess
import time
from collections.abc import Iterator

from kring.commands import ROOT
from kring.commands.bench import Measured
from kring.commands.demo import PORT
from kring.commands.server import answers, free_port

GOAL = 5_000.0


def measure() -> Iterator[Measured]:
    start_once()
    yield Measured("second start of the demo, until its page answers", start_once(), GOAL, "database and school already there")


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
