"""What Kring knows of one identity provider. Nothing of it comes from the database or from a visitor."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit


class Protocol(StrEnum):
    """The language it speaks."""

    OPENID = "openid"
    SAML = "saml"


@dataclass(frozen=True, slots=True)
class SamlSide:
    """The other side's metadata, as python3-saml reads it, and our own signing key if the school made one."""

    metadata: Mapping[str, Any]
    subject: str | None  # the attribute that names the subject; None for the NameID
    lasting_name: bool = True  # ask for a NameID that stays the same; Entree gives one without being asked
    key: str = field(default="", repr=False)
    certificate: str = ""


@dataclass(frozen=True, slots=True)
class IdentityProvider:
    """One provider. `issuer` is the issuer of OIDC or the entity id of SAML; no two have the same."""

    key: str  # stands in addresses, and is never changed
    name: str  # stands on the button
    protocol: Protocol
    issuer: str
    login_origins: frozenset[str]  # where a browser may be sent
    server_origins: frozenset[str] = frozenset()  # what the server itself may ask
    client_id: str = ""
    secret: str = field(default="", repr=False)
    discovery: Mapping[str, Any] | None = None  # the document of a file; None when it is asked of the issuer
    subject: tuple[str, ...] = ("sub",)  # the claims that together name the subject
    wanted: Mapping[str, frozenset[str]] = field(default_factory=dict)  # claims without which nobody comes in
    second_factor: frozenset[str] = frozenset()  # words by which this provider proves a second factor
    makes_accounts: bool = True
    saml: SamlSide | None = None


def origin_of(address: str) -> str:
    """Scheme, host and port: all that counts for where a request may go.

    >>> origin_of("https://Login.example.nl/oidc/authorize?x=1")
    'https://login.example.nl'
    >>> origin_of("https://login.example.nl@elsewhere.nl/")
    'https://elsewhere.nl'
    """
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.hostname or ''}{port}"
