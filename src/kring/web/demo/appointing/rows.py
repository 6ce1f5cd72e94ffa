"""What waits and what was arranged about roles, groups and guardians in the demo schools: through the same doors as by hand."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from kring.core.access import Role
from kring.web.people.colleagues.actions import Wanted, propose_role
from kring.web.people.dates import begins
from kring.web.people.family.actions import Reached, write_contact
from kring.web.people.teaching.actions import WantedTurn, give_group
from kring.web.schools.models import Assignment, Group, Guardian, Membership

DAY = timedelta(days=1)


def appoint(members: Mapping[str, Membership], *, now: datetime) -> None:
    """A role that waits for the leader, a substitute for two weeks, and addresses of which one is secret."""
    if {"olga", "bram", "marit", "tara", "els", "pim"} <= {*members}:
        _propose(members["olga"], members["tara"], now=now)
        _stand_in(members["bram"], members["tara"], members["marit"], now=now)
        _reach(members["bram"], members["els"], Reached("Lindelaan 12, Waterstad", "06 0000 0012", "", is_secret=True))
        _reach(members["bram"], members["pim"], Reached("Havenkade 3, Waterstad", "06 0000 0003", "", is_secret=False))


def _propose(administrator: Membership, hat: Membership, *, now: datetime) -> None:
    wanted = Wanted(hat.person, Role.BEHAVIOUR_SPECIALIST, begins(now.date()))
    propose_role(administrator, administrator.school, wanted, at=now)


def _stand_in(coordinator: Membership, hat: Membership, instead: Membership, *, now: datetime) -> None:
    latest = Assignment.objects.filter(membership=instead, until_at=None).order_by("-from_at").first()
    if latest is not None:
        group = Group.objects.get(pk=latest.group_id)
        today = begins(now.date())
        give_group(coordinator, group, WantedTurn(hat, today, today + 14 * DAY, replaces=instead), at=now)


def _reach(coordinator: Membership, of: Membership, reached: Reached) -> None:
    guardian = Guardian.objects.get(school_id=of.school_id, person_id=of.person_id)
    write_contact(coordinator, guardian, reached, read=0)
