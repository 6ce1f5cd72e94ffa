"""Open rounds."""

from collections.abc import Sequence
from datetime import datetime

from kring.core import rounds
from kring.core.access import Record, Verb
from kring.core.rounds import WhoIsAskedChanged
from kring.web.action import action
from kring.web.schools.models import Membership, School, SchoolYear
from kring.web.surveys.family.intake import tell_families
from kring.web.surveys.models import Invitation, Round, StaffInvitation, asks_of
from kring.web.surveys.opening.planned import Plan, Planned, is_for_groups
from kring.web.surveys.opening.queries import look_ahead, plan


@action("rounds.opened", needs=Verb.WRITE, of=Record.ROUND)
def open_together(actor: Membership, year: SchoolYear, planned: Sequence[Planned], *, seen: str, at: datetime) -> list[Round]:
    """Open all of these or none, and only what was looked at: `seen` is the imprint of that."""
    School.objects.select_for_update().get(pk=year.school_id)
    if look_ahead(actor.school, year, planned, at=at).seen != seen:
        raise WhoIsAskedChanged
    return [open_round(actor, year, one, at=at) for one in planned]


@action("round.opened", needs=Verb.WRITE, of=Record.ROUND)
def open_round(actor: Membership, year: SchoolYear, planned: Planned, *, at: datetime) -> Round:
    """Invite everybody for whom the list is made, in all groups or in none. Of two who open the same at once, one does."""
    School.objects.select_for_update().get(pk=year.school_id)
    found = plan(actor.school, year, planned, at=at)
    rounds.check_reason(planned.reason, needed=found.needs)
    made = Round.objects.create(
        school_id=year.school_id,
        year=year,
        instrument=planned.instrument.key,
        version=planned.instrument.version,
        title=planned.title,
        opens_on=planned.window.opens_on,
        closes_on=planned.window.closes_on,
        reason=planned.reason.strip() if found.needs else "",
        asks=asks_of(planned.instrument),
    )
    _invite(made, found)
    tell_families(made.school_id, [pupil for part in found.parts for pupil in part.pupils], at=at)
    return made


def _invite(made: Round, found: Plan) -> None:
    of_round = {"school_id": made.school_id, "round": made}
    Invitation.objects.bulk_create(
        Invitation(**of_round, group=part.group, pupil_id=pupil) for part in found.parts for pupil in part.pupils
    )
    groups = found.planned.groups if is_for_groups(found.planned.instrument) else [None]
    StaffInvitation.objects.bulk_create(
        StaffInvitation(**of_round, group=group, membership_id=one) for one in found.colleagues for group in groups
    )
