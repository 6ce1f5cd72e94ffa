"""A key to touch, in software: makes passkeys and answers with them, as a browser hands them over. It can be told to do it wrong."""

from dataclasses import dataclass, field
from os import urandom
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

HERE = "http://testserver"


def _public(private: ec.EllipticCurvePrivateKey) -> ES256:
    return ES256.from_cryptography_key(private.public_key())  # type: ignore[no-any-return, no-untyped-call]


@dataclass(slots=True)
class Key:
    """One passkey of one person. `unlocked`: whether a finger, face or pin was asked."""

    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = field(default_factory=lambda: urandom(32))
    owner: str = ""
    unlocked: bool = True
    origin: str = HERE
    site: str = "testserver"

    def make(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Answer to creation options."""
        options = asked["publicKey"]
        self.owner = options["user"]["id"]
        credential = AttestedCredentialData.create(b"\0" * 16, self.id, _public(self.private))
        data = AuthenticatorData.create(sha256(self.site.encode()), self._flags() | AuthenticatorData.FLAG.AT, 0, bytes(credential))
        return self._answer({"attestationObject": websafe_encode(AttestationObject.create("none", data, {}))}, "webauthn.create", options)

    def show(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Answer to request options."""
        options = asked["publicKey"]
        data = AuthenticatorData.create(sha256(self.site.encode()), self._flags(), 0)
        said = self._said("webauthn.get", options)
        signature = self.private.sign(data + said.hash, ec.ECDSA(SHA256()))
        shown = {"authenticatorData": websafe_encode(data), "signature": websafe_encode(signature), "userHandle": self.owner}
        return self._answer(shown, "webauthn.get", options)

    def _flags(self) -> AuthenticatorData.FLAG:
        return AuthenticatorData.FLAG.UP | (AuthenticatorData.FLAG.UV if self.unlocked else AuthenticatorData.FLAG(0))

    def _said(self, kind: str, options: dict[str, Any]) -> CollectedClientData:
        return CollectedClientData.create(kind, websafe_decode(options["challenge"]), self.origin)

    def _answer(self, response: dict[str, Any], kind: str, options: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": websafe_encode(self.id),
            "rawId": websafe_encode(self.id),
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {**response, "clientDataJSON": websafe_encode(self._said(kind, options))},
        }
