"""The groups of this year and who teaches them, now, before and soon; and pupils whom nobody looks after."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from kring.core.access import Record, Role, Verb
from kring.core.appointing import Held
from kring.core.teaching import TEACHES
from kring.web.access import may, rule_at
from kring.web.schools.models import Assignment, Enrolment, Group, Membership, Pupil, School, live

_TEACHES = [role.value for role in TEACHES]
SOON = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Turn:
    """One person on one group, from a moment until one."""

    row: Assignment
    is_over: bool
    is_to_come: bool


@dataclass(frozen=True, slots=True)
class Taught:
    """A group with everybody who has, had or will have it."""

    group: Group
    turns: tuple[Turn, ...]

    @property
    def now(self) -> list[Turn]:
        return [turn for turn in self.turns if not turn.is_over and not turn.is_to_come]

    @property
    def soon(self) -> list[Turn]:
        return [turn for turn in self.turns if turn.is_to_come]

    @property
    def here(self) -> tuple[list[Turn], list[Turn]]:
        return self.now, self.soon

    @property
    def before(self) -> list[Turn]:
        return [turn for turn in self.turns if turn.is_over]


def groups(actor: Membership, *, at: datetime) -> QuerySet[Group]:
    """The groups of the school years that run now or begin soon, on which this actor may put somebody."""
    today = timezone.localdate(at)
    found = may(actor, Group, Verb.WRITE, of=Record.ASSIGNMENT, at=at).select_related("year")
    return found.filter(year__ends_on__gte=today, year__starts_on__lte=today + SOON).order_by("year__starts_on", "name")


def taught(actor: Membership, found: Iterable[Group], *, at: datetime) -> list[Taught]:
    """These groups with their turns, the newest first."""
    listed = list(found)
    rows = may(actor, Assignment, Verb.WRITE, at=at).filter(group__in=listed)
    rows = rows.select_related("membership__person", "replaces__person").order_by("-from_at", "membership__person__given_name", "pk")
    turns: dict[UUID, list[Turn]] = {}
    for row in rows:
        turn = Turn(row, row.until_at is not None and row.until_at <= at, row.from_at > at)
        turns.setdefault(row.group_id, []).append(turn)
    return [Taught(group, tuple(turns.get(group.pk, ()))) for group in listed]


def teachers(actor: Membership, *, at: datetime) -> list[Membership]:
    """Every hat that can have a group; nobody puts oneself on one."""
    found = may(actor, Membership, Verb.READ).filter(role__in=_TEACHES).exclude(until_at__lte=at).exclude(person_id=actor.person_id)
    return list(found.select_related("person").order_by("person__given_name", "person__family_name", "pk"))


def turns_of(hat: Membership, group: Group) -> list[Held]:
    """When this hat has this group."""
    found = Assignment.objects.filter(membership=hat, group=group).values_list("from_at", "until_at")
    return [Held(Role(hat.role), from_at, until_at) for from_at, until_at in found]


def others_on(group: Group, hat: Membership, *, at: datetime) -> list[Membership]:
    """Who else has the group now."""
    found = Assignment.objects.filter(live(at), group=group).exclude(membership=hat)
    return [row.membership for row in found.select_related("membership")]


def has_mentors(school: School) -> bool:
    """Whether pupils of this school each have a mentor."""
    return school.type in {School.Type.SECONDARY, School.Type.SPECIAL_SECONDARY}


def without_mentor(actor: Membership, *, at: datetime) -> list[Pupil]:
    """Pupils of a secondary school who sit in no group with a mentor; nobody for who may not read pupils."""
    if not has_mentors(actor.school) or rule_at(actor, Record.PUPIL, Verb.READ, at) is None:
        return []
    mentors = Assignment.objects.filter(live(at), group=OuterRef("group"), membership__role=Role.MENTOR.value)
    mentored = Enrolment.objects.filter(live(at), Exists(mentors), pupil=OuterRef("pk"))
    here = Enrolment.objects.filter(live(at), pupil=OuterRef("pk"))
    return list(may(actor, Pupil, Verb.READ, at=at).filter(Exists(here), ~Exists(mentored)))
