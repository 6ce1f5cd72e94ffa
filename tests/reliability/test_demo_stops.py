"""The demo starts and stops: Ctrl-C leaves no process behind, whatever it was doing. On a copy, beside any demo that is running here."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kring.commands import ROOT
from kring.commands.environment import ENVIRONMENT, Packages, satisfied
from kring.commands.server import answers, free_port
from tests.reliability.conftest import Held

COUNTS = (1, 10)  # small, whole
FIRST_PORT, PATIENCE = 8700, 300.0
PROCESSES = Path("/proc")
PARTS = ("src", "content", "requirements")
Demo = subprocess.Popen[bytes]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The code with an environment that it shares with the original and data of its own."""
    if not (PROCESSES.is_dir() and satisfied(Packages.KRING)):
        pytest.skip("this needs Linux, and the environment that ./kring makes")
    for part in PARTS:
        shutil.copytree(ROOT / part, tmp_path / part)  # with what was compiled
    (tmp_path / ".venv").symlink_to(ENVIRONMENT)
    return tmp_path


@pytest.mark.whole("a demo of its own, from nothing")
def test_demo_stops(copy: Path, long: bool, held: Held) -> None:
    port = free_port(FIRST_PORT)
    starts = [stopped_when_ready(copy, port) for _ in range(COUNTS[long])]
    chance = random.Random(2026)
    early = [chance.uniform(0.7, starts[0]) for _ in starts[1:]]
    for seconds in early:
        stopped_after(copy, port, seconds)
    if early:
        starts.append(stopped_when_ready(copy, port))
    held(
        "the demo stops on Ctrl-C: exit 0, no process left, no traceback, and it starts again",
        f"{len(starts)} times when its page answered (first start {starts[0]:.1f} s, later {min(starts):.1f} s), "
        f"{len(early)} times at a random moment of a first start",
    )


def stopped_when_ready(copy: Path, port: int) -> float:
    """Seconds until the first page."""
    start = time.monotonic()
    demo = started(copy, port)
    while demo.poll() is None and not answers(port) and time.monotonic() - start < PATIENCE:
        time.sleep(0.05)
    took = time.monotonic() - start
    ready = answers(port)
    stop(copy, demo)
    assert ready, f"no page after {took:.0f} seconds"
    return took


def stopped_after(copy: Path, port: int, seconds: float) -> None:
    demo = started(copy, port, "--fresh")
    time.sleep(seconds)
    stop(copy, demo)


def started(copy: Path, port: int, *more: str) -> Demo:
    """In a session of its own, as a terminal gives it; the Python of this run, so that nothing is installed."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("KRING_", "DJANGO_", "COV", "PYTEST"))}
    path = {"PYTHONPATH": str(copy / "src"), "PYTHONSAFEPATH": "1"}
    command = (sys.executable, "-m", "kring.cli", "demo", "--port", str(port), *more)
    with (copy / "said").open("wb") as said:
        return subprocess.Popen(command, cwd=copy, env={**environment, **path}, stdout=said, stderr=said, start_new_session=True)


def stop(copy: Path, demo: Demo) -> None:
    """What Ctrl-C does: an interrupt to everything in the foreground."""
    os.killpg(demo.pid, signal.SIGINT)
    code = demo.wait(timeout=20)
    said = (copy / "said").read_text()
    assert (code, "Traceback" in said, left_of(copy)) == (0, False, []), said


def left_of(copy: Path) -> list[str]:
    """Every process that was told about the copy, by its command."""
    return [command(process) for process in PROCESSES.glob("[0-9]*") if str(copy).encode() in environment_of(process)]


def environment_of(process: Path) -> bytes:
    try:
        return (process / "environ").read_bytes()
    except OSError:  # gone, or of somebody else
        return b""


def command(process: Path) -> str:
    try:
        return (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return "gone by now"
