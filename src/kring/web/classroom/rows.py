"""The rows behind the door of a class: keyed hashes of codes, keys and cookies, and seats. Nobody is logged in here yet."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max

from kring.core.access import Role
from kring.core.classroom import NOTED_EVERY, TRIES, Seated, code_from, is_locked, next_sitting, seat_state, window_open
from kring.web.classroom.models import PupilKey, Seat, SignInWindow
from kring.web.people.intake import pupil_hat
from kring.web.schools.models import Membership, Pupil, live

CARD_BYTES: Final = 16  # 128 bits


def keyed(kind: str, *parts: object) -> str:
    """What is kept of a secret: without the key of this server nobody can try it out."""
    return hmac.digest(
        f"classroom {kind} {settings.SECRET_KEY}".encode(), " ".join(map(str, parts)).encode(errors="replace"), "sha256"
    ).hex()


# ---- windows


def code_of(window: UUID) -> str:
    """The code on the board. It is worked out from the key of the server each time, so that it need not be kept anywhere."""
    return code_from(int(keyed("code of", window), 16))


def window_with(code: str, *, at: datetime) -> SignInWindow | None:
    """The window that this code opens, while it is open; wrong and over alike, in the same time. No school may be open meanwhile."""
    return _open(SignInWindow.objects.filter(code=keyed("code", code)), at)


def window_of(key: UUID, *, at: datetime) -> SignInWindow | None:
    """The window for which this device showed the code before."""
    return _open(SignInWindow.objects.filter(pk=key), at)


def _open(found, at: datetime) -> SignInWindow | None:  # type: ignore[no-untyped-def]  # a QuerySet
    window: SignInWindow | None = found.select_related("school", "group").first()
    held = window is not None and window_open(opened_at=window.opened_at, closes_at=window.closes_at, closed_at=window.closed_at, at=at)
    return window if held else None


# ---- seats


@dataclass(frozen=True, slots=True)
class Taken:
    """A seat, and what only the cookie of its device holds."""

    seat: Seat
    cookie: str


def take_seat(window: SignInWindow, pupil: Pupil, *, tablet: str, at: datetime) -> Taken:
    """The pupil sits here now, and nowhere else any more: the earlier seat ends in the same moment, and a new sitting begins."""
    token = token_urlsafe(32)
    with transaction.atomic():
        one = Pupil.objects.select_for_update().get(pk=pupil.pk)  # of two tablets at once, one is the later
        earlier = Seat.objects.filter(pupil=one)
        earlier.filter(left_at=None).update(left_at=at)
        sitting = next_sitting(earlier.values_list("sitting", flat=True))
        hat = pupil_hat(one, at=at)
        seat = Seat.objects.create(
            school_id=one.school_id,
            window=window,
            pupil=one,
            token=keyed("seat", token),
            sitting=sitting,
            tablet=tablet[:40],
            taken_at=at,
            seen_at=at,
        )
    vars(seat)["hat"] = hat
    return Taken(seat, f"{one.school_id.hex}.{token}")


def school_in(cookie: str) -> UUID | None:
    """The school that the cookie of a seat names, so that its wall can be opened before the seat is looked for."""
    try:
        return UUID(hex=cookie.partition(".")[0])
    except ValueError:
        return None


def seat_of(cookie: str, *, at: datetime) -> tuple[Seat | None, Seated]:
    """The seat of this device and how it is; None when there is none or it is nobody's any more. Inside the wall of its school."""
    school, _dot, token = cookie.partition(".")
    found = Seat.objects.filter(school_id=school, token=keyed("seat", token)) if token else Seat.objects.none()
    seat = found.select_related("school", "pupil__person", "window__group").first()
    if seat is None:
        return None, Seated.LEFT
    later = seat.left_at is not None and Seat.objects.filter(pupil=seat.pupil_id, sitting__gt=seat.sitting).exists()
    state = seat_state(
        left_at=seat.left_at,
        seen_at=seat.seen_at,
        closes_at=seat.window.closes_at,
        closed_at=seat.window.closed_at,
        at=at,
        later=later,
    )
    return (seat if state is Seated.HERE else None), state


def hat_at(seat: Seat, *, at: datetime) -> Membership | None:
    """In whose name is asked from this seat: the pupil's own hat."""
    held = Membership.objects.filter(live(at), school=seat.school_id, role=Role.PUPIL.value, person=seat.pupil.person_id)
    return held.select_related("school", "person").first()


def note_here(seat: Seat, *, at: datetime) -> None:
    """Somebody still sits here; written down every half minute."""
    if at - seat.seen_at >= NOTED_EVERY:
        Seat.objects.filter(pk=seat.pk, left_at=None).update(seen_at=at)


def leave_seat(seat: Seat, *, at: datetime) -> None:
    """Nobody sits here any more."""
    Seat.objects.filter(pk=seat.pk, left_at=None).update(left_at=at)


def leave_seats(seats: Iterable[UUID], *, at: datetime) -> int:
    """Nobody sits there any more."""
    return Seat.objects.filter(pk__in=list(seats), left_at=None).update(left_at=at)


def last_sitting(pupil: UUID) -> int:
    """The sitting in which this pupil is or was last; none is 0."""
    return int(Seat.objects.filter(pupil=pupil).aggregate(last=Max("sitting"))["last"] or 0)


# ---- keys


def card_of(secret: str) -> str:
    """What is kept of a card."""
    return keyed("card", secret)


def secret_of(pupil: UUID, kind: str, secret: str) -> str:
    """What is kept of pictures or a pin: of two pupils with the same ones it is not the same."""
    return keyed(kind, pupil, secret)


def pupil_of_card(school: UUID, secret: str) -> Pupil | None:
    """Whose card this is; a merged or other school's pupil has none."""
    key = PupilKey.objects.filter(school_id=school, kind=PupilKey.Kind.CARD, hash=card_of(secret)).select_related("pupil").first()
    return key.pupil if key and key.pupil.merged_at is None else None


def try_key(pupil: UUID, kind: str, secret: str, *, at: datetime) -> tuple[bool, bool]:
    """Whether this is the key of the pupil, and whether it is locked now. The try is counted before it is judged."""
    keys = PupilKey.objects.filter(pupil=pupil, kind=kind)
    counted = keys.filter(locked_at=None, wrong_tries__lt=TRIES).update(wrong_tries=F("wrong_tries") + 1)
    key = keys.first()
    right = hmac.compare_digest(secret_of(pupil, kind, secret), key.hash if key else "")
    if not counted or key is None:
        return False, key is not None
    if right:
        keys.update(wrong_tries=0)
        return True, False
    if is_locked(key.wrong_tries):
        keys.filter(locked_at=None).update(locked_at=at)
    return False, is_locked(key.wrong_tries)
