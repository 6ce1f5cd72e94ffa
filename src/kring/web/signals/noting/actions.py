"""Note what was seen of a pupil or of a class, and hand in what one saw of somebody else's pupil."""

from dataclasses import asdict
from datetime import datetime

from django.utils import timezone

from kring.core.access import Record, Verb
from kring.core.signals import COUNTS_FOR
from kring.web.action import action
from kring.web.schools.models import Group, Membership, Pupil, School
from kring.web.signals.models import Signal
from kring.web.signals.noting.seen import Seen


@action("signal.noted", needs=Verb.WRITE, of=Record.SIGNAL)
def note(actor: Membership, pupil: Pupil, seen: Seen, *, at: datetime) -> Signal:
    """One note about one pupil. Raises the rules of `Seen.refuse`."""
    return _made(actor, seen, at, pupil=pupil)


@action("signal.noted_of_class", needs=Verb.WRITE, of=Record.SIGNAL)
def note_of_class(actor: Membership, group: Group, seen: Seen, *, at: datetime) -> Signal:
    """One note about a class as a whole: a problem of a class is not that of six pupils. Raises the rules of `Seen.refuse`."""
    return _made(actor, seen, at, group=group)


@action("signal.handed_in", needs=Verb.MEASURE, of=Record.SIGNAL)
def hand_in(actor: Membership, school: School, about: str, seen: Seen, *, at: datetime) -> Signal:  # noqa: ARG001
    """By whoever works here, about whom one names in words; a coordinator finds who is meant. Raises the rules of `Seen.refuse`."""
    return _made(actor, seen, at, about=about)


def _made(
    actor: Membership, seen: Seen, at: datetime, *, pupil: Pupil | None = None, group: Group | None = None, about: str = ""
) -> Signal:
    seen.refuse(at=at)
    told = asdict(seen) | {"signs": list(seen.signs), "families": list(seen.families)}
    return Signal.objects.create(
        school_id=actor.school_id,
        pupil=pupil,
        group=group,
        about=about,
        kind=Signal.Kind.WORRY if seen.worry > 1 else Signal.Kind.OBSERVATION,
        author=actor,
        made_at=at,
        counts_until_on=timezone.localdate(seen.seen_at) + COUNTS_FOR,
        **told,
    )
