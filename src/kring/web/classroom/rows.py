"""The rows behind the door of a class: keyed hashes of codes, keys and cookies, and seats. Nobody is logged in here yet."""

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from kring.core.access import Role, Verb
from kring.core.classroom import (
    NOTED_EVERY,
    TRIES,
    Name,
    Seated,
    code_from,
    is_locked,
    next_sitting,
    seat_state,
    told_apart,
    window_open,
)
from kring.web.access import may_do
from kring.web.classroom.models import PupilKey, Seat, SignInWindow
from kring.web.people.intake import pupil_hat
from kring.web.schools.models import Enrolment, Membership, Pupil, live

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
    """The window for which this device showed the code before. No school may be open meanwhile."""
    return _open(SignInWindow.objects.filter(pk=key), at)


def _open(found: QuerySet[SignInWindow], at: datetime) -> SignInWindow | None:
    window = found.first()
    if window is None or not window_open(opened_at=window.opened_at, closes_at=window.closes_at, closed_at=window.closed_at, at=at):
        return None
    return window


@dataclass(frozen=True, slots=True)
class Child:
    """A pupil on the screen of the class: a short name, and which keys there are."""

    key: str
    given: str
    label: str
    kinds: frozenset[str]

    @property
    def pad(self) -> str:
        """What this child taps or types; without either only a card opens."""
        return next((kind for kind in (PupilKey.Kind.PICTURES.value, PupilKey.Kind.PIN.value) if kind in self.kinds), "")


def may_let_in(window: SignInWindow, *, at: datetime) -> bool:
    """Whether who opened it may still do so: a window ends with the right of its teacher."""
    return may_do(window.opened_by, window, Verb.WRITE, at=at)


def class_of(window: SignInWindow, *, at: datetime) -> dict[UUID, Pupil]:
    """The pupils whom this window lets in now, by given name."""
    sitting_here = Enrolment.objects.filter(live(at), group=window.group_id)
    found = Pupil.objects.filter(pk__in=sitting_here.values("pupil"), merged_at=None)
    return {pupil.pk: pupil for pupil in found.order_by("given_name", "sort_name", "pk")}


def children(pupils: Mapping[UUID, Pupil]) -> list[Child]:
    """As their class sees them; two of one name are told apart as on their cards."""
    kinds: dict[UUID, set[str]] = {}
    for pupil, kind in PupilKey.objects.filter(pupil__in=list(pupils)).values_list("pupil_id", "kind"):
        kinds.setdefault(pupil, set()).add(kind)
    labels = labels_of(pupils.values())
    return [Child(str(key), one.given_name, labels[key], frozenset(kinds.get(key, ()))) for key, one in pupils.items()]


def labels_of(pupils: Iterable[Pupil]) -> dict[UUID, str]:
    """What a child is called on the screen of the class and on its card."""
    listed = list(pupils)
    return {one.pk: label for one, label in zip(listed, told_apart([Name(one.given_name, one.family_name) for one in listed]))}


# ---- seats


@dataclass(frozen=True, slots=True)
class Taken:
    """A seat, and what only the cookie of its device holds."""

    seat: Seat
    hat: Membership
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
            tablet=tablet or _next_tablet(window),
            taken_at=at,
            seen_at=at,
        )
    return Taken(seat, hat, f"{one.school_id.hex}.{token}")


def _next_tablet(window: SignInWindow) -> str:
    """The number of a device that was given none: one more than have been seen in this lesson."""
    seen = set(Seat.objects.filter(window=window).values_list("tablet", flat=True))
    return str(next(number for number in range(1, len(seen) + 2) if str(number) not in seen))


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


def forget_windows(school: UUID, *, before: datetime) -> None:
    """Those that closed before this moment, with the seats that were taken through them."""
    SignInWindow.objects.filter(school=school, closes_at__lte=before).delete()


# ---- keys


def card_of(secret: str) -> str:
    """What is kept of a card."""
    return keyed("card", secret)


def secret_of(pupil: UUID, kind: str, secret: str) -> str:
    """What is kept of pictures or a pin: of two pupils with the same ones it is not the same."""
    return keyed(kind, pupil, secret)


def pupil_of_card(school: UUID, secret: str) -> UUID | None:
    """Whose card this is, in whatever class."""
    return (
        PupilKey.objects.filter(school_id=school, kind=PupilKey.Kind.CARD, hash=card_of(secret)).values_list("pupil_id", flat=True).first()
    )


@dataclass(frozen=True, slots=True)
class Tried:
    """How a try with a key went."""

    right: bool
    locked: bool


def try_key(pupil: UUID, kind: str, secret: str, *, at: datetime) -> Tried:
    """The try is counted before it is judged, so that a thousand at once are not a thousand tries. Whose is not there is wrong too."""
    keys = PupilKey.objects.filter(pupil=pupil, kind=kind)
    counted = keys.filter(locked_at=None, wrong_tries__lt=TRIES).update(wrong_tries=F("wrong_tries") + 1)
    key = keys.first()
    right = hmac.compare_digest(secret_of(pupil, kind, secret), key.hash if key else "")
    if key is None or not counted:
        return Tried(right=False, locked=key is not None)
    if right:
        keys.update(wrong_tries=0)
    elif is_locked(key.wrong_tries):
        keys.filter(locked_at=None).update(locked_at=at)
    return Tried(right=right, locked=not right and is_locked(key.wrong_tries))
