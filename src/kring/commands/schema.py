"""Whether the database is of this code, asked by a process of its own; and what to do when it is not."""

import subprocess
import sys
from collections.abc import Mapping

from kring.commands import ROOT
from kring.commands.company import StepFailed
from kring.commands.server import django
from kring.commands.terminal import say

EMPTY, BEHIND, OURS, NEWER, OTHER = "empty", "behind", "ours", "newer", "other"
REFUSED = {
    BEHIND: "De database is van een oudere Kring. Maak eerst de overstap, met een reservekopie en een weg terug:  ./kring upgrade",
    NEWER: "De database is van een nieuwere Kring dan deze. Deze code verandert er niets aan. Start de nieuwere Kring, of "
    "zet de reservekopie van vóór de overstap terug.",
    OTHER: "De tabellen in de database zijn niet die van deze Kring, al heten ze zo. Deze code verandert er niets aan. Start de Kring "
    "waarmee de database is gemaakt (de vorige map of de vorige tag).",
}


READ = """
import sys
from django.core.exceptions import ImproperlyConfigured
try:
    import kring.settings
except ImproperlyConfigured as wrong:
    sys.exit(f"Een instelling klopt niet: {wrong}")
"""


def read_settings(settings: Mapping[str, str]) -> None:
    """A setting that is wrong is one sentence, and no path through the code."""
    if subprocess.run((sys.executable, "-c", READ), cwd=ROOT, env=dict(settings), check=False).returncode:
        raise StepFailed


def state(settings: Mapping[str, str]) -> str:
    """One word; what went wrong is said by the process itself."""
    read_settings(settings)
    done = subprocess.run(django("schema_state"), cwd=ROOT, env=dict(settings), check=False, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise StepFailed
    return done.stdout.strip()


def is_new(settings: Mapping[str, str]) -> bool:
    """Whether the tables are still to be made; a database of another version is refused, and never changed in passing."""
    found = state(settings)
    if found in REFUSED:
        say(REFUSED[found])
        raise StepFailed
    return found == EMPTY
