"""`./kring serve`: Kring for a real school, behind a proxy that speaks https. Stops with SIGTERM or Ctrl-C."""

import argparse
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from kring.commands import ROOT
from kring.commands.company import Company, StepFailed, ToldToStop
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
ONE_ROLE = """Let op: Kring werkt met één databaserol, die ook eigenaar van de tabellen is. De muur tussen scholen en het logboek houden dan
stand tegen fouten in Kring, en niet tegen wie in de database inbreekt. Twee rollen zijn beter: zie KRING_DATABASE_OWNER."""


class SettingsMissing(Exception):
    """Names of settings without which production does not start."""


def main(arguments: Sequence[str]) -> int:
    options = parser().parse_args(arguments)
    try:
        return serve(environment("production", **from_environment(os.environ)), options.bind)
    except SettingsMissing as missing:
        say("Kring start niet: deze instellingen ontbreken of zijn te kort.")
        for name in missing.args:
            say(f"  {name}: {NEEDED[name]}")
    except StepFailed:
        say("Kring start niet; hierboven staat waarom.")
    return 1


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="kring serve", description="Draai Kring voor een school, achter een https-proxy.")
    made.add_argument("--bind", default=BIND, help=f"adres en poort voor de proxy (gewoonlijk {BIND})")
    return made


def from_environment(given: Mapping[str, str]) -> dict[str, str]:
    """The settings a server cannot do without; the secret may stand in a file."""
    settings = {name: given.get(name, "") for name in NEEDED}
    file = given.get("KRING_SECRET_FILE")
    if file and Path(file).is_file():
        settings["KRING_SECRET"] = Path(file).read_text().strip()
    missing = [name for name, value in settings.items() if not value or (name == "KRING_SECRET" and len(value) < SHORTEST_SECRET)]
    if missing:
        raise SettingsMissing(*missing)
    return settings


def serve(settings: Mapping[str, str], bind: str) -> int:
    compile_stale()
    make_data_folder(settings)
    with Company(settings) as company:
        try:
            prepare(company)
            if settings.get("KRING_DATABASE") and not settings.get("KRING_DATABASE_OWNER"):
                say(ONE_ROLE)
            company.join("De server", gunicorn(bind), again=False)
            company.join("De achtergrondwerker", worker(), again=True)
            company.join("De planning", schedule(), again=True)
            say(f"Kring luistert op {bind}.")
            company.keep()
        except ToldToStop:
            say("Kring is gestopt.")
    return 0


def make_data_folder(settings: Mapping[str, str]) -> Path:
    """Where the database and the files will stand, for nobody else to read; at the first start it is not there yet."""
    folder = Path(settings.get("KRING_DATA") or DATA)
    folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    return folder


def prepare(company: Company) -> None:
    """Refuse unsafe settings, bring the database up to date, then refuse unsafe data (such as demo accounts)."""
    with timed("Instellingen nakijken"):
        company.step(*django("check", "--deploy", "--fail-level", "WARNING"))
    with timed("Database bijwerken"):
        company.step(*django("migrate", "--no-input", "--verbosity", "0"))
    with timed("Database nakijken"):
        company.step(*django("check", "--deploy", "--fail-level", "WARNING", "--database", "default"))
