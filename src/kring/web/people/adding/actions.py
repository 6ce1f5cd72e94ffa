"""Somebody new, with a role and groups, in one go."""

from collections.abc import Sequence
from datetime import datetime

from kring.core.access import Record, Verb
from kring.core.teaching import TEACHES, TeachesNoGroup
from kring.web.action import action
from kring.web.people.colleagues.actions import Wanted, propose_role
from kring.web.people.models import Appointment
from kring.web.people.teaching.actions import WantedTurn, give_group
from kring.web.schools.models import Group, Membership, School


@action("colleague.added", needs=Verb.WRITE, of=Record.APPOINTMENT)
def add_colleague(actor: Membership, school: School, wanted: Wanted, groups: Sequence[Group], *, at: datetime) -> Appointment:
    """Through the same doors as by hand: a role for the whole school waits for a leader, and groups go with teaching only."""
    if groups and wanted.role not in TEACHES:
        raise TeachesNoGroup(role=wanted.role)
    made = propose_role(actor, school, wanted, at=at)
    if made.membership is not None:
        for group in groups:
            give_group(actor, group, WantedTurn(made.membership, made.from_at, made.until_at), at=at)
    return made
