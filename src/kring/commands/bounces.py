"""`./kring bounces < message`: a mail server hands over what came back, and Kring sets the address aside.

In Postfix: an alias of the address of KRING_MAIL_FROM, kring: "|/srv/kring/kring bounces", run as the user of Kring with its settings.
"""

import argparse
import os
import subprocess
from collections.abc import Sequence

from kring.commands import ROOT
from kring.commands.serve import NEEDED, SettingsMissing, from_environment
from kring.commands.server import django, environment
from kring.commands.terminal import say


def main(arguments: Sequence[str]) -> int:
    parser().parse_args(arguments)
    mode = os.environ.get("KRING_MODE", "production")
    try:
        settings = environment(mode, **(from_environment(os.environ) if mode == "production" else {}))
    except SettingsMissing as missing:
        say("Dit kan zo niet: deze instellingen ontbreken of zijn te kort.")
        for name in missing.args:
            say(f"  {name}: {NEEDED[name]}")
        return 1
    return subprocess.run(django("note_bounce"), cwd=ROOT, env=settings, check=False).returncode


def parser() -> argparse.ArgumentParser:
    description = "Lees een teruggekomen bericht (RFC 3464) van de standaardinvoer en zet het adres opzij waar het heen ging."
    return argparse.ArgumentParser(prog="kring bounces", description=description)
