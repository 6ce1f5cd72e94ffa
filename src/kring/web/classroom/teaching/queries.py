"""The door of a class as its teacher sees it: the window that is open, the keys that were made, never a secret."""

from datetime import datetime
from uuid import UUID

from kring.core.access import Verb
from kring.core.classroom import taps_pictures
from kring.core.school_types import SECONDARY
from kring.web.access import may
from kring.web.classroom.models import PupilKey, SignInWindow
from kring.web.schools.models import Enrolment, Group, Membership, Pupil, live


def open_window(actor: Membership, group: Group, *, at: datetime) -> SignInWindow | None:
    """The window by which this group comes in now."""
    found = may(actor, SignInWindow, Verb.READ, at=at).filter(group=group, opened_at__lte=at, closes_at__gt=at, closed_at=None)
    return found.order_by("-opened_at").first()


def last_window(actor: Membership, group: Group, *, at: datetime) -> SignInWindow | None:
    """The window of this lesson, or of the one before it."""
    return may(actor, SignInWindow, Verb.READ, at=at).filter(group=group, opened_at__lte=at).order_by("-opened_at").first()


def pupils_here(actor: Membership, group: Group, *, at: datetime) -> list[Pupil]:
    """Who sits in this group now, by given name, as on the tablets."""
    sitting_here = Enrolment.objects.filter(live(at), group=group)
    found = may(actor, Pupil, Verb.READ, at=at).filter(pk__in=sitting_here.values("pupil"))
    return list(found.order_by("given_name", "sort_name", "pk"))


def keys_made(actor: Membership, pupils: list[Pupil], *, at: datetime) -> dict[UUID, datetime]:
    """When each of these got the card that works now."""
    found = may(actor, PupilKey, Verb.READ, at=at).filter(pupil__in=[one.pk for one in pupils])
    return dict(found.order_by("made_at").values_list("pupil_id", "made_at"))


def begins_with_pictures(group: Group) -> bool:
    """Whether pictures are what fits this group best; its teacher may choose otherwise."""
    return taps_pictures(group.year_levels, primary=group.school.type not in SECONDARY)
