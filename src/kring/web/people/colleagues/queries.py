"""Everybody with a hat at this school: staff and partners; of pupils and guardians only how many have an account."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.db.models import Count, Q

from kring.core.access import FAMILY, STAFF, Record, Role, Verb
from kring.core.appointing import Held, would_see_more
from kring.web.access import may, rule_at
from kring.web.accounts.models import Person
from kring.web.people.models import AccountInvitation, Appointment, Recovery
from kring.web.people.rows import with_second_factor, with_way_in
from kring.web.schools.models import Assignment, Membership, live

_FAMILY = [role.value for role in FAMILY]


@dataclass(frozen=True, slots=True)
class Hat:
    """A role of somebody at this school, with the groups that go with it now."""

    row: Membership
    groups: tuple[str, ...]
    is_over: bool
    is_to_come: bool


@dataclass(frozen=True, slots=True)
class Colleague:
    """A person with all hats here: those that hold or will hold, and those that are over."""

    person: Person
    hats: tuple[Hat, ...]
    past: tuple[Hat, ...]
    has_second_factor: bool
    has_way_in: bool
    invited_until: datetime | None

    @property
    def key(self) -> UUID:
        """The address of this person at this school is that of a hat: an account has none of its own."""
        return (self.hats or self.past)[0].row.pk

    @property
    def groups(self) -> list[str]:
        return [name for hat in self.hats for name in hat.groups]


def hats_of_staff(actor: Membership) -> "Iterable[Membership]":
    """Every hat of staff and partners that this actor may see, person by person."""
    found = may(actor, Membership, Verb.READ).exclude(role__in=_FAMILY).select_related("person")
    return found.order_by("person__family_name", "person__given_name", "person_id", "from_at", "pk")


def colleagues(actor: Membership, *, at: datetime, only: UUID | None = None) -> list[Colleague]:
    """Everybody, or one person."""
    rows = [row for row in hats_of_staff(actor) if only is None or row.person_id == only]
    persons = list({row.person_id for row in rows})
    groups = _groups(actor, rows, at)
    factors, ways, invited = with_second_factor(persons), with_way_in(persons), _invited(actor, persons, at)
    return [
        _colleague(list(hats), groups, at, factors=factors, ways=ways, invited=invited)
        for _person, hats in groupby(rows, key=lambda row: row.person_id)
    ]


def _colleague(
    rows: Sequence[Membership],
    groups: Mapping[UUID, list[str]],
    at: datetime,
    *,
    factors: set[UUID],
    ways: set[UUID],
    invited: Mapping[UUID, datetime],
) -> Colleague:
    hats = [Hat(row, tuple(groups.get(row.pk, ())), row.until_at is not None and row.until_at <= at, row.from_at > at) for row in rows]
    person = rows[0].person
    return Colleague(
        person=person,
        hats=tuple(hat for hat in hats if not hat.is_over),
        past=tuple(hat for hat in hats if hat.is_over),
        has_second_factor=person.pk in factors,
        has_way_in=person.pk in ways,
        invited_until=invited.get(person.pk),
    )


def _groups(actor: Membership, hats: Iterable[Membership], at: datetime) -> dict[UUID, list[str]]:
    """By hat the names of the groups it teaches now; nothing for who may not know."""
    verb = Verb.READ if rule_at(actor, Record.ASSIGNMENT, Verb.READ, at) else Verb.COUNT
    found = may(actor, Assignment, verb, at=at).filter(live(at), membership__in=list(hats)).order_by("group__name")
    groups: dict[UUID, list[str]] = {}
    for hat, name in found.values_list("membership_id", "group__name"):
        groups.setdefault(hat, []).append(name)
    return groups


def _invited(actor: Membership, persons: Sequence[UUID], at: datetime) -> dict[UUID, datetime]:
    """Until when the open invitation of each holds."""
    found = may(actor, AccountInvitation, Verb.READ).filter(person__in=persons)
    still = found.filter(code__used_at=None, code__withdrawn_at=None, code__expires_at__gt=at)
    return dict(still.values_list("person_id", "code__expires_at"))


def family_accounts(actor: Membership, *, at: datetime) -> dict[str, int]:
    """How many pupils and guardians have an account: a number, no name."""
    found = may(actor, Membership, Verb.READ).filter(live(at), role__in=_FAMILY)
    return dict(found.values_list("role").annotate(n=Count("person", distinct=True)).order_by("role"))


@dataclass(frozen=True, slots=True)
class Proposal:
    """A role that waits for a second person."""

    row: Appointment
    beside: tuple[Role, ...] = field(default=())

    @property
    def would_see_more(self) -> bool:
        return would_see_more(Role(self.row.role), self.beside)


def proposals(actor: Membership, *, at: datetime) -> list[Proposal]:
    """What waits, the oldest first."""
    rows = list(open_proposals(actor).select_related("person", "proposed_by__person").order_by("proposed_at", "pk"))
    held = may(actor, Membership, Verb.READ).filter(live(at), person__in=[row.person_id for row in rows])
    roles: dict[UUID, list[Role]] = {}
    for person, role in held.values_list("person_id", "role"):
        roles.setdefault(person, []).append(Role(role))
    return [Proposal(row, tuple(roles.get(row.person_id, ()))) for row in rows]


def open_proposals(actor: Membership):  # type: ignore[no-untyped-def]  # a QuerySet
    """Proposals on which nobody decided yet."""
    return may(actor, Appointment, Verb.READ).filter(decided_at=None)


def held_by(school: UUID, person: UUID, *, but: UUID | None = None) -> list[Held]:
    """Every role that this person holds, held or is proposed for at this school."""
    hats = Membership.objects.filter(school_id=school, person_id=person).values_list("role", "from_at", "until_at")
    waiting = Appointment.objects.filter(school_id=school, person_id=person, decided_at=None)
    if but is not None:
        waiting = waiting.exclude(pk=but)
    return [Held(Role(role), from_at, until_at) for role, from_at, until_at in [*hats, *waiting.values_list("role", "from_at", "until_at")]]


def has_account_from_outside(school: UUID, person: UUID) -> bool:
    """Whether somebody can log in who never was staff of this school: nobody here knows yet whose account it is."""
    was_staff = Membership.objects.filter(school_id=school, person=person, role__in=[role.value for role in STAFF])
    return bool(with_way_in([person])) and not was_staff.exists()


def held_by_others(hat: Membership) -> list[Held]:
    """Who else holds the same role at this school."""
    others = Membership.objects.filter(school_id=hat.school_id, role=hat.role, person__is_active=True).exclude(person_id=hat.person_id)
    return [Held(Role(hat.role), from_at, until_at) for from_at, until_at in others.values_list("from_at", "until_at")]


def known_persons(actor: Membership) -> list[Person]:
    """Whom this school knows already, by name: staff, and who was once proposed; for them a further role can be proposed."""
    proposed = may(actor, Appointment, Verb.READ).select_related("person")
    persons = {hat.person_id: hat.person for hat in hats_of_staff(actor)} | {one.person_id: one.person for one in proposed}
    return [person for key, person in persons.items() if key != actor.person_id]


def waiting_recoveries(actor: Membership, *, at: datetime) -> list[Recovery]:
    """What a colleague asked and another has to confirm."""
    found = may(actor, Recovery, Verb.READ).filter(confirmed_at=None, expires_at__gt=at).filter(~Q(person=actor.person_id))
    return list(found.select_related("person", "asked_by__person").order_by("asked_at"))
