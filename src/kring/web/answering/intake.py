"""A chore: what stayed behind of filling in goes when its time is over (core/retention.py), never while its round is open.

What was thrown away already holds no answers, and stays to say why. A list without names that came too late does not say when: it waits
until the school year of its round is over, for then nobody opens that round again.
"""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from kring.web.answering.models import Filling, SetAside
from kring.web.classroom.rows import forget_windows
from kring.web.schools.models import School
from kring.web.surveys.models import Round
from kring.web.wall import schools_open

LASTS: Final = timedelta(days=14)


def forget_over(*, at: datetime) -> None:
    """School by school."""
    for school in School.objects.values_list("pk", flat=True):
        with schools_open([school]), transaction.atomic():
            closed = _closed(school, before=at - LASTS)
            _forget_late(closed, at)
            _forget_begun(closed)
            forget_windows(school, before=at - LASTS)


def _closed(school: UUID, *, before: datetime) -> list[UUID]:
    """The rounds of which something stayed behind, held so that nobody opens one again meanwhile."""
    left = Q(Exists(SetAside.objects.filter(round=OuterRef("pk"), thrown_at=None)))
    for way in ("invitation", "guardian_invitation"):
        left |= Q(Exists(Filling.objects.filter(**{f"{way}__round": OuterRef("pk")})))
    found = Round.objects.select_for_update().filter(left, school=school, closed_at__lte=before).order_by("pk")
    return list(found.values_list("pk", flat=True))


def _forget_late(closed: list[UUID], at: datetime) -> None:
    waiting = SetAside.objects.filter(round__in=closed, thrown_at=None)
    nameless = Q(invitation=None, guardian_invitation=None)
    waiting.filter(~nameless, came_at__lte=at - LASTS).delete()
    waiting.filter(nameless, round__year__ends_on__lt=timezone.localdate(at - LASTS)).delete()


def _forget_begun(closed: list[UUID]) -> None:
    """But not while a part of it that came later still waits: together they may become one list."""
    for way in ("invitation", "guardian_invitation"):
        waiting = SetAside.objects.filter(**{way: OuterRef(way)}, thrown_at=None)
        Filling.objects.filter(~Exists(waiting), **{f"{way}__round__in": closed}).delete()
