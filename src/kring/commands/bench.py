"""`./kring bench`: run every file in benchmarks/ and write what they measured to docs/benchmarks.md.

A benchmark is a module with `measure() -> Iterable[Measured]`; each says what it measured, the goal, and what came out.
"""

import argparse
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import module_from_spec, spec_from_file_location
from multiprocessing import get_context
from pathlib import Path

from kring.commands import ROOT
from kring.commands.terminal import say

BENCHMARKS = ROOT / "benchmarks"
PAGE = ROOT / "docs" / "benchmarks.md"
HEAD = ("what", "goal", "median", "spread", "", "remark")


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure: the median of some runs, and the goal in the same unit. Lower is better."""

    what: str
    runs: tuple[float, ...]  # milliseconds
    goal: float
    remark: str = ""

    @property
    def milliseconds(self) -> float:
        return statistics.median(self.runs)

    @property
    def spread(self) -> str:
        """From the fastest to the slowest run."""
        return f"{span(min(self.runs))} – {span(max(self.runs))}"

    @property
    def good(self) -> bool:
        return self.milliseconds <= self.goal

    def cells(self) -> tuple[str, ...]:
        return (self.what, span(self.goal), span(self.milliseconds), self.spread, "good" if self.good else "TOO SLOW", self.remark)


def span(milliseconds: float) -> str:
    if milliseconds >= 1000:
        return f"{milliseconds / 1000:.1f} s"
    return f"{milliseconds:.0f} ms" if milliseconds >= 10 else f"{milliseconds:.1f} ms"


def timed_runs(work: Callable[[], object], *, times: int = 15) -> tuple[float, ...]:
    """Milliseconds of several runs, after one that warms up."""
    work()
    return tuple(one_time(work) for _ in range(times))


def one_time(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def main(arguments: Sequence[str]) -> int:
    options = parser().parse_args(arguments)
    measured = list(run_all(options.names))
    if not options.names:
        PAGE.write_text(page(measured, on=datetime.now(UTC)))
        say(f"{PAGE.relative_to(ROOT)} written.")
    return 0 if all(each.good for each in measured) else 1


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="kring bench", description="Measure, and write docs/benchmarks.md.")
    made.add_argument("names", nargs="*", metavar="name", help="only these files of benchmarks/; nothing is written then")
    return made


def run_all(names: Sequence[str]) -> Iterator[Measured]:
    for path in sorted(BENCHMARKS.glob("*.py")):
        if not names or path.stem in names:
            for each in in_a_process_of_its_own(path):
                say("  ".join(filter(None, each.cells())))
                yield each


def in_a_process_of_its_own(path: Path) -> list[Measured]:
    """So that no benchmark finds what another one loaded or set."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
        return processes.submit(benchmark, path).result()


def benchmark(path: Path) -> list[Measured]:
    """Load a benchmark by its place; `benchmarks` is not a package."""
    spec = spec_from_file_location(f"benchmark_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return list(module.measure())


def page(measured: Iterable[Measured], *, on: datetime) -> str:
    rows = (HEAD, ("---",) * len(HEAD), *(each.cells() for each in measured))
    head = ("# Benchmarks", "", f"Measured on {on:%Y-%m-%d} by `./kring bench` on {machine()}.", "")
    return "\n".join([*head, *("| " + " | ".join(cells) + " |" for cells in rows), ""])


def machine() -> str:
    return f"{cpu()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def cpu() -> str:
    """The processor's own name where the system tells it."""
    info = Path("/proc/cpuinfo")
    names = (
        [line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")] if info.exists() else []
    )
    return names[0] if names else platform.machine()
