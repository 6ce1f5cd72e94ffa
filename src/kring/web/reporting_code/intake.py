"""Who reads a suspicion without being let in: never who is a parent of the pupil, and always somebody. And the chore that sees to it."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from kring.core.access import Role
from kring.core.reporting_code import LETS_IN
from kring.web.people.intake import tell
from kring.web.reporting_code import queries
from kring.web.reporting_code.models import ReportingCodeFile, ReportingCodeSeat
from kring.web.schools.models import School, live
from kring.web.wall import schools_open

A_MOMENT: Final = timedelta(microseconds=1)


def end_of(seat: ReportingCodeSeat, at: datetime) -> datetime:
    """When a seat ends that ends now: a moment after it began at least."""
    return max(at, seat.from_at + A_MOMENT)


def end_seats_at_home(file: ReportingCodeFile, *, at: datetime) -> bool:
    """Of who is or was a guardian of the pupil. Not that of who handed it in: that was their own word."""
    seats = ReportingCodeSeat.objects.filter(live(at), file=file, membership__person__in=queries.people_at_home(file.pupil))
    leaving = list(seats.exclude(membership=file.opened_by_id))
    for seat in leaving:
        ReportingCodeSeat.objects.filter(pk=seat.pk).update(until_at=end_of(seat, at))
    return bool(leaving)


def seat_first_readers(file: ReportingCodeFile, *, at: datetime) -> list[Role]:
    """Who would have read it first and has no seat gets one; the roles of who reads it then."""
    seated = ReportingCodeSeat.objects.filter(live(at), file=file)
    here = set(seated.values_list("membership", flat=True))
    new = [hat for hat in queries.who_reads_first(file.school_id, at=at, about=file.pupil).hats if hat.pk not in here]
    for hat in new:
        ReportingCodeSeat.objects.create(school_id=file.school_id, file=file, membership=hat, from_at=at)
    tell(new, "suspicion.handed_in", file, at=at)
    return _reading(file, at)


def _reading(file: ReportingCodeFile, at: datetime) -> list[Role]:
    seated = ReportingCodeSeat.objects.filter(live(at), live(at, "membership__"), file=file, membership__person__is_active=True)
    return [Role(role) for role in seated.values_list("membership__role", flat=True)]


def watch_over_suspicions(*, at: datetime) -> None:
    """School by school: who became a parent of the pupil reads it no longer, and where nobody is left who may let others in, who reads
    a suspicion first comes in the place.
    """
    for school in School.objects.order_by("pk").values_list("pk", flat=True):
        with schools_open([school]):
            for key in ReportingCodeFile.objects.filter(school_id=school, closed_at=None).order_by("pk").values_list("pk", flat=True):
                _watch_over(key, at)


@transaction.atomic
def _watch_over(key: UUID, at: datetime) -> None:
    file = ReportingCodeFile.objects.select_for_update().get(pk=key)
    if end_seats_at_home(file, at=at) or not LETS_IN.intersection(_reading(file, at)):
        seat_first_readers(file, at=at)
