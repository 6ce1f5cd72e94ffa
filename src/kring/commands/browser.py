"""The browser of the journeys: Debian's Chromium, installed when that is allowed, missed loudly when not."""

import os
import shutil
import subprocess

from kring.commands.terminal import say

PACKAGES = ("chromium-headless-shell", "chromium")
"""Debian's, best first: the shell draws the same pages with half the work, and draws no window."""
NAMES = (*PACKAGES, "chromium-browser", "google-chrome")


def have_browser() -> bool:
    """Whether journeys can run; tries to install the browser on a Debian where we are root."""
    if os.geteuid() == 0 and shutil.which("apt-get") and not shutil.which(NAMES[0]):
        apt("update")
        for package in PACKAGES:
            if not installed() or package == PACKAGES[0]:
                say(f"Installing a browser for the journeys (apt-get install {package}) …")
                apt("install", "--yes", "--no-install-recommends", package)
    return installed()


def installed() -> bool:
    return any(shutil.which(name) for name in NAMES)


def apt(*arguments: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(("apt-get", "--quiet=2", *arguments), check=False, env=environment, stdout=subprocess.DEVNULL)
