"""Real identity providers in processes of their own, and Kring set to know them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from pytest_django import Settings

from kring.identity_providers import IdentityProvider, Protocol
from tests.web.single_sign_on.openid_provider import CLIENT, SECRET
from tests.web.single_sign_on.saml_provider import HERE
from tests.web.single_sign_on.servers import openid_server, saml_server


@pytest.fixture(scope="session")
def openid_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("openid")


@pytest.fixture(scope="session")
def openid_issuer(openid_folder: Path) -> Iterator[str]:
    """allauth's provider, in a process of its own."""
    with openid_server(openid_folder, HERE) as issuer:
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
def saml_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("saml")


@pytest.fixture(scope="session")
def saml_base(saml_folder: Path) -> Iterator[str]:
    """The address of Debian's simplesamlphp on PHP's own server."""
    with saml_server(saml_folder, HERE) as base:
        yield base
