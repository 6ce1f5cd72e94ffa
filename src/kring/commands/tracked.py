"""What may not stand in a file that is handed on: a place on somebody's machine, or the host of a package index."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from kring.commands import ROOT

PLACES = re.compile(rb"(?<![\w.:/)~-])/(?:work|root|home|tmp|Users)/[\w.]")
HOSTS = re.compile(rb"(?:pypi[.]org|pythonhosted[.]org|registry[.]npmjs|file:/{3})")


def addresses() -> Iterator[str]:
    """One line for each place in a tracked file."""
    for path in files():
        yield from found_in(path, path.read_bytes())


def files() -> Iterator[Path]:
    """What git knows and what it would take in; without git nothing can be said."""
    command = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True)
    for name in filter(None, done.stdout.decode().split("\0")):
        if (path := ROOT / name).is_file():
            yield path


def found_in(path: Path, content: bytes) -> Iterator[str]:
    if b"\0" in content[:8000]:
        return
    for number, line in enumerate(content.splitlines(), start=1):
        for found in (PLACES.search(line), HOSTS.search(line)):
            if found:
                yield f"{path.relative_to(ROOT)}:{number}: {found.group().decode()} may not stand in a file that is handed on"
