"""Make a file with roles real: every line through the same doors as by hand, all of it or nothing."""

from datetime import datetime

from kring.core.access import Record, Verb
from kring.web.accounts.models import Person
from kring.web.action import action
from kring.web.people.colleagues.actions import NewPerson, Wanted, propose_role
from kring.web.people.role_file import queries
from kring.web.people.role_file.proposal import Change, RoleProposal
from kring.web.people.teaching.actions import WantedTurn, give_group
from kring.web.schools.models import Group, Membership, School


@action("role_file.applied", needs=Verb.WRITE, of=Record.APPOINTMENT)
def apply_role_file(actor: Membership, school: School, change: RoleProposal, *, at: datetime) -> None:
    """Roles of teachers hold at once; roles that look further wait for a leader, as always."""
    made: dict[str, Person] = {}
    for one in change.changes:
        if not one.is_held:
            _propose(actor, school, one, made, at=at)
        _give_groups(actor, one, made, at=at)


def _propose(actor: Membership, school: School, one: Change, made: dict[str, Person], *, at: datetime) -> None:
    line = one.line
    known = queries.person_called(one.person) if one.person else made.get(line.username)
    who = known or NewPerson(line.given_name, line.name_prefix, line.family_name, line.username)
    appointment = propose_role(actor, school, Wanted(who, line.role, one.from_at, one.until_at), at=at)
    made[line.username] = appointment.person


def _give_groups(actor: Membership, one: Change, made: dict[str, Person], *, at: datetime) -> None:
    if not one.groups:
        return
    person = made.get(one.line.username) or (queries.person_called(one.person) if one.person else None)
    hat = queries.hat_of(actor, person, one.line.role, at=at) if person else None
    if hat is None:
        return
    for _name, key in one.groups:
        if not queries.has_group(hat, key, at=at):
            from_at, until_at = max(one.from_at, hat.from_at), one.until_at or hat.until_at
            group = Group.objects.get(pk=key, school_id=actor.school_id)
            give_group(actor, group, WantedTurn(hat, from_at, until_at), at=at)
