"""What the provider of the tests says of people: the file of the test, whatever it holds."""

import json
from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from django.conf import settings


class Claims(DefaultOIDCAdapter):  # type: ignore[misc]
    """Its tokens, with more in them."""

    def get_issuer(self) -> str:
        return str(getattr(settings, "ISSUER"))  # noqa: B009

    def get_claims(self, purpose: str, user: Any, client: Any, scopes: Any, **more: Any) -> dict[str, Any]:
        claims: dict[str, Any] = super().get_claims(purpose, user, client, scopes, **more)
        claims.update(json.loads(getattr(settings, "CLAIMS").read_text()).get(user.username, {}))  # noqa: B009
        return claims
