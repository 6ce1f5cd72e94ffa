"""`./kring lock`: pin every package anew. The files hold hashes and no address of any package index."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

from kring.commands import ROOT
from kring.commands.environment import REQUIREMENTS, TOOL, uv
from kring.commands.terminal import timed

SETTINGS = ("--universal", "--generate-hashes", "--no-emit-index-url", "--no-header", "--quiet")


def main(arguments: Sequence[str]) -> int:
    """Anything on the line goes to uv, such as --upgrade-package django."""
    tool, _, _ = TOOL.read_text().partition(" ")
    codes = [
        compiled(REQUIREMENTS / "kring.lock", "pyproject.toml", *arguments),
        compiled(REQUIREMENTS / "dev.lock", "pyproject.toml", "--group", "dev", *arguments),
        compiled(REQUIREMENTS / "bench.lock", "pyproject.toml", "--group", "dev", "--group", "bench", *arguments),
        compiled(TOOL, "-", given=tool),
    ]
    return max(codes)


def compiled(into: Path, *arguments: str, given: str = "") -> int:
    command = (str(uv()), "pip", "compile", *SETTINGS, "--output-file", into.relative_to(ROOT).as_posix(), *arguments)
    with timed(f"Pinning {into.name}"):
        return subprocess.run(command, cwd=ROOT, input=given, text=True, check=False, stdout=subprocess.DEVNULL).returncode
