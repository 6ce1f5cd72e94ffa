"""`./kring check`: everything that can be seen without running the tests. Every step runs; the last line says whether it is good."""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kring.commands import ROOT, tracked, translations
from kring.commands.docs import sphinx
from kring.commands.server import django, environment
from kring.commands.terminal import say

WORK = ROOT / ".kring" / "check"
CODE = ("src", "tests", "benchmarks", "docs", "examples")


@dataclass(frozen=True, slots=True)
class Step:
    """One check: its name and what finds the complaints; no complaints is good."""

    name: str
    complaints: Callable[[], str]


def tool(*command: str) -> Callable[[], str]:
    """A program that says what is wrong and ends with another code than 0."""
    return lambda: said_by(command)


def python(*arguments: str) -> Callable[[], str]:
    return tool(sys.executable, "-m", *arguments)


def said_by(command: Sequence[str]) -> str:
    settings = environment("test", KRING_DATA=str(WORK), KRING_DATABASE="")
    done = subprocess.run(command, cwd=ROOT, env=settings, check=False, capture_output=True, text=True)
    return (done.stdout + done.stderr).strip() or f"ended with code {done.returncode}" if done.returncode else ""


STEPS = (
    Step("lint", python("ruff", "check", "--quiet", *CODE)),
    Step("format", python("ruff", "format", "--check", "--quiet", *CODE)),
    Step("types", python("mypy")),
    Step("walls", tool(str(ROOT / ".venv" / "bin" / "lint-imports"), "--no-logo", "--cache-dir", str(WORK / "walls"))),
    Step("settings", tool(*django("check", "--fail-level", "WARNING"))),
    Step("migrations", tool(*django("makemigrations", "--check", "--dry-run"))),
    Step("templates", python("kring.commands.templates")),
    Step("translations", lambda: "\n".join(translations.problems())),
    Step("reference", python("kring.commands.reference", "--check")),
    Step("addresses", lambda: "\n".join(tracked.addresses())),
    Step("documents", tool(*sphinx())),
)


def main(arguments: Sequence[str]) -> int:
    options = parser().parse_args(arguments)
    WORK.mkdir(parents=True, exist_ok=True)
    wrong = [step.name for step in STEPS if (not options.steps or step.name in options.steps) and not passes(step)]
    say(f"NOT GOOD: {', '.join(wrong)}." if wrong else "GOOD: every check passes.")
    return 1 if wrong else 0


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="kring check", description="Run every check, or only those that are named.")
    made.add_argument("steps", nargs="*", metavar="step", help=", ".join(step.name for step in STEPS))
    return made


def passes(step: Step) -> bool:
    start = time.monotonic()
    complaints = step.complaints()
    say(f"{'WRONG' if complaints else 'good '}  {step.name:<13}{time.monotonic() - start:6.1f} s")
    if complaints:
        say("       " + complaints.replace("\n", "\n       "))
    return not complaints
