"""Classes of a coming year: from which groups, how good they are, and two proposals beside each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet
from django.utils import timezone

from kring.core.access import Verb
from kring.core.next_classes import NextClass, difference
from kring.core.seating import near_choices
from kring.web.access import may
from kring.web.compositions.models import Composition
from kring.web.compositions.queries import Person, Sheet, sheet_of, sits_of
from kring.web.schools.models import Enrolment, Group, Membership, Pupil, SchoolYear, live


@dataclass(frozen=True, slots=True)
class Stream:
    """The pupils of one year level in one group of this year."""

    group: Group
    level: int
    pupils: int

    @property
    def key(self) -> str:
        return f"{self.group.pk}:{self.level}"


def coming_year(actor: Membership, *, at: datetime) -> SchoolYear | None:
    """The first year that has not begun."""
    return may(actor, SchoolYear, Verb.READ).filter(starts_on__gt=timezone.localdate(at)).order_by("starts_on").first()


def all_classes(actor: Membership) -> "QuerySet[Composition]":
    """The newest first."""
    found = may(actor, Composition, Verb.READ).filter(kind=Composition.Kind.CLASSES, group=None)
    return found.select_related("year", "made_by__person").annotate(n=Count("pupils")).order_by("-made_at", "pk")


def streams(actor: Membership, *, at: datetime) -> list[Stream]:
    """Every year level of every group in which pupils sit now."""
    now = may(actor, Enrolment, Verb.READ).filter(live(at)).values_list("group_id", "year_level").order_by()
    counted = {(group, level): n for group, level, n in now.annotate(n=Count("pupil", distinct=True))}
    groups = {one.pk: one for one in may(actor, Group, Verb.READ).filter(pk__in={group for group, _level in counted})}
    found = [Stream(groups[group], level, n) for (group, level), n in counted.items() if group in groups]
    return sorted(found, key=lambda one: (one.level, one.group.name))


def pupils_in(actor: Membership, chosen: Iterable[str], *, at: datetime) -> "QuerySet[Pupil]":
    """Everybody who sits in one of these streams now."""
    wanted = {one.key: one for one in streams(actor, at=at)}
    rows = may(actor, Enrolment, Verb.READ).filter(live(at))
    inside = rows.none()
    for one in (wanted[key] for key in chosen if key in wanted):
        inside |= rows.filter(group=one.group, year_level=one.level)
    return may(actor, Pupil, Verb.READ).filter(pk__in=inside.values("pupil"))


def newcomers(actor: Membership, row: Composition, *, at: datetime) -> "QuerySet[Pupil]":
    """Who came to one of the groups after this was begun."""
    return pupils_in(actor, row.asks.get("streams", []), at=at).exclude(composed__composition=row)


@dataclass(frozen=True, slots=True)
class Member:
    """A pupil in a class: from which group, with which letters, and how many chosen classmates come along, of how many."""

    person: Person
    origin: str
    near: int
    chosen: int

    @property
    def is_without(self) -> bool:
        return bool(self.person.place) and self.chosen > 0 and self.near == 0


@dataclass(frozen=True, slots=True)
class Class:
    """One class as it stands."""

    place: str
    name: str
    size: int
    members: tuple[Member, ...]
    by_origin: tuple[tuple[str, int], ...]
    by_mark: tuple[tuple[str, int], ...]

    @property
    def without(self) -> int:
        return sum(one.is_without for one in self.members)


@dataclass(frozen=True, slots=True)
class Classes:
    """Everything on the page."""

    sheet: Sheet
    classes: tuple[Class, ...]
    waiting: tuple[Member, ...]
    newcomers: int

    @property
    def without(self) -> int:
        return sum(one.without for one in self.classes)

    @property
    def without_choices(self) -> int:
        """Of whom no choices are known."""
        return sum(one.chosen == 0 for group in (*(each.members for each in self.classes), self.waiting) for one in group)


def classes_of(actor: Membership, row: Composition, *, at: datetime) -> Classes:
    """As many questions to the database for three classes as for one."""
    sheet = sheet_of(actor, row, at=at)
    members = _members(sheet, sits_of(actor, sheet.people, at=at))
    return Classes(
        sheet,
        tuple(
            _class(place, size, name, [one for one in members if one.person.place == place])
            for (place, size), name in zip(sheet.plan.sizes.items(), class_names(row))
        ),
        tuple(one for one in members if not one.person.place),
        newcomers(actor, row, at=at).count(),
    )


def _members(sheet: Sheet, origin: Mapping[str, tuple[str, int]]) -> list[Member]:
    near = near_choices(sheet.plan, sheet.sitting, sheet.chosen)
    chose = {pupil: sum(one == pupil for one, _other in sheet.chosen) for pupil in sheet.sitting}
    return [
        Member(one, origin.get(one.key, ("", 0))[0], len(near[one.key][0]) if one.key in near else 0, chose[one.key])
        for one in sheet.people
    ]


def _class(place: str, size: int, name: str, members: list[Member]) -> Class:
    origin, marks = dict[str, int](), dict[str, int]()
    for one in members:
        origin[one.origin] = origin.get(one.origin, 0) + 1
        for letter in one.person.mark:
            marks[letter] = marks.get(letter, 0) + 1
    return Class(place, name, size, tuple(members), tuple(sorted(origin.items())), tuple(sorted(marks.items())))


def class_names(row: Composition) -> list[str]:
    """What the classes are called, in their order."""
    return [str(one["name"]) for one in row.places.get("groups", [])]


@dataclass(frozen=True, slots=True)
class Compared:
    """One division beside another: which class is most like which, and who sits elsewhere."""

    pairs: tuple[tuple[str, str], ...]
    moved: tuple[tuple[Person, str, str], ...]


def compared(one: Classes, other: Classes) -> Compared:
    """Whatever the classes are called: they are matched by who sits in them."""
    names = [{each.place: each.name for each in those.classes} for those in (one, other)]
    here, there = ({key: place for key, place in those.sheet.sitting.items() if place} for those in (one, other))
    found = difference(here, there)
    people = {each.key: each for each in one.sheet.people}
    return Compared(
        tuple((names[0][a], names[1][b]) for a, b in sorted(found.same.items())),
        tuple((people[key], names[0][here[key]], names[1][there[key]]) for key in found.moved),
    )


def next_classes(actor: Membership, row: Composition, *, at: datetime) -> tuple[list[NextClass], int]:
    """The classes for the change of the year, and how many still wait for one."""
    found = classes_of(actor, row, at=at)
    made = [NextClass(one.name, frozenset(member.person.key for member in one.members)) for one in found.classes]
    return made, len(found.waiting) + found.newcomers
