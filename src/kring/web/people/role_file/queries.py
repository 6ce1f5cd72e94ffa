"""The school beside which a file with roles is laid."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models.functions import Lower
from django.utils import timezone

from kring.class_files.roles import RoleLine, role_lines
from kring.core.access import STAFF, Record, Role, Verb
from kring.core.appointing import Held
from kring.web.access import may
from kring.web.access_words import ROLES
from kring.web.accounts.models import Person
from kring.web.days import last_day
from kring.web.people.dates import begins
from kring.web.people.models import Appointment
from kring.web.people.role_file.proposal import Known, RoleProposal, School, role_proposal
from kring.web.people.rows import with_way_in
from kring.web.schools.models import Assignment, Group, Membership


def words() -> dict[str, Role]:
    """What a school calls each role, and its code."""
    return {str(word).casefold(): role for role, word in ROLES.items()} | {role.value: role for role in Role}


def proposal_of(actor: Membership, data: bytes, *, at: datetime) -> RoleProposal:
    """What this file would change. Raises FilesRefused."""
    lines = role_lines(data, words())
    midnight = begins(timezone.localdate(at))
    return role_proposal(lines, _school(actor, lines, at=at), at=at, midnight=midnight)


def _school(actor: Membership, lines: Iterable[RoleLine], *, at: datetime) -> School:
    named = {line.username for line in lines}
    # In small letters on both sides: a user name is one, however it is written.
    found = Person.objects.annotate(small=Lower("username")).filter(small__in=named)
    people = {person.username.casefold(): person for person in found}
    persons = [person.pk for person in people.values()]
    hats = may(actor, Membership, Verb.READ).filter(person__in=persons).values_list("person_id", "role", "from_at", "until_at")
    proposed = may(actor, Appointment, Verb.READ).filter(person__in=persons)
    waiting = proposed.filter(decided_at=None).values_list("person_id", "role", "from_at", "until_at")
    held: dict[UUID, list[Held]] = {person: [] for person in proposed.values_list("person_id", flat=True)}
    for person, role, from_at, until_at in [*hats, *waiting]:
        held.setdefault(person, []).append(Held(Role(role), from_at, until_at))
    pupils = {person for person, role, _from, _until in hats if role == Role.PUPIL.value}
    staff = {person for person, role, _from, _until in hats if Role(role) in STAFF}
    outside = with_way_in(persons) - staff - pupils  # for these every role waits for a leader, and a file cannot wait with groups
    known = {
        name: Known(person.pk, (person.given_name, person.name_prefix, person.family_name), tuple(held[person.pk]), person.pk in pupils)
        for name, person in people.items()
        if person.pk in held and person.pk not in outside
    }
    return School(known, frozenset(people) - frozenset(known), _groups(actor, at), actor.person_id)


def _groups(actor: Membership, at: datetime) -> dict[str, UUID]:
    today = timezone.localdate(at)
    found = may(actor, Group, Verb.WRITE, of=Record.ASSIGNMENT, at=at).filter(year__ends_on__gte=today).order_by("-year__starts_on")
    return {name.casefold(): key for key, name in found.values_list("pk", "name")}  # the year that runs now comes last, and counts


def person_called(key: UUID) -> Person:
    """Somebody who was found before."""
    return Person.objects.get(pk=key)


def hat_of(actor: Membership, person: Person, role: Role, *, at: datetime) -> Membership | None:
    """The hat in which somebody holds this role now or will."""
    found = may(actor, Membership, Verb.READ).filter(person=person, role=role.value).exclude(until_at__lte=at)
    return found.order_by("from_at").first()


def has_group(hat: Membership, group: UUID, *, at: datetime) -> bool:
    """Whether this hat has the group already, or will."""
    return Assignment.objects.filter(membership=hat, group_id=group).exclude(until_at__lte=at).exists()


def word_of(hat: Membership) -> str:
    """The role as a file names it."""
    return str(ROLES[Role(hat.role)])


def last_day_of(hat: Membership) -> str:
    """The last day of a role, as a file writes it."""
    day = last_day(hat.until_at)
    return f"{day:%d-%m-%Y}" if day else ""
