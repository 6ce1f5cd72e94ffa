"""Understandings of a pupil or a class, the newest first."""

from datetime import datetime

from django.db.models import QuerySet

from kring.core.access import Verb
from kring.web.access import may
from kring.web.schools.models import Group, Membership, Pupil, live
from kring.web.understanding.models import Understanding, Voice


def understandings(actor: Membership, about: Pupil | Group) -> list[Understanding]:
    """All that this actor may read."""
    rows = may(actor, Understanding, Verb.READ).filter(**about_of(about))
    return list(rows.select_related("made_by__person", "edited_by__person").order_by("-made_at", "pk"))


def about_of(about: Pupil | Group) -> dict[str, Pupil | Group]:
    """The key under which an understanding of it is kept."""
    return {"pupil": about} if isinstance(about, Pupil) else {"group": about}


def open_one(actor: Membership, about: Pupil | Group) -> Understanding | None:
    """The one that is being written, of which there is one at most."""
    return next((one for one in understandings(actor, about) if one.settled_at is None), None)


def is_open(about: Pupil | Group) -> bool:
    """Whether one is being written, whoever may read it."""
    return Understanding.objects.filter(school_id=about.school_id, settled_at=None, **about_of(about)).exists()


def pupils_of(actor: Membership, group: Group, *, at: datetime) -> QuerySet[Pupil]:
    """Who sits in this class now."""
    return may(actor, Pupil, Verb.READ, at=at).filter(live(at, "enrolments__"), enrolments__group=group).distinct()


def voices(actor: Membership, found: Understanding) -> list[Voice]:
    """Whose words are asked or given, in the order pupil, guardians, school."""
    rows = (
        may(actor, Voice, Verb.READ).filter(understanding=found).select_related("guardian", "asked_by__person", "written_down_by__person")
    )
    order = [Voice.Whose.PUPIL, Voice.Whose.GUARDIAN, Voice.Whose.SCHOOL]
    return sorted(rows, key=lambda one: (order.index(Voice.Whose(one.whose)), str(one.guardian or "")))
