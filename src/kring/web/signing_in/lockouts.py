"""Wrong tries: counted per name and per device that is known there, in the database; never per address alone.

Somebody who guesses a name on an unknown device locks it for unknown devices. The laptop on which its owner once came in has a
count of its own. A flood of wrong tries from one address slows the unknown devices behind it; passkeys pass, there is nothing to guess.
"""

import hmac
from datetime import datetime
from secrets import token_hex
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.exceptions import ImmediateHttpResponse
from axes.handlers.database import AxesDatabaseHandler
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kring.core.signing_in import ALARM, ALARM_WINDOW, FLOOD, FLOOD_WINDOW, TRIES_FREE
from kring.web.accounts.models import Person
from kring.web.signing_in.queries import person_called, schools_of
from kring.web.signing_in.rows import count_within, counted_within, forget_tries, take_try, tries
from kring.web.trace import REFUSED, record_sign_in

DEVICE = "__Host-kring-device" if settings.SECURE else "kring-device"
NAMES_ON_A_DEVICE = 8
LASTS = 365 * 24 * 60 * 60


class CountedTries(AxesDatabaseHandler):  # type: ignore[misc]
    """Axes asks before every password and tells how it went; the counting is ours."""

    def is_allowed(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        """Counts the try as well: asked later, a thousand tries at once would all be allowed."""
        key = name_key((credentials or {}).get("username") or "")
        return take_try(key, device_of(request, key), at=timezone.now())

    def user_login_failed(self, sender: object, credentials: dict[str, Any], request: Any = None, **kwargs: object) -> None:  # noqa: ARG002
        """A refused try is no new one."""
        if request is not None and not request.axes_locked_out:
            note_failure(request, credentials.get("username") or "", at=timezone.now())

    def user_logged_in(self, sender: object, request: HttpRequest, user: Person, **kwargs: object) -> None:
        """Nothing to count: the adapter knows a right password sooner."""

    def user_logged_out(self, sender: object, request: HttpRequest, user: Person, **kwargs: object) -> None:
        """Nor here."""

    def reset_attempts(self, *, ip_address: str | None = None, username: str | None = None, ip_or_username: bool = False) -> int:  # noqa: ARG002
        """For the command axes_reset_username: unlock a name."""
        return forget_tries(name_key(username)) if username else 0


def name_key(name: str) -> str:
    """A keyed imprint of a name as typed, also of one that is nobody's: now and then it is a password."""
    return _imprint(f"name {name.strip().casefold()}")


def code_key(person: Person) -> str:
    """The codes of one person have a count of their own."""
    return _imprint(f"codes {person.pk}")


def password_key(person: Person) -> str:
    """So has the password that is asked once more of somebody who is in."""
    return _imprint(f"password {person.pk}")


def _address_key(request: HttpRequest) -> str:
    return _imprint(f"address {get_adapter().get_client_ip(request)}")


def _imprint(text: str) -> str:
    return hmac.digest(f"tries {settings.SECRET_KEY}".encode(), text.encode(errors="replace"), "sha256").hex()


def forget_wrong_passwords(request: HttpRequest, person: Person) -> None:
    """On this device; those of unknown devices when this is one."""
    key = name_key(person.username)
    forget_tries(key, device_of(request, key))


def note_failure(request: HttpRequest, name: str, *, at: datetime) -> None:
    """Count it for the address and the school, and write it down where it was somebody's name."""
    count_within(_address_key(request), FLOOD_WINDOW, at=at)
    person = person_called(name)
    if person is None:
        for nobody in ("nobody", "school of nobody"):  # as much is written for a name that is nobody's: it takes as long
            count_within(_imprint(nobody), ALARM_WINDOW, at=at)
        return
    record_sign_in(person, "login.failed", request=request, outcome=REFUSED)
    key = name_key(name)
    if tries(key, device_of(request, key)) >= TRIES_FREE:
        record_sign_in(person, "login.locked", request=request, outcome=REFUSED)
    _raise_alarm(request, person, at)


def note_wrong_code(request: HttpRequest, person: Person) -> None:
    """A code that is not right, of somebody whose password was."""
    record_sign_in(person, "login.wrong_code", request=request, outcome=REFUSED)
    if tries(code_key(person), "") >= TRIES_FREE:
        record_sign_in(person, "login.locked", request=request, outcome=REFUSED)
    _raise_alarm(request, person, timezone.now())


def _raise_alarm(request: HttpRequest, person: Person, at: datetime) -> None:
    counts = [count_within(_imprint(f"school {school}"), ALARM_WINDOW, at=at) for school in schools_of(person, at=at)]
    if ALARM in counts:
        record_sign_in(person, "login.alarm", request=request, outcome=REFUSED)


def slow_down(request: HttpRequest, name: str) -> None:
    """In a flood only devices that this name knows are served."""
    key, now = name_key(name), timezone.now()
    if not device_of(request, key) and counted_within(_address_key(request), FLOOD_WINDOW, at=now) >= FLOOD:
        answer = render(request, "429.html", status=429)
        answer.headers["Retry-After"] = str(int(FLOOD_WINDOW.total_seconds()))
        raise ImmediateHttpResponse(answer)


# ---- devices


def device_of(request: HttpRequest, key: str) -> str:
    """The number of this browser, if this name came in here before."""
    device, names = _device(request.COOKIES.get(DEVICE, ""))
    return device if key[:16] in names else ""


def remember_device(request: HttpRequest, response: HttpResponse, person: Person) -> None:
    """This name is known in this browser from now on."""
    device, names = _device(request.COOKIES.get(DEVICE, ""))
    key = name_key(person.username)[:16]
    names = [key, *(name for name in names if name != key)][:NAMES_ON_A_DEVICE]
    value = signing.dumps([device or token_hex(16), names], salt=DEVICE)
    response.set_cookie(DEVICE, value, max_age=LASTS, secure=settings.SECURE, httponly=True, samesite="Lax")


def _device(cookie: str) -> tuple[str, list[str]]:
    try:
        device, names = signing.loads(cookie, salt=DEVICE)
    except signing.BadSignature:
        return "", []
    return device, names
