"""The proxies that the examples in deploy/ are for: Debian's own Caddy and nginx, installed when that is allowed, else missed loudly."""

import os
import shutil
import subprocess

from kring.commands.terminal import say

PACKAGES = {"nginx": "nginx-light", "caddy": "caddy"}


def have_proxies() -> bool:
    """Whether the examples can be tried; tries to install both on a Debian where we are root, and starts neither."""
    missing = [package for name, package in PACKAGES.items() if not shutil.which(name)]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"Installing the proxies of the examples (apt-get install {' '.join(missing)}) …")
        apt("update")
        apt("install", "--yes", "--no-install-recommends", *missing)
    return all(shutil.which(name) for name in PACKAGES)


def apt(*arguments: str) -> None:
    """RUNLEVEL=1 is how a Debian package is told to leave its service alone."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    subprocess.run(("apt-get", "--quiet=2", *arguments), check=False, env=environment, stdout=subprocess.DEVNULL)
