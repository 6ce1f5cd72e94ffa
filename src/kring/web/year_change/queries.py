"""The plan beside the school as it is: who goes where, what is still open, who may teach; as many questions for three groups as for one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from kring.core.access import Verb
from kring.core.calendar import Calendar
from kring.core.teaching import TEACHES
from kring.core.year_change import AT_THE_END, Counts, Destination, Fate, NewGroup, OldGroup, Plan, Sits, counts, destinations
from kring.web.access import may
from kring.web.compositions.classes.queries import all_classes
from kring.web.compositions.models import Composition
from kring.web.people.dates import begins
from kring.web.school_years.queries import as_year, calendar_of
from kring.web.schools.models import Enrolment, Group, Membership, Pupil, School, SchoolYear, live
from kring.web.surveys.models import Round
from kring.web.surveys.queries import RoundLine, round_lines
from kring.web.year_change.models import YearChange
from kring.web.year_change.stored import plan_of

LAST_LEVEL: Mapping[str, int] = {
    School.Type.PRIMARY.value: 8,
    School.Type.SPECIAL_PRIMARY.value: 8,
    School.Type.SPECIAL.value: 8,
    School.Type.SPECIAL_SECONDARY.value: 6,
    School.Type.SECONDARY.value: 6,
}


@dataclass(frozen=True, slots=True)
class Years:
    """The year that runs, the one after it, and the change between them when somebody began it."""

    running: SchoolYear | None
    coming: SchoolYear | None
    change: YearChange | None
    before: tuple[YearChange, ...]


def years(actor: Membership, *, at: datetime) -> Years:
    """What there is to change from and to."""
    today = timezone.localdate(at)
    found = list(may(actor, SchoolYear, Verb.READ).order_by("starts_on"))
    changes = list(may(actor, YearChange, Verb.READ).select_related("from_year", "to_year").order_by("-made_at"))
    begun = [year for year in reversed(found) if year.starts_on <= today]
    left_behind = [year for year in begun[1:2] if _is_left_behind(year, changes, at)]
    running = next(iter(left_behind or begun), None)
    coming = next((year for year in found if running and year.starts_on > running.ends_on), None)
    mine = next((one for one in changes if running and one.from_year_id == running.pk), None)
    return Years(running, coming, mine, tuple(one for one in changes if one is not mine))


def _is_left_behind(year: SchoolYear, changes: Collection[YearChange], at: datetime) -> bool:
    """The next year has begun, and the school still sits in the groups of this one: one may change late."""
    is_set = any(one.from_year_id == year.pk and one.set_at for one in changes)
    return not is_set and Enrolment.objects.filter(live(at), group__year=year).exists()


def due(actor: Membership, *, at: datetime) -> Years | None:
    """What there is to change, in the last months of the old year and until it is set."""
    found = years(actor, at=at)
    if found.running is None or (found.change and found.change.set_at):
        return None
    return found if timezone.localdate(at) >= found.running.ends_on - AT_THE_END else None


def old_groups(change_from: SchoolYear) -> list[OldGroup]:
    """The groups of the old year, for the core."""
    found = Group.objects.filter(year=change_from).order_by("name")
    return [OldGroup(str(one.pk), one.name, tuple(one.year_levels)) for one in found]


def sits(change_from: SchoolYear, *, minute: datetime) -> list[Sits]:
    """Who sits in which group of the old year when the minute comes, in the order of the lists."""
    rows = Enrolment.objects.filter(Q(until_at=None) | Q(until_at__gt=minute), group__year=change_from)
    found = rows.order_by("pupil__sort_name", "pupil_id").values_list("pupil_id", "group_id", "year_level")
    return [Sits(str(pupil), str(group), level) for pupil, group, level in found]


def new_groups_there(change_to: SchoolYear) -> list[Group]:
    """Groups that the new year has already."""
    return list(Group.objects.filter(year=change_to).order_by("name"))


def first_minute(change: YearChange) -> datetime:
    """The beginning of the first day of the new year."""
    return begins(change.to_year.starts_on)


@dataclass(frozen=True, slots=True)
class Stream:
    """One year level of an old group: how many, where the plan sends them, and how many go another way."""

    group: OldGroup
    level: int
    pupils: int
    to: str
    otherwise: int
    open: int

    @property
    def field(self) -> str:
        return f"{self.group.key}:{self.level}"


@dataclass(frozen=True, slots=True)
class Filled:
    """A new group with how many pupils it gets, by year level, and who teaches it."""

    group: NewGroup
    pupils: int
    by_level: tuple[tuple[int, int], ...]
    teachers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """All of it, before anything is real."""

    change: YearChange
    plan: Plan
    found: tuple[Destination, ...]
    counts: Counts
    streams: tuple[Stream, ...]
    filled: tuple[Filled, ...]
    twice: int
    waiting: tuple[RoundLine, ...]
    complete: tuple[RoundLine, ...]
    holidays_missing: bool

    @property
    def others(self) -> list[Destination]:
        """Who goes another way than the class."""
        return [one for one in self.found if one.sits.pupil in self.plan.pupils]

    @property
    def is_ready(self) -> bool:
        return not (self.counts.of(Fate.OPEN) or self.twice or self.waiting)

    @property
    def without_teacher(self) -> int:
        return sum(not one.teachers for one in self.filled)


def preview(actor: Membership, change: YearChange, *, at: datetime) -> Preview:
    """The plan laid beside the school as it is now."""
    plan = plan_of(change.plan)
    minute = max(first_minute(change), at)
    groups = old_groups(change.from_year)
    found = tuple(destinations(plan, sits(change.from_year, minute=minute)))
    waiting, complete = open_rounds(actor, change)
    return Preview(
        change=change,
        plan=plan,
        found=found,
        counts=counts(found),
        streams=tuple(_streams(groups, plan, found)),
        filled=tuple(_filled(actor, plan, found, at=at)),
        twice=len(found) - len({one.sits.pupil for one in found}),
        waiting=tuple(waiting),
        complete=tuple(complete),
        holidays_missing=_holidays_missing(calendar_of(actor.school), change.to_year),
    )


def _holidays_missing(calendar: Calendar, year: SchoolYear) -> bool:
    return calendar.holidays_missing(as_year(year))


def _streams(groups: Sequence[OldGroup], plan: Plan, found: Collection[Destination]) -> list[Stream]:
    by_place: dict[tuple[str, int], list[Destination]] = {}
    for one in found:
        by_place.setdefault(one.sits.place, []).append(one)
    return [
        _stream(group, level, plan, by_place.get((group.key, level), []))
        for group in groups
        for level in sorted({*group.levels, *(level for key, level in by_place if key == group.key)})
    ]


def _stream(group: OldGroup, level: int, plan: Plan, here: Collection[Destination]) -> Stream:
    otherwise = sum(one.sits.pupil in plan.pupils for one in here)
    still_open = sum(one.fate is Fate.OPEN for one in here)
    return Stream(group, level, len(here), plan.ways.get((group.key, level), ""), otherwise, still_open)


def _filled(actor: Membership, plan: Plan, found: Collection[Destination], *, at: datetime) -> list[Filled]:
    names = {str(hat.pk): str(hat.person) for hat in teachers(actor, at=at)}
    by_level: dict[str, dict[int, int]] = {}
    for one in found:
        of_group = by_level.setdefault(one.way.to, {})
        of_group[one.way.level] = of_group.get(one.way.level, 0) + 1
    return [
        Filled(
            one,
            sum(by_level.get(one.key, {}).values()),
            tuple(sorted(by_level.get(one.key, {}).items())),
            tuple(names[hat] for hat in one.teachers if hat in names),
        )
        for one in plan.groups
    ]


def teachers(actor: Membership, *, at: datetime) -> list[Membership]:
    """Every hat at this school that can have a group and is not over."""
    hats = Membership.objects.filter(school_id=actor.school_id, role__in=[role.value for role in TEACHES])
    found = hats.exclude(until_at__lte=at).select_related("person")
    return list(found.order_by("person__given_name", "person__family_name", "pk"))


def open_rounds(actor: Membership, change: YearChange) -> tuple[list[RoundLine], list[RoundLine]]:
    """Rounds of the old year that nobody closed: those in which something is still to come, and those in which everything came in."""
    found = may(actor, Round, Verb.READ).filter(year=change.from_year, closed_at=None).exclude(asks=Round.Asks.GUARDIANS)
    lines = round_lines(actor, found.order_by("opens_on", "title"))
    complete = [line for line in lines if line.asked and line.done == line.asked]
    return [line for line in lines if line not in complete], complete


@dataclass(frozen=True, slots=True)
class Going:
    """A pupil with the way that the plan has."""

    pupil: Pupil
    destination: Destination
    is_other: bool


def going(actor: Membership, change: YearChange, found: Collection[Destination]) -> list[Going]:
    """These pupils by name, in the order of the lists."""
    names = {str(one.pk): one for one in may(actor, Pupil, Verb.READ).filter(pk__in=[one.sits.pupil for one in found])}
    others = plan_of(change.plan).pupils
    listed = [Going(names[one.sits.pupil], one, one.sits.pupil in others) for one in found if one.sits.pupil in names]
    return sorted(listed, key=lambda one: (one.pupil.sort_name, str(one.pupil.pk)))


def in_group(change: YearChange, group: Group, *, at: datetime) -> list[Sits]:
    """Who of the plan sits in this old group."""
    minute = max(first_minute(change), at)
    return [one for one in sits(change.from_year, minute=minute) if one.group == str(group.pk)]


def numbers(found: Collection[Going]) -> dict[str, str]:
    """By number in the school's administration the id of the pupil."""
    return {one.pupil.admin_key: str(one.pupil.pk) for one in found}


def proposals(actor: Membership, change: YearChange) -> "QuerySet[Composition]":
    """Classes that were composed for the new year, for who may see them."""
    return all_classes(actor).filter(year=change.to_year_id)


def after(actor: Membership, change: YearChange) -> "QuerySet[Group]":
    """The new groups, once they stand."""
    return may(actor, Group, Verb.READ).filter(year=change.to_year).order_by("name")


def left_over(actor: Membership, change: YearChange) -> "QuerySet[Pupil]":
    """Who came to a group of the old year after the change was set: from the minute on they have no group."""
    late = Enrolment.objects.filter(Q(until_at=None) | Q(until_at__gt=change.minute), group__year=change.from_year, pupil=OuterRef("pk"))
    placed = Enrolment.objects.filter(Q(until_at=None) | Q(until_at__gt=change.minute), group__year=change.to_year, pupil=OuterRef("pk"))
    return may(actor, Pupil, Verb.READ).filter(Exists(late), ~Exists(placed)).order_by("sort_name", "pk")


def known_teachers(school: UUID, keys: Collection[str], *, minute: datetime) -> set[str]:
    """Which of these hats can have a group at this school from this minute on."""
    hats = Membership.objects.filter(school_id=school, role__in=[role.value for role in TEACHES], pk__in=keys, person__is_active=True)
    holding = hats.filter(from_at__lte=minute).filter(Q(until_at=None) | Q(until_at__gt=minute))
    return {str(key) for key in holding.values_list("pk", flat=True)}
