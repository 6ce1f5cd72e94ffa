"""The doors of the school, and how much came through each."""

from datetime import datetime

from django.db.models import Count

from kring.core.access import Verb
from kring.web.access import may
from kring.web.schools.models import Membership
from kring.web.signals.models import SignalDoor


def doors(actor: Membership, *, at: datetime) -> list[SignalDoor]:
    """Those that are open first, then by name."""
    found = may(actor, SignalDoor, Verb.READ, at=at).annotate(came=Count("signals"))
    return sorted(found, key=lambda door: (door.until_at is not None, door.name.casefold()))
