"""The browser of the journeys: Debian's Chromium, installed when that is allowed, missed loudly when not."""

import os
import shutil
import subprocess

from kring.commands.terminal import say

NAMES = ("chromium", "chromium-browser", "google-chrome")


def have_browser() -> bool:
    """Whether journeys can run; tries to install the browser on a Debian where we are root."""
    if installed():
        return True
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say("Installing Chromium for the journeys (apt-get install chromium) …")
        apt("update")
        apt("install", "--yes", "--no-install-recommends", "chromium")
    return installed()


def installed() -> bool:
    return any(shutil.which(name) for name in NAMES)


def apt(*arguments: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(("apt-get", "--quiet=2", *arguments), check=False, env=environment, stdout=subprocess.DEVNULL)
