"""What this author was typing."""

from collections.abc import Sequence
from datetime import datetime

from kring.core.access import Verb
from kring.core.idleness import DRAFT_FADES
from kring.web.access import may
from kring.web.drafts.models import Draft
from kring.web.drafts.seal import LOCKED
from kring.web.schools.models import Membership


def draft_at(author: Membership, place: str, *, at: datetime) -> Draft | None:
    """What was kept of the form at this place."""
    return may(author, Draft, Verb.READ, at=at).filter(place=place, expires_at__gt=at).first()


def fading(author: Membership, *, at: datetime) -> Sequence[Draft]:
    """What will be gone within three days, the first to go first; not what may lie behind the lock of another browser."""
    mine = may(author, Draft, Verb.READ, at=at).filter(expires_at__gt=at, expires_at__lte=at + DRAFT_FADES)
    mine = mine.exclude(fields__has_key=LOCKED)
    return list(mine.order_by("expires_at")[:20])
