"""Wrong codes, cards and keys of a class: counted per device, per address and on the whole server, and written down with the pupil.

An address is never shut: a school is one address. Beyond a flood only devices that are in no class yet wait, until the minute is over.
"""

import hmac
from datetime import datetime

from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.http import HttpRequest

from kring.core.classroom import MINUTE, must_wait
from kring.core.signing_in import ALARM, ALARM_WINDOW
from kring.web.classroom.entrance.devices import Device
from kring.web.people.intake import pupil_hat
from kring.web.schools.models import Pupil
from kring.web.signing_in.rows import count_within, counted_within
from kring.web.trace import REFUSED, record_sign_in
from kring.web.wall import schools_open


def waits(request: HttpRequest, device: Device, *, types_code: bool = False, at: datetime) -> bool:
    """Whether this device must wait a little before it tries again."""
    return must_wait(
        on_device=counted_within(_key("device", device.number), MINUTE, at=at) if device.number else 0,
        from_address=counted_within(_address(request), MINUTE, at=at),
        everywhere=counted_within(_key("everywhere"), MINUTE, at=at),
        known=device.window is not None,
        types_code=types_code,
    )


def note_wrong(request: HttpRequest, device: Device, *, at: datetime) -> None:
    """A card or a key that is not right."""
    if device.number:
        count_within(_key("device", device.number), MINUTE, at=at)
    count_within(_address(request), MINUTE, at=at)


def note_wrong_code(request: HttpRequest, device: Device, *, at: datetime) -> None:
    """A code that opens nothing: what children of all schools type wrong after that is no guess at a code."""
    note_wrong(request, device, at=at)
    count_within(_key("everywhere"), MINUTE, at=at)


def note_wrong_key(request: HttpRequest, pupil: Pupil, *, locked: bool, at: datetime) -> None:
    """Of this pupil; and of the school, where so many in an hour are an alarm."""
    with schools_open([pupil.school_id]):
        person = pupil_hat(pupil, at=at).person
    record_sign_in(person, "login.failed", request=request, outcome=REFUSED)
    if locked:
        record_sign_in(person, "login.locked", request=request, outcome=REFUSED)
    if count_within(_key("school", pupil.school_id), ALARM_WINDOW, at=at) == ALARM:
        record_sign_in(person, "login.alarm", request=request, outcome=REFUSED)


def _address(request: HttpRequest) -> str:
    return _key("address", get_client_ip(request))


def _key(*parts: object) -> str:
    text = " ".join(map(str, parts)).encode(errors="replace")
    return hmac.digest(f"classroom tries {settings.SECRET_KEY}".encode(), text, "sha256").hex()
