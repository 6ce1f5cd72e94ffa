"""The main job: `./kring analyse` on a class of thirty, from the files to page, PDF, scores and picture; warm, as a person waits for it."""

import csv
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
EXAMPLE, THIRTY = 26, 30


def measure() -> Iterator[Measured]:
    with tempfile.TemporaryDirectory() as folder:
        pupils = class_of_thirty(Path(folder))
        runs = timed_runs(lambda: analyse(Path(folder)), times=5)
    yield Measured("`analyse` on a class, PDF included", runs, GOAL, f"{pupils} pupils, 2 rounds; a new process each time")


def class_of_thirty(folder: Path) -> int:
    """The example class, in which the first few have a twin who answers and chooses the same. Says how many there are."""
    for file in CLASS.glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as given:
            heading, *rows = csv.reader(given)
        column = heading.index("pupil" if "pupil" in heading else "from")
        first = sorted({row[column] for row in rows}, key=int)[: THIRTY - EXAMPLE]
        twins = [[*row[:column], f"9{row[column]}", *row[column + 1 :]] for row in rows if row[column] in first]
        with (folder / file.name).open("w", encoding="utf-8", newline="") as made:
            csv.writer(made).writerows([heading, *rows, *twins])
    return THIRTY


def analyse(folder: Path) -> None:
    command = (sys.executable, "-m", "kring.analyse", str(folder), "--out", str(folder / "report"))
    subprocess.run(command, check=True, env=environment("demo"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
