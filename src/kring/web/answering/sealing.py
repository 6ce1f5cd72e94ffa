"""The outbox of a screen: what could not be sent yet is sealed before it is kept, so that nobody at that device can read it.

One key pair for the installation, derived from its secret. Sealed = 65 bytes of a passing P-256 key, 12 bytes iv, AES-256-GCM; the key of
that is HKDF-SHA256 of the shared secret, with both public keys as salt.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

POINT, IV, TAG = 65, 12, 16
CURVE: Final = ec.SECP256R1()
ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class NotSealed(Exception):
    """It was not sealed for here, or something of it changed on the way."""


def public_key() -> str:
    """For the page: the raw point, base64url without padding."""
    return urlsafe_b64encode(_point(_private(settings.SECRET_KEY).public_key())).decode().rstrip("=")


def opened(sealed: str) -> bytes:
    """What was sealed. Raises NotSealed."""
    try:
        raw = urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
        point, iv, locked = raw[:POINT], raw[POINT : POINT + IV], raw[POINT + IV :]
        return AESGCM(_shared(point)).decrypt(iv, locked, None)
    except (ValueError, InvalidTag):
        raise NotSealed from None


def _shared(point: bytes) -> bytes:
    ours = _private(settings.SECRET_KEY)
    secret = ours.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point))
    return HKDF(SHA256(), 32, salt=point + _point(ours.public_key()), info=b"kring outbox").derive(secret)


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


@lru_cache(maxsize=2)
def _private(secret: str) -> ec.EllipticCurvePrivateKey:
    """Twice as many bits as the order has, so that no key comes out more often than another."""
    drawn = HKDF(SHA256(), 64, salt=None, info=b"kring outbox").derive(secret.encode())
    return ec.derive_private_key(int.from_bytes(drawn) % (ORDER - 1) + 1, CURVE)


def seal(told: bytes, key: str) -> str:
    """As a page does it; for the demo, the proofs and the tests."""
    import os

    theirs = urlsafe_b64decode(key + "=" * (-len(key) % 4))
    passing = ec.generate_private_key(CURVE)
    secret = passing.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, theirs))
    point, iv = _point(passing.public_key()), os.urandom(IV)
    once = HKDF(SHA256(), 32, salt=point + theirs, info=b"kring outbox").derive(secret)
    return urlsafe_b64encode(point + iv + AESGCM(once).encrypt(iv, told, None)).decode().rstrip("=")
