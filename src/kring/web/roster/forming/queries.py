"""The school years and groups that somebody may make and change, and the bundles of parallel groups."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from kring.class_files.lists import natural
from kring.core.access import Record, Verb
from kring.core.school_types import LEVELS, SchoolType
from kring.web.access import may, rule_at
from kring.web.schools.models import Assignment, Bundle, Enrolment, Group, Membership, School, SchoolYear, live
from kring.web.surveys.models import Invitation


def levels_of(school: School) -> range:
    """The year levels that this type of school has."""
    return LEVELS[SchoolType(school.type)]


def years(actor: Membership, *, at: datetime) -> list[SchoolYear]:
    """The years that run or are to come, in which groups are made."""
    found = may(actor, SchoolYear, Verb.WRITE, of=Record.GROUP, at=at).filter(ends_on__gte=timezone.localdate(at))
    return list(found.order_by("starts_on"))


@dataclass(frozen=True, slots=True)
class FormedGroup:
    """A group, and how many sit in it: None for who may not know."""

    group: Group
    pupils: int | None
    is_over: bool


def groups(actor: Membership, year: SchoolYear, *, at: datetime) -> list[FormedGroup]:
    """Those of a year that this actor may change."""
    found = may(actor, Group, Verb.WRITE, at=at).filter(year=year).select_related("bundle")
    sits, ever = live(at, "enrolments__"), Count("assignments", distinct=True)
    turns = Count("assignments", filter=Q(assignments__until_at=None) | Q(assignments__until_at__gt=at), distinct=True)
    seen = found.annotate(now=Count("enrolments", filter=sits, distinct=True), turns=turns, ever=ever)
    tells = rule_at(actor, Record.ENROLMENT, Verb.READ, at) is not None
    rows = sorted(seen, key=lambda one: (one.year_levels, natural(one.name)))
    return [FormedGroup(one, one.now if tells else None, bool(one.ever and not one.turns and not one.now)) for one in rows]


def names_taken(year: SchoolYear, *, but: UUID | None = None) -> set[str]:
    """The names of the groups of a year, in small letters."""
    found = Group.objects.filter(school_id=year.school_id, year=year)
    found = found.exclude(pk=but) if but else found
    return {name.casefold() for name in found.values_list("name", flat=True)}


def levels_used(group: Group, *, at: datetime) -> set[int]:
    """The year levels of who sits in the group now or will."""
    found = Enrolment.objects.filter(group=group).exclude(until_at__lte=at)
    return set(found.values_list("year_level", flat=True))


def sits_now(group: Group, *, at: datetime) -> int:
    """How many sit in it now or will."""
    return Enrolment.objects.filter(group=group).exclude(until_at__lte=at).count()


def bundles(actor: Membership, years: Iterable[SchoolYear]) -> QuerySet[Bundle]:
    """The bundles of these years with their groups."""
    return may(actor, Bundle, Verb.READ).filter(year__in=list(years)).select_related("year").prefetch_related("groups")


@dataclass(frozen=True, slots=True)
class Parallel:
    """One group beside the others: who teaches it, and, for who may know, how many sit in it and which rounds run."""

    group: Group
    teachers: tuple[str, ...]
    pupils: int | None
    rounds: tuple[str, ...] | None
    is_open: bool  # whether this actor may open the page of the group


def side_by_side(actor: Membership, bundle: Bundle, *, at: datetime) -> list[Parallel]:
    """The groups of a bundle. Four questions to the database, however many groups."""
    found = list(bundle.groups.order_by("name"))
    readable = set(may(actor, Group, Verb.READ, at=at).filter(bundle=bundle).values_list("pk", flat=True))
    sizes = dict(
        may(actor, Enrolment, Verb.READ, at=at).filter(live(at), group__in=readable).values_list("group").annotate(n=Count("pupil"))
    )
    teachers, rounds = _teachers(found, at=at), _rounds(actor, found, at=at)
    return [
        Parallel(
            group,
            tuple(teachers.get(group.pk, ())),
            sizes.get(group.pk, 0) if group.pk in readable else None,
            tuple(rounds.get(group.pk, ())) if group.pk in readable else None,
            group.pk in readable,
        )
        for group in found
    ]


def _teachers(found: Iterable[Group], *, at: datetime) -> dict[UUID, list[str]]:
    """Who teaches a group is no secret in a school."""
    rows = Assignment.objects.filter(live(at), group__in=list(found)).select_related("membership__person")
    teachers: dict[UUID, list[str]] = {}
    for row in rows.order_by("membership__person__given_name", "pk"):
        teachers.setdefault(row.group_id, []).append(str(row.membership.person))
    return teachers


def _rounds(actor: Membership, found: Iterable[Group], *, at: datetime) -> dict[UUID, list[str]]:
    """The titles of the rounds that run in each group."""
    today = timezone.localdate(at)
    asked = may(actor, Invitation, Verb.READ, at=at).filter(group__in=list(found))
    runs = asked.filter(round__closed_at=None, round__opens_on__lte=today, round__closes_on__gte=today)
    rounds: dict[UUID, list[str]] = {}
    for group, title in runs.values_list("group_id", "round__title").distinct().order_by("round__title"):
        rounds.setdefault(group, []).append(title)
    return rounds
