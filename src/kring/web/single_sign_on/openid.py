"""OpenID Connect: there with state, nonce and PKCE, back with a token whose signature, issuer, audience and time are checked."""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import jwt
from django.http import HttpRequest
from django.urls import reverse

from kring.core.single_sign_on import SignOnRefused, check_belongs, proved_second_factor
from kring.identity_providers import IdentityProvider, origin_of
from kring.web.single_sign_on.outgoing import ask, document_of
from kring.web.single_sign_on.providers import Identity

ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"})
"""Signatures with a public key: never a shared secret, never none."""
REQUIRED = ["iss", "sub", "aud", "exp", "iat", "nonce"]
LEEWAY = 60
LONGEST = 2000  # characters of a code or a token's claim


def document(provider: IdentityProvider) -> Mapping[str, Any]:
    """What the provider says of itself."""
    found = provider.discovery or document_of(provider, provider.issuer.rstrip("/") + "/.well-known/openid-configuration")
    if found.get("issuer") != provider.issuer:
        raise SignOnRefused(why="other_issuer_in_discovery")
    return found


def endpoint(provider: IdentityProvider, name: str) -> str:
    """An address out of the provider's own document, on a computer that the file names."""
    address = str(document(provider).get(name, ""))
    allowed = provider.login_origins if name == "authorization_endpoint" else provider.server_origins
    if origin_of(address) not in allowed:
        raise SignOnRefused(why="address_not_configured")
    return address


def way_there(request: HttpRequest, provider: IdentityProvider, *, state: str, tried: Mapping[str, str]) -> str:
    """The address of the provider's login page."""
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": way_back(request, provider),
        "scope": "openid",
        "state": state,
        "nonce": tried["nonce"],
        "code_challenge": _challenge(tried["code_verifier"]),
        "code_challenge_method": "S256",
    }
    address = endpoint(provider, "authorization_endpoint")
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"


def secrets_of_one_try() -> dict[str, str]:
    """Nonce and code verifier, kept in the session until the way back."""
    return {"nonce": secrets.token_urlsafe(24), "code_verifier": secrets.token_urlsafe(48)}


def _challenge(verifier: str) -> str:
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")


def way_back(request: HttpRequest, provider: IdentityProvider) -> str:
    return request.build_absolute_uri(reverse("sign_on_return", args=[provider.key]))


def identity_from(request: HttpRequest, provider: IdentityProvider, tried: Mapping[str, str], code: str) -> Identity:
    """Trade the code for a token, and believe of the token what its signature proves."""
    if not 0 < len(code) <= LONGEST:
        raise SignOnRefused(why="no_code")
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": way_back(request, provider),
        "client_id": provider.client_id,
        "code_verifier": tried["code_verifier"],
    }
    token = ask(provider, endpoint(provider, "token_endpoint"), form=form, in_header=_secret_in_header(provider)).get("id_token")
    return identity_in(provider, checked(provider, str(token), nonce=tried["nonce"]))


def _secret_in_header(provider: IdentityProvider) -> bool:
    """Where the secret goes: with the form, unless the provider takes it in the header alone (or does not say, as the standard has it)."""
    ways = texts(document(provider).get("token_endpoint_auth_methods_supported", ["client_secret_basic"]))
    return "client_secret_post" not in ways


def checked(provider: IdentityProvider, token: str, *, nonce: str) -> Mapping[str, Any]:
    """The claims of a genuine token for us, of this very try."""
    try:
        header = jwt.get_unverified_header(token)
        algorithm = header.get("alg")
        if algorithm not in ALGORITHMS:
            raise SignOnRefused(why="algorithm")
        key = jwt.PyJWK(_key(provider, header.get("kid")), algorithm=algorithm)
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=[algorithm],
            audience=provider.client_id,
            issuer=provider.issuer,
            leeway=LEEWAY,
            options={"require": REQUIRED},
        )
    except (jwt.PyJWTError, ValueError, TypeError) as invalid:
        raise SignOnRefused(why=type(invalid).__name__) from invalid
    if not secrets.compare_digest(str(claims["nonce"]).encode(), nonce.encode()):
        raise SignOnRefused(why="nonce")
    if (claims.get("azp") or provider.client_id) != provider.client_id or (isinstance(claims["aud"], list) and len(claims["aud"]) != 1):
        raise SignOnRefused(why="audience")
    return claims


def _key(provider: IdentityProvider, kid: object) -> dict[str, Any]:
    """The provider's public key of this name; asked anew when it is not among those we kept, for providers change their keys."""
    address = endpoint(provider, "jwks_uri")
    for fresh in (False, True):
        keys = document_of(provider, address, fresh=fresh).get("keys")
        listed = [key for key in keys if isinstance(key, dict)] if isinstance(keys, list) else []
        named = [key for key in listed if key.get("kid") == kid and key.get("use", "sig") == "sig" and key.get("kty") != "oct"]
        if len(named) == 1:
            return named[0]
    raise SignOnRefused(why="key")


def identity_in(provider: IdentityProvider, claims: Mapping[str, Any]) -> Identity:
    """Who it is, when it is somebody of this school."""
    words = {name: texts(value) for name, value in claims.items()}
    check_belongs(words, provider.wanted)
    parts = [words.get(name, ()) for name in provider.subject]
    if any(len(part) != 1 or not 0 < len(part[0]) <= LONGEST for part in parts):
        raise SignOnRefused(why="subject")
    said = (*words.get("amr", ()), *words.get("acr", ()))
    subject = ":".join(part[0] for part in parts)
    return Identity(provider.issuer, subject, proved_second_factor(said=said, accepted=provider.second_factor))


def texts(value: object) -> tuple[str, ...]:
    """A claim may be one text or a list of them; anything else says nothing."""
    listed = value if isinstance(value, list) else [value]
    return tuple(each for each in listed if isinstance(each, str))
