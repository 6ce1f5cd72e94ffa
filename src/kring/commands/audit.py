"""`./kring audit verify` and `./kring audit anchor`: walk along the log, and lay its heads down elsewhere."""

import argparse
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from kring.commands import ROOT
from kring.commands.serve import NEEDED, SettingsMissing, from_environment
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
    return subprocess.run(command(options), cwd=ROOT, env=settings, check=False).returncode


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="kring audit", description="Reken het logboek na, of leg de stand ervan elders vast.")
    what = made.add_subparsers(dest="what", required=True, metavar="OPDRACHT")
    verify = what.add_parser("verify", help="is er iets aan het logboek veranderd?")
    verify.add_argument("--anchors", type=Path, help="bestand met vastgelegde standen (gewoonlijk KRING_ANCHORS)")
    verify.add_argument("--code", nargs=2, metavar=("REGEL", "CODE"), help="klopt deze code op papier, bij dit nummer van een regel?")
    what.add_parser("anchor", help="leg de stand nu vast in het bestand van KRING_ANCHORS")
    return made


def command(options: argparse.Namespace) -> tuple[str, ...]:
    if options.what == "anchor":
        return django("seal_log")
    anchors = ["--anchors", str(options.anchors.resolve())] if options.anchors else []
    return django("verify_log", *anchors, *(["--code", *options.code] if options.code else []))
