"""For whom paper may be made, and what stands on it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from kring.core.access import APPROVED_BY_SECOND, FAMILY, Role, Verb
from kring.core.paper_codes import check_invitation
from kring.documents.letters import Kind, Letter
from kring.web.access import may
from kring.web.accounts.models import PaperCode, Person
from kring.web.people.models import Appointment
from kring.web.people.rows import with_way_in
from kring.web.schools.models import Membership, live
from kring.web.wall import between_walls


def roles_here(school: UUID, person: Person, *, at: datetime) -> list[Role]:
    """The roles that this person holds here, or will."""
    found = Membership.objects.filter(school_id=school, person=person).exclude(until_at__lte=at)
    return [Role(role) for role in found.values_list("role", flat=True)]


def holds_a_role_elsewhere(school: UUID, person: Person, *, at: datetime) -> bool:
    """Whether this account opens another school as well."""
    with between_walls():
        return Membership.objects.filter(live(at), person=person).exclude(school_id=school).exists()


def proposers(school: UUID, person: Person) -> set[UUID]:
    """Who proposed this person for a role that looks beyond one's own pupils."""
    wide = [role.value for role in APPROVED_BY_SECOND]
    found = Appointment.objects.filter(school_id=school, person=person, role__in=wide)
    return set(found.values_list("proposed_by__person_id", flat=True))


def check_may_invite(actor: Membership, person: Person, *, at: datetime) -> None:
    """Raises what is wrong with this actor making paper for this person."""
    check_invitation(
        roles_here(actor.school_id, person, at=at),
        to=person.pk,
        by=actor.person_id,
        proposed_by=proposers(actor.school_id, person),
        has_way_in=person.pk in with_way_in([person.pk]),
    )


def never_came_in(actor: Membership, *, at: datetime) -> list[Membership]:
    """One hat of each member of staff who cannot log in yet and whom this actor may write to."""
    staff = may(actor, Membership, Verb.READ).exclude(role__in=[role.value for role in FAMILY]).exclude(until_at__lte=at)
    rows = list(staff.select_related("person").order_by("person__family_name", "person__given_name", "pk"))
    hats = {row.person_id: row for row in rows}
    ways, own = with_way_in(list(hats)), _proposed_by_me(actor, list(hats))
    return [hat for person, hat in hats.items() if person not in ways | own and person != actor.person_id]


def _proposed_by_me(actor: Membership, persons: Iterable[UUID]) -> set[UUID]:
    wide = [role.value for role in APPROVED_BY_SECOND]
    found = Appointment.objects.filter(school_id=actor.school_id, person__in=list(persons), role__in=wide)
    return set(found.filter(proposed_by__person=actor.person_id).values_list("person_id", flat=True))


def letter(kind: Kind, code: PaperCode, text: str, *, school: str, address: str, at: datetime) -> Letter:
    """What goes on paper. The code is nowhere else."""
    last = timezone.localdate(code.expires_at - timedelta(minutes=1))
    return Letter(kind, str(code.person), school, address, text, last, timezone.localdate(at))


def hats_here(actor: Membership, person: UUID) -> Iterable[Membership]:
    """The hats of this person at this school, the newest first."""
    return may(actor, Membership, Verb.READ).filter(person_id=person).order_by("-from_at")
