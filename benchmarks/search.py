"""Searching for a pupil: all that one question asks, on both databases. The worst questions stand beside the usual ones."""

import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.made.crowd import searches
from kring.commands.bench import Measured
from kring.commands.postgres import postgresql


def measure() -> Iterator[Measured]:
    with tempfile.TemporaryDirectory() as folder:
        yield from in_a_process("SQLite", Path(folder), "")
    with tempfile.TemporaryDirectory() as folder, postgresql() as address:
        yield from in_a_process("PostgreSQL", Path(folder), address)


def in_a_process(name: str, folder: Path, address: str) -> list[Measured]:
    """Django is set up on one database for good."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
        return processes.submit(searches, name, folder, address).result()
