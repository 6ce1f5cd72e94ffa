"""A company of processes that start together and stop together: the server and the worker beside it.

The children get a session of their own, so that Ctrl-C reaches only us and we take them down in order. Should we be killed
outright, the kernel (Linux) takes them down for us.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from kring.commands import ROOT
from kring.commands.terminal import say
from kring.told import Told

PATIENCE = 5.0  # seconds between asking and forcing
PAUSE = 2.0  # seconds before a child that fell over is started again
PARENT_DIES = 1  # PR_SET_PDEATHSIG


class ToldToStop(Exception):
    """Ctrl-C, SIGTERM or a closed terminal."""


class StepFailed(Exception):
    """A step that must succeed before the server may start did not; it has said why itself."""


@dataclass(eq=False, slots=True)
class Child:
    name: str
    command: tuple[str, ...]
    again: bool  # start it again when it falls over; else its end is the end of all
    process: subprocess.Popen[bytes]


@dataclass(eq=False, slots=True)
class Company:
    """Use as a context manager; leaving it stops every child."""

    environment: Mapping[str, str]
    children: list[Child] = field(default_factory=list)
    told: Told = field(default_factory=Told)

    def __enter__(self) -> "Company":
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self.told.set())
        return self

    def __exit__(self, *_: object) -> None:
        stop([child.process for child in self.children])

    def step(self, *command: str, into: Path | None = None) -> None:
        """Run something to its end, stopping it when we are told to stop; what it says may go into a file."""
        with into.open("wb") if into else nullcontext() as said:
            process = start(command, self.environment, said)
            try:
                while process.poll() is None:
                    self.pause(0.05)
            finally:
                stop([process])
        if process.returncode:
            raise StepFailed

    def join(self, name: str, command: Sequence[str], *, again: bool) -> None:
        self.children.append(Child(name, tuple(command), again, start(command, self.environment)))

    def pause(self, seconds: float) -> None:
        if self.told.wait(seconds):
            raise ToldToStop

    def keep(self) -> None:
        """Stay until we are told to stop; a fallen worker is started again, a fallen server ends everything."""
        while True:
            self.pause(0.5)
            for child in self.children:
                if child.process.poll() is not None:
                    self._revive(child)

    def _revive(self, child: Child) -> None:
        if not child.again:
            say(f"{child.name} is gestopt (code {child.process.returncode}).")
            raise StepFailed
        say(f"{child.name} was gestopt (code {child.process.returncode}) en start opnieuw.")
        self.pause(PAUSE)
        child.process = start(child.command, self.environment)

    def fallen(self) -> bool:
        return any(child.process.poll() is not None for child in self.children)


def start(command: Sequence[str], environment: Mapping[str, str], said: IO[bytes] | None = None) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command, cwd=ROOT, env=dict(environment), stdin=subprocess.DEVNULL, stdout=said, start_new_session=True, preexec_fn=die_with_parent
    )


def die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DIES, signal.SIGTERM)


def stop(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask, wait, then force; the last one started goes first."""
    for process in reversed(processes):
        tell(process, signal.SIGTERM)
    until = time.monotonic() + PATIENCE
    for process in processes:
        try:
            process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            tell(process, signal.SIGKILL)
            process.wait()


def tell(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """To the child itself; when forcing, to everything it started as well."""
    if process.poll() is None:
        try:
            os.killpg(process.pid, number) if number is signal.SIGKILL else process.send_signal(number)
        except ProcessLookupError:
            return
