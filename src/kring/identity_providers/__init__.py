"""The identity providers of a school (single sign-on), as its administrator wrote them in a file: `docs/sso.md`."""

from kring.identity_providers.provider import IdentityProvider, Protocol, SamlSide, origin_of
from kring.identity_providers.reading import ProvidersRefused, read_providers

__all__ = ["IdentityProvider", "Protocol", "ProvidersRefused", "SamlSide", "origin_of", "read_providers"]
