"""`./kring install`: everything that stands in the folder of the code, made beforehand. Afterwards nobody needs to write there."""

import tomllib
from collections.abc import Sequence

from kring.commands import ROOT
from kring.commands.terminal import say
from kring.commands.translations import compile_stale


def main(arguments: Sequence[str]) -> int:  # noqa: ARG001
    """The packages are there already: the script saw to that."""
    compile_stale()
    say(f"Kring {version()} staat klaar in {ROOT}.")
    return 0


def version() -> str:
    """Of this code."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"])
