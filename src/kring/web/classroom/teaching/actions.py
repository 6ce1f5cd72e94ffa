"""What a teacher does at the door: open it for a while, close it, unlock a name, end a seat, and make keys anew."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import choice, token_urlsafe
from uuid import UUID, uuid4

from kring.core.access import Record, Verb
from kring.core.classroom import NobodyInGroup, check_length, extended, new_pictures, new_pin
from kring.web.action import action
from kring.web.classroom.models import PupilKey, Seat, SignInWindow
from kring.web.classroom.rows import CARD_BYTES, card_of, code_of, keyed, labels_of, leave_seats, secret_of
from kring.web.classroom.teaching import queries
from kring.web.schools.models import Group, Membership, Pupil


@action("window.opened", needs=Verb.WRITE, of=Record.SIGN_IN_WINDOW)
def open_window(actor: Membership, group: Group, *, minutes: int, at: datetime) -> SignInWindow:
    """The class may come in, with a new code; one that was open is closed. Raises WindowTooLong, NobodyInGroup."""
    check_length(minutes)
    if not queries.pupils_here(actor, group, at=at):
        raise NobodyInGroup
    for earlier in SignInWindow.objects.select_for_update().filter(group=group, closed_at=None, closes_at__gt=at):
        _close(earlier, at)
    key = uuid4()
    return SignInWindow.objects.create(
        id=key,
        school_id=group.school_id,
        group=group,
        opened_by=actor,
        code=keyed("code", code_of(key)),
        opened_at=at,
        closes_at=at + timedelta(minutes=minutes),
    )


@action("window.closed", needs=Verb.WRITE)
def close_window(actor: Membership, window: SignInWindow, *, at: datetime) -> None:  # noqa: ARG001
    """Nobody comes in any more, and every tablet goes back to its first page. What was filled in is kept."""
    if window.closed_at is None:
        _close(window, at)


def _close(window: SignInWindow, at: datetime) -> None:
    window.closed_at = at
    window.save(update_fields=["closed_at"])
    leave_seats(Seat.objects.filter(window=window, left_at=None).values_list("pk", flat=True), at=at)


@action("window.extended", needs=Verb.WRITE)
def extend_window(actor: Membership, window: SignInWindow, *, minutes: int, at: datetime) -> None:  # noqa: ARG001
    """Longer, with the same code. Raises WindowOver."""
    window.refresh_from_db(from_queryset=SignInWindow.objects.select_for_update())
    window.closes_at = extended(closes_at=window.closes_at, closed_at=window.closed_at, minutes=minutes, at=at)
    window.save(update_fields=["closes_at"])


@action("pupil_key.unlocked", needs=Verb.WRITE, of=Record.PUPIL_KEY)
def unlock(actor: Membership, pupil: Pupil) -> None:  # noqa: ARG001
    """This pupil may try again."""
    PupilKey.objects.filter(pupil=pupil).update(wrong_tries=0, locked_at=None)


@action("seat.ended", needs=Verb.WRITE)
def end_seat(actor: Membership, seat: Seat, *, at: datetime) -> None:  # noqa: ARG001
    """This tablet goes back to its first page; the pupil may come in again."""
    leave_seats([seat.pk], at=at)


@dataclass(frozen=True, slots=True)
class Keys:
    """What is printed on one card, and kept nowhere."""

    label: str
    card: str
    pictures: tuple[str, ...] = ()
    pin: str = ""


@action("pupil_keys.made", needs=Verb.WRITE, of=Record.PUPIL_KEY)
def make_keys(actor: Membership, group: Group, *, pupils: Collection[UUID], pictures: bool, at: datetime) -> list[Keys]:
    """New keys for these pupils of the group; what they had opens nothing any more. Raises NobodyInGroup."""
    here = queries.pupils_here(actor, group, at=at)
    labels = labels_of(here)
    chosen = [one for one in here if one.pk in pupils]
    if not chosen:
        raise NobodyInGroup
    PupilKey.objects.filter(pupil__in=chosen).delete()
    made = {one.pk: _keys(labels[one.pk], pictures=pictures) for one in chosen}
    PupilKey.objects.bulk_create(key for one in chosen for key in _rows(one, made[one.pk], at))
    return list(made.values())


def _keys(label: str, *, pictures: bool) -> Keys:
    card = token_urlsafe(CARD_BYTES)
    return Keys(label, card, pictures=tuple(new_pictures(choice).split())) if pictures else Keys(label, card, pin=new_pin(choice))


def _rows(pupil: Pupil, keys: Keys, at: datetime) -> list[PupilKey]:
    kind, secret = (PupilKey.Kind.PICTURES, " ".join(keys.pictures)) if keys.pictures else (PupilKey.Kind.PIN, keys.pin)
    hashes = {PupilKey.Kind.CARD: card_of(keys.card), kind: secret_of(pupil.pk, kind.value, secret)}
    return [PupilKey(school_id=pupil.school_id, pupil=pupil, kind=one, hash=hash_, made_at=at) for one, hash_ in hashes.items()]
