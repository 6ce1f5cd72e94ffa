"""Who is asked and cannot be reached by Kring: counted, so that the school tells them in another way."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from kring.core.access import Role
from kring.web.people.rows import with_way_in
from kring.web.schools.models import Assignment, Group, Guardianship, Membership, Pupil, School, live


@dataclass(frozen=True, slots=True)
class Unreached:
    """Pupils who cannot log in, pupils of whom no guardian with authority can be written to, groups without a teacher, and colleagues who
    have no way of logging in yet."""

    pupils: int = 0
    families: int = 0
    groups: tuple[Group, ...] = ()
    colleagues: int = 0

    def __bool__(self) -> bool:
        return bool(self.pupils or self.families or self.groups or self.colleagues)


def without_login(school: School, pupils: Collection[UUID], at: datetime) -> int:
    """How many of them have no account, or none that holds."""
    hats = Membership.objects.filter(live(at), school=school, role=Role.PUPIL.value)
    found = Pupil.objects.filter(school=school, person__is_active=True, person__in=hats.values("person"))
    return len(set(pupils) - set(found.values_list("pk", flat=True)))


def without_guardian(school: School, pupils: Collection[UUID], at: datetime) -> int:
    """Of how many nobody with authority has an account here, nor an address."""
    hats = Membership.objects.filter(live(at), school=school, role=Role.GUARDIAN.value)
    account = Q(guardian__person__in=hats.values("person"))
    address = ~Q(guardian__contact__email="") | ~Q(guardian__contact__address="")
    cared = Guardianship.objects.filter(live(at), school=school, has_authority=True)
    found = cared.filter(account | (Q(guardian__contact__isnull=False) & address))
    return len(set(pupils) - set(found.values_list("pupil_id", flat=True)))


def without_teacher(groups: Collection[Group], at: datetime) -> tuple[Group, ...]:
    """The groups that nobody teaches at that moment."""
    taught = set(Assignment.objects.filter(live(at), group__in=groups).values_list("group_id", flat=True))
    return tuple(group for group in groups if group.pk not in taught)


def colleagues(school: School, roles: Collection[Role], at: datetime) -> list[Membership]:
    """Who works here in one of these roles; somebody with two of them is asked once."""
    hats = Membership.objects.filter(live(at), school=school, role__in=[role.value for role in roles], person__is_active=True)
    return list({one.person_id: one for one in hats.order_by("-from_at", "-role")}.values())


def without_account(hats: Collection[UUID]) -> int:
    """How many of these are of somebody who has no way of logging in yet."""
    persons = set(Membership.objects.filter(pk__in=hats).values_list("person_id", flat=True))
    return len(persons - with_way_in(persons))
