"""The programs that `./kring bench` runs beside our own methods: how long R takes for the same work, where it is installed."""

import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path
from statistics import median

from kring.commands.bench import Peer, Skipped

R = "Rscript"
TIMED = """
packages <- strsplit("{packages}", " ")[[1]]
for (package in packages) suppressPackageStartupMessages(library(package, character.only = TRUE))
{ready}
work <- function() {{ {work} }}
invisible(work())
for (run in seq_len({times})) cat("ms", 1000 * system.time(work())[["elapsed"]], "\\n")
for (package in packages) cat("version", package, as.character(packageVersion(package)), "\\n")
"""


def python_peer(package: str, runs: tuple[float, ...], *, at_most: float = 1.0) -> Peer:
    return Peer(f"{package} {version(package)}", median(runs), at_most)


def r_peer(packages: str, work: str, *, ready: str = "", times: int = 3, at_most: float = 1.0, part: float = 1.0) -> Peer | Skipped:
    """The median of some runs of R code, after one that warms up; `part` of the work was given to it. The first package names the peer."""
    first = packages.split()[0]
    if shutil.which(R) is None:
        return Skipped(f"R package {first}", "R is not installed")
    script = TIMED.format(packages=packages, ready=ready, work=work, times=times)
    done = subprocess.run((R, "--vanilla", "-e", script), capture_output=True, text=True, check=False)
    if done.returncode:
        return Skipped(f"R package {first}", reason(done.stderr))
    lines = [line.split() for line in done.stdout.splitlines()]
    versions = {line[1]: line[2] for line in lines if line[0] == "version"}
    runs = [float(line[1]) for line in lines if line[0] == "ms"]
    return Peer(f"R {first} {versions[first]}", median(runs) / part, at_most)


def reason(said: str) -> str:
    """What R says after the word Error, on one line."""
    _, mark, after = said.partition("Error")
    return " ".join((mark + after).removesuffix("Execution halted\n").split()) or "no reason given"


def r_matrix(path: Path, name: str, *, rows: int) -> str:
    """R code that reads a table of doubles written by numpy's `tofile`, row by row."""
    count = path.stat().st_size // 8
    return f'{name} <- matrix(readBin("{path}", "double", {count}), nrow = {rows}, byrow = TRUE)'


def together(*peers: Peer | Skipped) -> tuple[tuple[Peer, ...], tuple[Skipped, ...]]:
    """Those that ran and those that did not."""
    ran = tuple(peer for peer in peers if isinstance(peer, Peer))
    return ran, tuple(peer for peer in peers if isinstance(peer, Skipped))
