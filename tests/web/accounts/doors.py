"""At the door: people with a password or an app, and the codes that the app shows."""

import base64
import hashlib
import hmac
import struct
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kring.web.models import Person
from tests.cast import PASSWORD

AS_JSON = {"accept": "application/json"}


def with_password(person: Person) -> Person:
    person.set_password(PASSWORD)
    person.save()
    return person


def with_app(person: Person) -> str:
    """Somebody with an authenticator app and recovery codes; the secret that the app keeps."""
    secret = str(generate_totp_secret())
    TOTP.activate(with_password(person), secret)
    RecoveryCodes.activate(person)
    return secret


def recovery_codes(person: Person) -> list[str]:
    row = Authenticator.objects.get(user=person, type=Authenticator.Type.RECOVERY_CODES)
    return list(row.wrap().get_unused_codes())


def code(secret: str, *, steps: int = 0) -> str:
    """What the app shows now, or some half minutes later: RFC 6238, written down once more."""
    counter = int(timezone.now().timestamp()) // 30 + steps
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", counter), hashlib.sha1)
    start = digest[-1] & 15
    value: int = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{value % 1_000_000:06}"


def give(client: Client, route: str, given: dict[str, Any] | None = None, *keys: object, next_page: str = "") -> Any:
    """Send a form."""
    address = reverse(route, args=keys) + (f"?next={next_page}" if next_page else "")
    return client.post(address, given or {})


def type_password(client: Client, username: str = "anna", password: str = PASSWORD, **more: str) -> Any:
    return give(client, "account_login", {"login": username, "password": password, **more})


def log_in(client: Client, secret: str, username: str = "anna") -> Any:
    """Password and code."""
    type_password(client, username)
    return give(client, "mfa_authenticate", {"code": code(secret)})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def user_of(client: Client) -> UUID:
    return UUID(client.session["_auth_user_id"])
