"""What happened to the rounds of the demo schools: who closed them, one that was opened again, and who was absent or may answer later."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from kring.core.calendar import Calendar
from kring.web.school_years.queries import calendar_of
from kring.web.schools.models import Membership, School
from kring.web.surveys.models import Invitation, Reopening, Round

Key = Callable[..., UUID]
DAY = timedelta(days=1)
COORDINATOR = "bram"
LIST, GROUP = "kring-leerling", "7"
WHY = "Zes leerlingen van groep 8 waren op kamp en wilden de lijst ook invullen."


def run_rounds(school: School, members: Mapping[str, Membership], *, key: Key) -> None:
    """At the school of this coordinator."""
    actor = members.get(COORDINATOR)
    if actor is None or actor.school_id != school.pk:
        return
    Round.objects.filter(school=school, closed_at__isnull=False).update(closed_by=actor)
    last = Round.objects.filter(school=school, instrument=LIST, closed_at__isnull=False).order_by("-opens_on").first()
    if last is not None and last.closed_at is not None:
        _opened_again(last, last.closed_at, actor, key)
    calendar = calendar_of(school)
    for running in Round.objects.filter(school=school, instrument=LIST, closed_at=None):
        _not_there(running, calendar, running.closes_on)


def _opened_again(round: Round, closed_at: datetime, actor: Membership, key: Key) -> None:
    """It was closed a week before."""
    before = closed_at - 7 * DAY
    Reopening.objects.create(
        id=key(round.school.name, "reopening", round.title),
        school=round.school,
        round=round,
        reason=WHY,
        closed_at=before,
        closed_by=actor,
        closes_on=round.closes_on - 7 * DAY,
        reopened_at=before + 3 * DAY,
        reopened_by=actor,
        until_on=round.closes_on,
    )


def _not_there(round: Round, calendar: Calendar, closes_on: date) -> None:
    """Of those whose list is not in, by name: one was absent, the next may answer later."""
    silent = Invitation.objects.filter(round=round, group__name=GROUP, submission=None).order_by("pupil__sort_name", "pk")
    for number, one in enumerate(silent[:2]):
        later = {"absent": True} if number == 0 else {"answer_until": calendar.school_days_after(closes_on, 3)}
        Invitation.objects.filter(pk=one.pk).update(**later)
