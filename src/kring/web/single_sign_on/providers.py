"""Our identity providers as allauth knows them: an identity is an issuer and a subject, and nothing else about a person is taken."""

from dataclasses import dataclass
from typing import Any

from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.saml.provider import SAMLProvider

from kring.core.single_sign_on import fingerprint_of


@dataclass(frozen=True, slots=True)
class Identity:
    """What is left of a checked answer: whose it is, and whether a second factor was proved."""

    issuer: str
    subject: str
    second_factor: bool


class _IdentityAlone:
    """Names, addresses and other claims stay with the provider: the account is not named, mailed or matched after them."""

    def extract_uid(self, identity: Identity) -> str:
        return fingerprint_of(identity.issuer, identity.subject)

    def extract_extra_data(self, identity: Identity) -> dict[str, Any]:  # noqa: ARG002
        return {}

    def extract_common_fields(self, identity: Identity) -> dict[str, Any]:  # noqa: ARG002
        return {}

    def extract_email_addresses(self, identity: Identity) -> list[Any]:  # noqa: ARG002
        return []


class OpenIdProvider(_IdentityAlone, OpenIDConnectProvider):  # type: ignore[misc]
    """OpenID Connect."""


class SamlProvider(_IdentityAlone, SAMLProvider):  # type: ignore[misc]
    """SAML 2.0."""
