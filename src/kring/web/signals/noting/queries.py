"""What I handed in myself: that it came in, and that somebody picked it up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kring.core.access import Verb
from kring.web.access import may
from kring.web.schools.models import Membership
from kring.web.signals.models import Signal

RECENT = 30


@dataclass(frozen=True, slots=True)
class HandedIn:
    """Two moments, and nothing of whom or what."""

    made_at: datetime
    picked_up_at: datetime | None


def handed_in(actor: Membership, *, at: datetime) -> Sequence[HandedIn]:
    """The newest first."""
    mine = may(actor, Signal, Verb.COUNT, at=at).filter(author=actor).exclude(about="").order_by("-made_at")
    return [HandedIn(*moments) for moments in mine.values_list("made_at", "picked_up_at")[:RECENT]]
