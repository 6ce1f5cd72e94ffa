"""The Python environment beside the code: pinned packages, checked by hash, from wheels only.

Runs before any package is installed, so it stands on the standard library alone. A stamp per requirements file remembers
the content that was installed; as long as it matches, nothing is done. Each set of packages holds everything the one before
it does, and a later command that needs less, such as `demo`, never takes anything away.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from kring.commands import ROOT
from kring.commands.terminal import say

ENVIRONMENT = ROOT / ".venv"
REQUIREMENTS = ROOT / "requirements"
TOOL = REQUIREMENTS / "tool.lock"
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")


class Packages(StrEnum):
    """Which set of packages a command stands on; each holds the one before it."""

    KRING = "kring"
    DEV = "dev"
    BENCH = "bench"

    @property
    def with_more(self) -> tuple["Packages", ...]:
        """This set and every set that holds it."""
        every = tuple(Packages)
        return every[every.index(self) :]

    @property
    def pinned(self) -> Path:
        return REQUIREMENTS / f"{self}.lock"

    @property
    def stamp(self) -> Path:
        return ENVIRONMENT / f"{self}.installed"


class PackagesNotInstalled(Exception):
    """Neither uv nor pip could install the pinned packages."""


def ensure(packages: Packages) -> None:
    """Make the environment hold these packages; nothing happens when it already does."""
    if satisfied(packages):
        return
    with one_at_a_time():
        if not satisfied(packages):
            install(wanted(packages))


def satisfied(packages: Packages) -> bool:
    return any(map(installed, packages.with_more))


def installed(packages: Packages) -> bool:
    return packages.stamp.is_file() and packages.stamp.read_text() == fingerprint(packages.pinned)


def wanted(packages: Packages) -> Packages:
    """An environment that once was a developer's stays one."""
    return next((each for each in reversed(packages.with_more) if each.stamp.exists()), packages)


def fingerprint(pinned: Path) -> str:
    return hashlib.sha256(f"{sys.version} {sys.prefix} ".encode() + pinned.read_bytes()).hexdigest()


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two terminals started at once: the second waits for the first."""
    with (ENVIRONMENT / "installing.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def install(packages: Packages) -> None:
    say(f"Pakketten installeren uit requirements/{packages.pinned.name} (alleen de eerste keer en na een nieuwe versie) …")
    for smaller in set(Packages) - set(packages.with_more):
        smaller.stamp.unlink(missing_ok=True)
    if not (install_uv() and sync_with_uv(packages.pinned)):
        sync_with_pip(packages.pinned)
    packages.stamp.write_text(fingerprint(packages.pinned))


def install_uv() -> bool:
    """uv is ten times as fast as pip; where it does not come or does not run, pip does the work."""
    arrived = run(*PIP, "install", "--quiet", "--require-hashes", "--only-binary=:all:", "-r", str(TOOL))
    return arrived and run(str(uv()), "--version")


def uv() -> Path:
    return Path(sys.executable).parent / "uv"


def sync_with_uv(pinned: Path) -> bool:
    return run(
        *(str(uv()), "pip", "sync", "--quiet", "--python", sys.executable),
        *("--require-hashes", "--no-build", "--compile-bytecode", str(pinned)),
        extra=uv_settings(os.environ, pip_setting),
    )


def sync_with_pip(pinned: Path) -> None:
    say("uv kan hier niet werken; pip doet hetzelfde, dat duurt langer …")
    command = (*PIP, "install", "--quiet", "--quiet", "--require-hashes", "--only-binary=:all:", "-r", str(pinned))
    if subprocess.run(command, check=False).returncode:
        raise PackagesNotInstalled


def pip_setting(name: str) -> str:
    """What pip is configured with on this machine, by file or by PIP_…; uv does not read that."""
    answer = subprocess.run((*PIP, "config", "get", f"global.{name}"), check=False, capture_output=True, text=True)
    return answer.stdout.strip()


def uv_settings(environment: Mapping[str, str], pip_setting: Callable[[str], str]) -> dict[str, str]:
    """uv told what pip knows: the address of the package index and the certificates. What uv was told itself goes first."""
    settings = {"UV_PYTHON_DOWNLOADS": "never", "UV_SYSTEM_CERTS": "true"}  # many a school has a certificate of its own
    if not {"UV_INDEX_URL", "UV_DEFAULT_INDEX", "UV_CONFIG_FILE"} & environment.keys():
        settings["UV_DEFAULT_INDEX"] = environment.get("PIP_INDEX_URL") or pip_setting("index-url")
    if "SSL_CERT_FILE" not in environment:
        settings["SSL_CERT_FILE"] = environment.get("PIP_CERT") or pip_setting("cert")
    return {name: value for name, value in settings.items() if value}


def run(*command: str, extra: Mapping[str, str] | None = None) -> bool:
    """True when it went well; what went wrong is only told when there is no other way left."""
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, env={**os.environ, **(extra or {})})
    except OSError as refusal:
        say(f"  {refusal}")
        return False
    if done.returncode:
        say("  " + "\n  ".join(done.stderr.strip().splitlines()[-5:]))
    return done.returncode == 0
