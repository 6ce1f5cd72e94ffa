"""`./kring bench`: run every file in benchmarks/ and write what they measured to docs/benchmarks.md.

A benchmark is a module with `measure() -> Iterable[Measured]`; each says what it measured, the goal, and what came out.
"""

import argparse
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
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
HEAD = ("what", "goal", "median", "spread", "times its peers", "peak", "", "remark")
NOTES = (
    "“Times its peers”: our median divided by that of a program that does the same work, run in the same call; below 1 is faster.",
    "“Peak”: the most memory that the whole process held, what it loaded included.",
)
IDLE = 0.3  # of each core
STATUS, FORGET_THE_PEAK = Path("/proc/self/status"), Path("/proc/self/clear_refs")


@dataclass(frozen=True, slots=True)
class Peer:
    """A program that does the same work, run in the same call; `at_most` is how many times its time ours may take."""

    name: str  # with its version
    milliseconds: float
    at_most: float = 1.0


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure: the median of some runs, and the goal in the same unit. Lower is better.

    `peak` is the most memory that the whole process held at any moment, in megabytes, and `most` the goal for it.
    """

    what: str
    runs: tuple[float, ...]  # milliseconds
    goal: float
    remark: str = ""
    peers: tuple[Peer, ...] = ()
    peak: float | None = None
    most: float | None = None

    @property
    def milliseconds(self) -> float:
        return statistics.median(self.runs)

    @property
    def spread(self) -> str:
        """From the fastest to the slowest run."""
        return f"{span(min(self.runs))} – {span(max(self.runs))}"

    @property
    def good(self) -> bool:
        return self.fast and self.small

    @property
    def fast(self) -> bool:
        return self.milliseconds <= self.goal and all(self.milliseconds <= peer.at_most * peer.milliseconds for peer in self.peers)

    @property
    def small(self) -> bool:
        return self.most is None or (self.peak is not None and self.peak <= self.most)

    @property
    def verdict(self) -> str:
        return "TOO SLOW" if not self.fast else "good" if self.small else "TOO LARGE"

    @property
    def beside(self) -> str:
        """How many times the time of each peer ours is: below 1 is faster."""
        return ", ".join(f"{self.milliseconds / peer.milliseconds:.2g} × {peer.name}" for peer in self.peers)

    @property
    def memory(self) -> str:
        if self.peak is None:
            return ""
        return f"{self.peak:.0f} MB" + (f" of {self.most:.0f}" if self.most is not None else "")

    def cells(self) -> tuple[str, ...]:
        return (self.what, span(self.goal), span(self.milliseconds), self.spread, self.beside, self.memory, self.verdict, self.remark)


@dataclass(frozen=True, slots=True)
class Skipped:
    """What could not be measured on this machine, and why."""

    what: str
    why: str

    def __str__(self) -> str:
        return f"NOT MEASURED: {self.what} ({self.why})"


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


def peak_of(work: Callable[[], object]) -> float | None:
    """The most memory, in megabytes, that this process holds while it does the work; None where the system does not tell."""
    try:
        FORGET_THE_PEAK.write_text("5")
        work()
        lines = STATUS.read_text().splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), None)


def main(arguments: Sequence[str]) -> int:
    options = parser().parse_args(arguments)
    before = others()
    found = list(run_all(options.names))
    if not options.names:
        PAGE.write_text(page(found, on=datetime.now(UTC), others=before))
        say(f"{PAGE.relative_to(ROOT)} written.")
    for skipped in dict.fromkeys(each for each in found if isinstance(each, Skipped)):
        say(str(skipped))
    return 0 if all(each.good for each in found if isinstance(each, Measured)) else 1


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="kring bench", description="Measure, and write docs/benchmarks.md.")
    made.add_argument("names", nargs="*", metavar="name", help="only these files of benchmarks/; nothing is written then")
    return made


def run_all(names: Sequence[str]) -> Iterator[Measured | Skipped]:
    for path in sorted(BENCHMARKS.glob("*.py")):
        if not names or path.stem in names:
            for each in in_a_process_of_its_own(path):
                say("  ".join(filter(None, each.cells())) if isinstance(each, Measured) else str(each))
                yield each


def in_a_process_of_its_own(path: Path) -> list[Measured | Skipped]:
    """So that no benchmark finds what another one loaded or set."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
        return processes.submit(benchmark, path).result()


def benchmark(path: Path) -> list[Measured | Skipped]:
    """Load a benchmark by its place, with what stands in the folders beside it."""
    sys.path.append(str(ROOT))
    spec = spec_from_file_location(f"benchmark_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return list(module.measure())


def others() -> str:
    """What the machine was doing beside it, by its load of the last minute."""
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    return "The machine was idle before." if load < IDLE * cores else f"**Machine not idle**: load {load:.1f} on {cores} cores before."


def page(found: Sequence[Measured | Skipped], *, on: datetime, others: str = "") -> str:
    rows = (HEAD, ("---",) * len(HEAD), *(each.cells() for each in found if isinstance(each, Measured)))
    table = ["| " + " | ".join(cells) + " |" for cells in rows]
    skipped = list(dict.fromkeys(f"- {each}" for each in found if isinstance(each, Skipped)))
    head = ("# Benchmarks", "", f"Measured on {on:%Y-%m-%d} by `./kring bench` on {machine()}. {others}".rstrip(), "", *NOTES, "")
    return "\n".join([*head, *table, "", *skipped, *([""] if skipped else [])])


def machine() -> str:
    return f"{cpu()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def cpu() -> str:
    """The processor's own name where the system tells it."""
    info = Path("/proc/cpuinfo")
    names = (
        [line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")] if info.exists() else []
    )
    return names[0] if names else platform.machine()
