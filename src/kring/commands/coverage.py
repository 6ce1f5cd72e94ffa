"""How much of the code the tests ran: everything of the core, nearly everything of the shell.

The commands of `./kring` are measured but have no floor: they start the processes in which the tests run.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from kring.commands import ROOT


class Part(StrEnum):
    CORE = "core"
    SHELL = "shell"
    COMMANDS = "commands"


FLOORS = {Part.CORE: 100.0, Part.SHELL: 95.0, Part.COMMANDS: 0.0}


@dataclass(frozen=True, slots=True)
class Floor:
    """Lines and branches run, in per cent, and how many it must be."""

    part: Part
    percent: float
    needed: float
    worst: tuple[str, ...]

    @property
    def reached(self) -> bool:
        return self.percent >= self.needed

    def __str__(self) -> str:
        short = "" if self.reached else f"  TOO LOW, see {', '.join(self.worst)}"
        return f"coverage of {self.part:<9}{self.percent:6.2f} % (at least {self.needed:.0f} %){short}"


def floors(work: Path, parts: Iterable[Part]) -> tuple[Floor, ...]:
    """Read what the runs in this folder measured, together."""
    report = work / "coverage.json"
    environment = {**os.environ, "COVERAGE_FILE": str(work / ".coverage")}
    command = (sys.executable, "-m", "coverage", "json", "--quiet", "-o", str(report))
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    files = json.loads(report.read_text())["files"]
    return tuple(floor(part, {path: file for path, file in files.items() if part_of(path) is part}) for part in parts)


def part_of(path: str) -> Part:
    if path.startswith("src/kring/core/"):
        return Part.CORE
    return Part.COMMANDS if path.startswith(("src/kring/commands/", "src/kring/cli.py")) else Part.SHELL


def floor(part: Part, files: Mapping[str, Any]) -> Floor:
    summaries = {path: file["summary"] for path, file in files.items()}
    run = sum(s["covered_lines"] + s["covered_branches"] for s in summaries.values())
    there = sum(s["num_statements"] + s["num_branches"] for s in summaries.values())
    missed = {path: s["missing_lines"] + s["missing_branches"] for path, s in summaries.items()}
    worst = sorted(filter(missed.get, missed), key=lambda path: -missed[path])[:5]
    return Floor(part, 100.0 * run / there if there else 100.0, FLOORS[part], tuple(worst))
