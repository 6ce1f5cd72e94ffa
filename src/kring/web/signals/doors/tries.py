"""Wrong codes at the door of signals: counted per address and on the whole server; beyond that one waits until the minute is over.

What comes in with the right code is counted as well: a paper that hangs in a hall is in everybody's hands.
"""

import hmac
from datetime import datetime, timedelta
from typing import Final

from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.http import HttpRequest

from kring.core.classroom import EVERYWHERE, FLOOD, MINUTE
from kring.web.signals.models import SignalDoor
from kring.web.signing_in.rows import count_within, counted_within

A_WHILE: Final = timedelta(minutes=10)
FROM_ONE: Final = 15
"""So many signals in a while from one address, and through one door: a school after a fight comes through, a script does not get far."""
THROUGH_DOOR: Final = 60


def waits(request: HttpRequest, *, at: datetime) -> bool:
    """Whether this address must wait a little before it tries again."""
    return counted_within(_address(request), MINUTE, at=at) >= FLOOD or counted_within(_key("everywhere"), MINUTE, at=at) >= EVERYWHERE


def note_wrong(request: HttpRequest, *, at: datetime) -> None:
    """A code or a receipt that is not right."""
    count_within(_address(request), MINUTE, at=at)
    count_within(_key("everywhere"), MINUTE, at=at)


def brings_too_much(request: HttpRequest, door: SignalDoor, *, at: datetime) -> bool:
    """Whether this comes after too much else of this while: from this address, or through this door."""
    counted = ((_key("brought", door.pk, get_client_ip(request)), FROM_ONE), (_key("brought", door.pk), THROUGH_DOOR))
    if any(counted_within(key, A_WHILE, at=at) >= most for key, most in counted):
        return True
    for key, _most in counted:
        count_within(key, A_WHILE, at=at)
    return False


def _address(request: HttpRequest) -> str:
    return _key("address", get_client_ip(request))


def _key(*parts: object) -> str:
    text = " ".join(map(str, parts)).encode(errors="replace")
    return hmac.digest(f"signal door tries {settings.SECRET_KEY}".encode(), text, "sha256").hex()
