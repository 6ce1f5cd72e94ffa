"""For whom paper may be made, and what stands on it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from kring.core.access import FAMILY, Role, Verb
from kring.core.paper_codes import check_invitation
from kring.documents.letters import Kind, Letter
from kring.web.access import may
from kring.web.accounts.models import PaperCode, Person
from kring.web.accounts.rows import language_of
from kring.web.people.models import Appointment
from kring.web.people.rows import with_way_in
from kring.web.schools.models import Guardian, Guardianship, Membership
from kring.web.wall import between_walls


def roles_here(school: UUID, person: Person, *, at: datetime) -> list[Role]:
    """The roles that this person holds here, or will."""
    found = Membership.objects.filter(school_id=school, person=person).exclude(until_at__lte=at)
    return [Role(role) for role in found.values_list("role", flat=True)]


def holds_a_role_elsewhere(school: UUID, person: Person, *, at: datetime) -> bool:
    """Whether this account opens another school as well, or will."""
    return bool(_elsewhere(school, [person.pk], at))


def cares_for_somebody(guardian: Guardian, *, at: datetime) -> bool:
    """Whether this guardian has a child here, or will."""
    return Guardianship.objects.filter(guardian=guardian).exclude(until_at__lte=at).exists()


def proposers(school: UUID, person: Person) -> set[UUID]:
    """Who proposed this person for a role."""
    found = Appointment.objects.filter(school_id=school, person=person)
    return set(found.values_list("proposed_by__person_id", flat=True))


def check_may_invite(actor: Membership, person: Person, *, at: datetime) -> None:
    """Raises what is wrong with this actor making paper for this person."""
    check_invitation(
        roles_here(actor.school_id, person, at=at),
        to=person.pk,
        by=actor.person_id,
        proposed_by=proposers(actor.school_id, person),
        has_way_in=person.pk in with_way_in([person.pk]),
        elsewhere=holds_a_role_elsewhere(actor.school_id, person, at=at),
    )


def never_came_in(actor: Membership, *, at: datetime) -> list[Membership]:
    """One hat of each member of staff who cannot log in yet and whom this actor may write to."""
    staff = may(actor, Membership, Verb.READ).exclude(role__in=[role.value for role in FAMILY]).exclude(until_at__lte=at)
    rows = list(staff.select_related("person").order_by("person__family_name", "person__given_name", "pk"))
    hats = {row.person_id: row for row in rows}
    not_to = with_way_in(list(hats)) | _proposed_by_me(actor, list(hats)) | _elsewhere(actor.school_id, list(hats), at)
    return [hat for person, hat in hats.items() if person not in not_to and person != actor.person_id]


def _proposed_by_me(actor: Membership, persons: Iterable[UUID]) -> set[UUID]:
    found = Appointment.objects.filter(school_id=actor.school_id, person__in=list(persons))
    return set(found.filter(proposed_by__person=actor.person_id).values_list("person_id", flat=True))


def _elsewhere(school: UUID, persons: Iterable[UUID], at: datetime) -> set[UUID]:
    with between_walls():
        found = Membership.objects.filter(person__in=list(persons)).exclude(school_id=school).exclude(until_at__lte=at)
        return set(found.values_list("person_id", flat=True))


def letter(kind: Kind, code: PaperCode, text: str, *, school: str, address: str, at: datetime) -> Letter:
    """What goes on paper, in the language of who gets it. The code is nowhere else."""
    last = timezone.localdate(code.expires_at - timedelta(minutes=1))
    return Letter(kind, str(code.person), school, address, text, last, timezone.localdate(at), language_of(code.person))


def hats_here(actor: Membership, person: UUID) -> Iterable[Membership]:
    """The hats of this person at this school, the newest first."""
    return may(actor, Membership, Verb.READ).filter(person_id=person).order_by("-from_at")
