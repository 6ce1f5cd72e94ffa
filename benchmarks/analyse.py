"""The main job: `./kring analyse` on the example class, from the files to page, PDF, scores and picture; warm, as a person waits for it."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from kring.commands import ROOT
from kring.commands.bench import Measured, timed_runs
from kring.commands.server import environment

GOAL = 2_000.0
CLASS = ROOT / "examples" / "klas"


def measure() -> Iterator[Measured]:
    with tempfile.TemporaryDirectory() as folder:
        runs = timed_runs(lambda: analyse(Path(folder) / "report"), times=5)
    yield Measured("`analyse` on the example class, PDF included", runs, GOAL, "26 pupils, 2 rounds; a new process each time")


def analyse(out: Path) -> None:
    command = (sys.executable, "-m", "kring.analyse", str(CLASS), "--out", str(out))
    subprocess.run(command, check=True, env=environment("demo"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
