"""Real identity providers in processes of their own, and Kring set to know them."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

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


@pytest.fixture(scope="session")
def openid_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("openid")
    (folder / "key.pem").write_text(private_key())
    (folder / "claims.json").write_text("{}")
    return folder


@pytest.fixture(scope="session")
def openid_issuer(openid_folder: Path) -> Iterator[str]:
    """allauth's provider, in a process of its own."""
    port = free_port()
    issuer = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "tests.web.single_sign_on.openid_provider", str(openid_folder), str(port)]
    with running(command, f"{issuer}/.well-known/openid-configuration", openid_folder / "log"):
        yield issuer
