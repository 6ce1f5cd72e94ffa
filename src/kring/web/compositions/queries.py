"""A composition as it stands: who sits where, who chose whom, what was wished; and everything that a proposal follows from."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from kring.core.access import Record, Verb
from kring.core.places import FloorPlan, Plan, Sitting, met, read_places
from kring.core.seating import Asked, hides_rejections
from kring.core.sociometry.composing import Wish, WishKind
from kring.documents.lettering import short_names
from kring.web.access import may
from kring.web.compositions.models import ComposedPupil, Composition, PlaceWish
from kring.web.jobs.models import Job
from kring.web.schools.models import Enrolment, Group, Membership, Pupil, live
from kring.web.sociograms.models import Nomination, Sociogram

PLANS_REMEMBERED = 3
SEATED = (Composition.Kind.SEATS, Composition.Kind.TABLES)

Choices = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Person:
    """A pupil of a composition: the name as the class says it, the whole name, and where the pupil sits."""

    pupil: Pupil
    name: str
    place: str = ""
    is_fixed: bool = False
    mark: str = ""
    row: UUID | None = None

    @property
    def key(self) -> str:
        return str(self.pupil.pk)


@dataclass(frozen=True)
class Sheet:
    """One composition with everything on its page; `people` in the order of their names."""

    row: Composition
    plan: Plan
    people: tuple[Person, ...]
    wishes: tuple[PlaceWish, ...] = ()
    chosen: Choices = frozenset()
    sources: tuple[Sociogram, ...] = ()
    work: Job | None = None
    can_undo: bool = field(default=False)

    @cached_property
    def sitting(self) -> dict[str, str]:
        return {one.key: one.place for one in self.people}

    @cached_property
    def fixed(self) -> frozenset[str]:
        return frozenset(one.key for one in self.people if one.is_fixed)

    @cached_property
    def names(self) -> dict[str, str]:
        return {one.key: one.name for one in self.people}


def compositions(actor: Membership, group: Group) -> QuerySet[Composition]:
    """Of this group, what is in use first and then the newest."""
    return may(actor, Composition, Verb.READ).filter(group=group).order_by("-used_from", "-made_at", "pk")


def count_of(actor: Membership, group: Group, *, at: datetime) -> int:
    """How many sit in this group now."""
    return may(actor, Enrolment, Verb.READ).filter(live(at), group=group).count()


def last_room(actor: Membership, group: Group) -> FloorPlan | None:
    """The room of the newest floor plan of this group."""
    newest = may(actor, Composition, Verb.READ).filter(group=group, kind=Composition.Kind.SEATS).order_by("-made_at", "pk").first()
    room = read_places(newest.places) if newest else None
    return room if isinstance(room, FloorPlan) else None


def members(actor: Membership, row: Composition, *, at: datetime) -> list[Pupil]:
    """Who sits in the group at this moment; of classes of a next year those who were put in it and did not leave."""
    sits = may(actor, Enrolment, Verb.READ).filter(live(at), pupil=OuterRef("pk"))
    found = may(actor, Pupil, Verb.READ)
    if row.group_id is not None:
        return list(found.filter(Exists(sits.filter(group=row.group_id))))
    return list(found.filter(Exists(sits), Exists(may(actor, ComposedPupil, Verb.READ).filter(composition=row, pupil=OuterRef("pk")))))


def people_of(actor: Membership, row: Composition, *, at: datetime) -> tuple[Person, ...]:
    """With places. Who left has none any more; who came has none yet; a place that is gone from the plan counts as none."""
    pupils = members(actor, row, at=at)
    return _people(pupils, {one.pupil_id: one for one in may(actor, ComposedPupil, Verb.READ).filter(composition=row)}, row)


def _people(pupils: Collection[Pupil], seated: Mapping[UUID, ComposedPupil], row: Composition) -> tuple[Person, ...]:
    names, places = short_names({str(one.pk): str(one) for one in pupils}), read_places(row.places).sizes
    found = [_person(pupil, names[str(pupil.pk)], seated.get(pupil.pk), places) for pupil in pupils]
    return tuple(sorted(found, key=lambda person: (person.name.casefold(), person.key)))


def _person(pupil: Pupil, name: str, one: ComposedPupil | None, places: Collection[str]) -> Person:
    if one is None:
        return Person(pupil, name)
    place = one.place if one.place in places else ""
    return Person(pupil, name, place, one.is_fixed and bool(place), one.mark, one.pk)


def sheet_of(actor: Membership, row: Composition, *, at: datetime) -> Sheet:
    """Everything on the page, in a constant number of questions to the database.

    The work is looked at first: when that is done, so is what it wrote.
    """
    work = may(actor, Job, Verb.READ).filter(pk=row.work_id).first() if row.work_id else None
    row.refresh_from_db()
    pupils = members(actor, row, at=at)
    seated = list(may(actor, ComposedPupil, Verb.READ).filter(composition=row))
    people = _people(pupils, {one.pupil_id: one for one in seated}, row)
    sources = sources_of(actor, row, at=at)
    return Sheet(
        row,
        read_places(row.places),
        people,
        wishes_of(actor, row, [one.pupil.pk for one in people]),
        chosen_by(actor, sources, [one.pupil.pk for one in people]),
        sources,
        work,
        any(one.past for one in seated),
    )


def wishes_of(actor: Membership, row: Composition, pupils: Collection[UUID]) -> tuple[PlaceWish, ...]:
    """The wishes about pupils who are there; two who turned out to be one pupil have none about each other."""
    about = may(actor, PlaceWish, Verb.READ).filter(Q(other=None) | Q(other__in=pupils), composition=row, pupil__in=pupils)
    return tuple(one for one in about.order_by("kind", "pk") if one.pupil_id != one.other_id)


def hard(wishes: Iterable[PlaceWish]) -> tuple[Wish, ...]:
    """As the core knows them: without why."""
    return tuple(core_wish(one) for one in wishes if one.is_hard)


def core_wish(one: PlaceWish) -> Wish:
    pupils = (str(one.pupil_id), str(one.other_id)) if one.other_id else (str(one.pupil_id),)
    return Wish(WishKind(one.kind), pupils)


def sources_of(actor: Membership, row: Composition, *, at: datetime) -> tuple[Sociogram, ...]:
    """The newest closed sociogram with choices of each group that the pupils come from.

    In September the group itself has none yet: then those of the groups in which its pupils sat before, as far as the actor may read them.
    """
    if row.group_id is None:
        return _newest_of(actor, list(_groups_of_origin(actor, row, at=at)), at=at)
    return _newest_of(actor, [row.group_id], at=at) or _newest_of(actor, _groups_before(actor, row, at=at), at=at)


def _newest_of(actor: Membership, groups: Collection[UUID], *, at: datetime) -> tuple[Sociogram, ...]:
    chose = may(actor, Nomination, Verb.READ, of=Record.NOMINATION, at=at).filter(sociogram=OuterRef("pk"), polarity=1)
    closed = may(actor, Sociogram, Verb.READ).filter(Exists(chose), group__in=groups, round__closed_at__lte=at)
    newest: dict[UUID, Sociogram] = {}
    for one in closed.select_related("round", "group").order_by("-round__closed_at", "-pk"):
        newest.setdefault(one.group_id, one)
    return tuple(newest.values())


def _groups_before(actor: Membership, row: Composition, *, at: datetime) -> set[UUID]:
    """The last other group of each pupil who sits here now."""
    sits = may(actor, Enrolment, Verb.READ).filter(live(at), group=row.group_id).values("pupil")
    before = may(actor, Enrolment, Verb.READ).filter(pupil__in=sits, until_at__lte=at).exclude(group=row.group_id)
    last = dict(before.order_by("until_at", "pk").values_list("pupil_id", "group_id"))
    return set(last.values())


def _groups_of_origin(actor: Membership, row: Composition, *, at: datetime) -> QuerySet[Enrolment, UUID]:
    pupils = may(actor, ComposedPupil, Verb.READ).filter(composition=row).values("pupil")
    return may(actor, Enrolment, Verb.READ).filter(live(at), pupil__in=pupils).values_list("group_id", flat=True).distinct()


def chosen_by(actor: Membership, sources: Collection[Sociogram], pupils: Collection[UUID]) -> Choices:
    """Who chose whom, positive choices alone; whichever question it was."""
    if not sources:
        return frozenset()
    rows = may(actor, Nomination, Verb.READ, of=Record.NOMINATION).filter(sociogram__in=sources, polarity=1)
    return _pairs(rows, pupils)


def _pairs(rows: QuerySet[Nomination], pupils: Collection[UUID]) -> Choices:
    inside = rows.filter(chooser__in=pupils, chosen__in=pupils).values_list("chooser_id", "chosen_id")
    return frozenset((str(one), str(other)) for one, other in inside)


def asked_of(actor: Membership, row: Composition, *, at: datetime) -> Asked:
    """What a proposal follows from. Rejections go into the search as a weight and never come out: nothing on a page tells of them, also
    not to who tries again and again with all but two pupils held in their places."""
    people = people_of(actor, row, at=at)
    pupils = [one.pupil.pk for one in people]
    sources = sources_of(actor, row, at=at) if row.asks.get("choices", True) else ()
    rejected = may(actor, Nomination, Verb.COUNT, of=Record.REJECTION).filter(sociogram__in=sources)
    wishes = wishes_of(actor, row, pupils)
    fixed = frozenset(one.key for one in people if one.is_fixed)
    hidden = hides_rejections([one.key for one in people], fixed, hard(wishes))
    return Asked(
        plan=read_places(row.places),
        sitting={one.key: one.place for one in people},
        fixed=fixed,
        chosen=chosen_by(actor, sources, pupils),
        rejected=_pairs(rejected, pupils) if sources and hidden else frozenset(),
        wishes=hard(wishes),
        rather_apart=frozenset(frozenset(core_wish(one).pupils) for one in wishes if not one.is_hard),
        marks=_marks(actor, row, people, at=at),
        at_most={f"mark {letter}": most for letter, most in row.asks.get("most", {}).items()},
        earlier=tuple(earlier(actor, row, on=timezone.localdate(at))) if row.asks.get("new_neighbours", True) else (),
    )


def _marks(actor: Membership, row: Composition, people: Collection[Person], *, at: datetime) -> dict[str, frozenset[str]]:
    """What is spread over the groups: year levels, the groups of now, and the marks that were typed for this composition alone."""
    marks: dict[str, set[str]] = {}
    for person in people:
        for mark in filter(None, person.mark if row.group_id is None else [person.mark]):  # classes: letters, one pupil may bear more
            marks.setdefault(f"mark {mark}", set()).add(person.key)
    sits = sits_of(actor, people, at=at) if row.asks.get("levels") or row.asks.get("origins") else {}
    for key, (group, level) in sits.items():
        if row.asks.get("levels"):
            marks.setdefault(f"level {level}", set()).add(key)
        if row.asks.get("origins"):
            marks.setdefault(f"group {group}", set()).add(key)
    return {mark: frozenset(keys) for mark, keys in marks.items()}


def sits_of(actor: Membership, people: Collection[Person], *, at: datetime) -> dict[str, tuple[str, int]]:
    """By pupil the group of now, by name, and the year level in it."""
    rows = may(actor, Enrolment, Verb.READ).filter(live(at), pupil__in=[one.pupil.pk for one in people]).order_by("from_at", "pk")
    return {str(pupil): (name, level) for pupil, name, level in rows.values_list("pupil_id", "group__name", "year_level")}


def earlier(actor: Membership, row: Composition, *, on: date) -> list[frozenset[frozenset[str]]]:
    """The last plans that were used, oldest first, each as the pairs who sat near each other. Work groups look at work groups."""
    kinds = SEATED if row.kind in SEATED else (row.kind,)
    used = may(actor, Composition, Verb.READ).filter(group=row.group_id, kind__in=kinds, used_from__lte=on).exclude(pk=row.pk)
    plans = list(used.order_by("-used_from", "-made_at")[:PLANS_REMEMBERED]) if row.group_id else []
    sat: dict[UUID, dict[str, str]] = {}
    for one in may(actor, ComposedPupil, Verb.READ).filter(composition__in=plans):
        sat.setdefault(one.composition_id, {})[str(one.pupil_id)] = one.place
    return [met(read_places(plan.places), _seated(sat.get(plan.pk, {}))) for plan in reversed(plans)]


def _seated(sitting: Sitting) -> Sitting:
    return {pupil: place for pupil, place in sitting.items() if place}
