"""Who sits where, as it goes on paper."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from kring.core.places import FloorPlan, GroupPlan, key_of, read_places
from kring.documents.floor_plan import Desk, Room, Table
from kring.web.compositions.models import Composition
from kring.web.compositions.queries import Person, people_of
from kring.web.schools.models import Membership
from kring.web.schools.naming import group_label


def room_of(actor: Membership, composition: Composition, *, at: datetime) -> Room:
    """The plan as it goes on paper."""
    plan, seated, of_group = read_places(composition.places), people_of(actor, composition, at=at), composition.group
    bare = Room(
        title=composition.name,
        group=group_label(of_group, actor.school) if of_group else "",
        school=actor.school.name,
        made_on=timezone.localdate(at),
        waiting=tuple(one.name for one in seated if not one.place),
    )
    if isinstance(plan, GroupPlan):
        return replace(bare, tables=_groups(plan, seated))
    return replace(bare, desks=_desks(plan, seated), tables=_rows(plan, seated), doors=frozenset(door.value for door in plan.doors))


def _desks(plan: FloorPlan, seated: Collection[Person]) -> tuple[Desk, ...]:
    at = {one.place: one.name for one in seated}
    return tuple(Desk(seat.row, seat.column, at.get(key_of(seat), "")) for seat in plan.seats)


def _rows(plan: FloorPlan, seated: Iterable[Person]) -> tuple[Table, ...]:
    """A list for each row of desks, from left to right."""
    at = {one.place: one.name for one in seated}
    rows: dict[int, list[str]] = {}
    for seat in sorted(plan.seats, key=lambda seat: (seat.row, seat.column)):
        rows.setdefault(seat.row, []).extend(name for name in [at.get(key_of(seat))] if name)
    return tuple(Table(_("Rij %(number)s") % {"number": number}, tuple(names)) for number, names in enumerate(rows.values(), 1))


def _groups(plan: GroupPlan, seated: Collection[Person]) -> tuple[Table, ...]:
    return tuple(Table(part.name, tuple(one.name for one in seated if one.place == place)) for place, part in zip(plan.sizes, plan.groups))
