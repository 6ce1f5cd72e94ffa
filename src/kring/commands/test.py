"""`./kring test`: every test on SQLite, what touches the database again on PostgreSQL, and the coverage floors.

Of the core the floor is reached by `tests/core` alone, so lines are noted there and nowhere else; with --long also of the shell.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path

from kring.commands import ROOT
from kring.commands.browser import have_browser
from kring.commands.coverage import Floor, Part, floors
from kring.commands.outcome import Outcome, outcome
from kring.commands.postgres import postgresql
from kring.commands.proofs import kept, write_page
from kring.commands.proxies import have_proxies
from kring.commands.saml_provider import have_saml_provider
from kring.commands.terminal import say
from kring.commands.translations import compile_stale

WORK = ROOT / ".kring" / "test"
NOTHING_COLLECTED = 5


class Database(StrEnum):
    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


def main(arguments: Sequence[str]) -> int:
    options, rest = parser().parse_known_args(arguments)
    start = time.monotonic()
    browser = set_up()
    databases = [Database(options.only)] if options.only else list(Database)
    whole = not rest and not options.only
    outcomes = [run(database, rest, long=options.long, whole=whole) for database in databases]
    reached = floors(WORK, parts_measured(long=options.long)) if whole else ()
    if options.long:
        write_page(kept())
    return close(outcomes, reached, seconds=time.monotonic() - start, browser=browser)


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="kring test", description="Run every test. Anything else on the line goes to pytest.")
    made.add_argument("--long", action="store_true", help="run the long proofs in full, and write docs/proofs.md")
    made.add_argument("--only", choices=[*Database], help="one database instead of both")
    return made


def set_up() -> bool:
    WORK.mkdir(parents=True, mode=0o700, exist_ok=True)
    (WORK / ".coverage").unlink(missing_ok=True)
    compile_stale()
    have_proxies()
    have_saml_provider()  # when not, the tests that need it say so
    return have_browser()


def run(database: Database, rest: Sequence[str], *, long: bool, whole: bool) -> Outcome:
    say(f"\n== Tests on {database} ==")
    report = WORK / f"{database}.xml"
    report.unlink(missing_ok=True)
    with ExitStack() as stack:
        address = stack.enter_context(postgresql()) if database is Database.POSTGRESQL else ""
        measured = parts_measured(long=long) if whole and database is Database.SQLITE else ()
        command = (*pytest(report, measured=measured), *selection(database, rest, long=long))
        code = subprocess.run(command, cwd=ROOT, env=environment(address), check=False).returncode
    return outcome(database, report, code=0 if code == NOTHING_COLLECTED else code)


def parts_measured(*, long: bool) -> tuple[Part, ...]:
    """Noting down which lines are run takes half as much time again."""
    return tuple(Part) if long else (Part.CORE,)


def pytest(report: Path, *, measured: Sequence[Part]) -> tuple[str, ...]:
    """Four processes for two cores: a browser, a server that starts and a file that is written keep one waiting."""
    sources = () if not measured else ("--cov=src/kring/core",) if measured == (Part.CORE,) else ("--cov",)
    coverage = (*sources, "--cov-append", "--cov-report=") if measured else ()
    return (sys.executable, "-m", "pytest", "-q", "-n4", "--dist=worksteal", "--no-header", f"--junit-xml={report}", *coverage)


def selection(database: Database, rest: Sequence[str], *, long: bool) -> tuple[str, ...]:
    """PostgreSQL repeats only what touches the database; of the matrix of access a third, and all of it with --long."""
    again = ("--touching-database",) if database is Database.POSTGRESQL else ()
    return (*again, *(("--long",) if long else ()), *rest)


def environment(address: str) -> dict[str, str]:
    """The settings of a test run; KRING_TEST_DATABASE tells a test which database it is on.

    What was compiled is kept, whatever the shell says: each of a hundred processes compiled thousands of modules anew.
    """
    return {
        **{name: value for name, value in os.environ.items() if name not in {"DJANGO_SETTINGS_MODULE", "PYTHONDONTWRITEBYTECODE"}},
        "KRING_MODE": "test",
        "KRING_DATA": str(WORK),
        "KRING_DATABASE": address,
        "KRING_TEST_DATABASE": str(Database.POSTGRESQL if address else Database.SQLITE),
        "COVERAGE_FILE": str(WORK / ".coverage"),
    }


def all_good(outcomes: Sequence[Outcome]) -> bool:
    """Nothing failed, and something ran: a name that was mistyped proves nothing. One of the databases may have nothing to say."""
    return all(each.good for each in outcomes) and any(each.passed or each.skipped for each in outcomes)


def close(outcomes: Sequence[Outcome], reached: Sequence[Floor], *, seconds: float, browser: bool) -> int:
    """What was skipped, what was covered, and one last line that says whether it is good."""
    say()
    for line in (line for each in outcomes for line in each.skips()):
        say(line)
    if not browser:
        say("SKIPPED: every journey, for there is no Chromium here. Install it (apt-get install chromium) and run again.")
    for floor in reached:
        say(str(floor))
    good = all_good(outcomes) and all(floor.reached for floor in reached)
    say(f"{'GOOD' if good else 'NOT GOOD'}: {', '.join(map(str, outcomes))}; {seconds:.0f} s.")
    return 0 if good else 1
