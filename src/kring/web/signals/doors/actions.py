"""Hang a door, and take it back."""

from datetime import datetime
from uuid import uuid4

from kring.core.access import Record, Verb
from kring.web.action import action
from kring.web.schools.models import Membership, School
from kring.web.signals.doors.rows import code_of, hash_of
from kring.web.signals.models import SignalDoor


@action("signal_door.made", needs=Verb.WRITE, of=Record.SIGNAL_DOOR)
def make_door(actor: Membership, school: School, name: str, *, at: datetime) -> SignalDoor:
    """A code on paper, for one place or one kind of people."""
    key = uuid4()
    return SignalDoor.objects.create(pk=key, school=school, name=name, code_hash=hash_of(code_of(key)), made_by=actor, from_at=at)


@action("signal_door.ended", needs=Verb.WRITE)
def take_back(actor: Membership, door: SignalDoor, *, at: datetime) -> None:  # noqa: ARG001
    """From this moment its paper opens nothing."""
    SignalDoor.objects.filter(pk=door.pk, until_at=None).update(until_at=at)
