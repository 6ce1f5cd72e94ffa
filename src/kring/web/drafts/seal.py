"""A draft that nobody can read on the server alone: the browser in which it was typed holds one half of its key, and Kring the other.

What is asked about a child without a name may still hold names while it is being typed. Logged out by the clock, its author finds
it again in the same browser. Who else sits at that browser does not get the row; who takes the database, or a copy of it, does not have
the key.
"""

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_urlsafe

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from kring.core.errors import BrokenRule

HALF = "__Host-kring-half" if settings.SECURE else "kring-half"
LOCKED = "locked"

Fields = dict[str, list[str]]


@dataclass(eq=False, kw_only=True)
class NoHalfOfTheKey(BrokenRule):
    """This browser holds none: then it is not kept at all."""


def half_of(request: HttpRequest) -> str:
    """What this browser holds."""
    return request.COOKIES.get(HALF, "")


def ask_for_half(request: HttpRequest) -> None:
    """A form that is kept locked is shown: a browser that holds nothing gets its half with the page."""
    if not half_of(request):
        request.COOKIES[HALF] = request.new_half = token_urlsafe(32)  # type: ignore[attr-defined]


def give_half(request: HttpRequest, response: HttpResponse) -> None:
    """Until the browser closes; no script reads it."""
    if new := getattr(request, "new_half", ""):
        response.set_cookie(HALF, new, secure=settings.SECURE, httponly=True, samesite="Lax")


def locked(fields: Fields, half: str) -> Fields:
    """In place of what was typed. Raises NoHalfOfTheKey."""
    if not half:
        raise NoHalfOfTheKey
    return {LOCKED: [_cipher(half).encrypt(json.dumps(fields).encode()).decode()]}


def unlocked(fields: Mapping[str, list[str]], half: str) -> Fields | None:
    """What was typed; None in another browser."""
    try:
        typed: Fields = json.loads(_cipher(half).decrypt(fields[LOCKED][0].encode()))
    except InvalidToken:
        return None
    return typed


def _cipher(half: str) -> Fernet:
    return Fernet(urlsafe_b64encode(hmac.digest(f"draft {settings.SECRET_KEY}".encode(), half.encode(errors="replace"), "sha256")))
