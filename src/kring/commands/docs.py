"""`./kring docs`: build the developer documents; a warning is a failure."""

import subprocess
import sys
from collections.abc import Sequence

from kring.commands import ROOT
from kring.commands.terminal import say

OUT = ROOT / "docs" / "_build" / "html"


def main(arguments: Sequence[str]) -> int:
    code = subprocess.run((*sphinx(), *arguments), cwd=ROOT, check=False).returncode
    if code == 0:
        say(f"The documents are in {OUT.relative_to(ROOT)}/index.html.")
    return code


def sphinx() -> tuple[str, ...]:
    return (sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", "docs", str(OUT))
