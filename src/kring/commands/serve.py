"""`./kring serve`: Kring for a real school, behind a proxy that speaks https. Stops with SIGTERM or Ctrl-C."""

import argparse
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from kring.commands import ROOT
from kring.commands.alone import AlreadyRunning, alone
from kring.commands.company import Company, StepFailed, ToldToStop
from kring.commands.listening import Bind, NotAnAddress, answers, bind
from kring.commands.notify import READY, STOPPING, notify
from kring.commands.preflight import faults, warnings
from kring.commands.schema import is_new, read_settings
from kring.commands.server import django, environment, gunicorn, schedule, worker
from kring.commands.terminal import say, timed
from kring.commands.translations import compile_stale

BIND = "127.0.0.1:8000"
DATA = ROOT / ".kring" / "production"  # as in kring.settings
NEEDED = {
    "KRING_SECRET": "een geheim van minstens 50 tekens (of KRING_SECRET_FILE: een bestand waar het in staat)",
    "KRING_HOSTS": "de naam waaronder de school Kring bereikt, bijvoorbeeld kring.mijnschool.nl",
}


SHORTEST_SECRET = 50
FIRST_ANSWER = 60.0  # seconds in which the server is up, or has said why not
UPGRADING = "upgrade.json"  # while it stands in the data folder, an upgrade is half-way (kring.commands.upgrade)
FOR_PROXY = ("--umask", "0o007", "--forwarded-allow-ips", "127.0.0.1,::1")  # the socket is for its group: that of the proxy
ONE_ROLE = """Let op: Kring werkt met één databaserol, die ook eigenaar van de tabellen is. De muur tussen scholen en het logboek houden dan
stand tegen fouten in Kring, en niet tegen wie in de database inbreekt. Twee rollen zijn beter: zie KRING_DATABASE_OWNER."""
HALF_WAY = "Een overstap naar een andere Kring is halverwege gestopt. Maak hem af, of ga terug; dat doet allebei:  ./kring upgrade"


class SettingsMissing(Exception):
    """Names of settings without which production does not start."""


def main(arguments: Sequence[str]) -> int:
    options = parser().parse_args(arguments)
    try:
        return serve(environment("production", **from_environment(os.environ)), bind(options.bind))
    except SettingsMissing as missing:
        say("Kring start niet: deze instellingen ontbreken of zijn te kort.")
        for name in missing.args:
            say(f"  {name}: {NEEDED[name]}")
    except AlreadyRunning as running:
        say(f"Kring start niet: met deze gegevens draait al iets: {running}. Stop dat eerst.")
    except NotAnAddress as wrong:
        say(f"Kring start niet: {wrong}")
    except StepFailed:
        say("Kring start niet; hierboven staat waarom.")
    return 1


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="kring serve", description="Draai Kring voor een school, achter een https-proxy.")
    made.add_argument("--bind", default=BIND, help=f"adres en poort, of unix:/map/socket, voor de proxy (gewoonlijk {BIND})")
    return made


def from_environment(given: Mapping[str, str]) -> dict[str, str]:
    """The settings a server cannot do without; the secret may stand in a file, or be handed to us by systemd."""
    settings = {name: given.get(name, "") for name in NEEDED}
    handed = given.get("CREDENTIALS_DIRECTORY")
    for file in (given.get("KRING_SECRET_FILE", ""), f"{handed}/secret" if handed else ""):
        if file and os.access(file, os.R_OK) and Path(file).is_file():
            settings["KRING_SECRET"] = Path(file).read_text().strip()
    missing = [name for name, value in settings.items() if not value or (name == "KRING_SECRET" and len(value) < SHORTEST_SECRET)]
    if missing:
        raise SettingsMissing(*missing)
    return settings


def serve(settings: Mapping[str, str], where: Bind) -> int:
    compile_stale()
    folder = make_data_folder(settings)
    refuse(faults(settings, folder, where, at=datetime.now().astimezone()))
    quiet = {name: value for name, value in settings.items() if name != "NOTIFY_SOCKET"}  # we tell systemd how it goes, our children do not
    with alone(folder, f"./kring serve op {where}"), Company(quiet) as company:
        try:
            for sentence in advice(settings, folder):
                say(sentence)
            prepare(company)
            run(company, where)
        except ToldToStop:
            notify(STOPPING)
            say("Kring stopt.")
    say("Kring is gestopt.")
    return 0


def refuse(sentences: Iterable[str]) -> None:
    """Say everything that is wrong at once, so that it can be put right at once."""
    wrong = list(sentences)
    for sentence in wrong:
        say(sentence)
    if wrong:
        raise StepFailed


def advice(settings: Mapping[str, str], folder: Path) -> list[str]:
    one_role = settings.get("KRING_DATABASE") and not settings.get("KRING_DATABASE_OWNER")
    return [*warnings(folder), *([ONE_ROLE] if one_role else [])]


def run(company: Company, where: Bind) -> None:
    company.join("De server", gunicorn(str(where), *FOR_PROXY), again=False)
    company.join("De achtergrondwerker", worker(), again=True)
    company.join("De planning", schedule(), again=True)
    wait_for_answer(company, where)
    notify(READY)
    say(f"Kring luistert op {where}.")
    company.keep()


def wait_for_answer(company: Company, where: Bind) -> None:
    """Only who answers is ready; the proxy and systemd hear it then."""
    name = company.environment["KRING_HOSTS"].split(",")[0].strip().lstrip(".")
    wait_until(company, lambda: answers(where, host=name))


def wait_until(company: Company, is_up: Callable[[], bool]) -> None:
    """Until the server, the first of the company, is up; when it fell over it has said why."""
    for _ in range(int(FIRST_ANSWER / 0.1)):
        company.pause(0.1)
        if company.children[0].process.poll() is not None:
            break
        if is_up():
            return
    say("De server gaf geen antwoord. Staat hierboven niet waarom, dan heeft deze computer waarschijnlijk te weinig geheugen.")
    raise StepFailed


def make_data_folder(settings: Mapping[str, str]) -> Path:
    """Where the database and the files will stand, for nobody else to read; at the first start it is not there yet."""
    os.umask(0o077)
    folder = Path(settings.get("KRING_DATA") or DATA)
    try:
        folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    except OSError as refusal:
        say(f"De map voor de gegevens kan niet gemaakt worden: {folder} ({refusal.strerror}). Maak hem zelf.")
        raise StepFailed from None
    return folder


def look_after(company: Company, *more: str) -> None:
    """Every check of Django and of ours. That all is well goes nowhere; what is wrong is said."""
    company.step(*django("check", "--deploy", "--fail-level", "WARNING", *more), into=Path(os.devnull))


def prepare(company: Company) -> None:
    """Refuse unsafe settings and a database of another version, make the tables of a new one, then refuse unsafe data."""
    folder = make_data_folder(company.environment)
    refuse([HALF_WAY] if (folder / UPGRADING).exists() else [])
    read_settings(company.environment)
    with timed("Instellingen nakijken"):
        look_after(company)
    if is_new(company.environment):
        with timed("Database maken"):
            company.step(*django("migrate", "--no-input", "--verbosity", "0"))
    with timed("Database nakijken"):
        look_after(company, "--database", "default")
