"""Wrong codes at the door of signals: counted per address and on the whole server; beyond that one waits until the minute is over."""

import hmac
from datetime import datetime

from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.http import HttpRequest

from kring.core.classroom import EVERYWHERE, FLOOD, MINUTE
from kring.web.signing_in.rows import count_within, counted_within


def waits(request: HttpRequest, *, at: datetime) -> bool:
    """Whether this address must wait a little before it tries again."""
    return counted_within(_address(request), MINUTE, at=at) >= FLOOD or counted_within(_key("everywhere"), MINUTE, at=at) >= EVERYWHERE


def note_wrong(request: HttpRequest, *, at: datetime) -> None:
    """A code or a receipt that is not right."""
    count_within(_address(request), MINUTE, at=at)
    count_within(_key("everywhere"), MINUTE, at=at)


def _address(request: HttpRequest) -> str:
    return _key("address", get_client_ip(request))


def _key(*parts: object) -> str:
    text = " ".join(map(str, parts)).encode(errors="replace")
    return hmac.digest(f"signal door tries {settings.SECRET_KEY}".encode(), text, "sha256").hex()
