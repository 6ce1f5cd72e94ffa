"""Group 6A in its room: a floor plan in use since the last holiday, and one that Anna is working on, with wishes."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from kring.core.floor_plans import Shape, floor_plan
from kring.core.places import Door, FloorPlan, kept_places
from kring.web.compositions.models import ComposedPupil, Composition, PlaceWish
from kring.web.schools.models import Assignment, Enrolment, Group, Membership, Pupil, School

Key = Callable[..., UUID]
SINCE = timedelta(days=28)


def seat_6a(school: School, members: Mapping[str, Membership], *, key: Key, now: datetime) -> None:
    """At Anna's school alone."""
    anna = members.get("anna")
    if anna is None or anna.school_id != school.pk:
        return
    group = Assignment.objects.get(membership=anna, until_at=None, group__name="6A").group
    pupils = [
        one.pupil for one in Enrolment.objects.filter(group=group, until_at=None).select_related("pupil").order_by("pupil__sort_name")
    ]
    room = floor_plan(Shape.PAIRS, len(pupils) + 2)
    room = FloorPlan(room.seats, (Door.BACK_RIGHT,))
    used = _composition(anna, group, _("Sinds de vakantie"), key=key, made_at=now - SINCE, room=room)
    Composition.objects.filter(pk=used.pk).update(used_from=(now - SINCE).date())
    _seat(used, pupils, list(room.sizes), key=key)
    begun = _composition(anna, group, _("Volgende maand"), key=key, made_at=now, room=room)
    _seat(begun, pupils, [*list(room.sizes)[3:9], *[""] * len(pupils)], key=key)
    _wish(begun, anna, pupils[2:4], key=key)


def _composition(anna: Membership, group: Group, name: str, *, key: Key, made_at: datetime, room: FloorPlan) -> Composition:
    return Composition.objects.create(
        id=key("composition", str(group.pk), made_at.date().isoformat()),
        school_id=group.school_id,
        group=group,
        year_id=group.year_id,
        kind=Composition.Kind.SEATS,
        name=name,
        places=kept_places(room),
        made_by=anna,
        made_at=made_at,
    )


def _seat(row: Composition, pupils: Sequence[Pupil], places: Sequence[str], *, key: Key) -> None:
    """In the order of the register, turned by a third, as a class sits after the first weeks."""
    turned = [*pupils[len(pupils) // 3 :], *pupils[: len(pupils) // 3]]
    ComposedPupil.objects.bulk_create(
        ComposedPupil(id=key("composed", str(row.pk), str(one.pk)), school_id=row.school_id, composition=row, pupil=one, place=place)
        for one, place in zip(turned, places)
    )


def _wish(row: Composition, anna: Membership, pupils: Sequence[Pupil], *, key: Key) -> None:
    """One to sit in front, and two who talk a lot."""
    one, other = pupils
    wish = {"school_id": row.school_id, "composition": row, "made_by": anna, "pupil": one}
    PlaceWish.objects.create(id=key("wish", str(row.pk), "front"), kind=PlaceWish.Kind.FRONT, reason=_("Ziet van ver niet goed"), **wish)
    PlaceWish.objects.create(
        id=key("wish", str(row.pk), "apart"), kind=PlaceWish.Kind.APART, other=other, reason=_("Samen komen ze niet aan werken toe"), **wish
    )
