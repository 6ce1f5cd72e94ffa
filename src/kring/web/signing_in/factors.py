"""Second factors as allauth keeps them: what a person reads about them, and how their secrets are stored."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import cache
from os import urandom
from typing import ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kring.web.accounts.models import Person

VERSION, NONCE = "1.", 12


@cache
def _cipher(secret: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), length=32, salt=None, info=b"kring second factors").derive(secret.encode()))


class SealedFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """The secret of an authenticator app and the seed of recovery codes are unreadable without KRING_SECRET."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Dit klopt niet, of het is al een keer gebruikt. Probeer het opnieuw."),
        "cannot_generate_recovery_codes": _("Herstelcodes horen bij een tweede stap. Kies die eerst."),
    }

    def encrypt(self, text: str) -> str:
        nonce = urandom(NONCE)
        return VERSION + urlsafe_b64encode(nonce + _cipher(settings.SECRET_KEY).encrypt(nonce, text.encode(), None)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        kept = urlsafe_b64decode(encrypted_text.removeprefix(VERSION))
        return _cipher(settings.SECRET_KEY).decrypt(kept[:NONCE], kept[NONCE:], None).decode()

    def get_totp_label(self, user: Person) -> str:
        return user.username

    def get_totp_issuer(self) -> str:
        return "Kring"

    def generate_authenticator_name(self, user: Person, type: object) -> str:  # noqa: A002, ARG002
        return gettext("Mijn apparaat")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Kring"}

    def get_public_key_credential_user_entity(self, user: Person) -> dict[str, object]:
        return {**super().get_public_key_credential_user_entity(user), "name": user.username}
