"""Real identity providers in processes of their own, and Kring set to know them."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests
from django.core.cache import cache
from pytest_django import Settings

from kring.identity_providers import IdentityProvider, Protocol
from tests.web.single_sign_on import saml_provider
from tests.web.single_sign_on.keys import private_key
from tests.web.single_sign_on.openid_provider import CLIENT, SECRET

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


@pytest.fixture
def provider(openid_issuer: str, settings: Settings) -> IdentityProvider:
    """Kring knows the provider, and nothing is left of an earlier test."""
    cache.clear()
    made = IdentityProvider(
        key="bestuur",
        name="Stichting Tweeluik",
        protocol=Protocol.OPENID,
        issuer=openid_issuer,
        login_origins=frozenset({openid_issuer}),
        server_origins=frozenset({openid_issuer}),
        client_id=CLIENT,
        secret=SECRET,
        second_factor=frozenset({"mfa"}),
    )
    settings.SSO = (made,)
    return made


@pytest.fixture
def claims(openid_folder: Path) -> Any:
    """Sets what the provider says of somebody."""

    def says(**of: dict[str, Any]) -> None:
        (openid_folder / "claims.json").write_text(json.dumps(of))

    says()
    return says


@pytest.fixture(scope="session")
def saml_base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Debian's simplesamlphp on PHP's own server: its address and its folder."""
    if why := saml_provider.missing():
        pytest.skip(why)
    folder, port = tmp_path_factory.mktemp("saml"), free_port()
    base = f"http://127.0.0.1:{port}"
    saml_provider.configure(folder, base)
    command = ["php", "-S", f"127.0.0.1:{port}", "-t", str(saml_provider.WWW)]
    with running(command, saml_provider.entity(base), folder / "log", SIMPLESAMLPHP_CONFIG_DIR=str(folder), PATH=os.environ["PATH"]):
        yield base, folder
