"""The SAML provider that the tests log in at: Debian's simplesamlphp.

It is unpacked in our own folder, not installed: the package brings along a web server that would start and listen. PHP without a server is
installed when that is allowed; what is missing is said.
"""

import os
import shutil
import subprocess
from pathlib import Path

from kring.commands import ROOT
from kring.commands.browser import apt
from kring.commands.terminal import say

UNPACKED = ROOT / ".kring" / "simplesamlphp"
PACKAGE = "simplesamlphp"
PHP = ("php-cli", "php-xml", "php-mbstring")
NEEDED = {"php", "apt-get", "dpkg-deb"}


def have_saml_provider() -> bool:
    """Whether it can run; tries to get it, some ten seconds, on a Debian."""
    if missing() and shutil.which("apt-get"):
        say("Getting a SAML provider for the tests (simplesamlphp) …")
        if os.geteuid() == 0 and not shutil.which("php"):
            apt("update")
            apt("install", "--yes", "--no-install-recommends", *PHP)
        unpack()
    return not missing()


def unpack() -> None:
    """The package out of Debian's archive, in a folder of ours; nothing when that does not work."""
    if not all(map(shutil.which, NEEDED)):
        return
    UNPACKED.mkdir(parents=True, exist_ok=True)
    subprocess.run(("apt-get", "--quiet=2", "download", PACKAGE), cwd=UNPACKED, check=False, capture_output=True)
    for package in UNPACKED.glob("*.deb"):
        subprocess.run(("dpkg-deb", "--extract", package, UNPACKED), check=False)
        package.unlink()


def place() -> Path | None:
    """The root under which its files lie: the machine's when it is installed there, or our folder."""
    return next((root for root in (Path("/"), UNPACKED) if (root / "usr/share/simplesamlphp/www").is_dir()), None)


def missing() -> str:
    """Why it cannot run here; empty when it can."""
    if place() and shutil.which("php"):
        return ""
    return f"NO SAML PROVIDER: nobody logged in at simplesamlphp. Get PHP (apt-get install {' '.join(PHP)}) and run ./kring test again."
