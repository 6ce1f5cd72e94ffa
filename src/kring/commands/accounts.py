"""`./kring accounts first`: the first accounts of a new installation. Everybody after them comes in through the page “Mensen”."""

import argparse
import os
import subprocess
from collections.abc import Sequence

from kring.commands import ROOT
from kring.commands.company import StepFailed
from kring.commands.schema import is_new
from kring.commands.serve import NEEDED, SettingsMissing, from_environment, make_data_folder
from kring.commands.server import django, environment
from kring.commands.terminal import say


def main(arguments: Sequence[str]) -> int:
    options = parser().parse_args(arguments)
    mode = os.environ.get("KRING_MODE", "production")
    try:
        settings = environment(mode, **(from_environment(os.environ) if mode == "production" else {}))
    except SettingsMissing as missing:
        say("Dit kan zo niet: deze instellingen ontbreken of zijn te kort.")
        for name in missing.args:
            say(f"  {name}: {NEEDED[name]}")
        return 1
    try:
        make_data_folder(settings)
        tables = (django("migrate", "--no-input", "--verbosity", "0"),) if is_new(settings) else ()
    except StepFailed:
        return 1
    for command in (*tables, first(options)):
        done = subprocess.run(command, cwd=ROOT, env=settings, check=False)
        if done.returncode:
            return done.returncode
    return 0


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="kring accounts", description="Maak de eerste accounts van een nieuwe installatie.")
    what = made.add_subparsers(dest="what", required=True, metavar="OPDRACHT")
    what.add_parser("again", help="nieuwe codes voor de eerste schoolleider en beheerder, zolang zij nog niet binnen zijn")
    one = what.add_parser("first", help="het eerste bestuur, de eerste school, schoolleider en beheerder; één keer")
    one.add_argument("--school", required=True, help="naam van de school")
    one.add_argument("--leader", required=True, help="de schoolleider, bijvoorbeeld “Rik de Lange”")
    one.add_argument("--administrator", required=True, help="de beheerder, een ander dan de schoolleider")
    one.add_argument("--board", default="", help="naam van het bestuur; kan ook later, in de browser")
    one.add_argument("--type", default="po", choices=["po", "sbo", "so", "vso", "vo"], help="soort onderwijs; kan ook later")
    return made


def first(options: argparse.Namespace) -> tuple[str, ...]:
    if options.what == "again":
        return django("first_accounts", "--again")
    names = ("board", "school", "type", "leader", "administrator")
    return django("first_accounts", *(f"--{name}={getattr(options, name)}" for name in names))
