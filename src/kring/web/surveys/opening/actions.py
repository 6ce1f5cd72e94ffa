"""Open a round."""

from datetime import datetime

from kring.core.access import Record, Verb
from kring.web.action import action
from kring.web.schools.models import Membership, School, SchoolYear
from kring.web.surveys.models import Invitation, Round
from kring.web.surveys.opening.queries import Planned, plan


@action("round.opened", needs=Verb.WRITE, of=Record.ROUND)
def open_round(actor: Membership, year: SchoolYear, planned: Planned, *, at: datetime) -> Round:
    """Invite every pupil for whom the list is made, in all groups or in none. Of two who open the same at once, one does."""
    School.objects.select_for_update().get(pk=year.school_id)
    found = plan(actor.school, year, planned, at=at)
    made = Round.objects.create(
        school_id=year.school_id,
        year=year,
        instrument=planned.instrument.key,
        version=planned.instrument.version,
        title=planned.title,
        opens_on=planned.window.opens_on,
        closes_on=planned.window.closes_on,
    )
    Invitation.objects.bulk_create(
        Invitation(school_id=year.school_id, round=made, group=part.group, pupil_id=pupil) for part in found.parts for pupil in part.pupils
    )
    return made
