"""What the browser of a tablet remembers: the window whose code it showed, its number in the class, and a number to count by.

It is signed and says nothing of any child. After a hand-over cookies are cleared; the same words then come along in the fragment of the
next address, which a page takes away at once (door.js), so that the next child need not type the code.
"""

from dataclasses import dataclass, replace
from secrets import token_hex
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE: Final = "__Host-kring-class" if settings.SECURE else "kring-class"
LASTS: Final = 60 * 60 * 24
SALT: Final = "kring class"


@dataclass(frozen=True, slots=True)
class Device:
    """One browser."""

    number: str = ""
    window: UUID | None = None
    tablet: str = ""

    @property
    def words(self) -> str:
        """Signed."""
        return signing.dumps([self.number, self.window.hex if self.window else "", self.tablet], salt=SALT, compress=True)

    def in_window(self, window: UUID | None) -> "Device":
        """The same device before another class."""
        return replace(self, number=self.number or token_hex(8), window=window)


def device_of(request: HttpRequest) -> Device:
    """This browser, as it was remembered; a new one when there is nothing of ours."""
    return device_in(request.COOKIES.get(COOKIE, ""))


def device_in(words: str) -> Device:
    """What these words say; nothing when they are not ours, or of yesterday."""
    try:
        number, window, tablet = signing.loads(words, salt=SALT, max_age=LASTS)
        return Device(number, UUID(hex=window) if window else None, tablet)
    except (signing.BadSignature, ValueError):
        return Device()


def remember(answer: HttpResponse, device: Device) -> Any:
    """Until the browser closes."""
    answer.set_cookie(COOKIE, device.words, secure=settings.SECURE, httponly=True, samesite="Lax")
