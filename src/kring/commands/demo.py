"""`./kring demo`: a whole invented school on this machine, for looking around. Ctrl-C stops it."""

import argparse
import fcntl
import hashlib
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kring.commands import ROOT
from kring.commands.company import Company, StepFailed, ToldToStop
from kring.commands.server import WITHOUT_PROXY, django, environment, free_port, gunicorn, schedule, secret_in, wait_for_page, worker
from kring.commands.terminal import say, timed
from kring.commands.translations import compile_stale

DATA = ROOT / ".kring" / "demo"
RUNNING = ROOT / ".kring" / "demo.running"
ACCOUNTS = DATA / "accounts.txt"
PORT = 8000
TABLES = (("src/kring/web/migrations", "*.py"),)
MADE_FROM = (("src", "*.py"), ("content", "*.yaml"), ("requirements", "kring.lock"))
READY = """
Kring staat klaar op {address}

{accounts}

Stoppen: Ctrl-C. Opnieuw beginnen: ./kring demo --fresh"""


class AlreadyRunning(Exception):
    """Another demo of this folder is up; its address is the argument."""


def main(arguments: Sequence[str]) -> int:
    options = parser().parse_args(arguments)
    try:
        with alone() as note:
            return show(options, note)
    except AlreadyRunning as running:
        say(f"De demo draait al: {running}. Stop die eerst met Ctrl-C.")
    except StepFailed:
        say("De demo kon niet starten; hierboven staat waarom. Opnieuw beginnen kan met: ./kring demo --fresh")
    return 1


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="kring demo", description="Probeer Kring met een verzonnen school op deze computer.")
    made.add_argument("--fresh", action="store_true", help="begin opnieuw: gooi de gegevens van de demo weg")
    made.add_argument("--port", type=port, default=PORT, help=f"poort van het adres (gewoonlijk {PORT})")
    return made


def port(word: str) -> int:
    """A number that a server may listen on."""
    if not (word.isdigit() and 1 <= int(word) <= 65535):
        raise argparse.ArgumentTypeError(f"“{word}” is geen poort; kies een getal van 1 tot en met 65535")
    return int(word)


@contextmanager
def alone() -> Iterator[Path]:
    """One demo per folder. The file with the lock also holds the address, for whoever comes second."""
    RUNNING.parent.mkdir(mode=0o700, exist_ok=True)
    with RUNNING.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(RUNNING.read_text() or "hij is nog aan het starten") from None
        lock.truncate(0)
        yield RUNNING


def show(options: argparse.Namespace, note: Path) -> int:
    if options.fresh or outgrown():
        shutil.rmtree(DATA, ignore_errors=True)
    DATA.mkdir(parents=True, mode=0o700, exist_ok=True)
    settings = {"KRING_DATA": str(DATA), "KRING_DATABASE": "", "KRING_HOSTS": "localhost,127.0.0.1"}
    compile_stale()
    with Company(environment("demo", KRING_SECRET=secret_in(DATA / "secret"), **settings)) as company:
        try:
            prepare(company)
            serve_demo(company, options.port, note)
        except ToldToStop:
            say("\nDe demo is gestopt.")
    return 0


def outgrown() -> bool:
    """A demo with tables that are no longer those of Kring: before 1.0 migrations are made anew, and nothing in a demo is real."""
    stamp = DATA / "tables"
    if not DATA.is_dir() or (stamp.is_file() and stamp.read_text() == fingerprint(TABLES)):
        return False
    say("Deze demo is van een andere versie van Kring en begint opnieuw.")
    return True


def prepare(company: Company) -> None:
    """Database and demo school; skipped while nothing they are made from has changed."""
    stamp = DATA / "prepared"
    now = fingerprint(MADE_FROM)
    (DATA / "tables").write_text(fingerprint(TABLES))
    if stamp.is_file() and stamp.read_text() == now:
        return
    stamp.unlink(missing_ok=True)
    with timed("Database klaarmaken"):
        company.step(*django("migrate", "--no-input", "--verbosity", "0"))
    say("Demoschool laden …")
    company.step(*django("load_demo_school"))
    company.step(*django("demo_accounts"), into=ACCOUNTS)
    stamp.write_text(now)


def fingerprint(made_from: Iterable[tuple[str, str]]) -> str:
    """Of every file in these folders with a name like this, wherever Kring itself stands."""
    mark = hashlib.sha256()
    for folder, pattern in made_from:
        for path in sorted((ROOT / folder).rglob(pattern)):
            mark.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return mark.hexdigest()


def serve_demo(company: Company, wanted: int, note: Path) -> None:
    free = free_port(wanted)
    if free != wanted:
        say(f"Poort {wanted} is bezet door een ander programma; Kring neemt {free}.")
    company.join("De server", gunicorn(f"127.0.0.1:{free}", *WITHOUT_PROXY), again=False)
    company.join("De achtergrondwerker", worker(), again=True)
    company.join("De planning", schedule(), again=True)
    wait_for_page(company, free)
    address = f"http://localhost:{free}/"
    note.write_text(address)
    say(READY.format(address=address, accounts=ACCOUNTS.read_text().rstrip()))
    company.keep()
