"""A chore: who was asked for a talk is reminded on the promised day; after it a coordinator hears that somebody waits, not who."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kring.core.access import Role
from kring.web.people.intake import holders, tell
from kring.web.schools.models import Membership, School, live
from kring.web.talk_requests.models import TalkRequest
from kring.web.wall import schools_open

MAY_HEAR = (Role.COORDINATOR, Role.SAFETY_COORDINATOR, Role.CONFIDENTIAL_CONTACT)


def watch_over_talks(*, at: datetime) -> None:
    """School by school; each request is told of once."""
    for school in School.objects.order_by("pk"):
        with schools_open([school.pk]), transaction.atomic():
            _remind(school, at)
            _tell_of_late(school, at)


def _remind(school: School, at: datetime) -> None:
    due = TalkRequest.objects.filter(school=school, answered_at=None, reminded_at=None, answer_by_on__lte=timezone.localdate(at))
    for row in due.select_related("receiver"):
        tell([row.receiver], "talk.still_waits", row, at=at)
        TalkRequest.objects.filter(pk=row.pk).update(reminded_at=at)


def _tell_of_late(school: School, at: datetime) -> None:
    """Also at once when who was asked works here no longer."""
    gone = ~Q(receiver__in=Membership.objects.filter(live(at), school=school, person__is_active=True))
    late = TalkRequest.objects.filter(gone | Q(answer_by_on__lt=timezone.localdate(at)), school=school, answered_at=None, late_told_at=None)
    for row in late.select_related("receiver"):
        hearing = list(_who_hears(row, at))
        tell(hearing, "talk.waits_too_long", row, at=at)
        if hearing:  # the pupil reads that somebody knows
            TalkRequest.objects.filter(pk=row.pk).update(late_told_at=at)


def _who_hears(row: TalkRequest, at: datetime) -> Iterable[Membership]:
    """The coordinators; when there is none but who was asked, the next who is there for every pupil."""
    for role in MAY_HEAR:
        found = holders(row.school_id, role, at=at, but=[row.receiver.person_id])
        if found:
            return found
    return []
