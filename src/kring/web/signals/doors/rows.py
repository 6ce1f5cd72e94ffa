"""The rows behind a door of signals: keyed hashes of codes and receipts. Who stands before it has no account."""

import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kring.core.classroom import code_from
from kring.core.language_mirror import serious_words
from kring.core.signals import COUNTS_FOR
from kring.web.schools.models import live
from kring.web.signals.models import Signal, SignalDoor
from kring.web.signals.noting.seen import Seen
from kring.web.trace import begin_event, record_event
from kring.web.wall import schools_open

CAME: Final = "signal.came_through_door"


def keyed(kind: str, *parts: object) -> str:
    """What is kept of a secret: without the key of this server nobody can try it out."""
    text = " ".join(map(str, parts)).encode(errors="replace")
    return hmac.digest(f"signals {kind} {settings.SECRET_KEY}".encode(), text, "sha256").hex()


def code_of(door: UUID) -> str:
    """The code on the paper, worked out anew each time, so that it is kept nowhere and the paper can be printed again."""
    return code_from(int(keyed("code of", door), 16))


def hash_of(code: str) -> str:
    """What the row of a door keeps of its code."""
    return keyed("code", code)


def door_with(code: str, *, at: datetime) -> SignalDoor | None:
    """The door that this code opens; wrong and taken back alike. No school may be open meanwhile."""
    return SignalDoor.objects.filter(live(at), code_hash=hash_of(code)).first()


@dataclass(frozen=True, slots=True)
class Brought:
    """What somebody at a door says. `once`: the number of the form, so that pressing twice hands in once."""

    about: str
    handed_in_by: str
    once: str
    seen: Seen


def receipt_of(door: SignalDoor, once: str) -> str:
    """The code with which one asks later."""
    return code_from(int(keyed("receipt", door.pk, once), 16))


def take_in(door: SignalDoor, brought: Brought, *, at: datetime) -> str:
    """Keep it, and give the receipt. Serious words are taken in too: who stands here cannot go elsewhere; they are marked."""
    receipt, seen = receipt_of(door, brought.once), brought.seen
    known = {"school_id": door.school_id, "receipt_hash": keyed("receipt hash", receipt)}
    new = {
        "door": door,
        "about": brought.about,
        "handed_in_by": brought.handed_in_by,
        "kind": Signal.Kind.WORRY,
        "fact": seen.fact,
        "place": seen.place,
        "seen_at": seen.seen_at,
        "made_at": at,
        "counts_until_on": timezone.localdate(seen.seen_at) + COUNTS_FOR,
        "is_serious": bool(serious_words(f"{brought.about}\n{seen.fact}")),
    }
    with schools_open([door.school_id]), transaction.atomic():
        SignalDoor.objects.select_for_update().get(pk=door.pk)  # pressed twice at once hands in once
        begin_event(door.made_by)
        signal, is_new = Signal.objects.get_or_create(**known, defaults=new)
        if is_new:
            record_event(door.made_by, signal, CAME)
    return receipt


def was_picked_up(door: SignalDoor, receipt: str) -> bool | None:
    """Whether somebody picked it up; None when there is no such receipt at this school."""
    with schools_open([door.school_id]):
        found = Signal.objects.filter(school_id=door.school_id, receipt_hash=keyed("receipt hash", receipt))
        moments = list(found.values_list("picked_up_at", flat=True)[:1])
    return moments[0] is not None if moments else None
