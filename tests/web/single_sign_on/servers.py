"""The real identity providers of the tests, each in a process of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from kring.commands.saml_provider import missing, place
from tests.web.single_sign_on import saml_provider
from tests.web.single_sign_on.keys import private_key

ROOT = Path(__file__).parents[3]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], page: str, log: Path, **environment: str) -> Iterator[None]:
    """A server that answers, until the end of the block."""
    with log.open("wb") as said, subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=said, env=environment) as process:
        try:
            for _ in range(300):
                if process.poll() is not None or answers(page):
                    break
                time.sleep(0.1)
            assert answers(page), log.read_text()
            yield
        finally:
            process.kill()


def answers(page: str) -> bool:
    try:
        return requests.get(page, timeout=5).status_code < 500
    except requests.ConnectionError:
        return False


@contextmanager
def openid_server(folder: Path, kring: str) -> Iterator[str]:
    """allauth's own provider, for a Kring at this address: its issuer."""
    (folder / "key.pem").write_text(private_key())
    (folder / "claims.json").write_text("{}")
    port = free_port()
    issuer = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "tests.web.single_sign_on.openid_provider", str(folder), str(port), kring]
    with running(command, f"{issuer}/.well-known/openid-configuration", folder / "log"):
        yield issuer


@contextmanager
def saml_server(folder: Path, kring: str) -> Iterator[str]:
    """Debian's simplesamlphp on PHP's own server, for a Kring at this address: its own address. Skipped, saying so, where it is absent."""
    if not (root := place()) or missing():
        pytest.skip(missing())
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    saml_provider.configure(folder, base, kring, root / "etc/simplesamlphp/attributemap")
    command = ["php", "-S", f"127.0.0.1:{port}", "-t", str(root / "usr/share/simplesamlphp/www")]
    with running(command, saml_provider.entity(base), folder / "log", SIMPLESAMLPHP_CONFIG_DIR=str(folder), PATH=os.environ["PATH"]):
        yield base
