"""`./kring upgrade`: bring the data of an installation over to this code. A back-up first; whatever goes wrong, all is put back.

How far it came stands in a file beside the data. Killed anywhere, the next run knows what stands where (docs/decisions/0015).
"""

import argparse
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from kring.commands.alone import AlreadyRunning, alone
from kring.commands.backup import NotWhole, at_once, check, program, put_back, save, size
from kring.commands.backup_postgresql import PostgresqlRefused, ProgramsMissing
from kring.commands.company import Company, StepFailed, ToldToStop
from kring.commands.listening import Bind
from kring.commands.schema import BEHIND, EMPTY, OURS, REFUSED, state
from kring.commands.serve import NEEDED, UPGRADING, SettingsMissing, from_environment, look_after, make_data_folder, wait_for_answer
from kring.commands.server import django, environment, gunicorn
from kring.commands.terminal import say, timed
from kring.commands.translations import compile_stale

FOLDER = "upgrades"
KEPT = 2  # back-ups hold pupils; the oldest goes
ROOM = 64 * 2**20  # bytes besides the back-up and the work
SAVING, CHANGING = "saving", "changing"
BACK = """Er is niets veranderd: alles staat weer zoals het was, met evenveel rijen. Start de vorige Kring opnieuw; die werkt hiermee.
De reservekopie blijft staan in {where}."""
STUCK = """Terugzetten is niet gelukt. De reservekopie is heel en staat in {where}. Verhelp wat hierboven staat (vaak: te weinig
ruimte, of een database die niet draait) en geef nog een keer:  ./kring upgrade"""


class NoRoom(Exception):
    """The folder, and the megabytes needed and left."""


def main(arguments: Sequence[str]) -> int:
    parser().parse_args(arguments)
    try:
        settings = environment("production", **from_environment(os.environ))
        folder = make_data_folder(settings)
        with alone(folder, "./kring upgrade"), Company(settings) as company:
            return upgrade(company, folder)
    except SettingsMissing as missing:
        for name in missing.args:
            say(f"Deze instelling ontbreekt: {name}: {NEEDED[name]}")
    except AlreadyRunning as running:
        say(f"Met deze gegevens draait nog iets: {running}. Stop dat eerst:  systemctl stop kring")
    except ProgramsMissing as missing:
        say(f"Voor een reservekopie van PostgreSQL ontbreekt: {', '.join(missing.args)}. Installeer:  apt-get install postgresql-client")
    except NoRoom as room:
        say("Er is te weinig ruimte voor een reservekopie in {}: nodig is {} MB, vrij is {} MB. Er is niets veranderd.".format(*room.args))
    except (NotWhole, PostgresqlRefused, StepFailed, OSError) as broken:
        say(f"De overstap is niet begonnen; er is niets veranderd. {broken}")
    except ToldToStop:
        say("Gestopt. Er is niets veranderd.")
    return 1


def parser() -> argparse.ArgumentParser:
    return argparse.ArgumentParser(
        prog="kring upgrade", description="Breng de gegevens over naar deze versie van Kring. Kring moet gestopt zijn."
    )


def upgrade(company: Company, folder: Path) -> int:
    if busy := others(company):
        say(f"Er werkt nog iets met deze database ({busy} keer verbonden). Stop Kring op elke server, en sluit psql. Er verandert niets.")
        return 1
    if not after_interruption(company, folder):
        return 1
    found = state(company.environment)
    if found == BEHIND:
        return bring_over(company, folder)
    told = {OURS: "Er is niets te doen: de gegevens passen bij deze Kring.", EMPTY: "Er zijn nog geen gegevens. Begin met:  ./kring serve"}
    say(told.get(found) or REFUSED[found])
    return 0 if found == OURS else 1


def others(company: Company) -> int:
    """Who works with the database besides us; who just ended gets a moment to be gone."""
    for _ in range(6):
        if not (busy := int(program(company.environment).others(company.environment))):
            return 0
        company.pause(0.5)
    return busy


def after_interruption(company: Company, folder: Path) -> bool:
    """What an upgrade that was cut off left behind; whether we can go on from here."""
    note = read(folder)
    if note is None:
        return True
    where = Path(note["backup"])
    if note["stage"] == SAVING:
        say("Een eerdere overstap is gestopt tijdens de reservekopie. De gegevens zijn niet veranderd; de halve kopie gaat weg.")
        shutil.rmtree(where, ignore_errors=True)
        (folder / UPGRADING).unlink()
        return True
    say(f"Een eerdere overstap is halverwege gestopt. Eerst gaat alles terug naar de reservekopie in {where}.")
    return returned(company, folder, where)


def bring_over(company: Company, folder: Path) -> int:
    compile_stale()
    at = datetime.now().astimezone()
    where = folder / FOLDER / f"{at:%Y-%m-%d-%H%M%S}"
    need_room(company.environment, folder)
    write(folder, SAVING, where)
    saved = False
    try:
        with timed("Reservekopie maken"):
            save(company.environment, folder, where, at=at)
        with timed("Reservekopie nakijken"):
            check(company.environment, where)
        write(folder, CHANGING, where)
        saved = True
        change(company, folder)
    except (StepFailed, ToldToStop, NotWhole, PostgresqlRefused, OSError) as broken:
        say(f"\nDe overstap is niet gelukt. {broken}")
        return 1 if saved and returned(company, folder, where) else given_up(folder, where, saved=saved)
    (folder / UPGRADING).unlink()
    forget_old(folder)
    say(f"De overstap is klaar. De reservekopie van vóór de overstap staat in {where}. Start Kring nu:  systemctl start kring")
    return 0


def need_room(settings: Mapping[str, str], folder: Path) -> None:
    """For the back-up, and as much again for the work: SQLite makes a changed table anew."""
    needed, left = 2 * size(settings, folder) + ROOM, shutil.disk_usage(folder).free
    if left < needed:
        raise NoRoom(folder, -(-needed // 2**20), left // 2**20)


def change(company: Company, folder: Path) -> None:
    """The tables, then everything that a start of the server asks, then a start."""
    with timed("Database bijwerken"):
        company.step(*django("migrate", "--no-input", "--verbosity", "0"))
    with timed("Nakijken"):
        if state(company.environment) != OURS:
            raise StepFailed(REFUSED["other"])
        look_after(company, "--database", "default")
    with timed("Proefstart"):
        first_page(company, Bind(socket=folder / "trial-start"))


def first_page(company: Company, where: Bind) -> None:
    beside = Company(company.environment, told=company.told)
    try:
        beside.join("De server", gunicorn(str(where), "--umask", "0o077"), again=False)
        wait_for_answer(beside, where)
    finally:
        beside.__exit__()


def returned(company: Company, folder: Path, where: Path) -> bool:
    """Everything back; the note goes only when that is really so. Nothing is written first: the disk may be full."""
    try:
        with timed("Terug naar de reservekopie"):
            put_back(company.environment, folder, where)
    except (NotWhole, PostgresqlRefused, ProgramsMissing, OSError) as broken:
        say(f"\n{broken}\n{STUCK.format(where=where)}")
        return False
    (folder / UPGRADING).unlink()
    forget_old(folder)
    say(BACK.format(where=where))
    return True


def given_up(folder: Path, where: Path, *, saved: bool) -> int:
    """Before anything was changed; or when putting back failed, which has been said."""
    if not saved:
        shutil.rmtree(where, ignore_errors=True)
        (folder / UPGRADING).unlink()
        say("Er is niets veranderd. Start de vorige Kring opnieuw.")
    return 1


def forget_old(folder: Path) -> None:
    for old in sorted((folder / FOLDER).glob("*"))[:-KEPT]:
        shutil.rmtree(old)


def read(folder: Path) -> dict[str, str] | None:
    note = folder / UPGRADING
    if not note.is_file():
        return None
    told: dict[str, str] = json.loads(note.read_text())
    return told


def write(folder: Path, stage: str, where: Path) -> None:
    at_once(folder / UPGRADING, json.dumps({"stage": stage, "backup": str(where)}))
