"""Tokens that the provider never gave, or not to us, not now or not for this try; its keys are asked of the real provider."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from allauth.core.internal import jwkkit

from kring.core.single_sign_on import SignOnRefused
from kring.identity_providers import IdentityProvider
from kring.web.single_sign_on.openid import checked, endpoint, identity_in, texts
from tests.web.single_sign_on.keys import private_key
from tests.web.single_sign_on.openid_provider import CLIENT

NONCE = "een-nonce"
Make = Callable[..., str]


@pytest.fixture
def make(provider: IdentityProvider, openid_folder: Path) -> Make:
    """A token, signed with the provider's own key unless said otherwise."""
    pem = (openid_folder / "key.pem").read_text()
    kid = jwkkit.load_jwk_from_pem(pem)[0]["kid"]

    def made(*, key: str = pem, algorithm: str = "RS256", header: dict[str, Any] | None = None, **changed: Any) -> str:
        now = datetime.now(UTC)
        claims = {
            "iss": provider.issuer,
            "sub": "1",
            "aud": CLIENT,
            "iat": now,
            "exp": now + timedelta(minutes=5),
            "nonce": NONCE,
        } | changed
        kept = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(kept, key, algorithm=algorithm, headers={"kid": kid} | (header or {}))

    return made


def test_a_genuine_token_is_believed(provider: IdentityProvider, make: Make) -> None:
    assert checked(provider, make(), nonce=NONCE)["sub"] == "1"
    assert checked(provider, make(aud=[CLIENT], azp=CLIENT), nonce=NONCE)


def ago(minutes: int) -> datetime:
    return datetime.now(UTC) - timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "changed",
    [
        {"key": private_key()},
        {"header": {"kid": "unknown"}},
        {"header": {"kid": ""}},
        {"iss": "https://elsewhere.nl"},
        {"iss": None},
        {"aud": "another"},
        {"aud": [CLIENT, "another"]},
        {"aud": None},
        {"azp": "another"},
        {"nonce": "other"},
        {"nonce": None},
        {"nonce": ["een-nonce"]},
        {"exp": ago(5)},
        {"exp": None},
        {"iat": None},
        {"iat": ago(-60)},
        {"sub": None},
        {"sub": 7},
        {"nbf": ago(-60)},
    ],
    ids=lambda changed: " ".join(f"{name}-{type(value).__name__}" for name, value in changed.items()),
)
def test_any_other_token_is_refused(provider: IdentityProvider, make: Make, changed: dict[str, Any]) -> None:
    with pytest.raises(SignOnRefused):
        checked(provider, make(**changed), nonce=NONCE)


def test_a_signature_with_a_shared_secret_or_none_is_refused(provider: IdentityProvider, make: Make) -> None:
    """The classic holes: no signature at all, and the public key used as the secret of an HMAC."""
    kid = jwt.get_unverified_header(make())["kid"]
    public = json.dumps({"a": "public key, long enough for an HMAC of this kind"})
    for token in (make(key="", algorithm="none", header={"kid": kid}), make(key=public, algorithm="HS256", header={"kid": kid})):
        with pytest.raises(SignOnRefused):
            checked(provider, token, nonce=NONCE)


@pytest.mark.parametrize("token", ["", "None", "a.b.c", "ey.ey.ey", "\0", "é", "." * 5000])
def test_what_is_no_token_is_refused(provider: IdentityProvider, token: str) -> None:
    with pytest.raises(SignOnRefused):
        checked(provider, token, nonce=NONCE)


@pytest.mark.parametrize("keys", [{}, {"keys": None}, {"keys": "x"}, {"keys": [1, {"kid": "k"}]}, {"keys": [{"kid": "k", "kty": "RSA"}]}])
def test_keys_that_make_no_sense_are_refused(provider: IdentityProvider, make: Make, monkeypatch: pytest.MonkeyPatch, keys: Any) -> None:
    known = {"issuer": provider.issuer, "jwks_uri": f"{provider.issuer}/keys"}
    monkeypatch.setattr(
        "kring.web.single_sign_on.outgoing.ask", lambda _provider, address, **_: keys if address.endswith("keys") else known
    )
    with pytest.raises(SignOnRefused):
        checked(provider, make(header={"kid": "k"}), nonce=NONCE)


def test_addresses_lie_on_the_computers_of_the_file(provider: IdentityProvider) -> None:
    document = {
        "issuer": provider.issuer,
        "token_endpoint": "https://elsewhere.nl/token",
        "authorization_endpoint": provider.issuer + "@elsewhere.nl/",
    }
    for name in ("token_endpoint", "authorization_endpoint", "jwks_uri"):
        with pytest.raises(SignOnRefused):
            endpoint(replace(provider, discovery=document), name)
    with pytest.raises(SignOnRefused):
        endpoint(replace(provider, discovery={**document, "issuer": "https://elsewhere.nl"}), "token_endpoint")


@pytest.mark.parametrize("subject", [None, 7, "", [], ["a", "b"], {"a": "b"}, "x" * 2001])
def test_a_subject_is_one_text(provider: IdentityProvider, subject: object) -> None:
    with pytest.raises(SignOnRefused):
        identity_in(provider, {"sub": subject})


def test_a_claim_that_is_no_text_says_nothing() -> None:
    assert (texts(["a", 1, None]), texts({"a": 1}), texts("a")) == (("a",), (), ("a",))
