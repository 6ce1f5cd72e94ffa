"""Two classes of next year out of 6A and 6B of the demo: a proposal that the coordinator is working on."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from kring.core.next_classes import even_sizes
from kring.core.places import GroupPlan, Part, kept_places
from kring.web.compositions.models import ComposedPupil, Composition
from kring.web.schools.models import Enrolment, Membership, School, SchoolYear

Key = Callable[..., UUID]
FROM, TO, LEVEL = ("6A", "6B"), ("7A", "7B"), 6
BEGUN = timedelta(days=1)
TURN = 3  # every third pupil changes class


def compose_next_classes(school: School, people: Mapping[str, Membership], *, key: Key, now: datetime) -> None:
    """Where a next year is prepared and both groups are there."""
    coming = SchoolYear.objects.filter(school=school, starts_on__gt=now.date()).first()
    sits = list(
        Enrolment.objects.filter(school=school, until_at=None, group__name__in=FROM, year_level=LEVEL)
        .select_related("group")
        .order_by("pupil__sort_name", "pupil_id")
    )
    if coming is None or "bram" not in people or len(sits) < len(TO):
        return
    most = max(even_sizes(len(sits), len(TO))) + 2
    row = Composition.objects.create(
        id=key("classes", str(school.pk), coming.label),
        school=school,
        year=coming,
        year_level=LEVEL,
        kind=Composition.Kind.CLASSES,
        name=_("Eerste voorstel"),
        places=kept_places(GroupPlan(tuple(Part(name, most) for name in TO))),
        asks={"choices": True, "origins": True, "levels": False, "streams": sorted({f"{one.group_id}:{LEVEL}" for one in sits})},
        made_by=people["bram"],
        made_at=now - BEGUN,
    )
    ComposedPupil.objects.bulk_create(
        ComposedPupil(
            id=key("composed", str(row.pk), str(one.pupil_id)),
            school=school,
            composition=row,
            pupil_id=one.pupil_id,
            place=str(1 + (own if number % TURN else 1 - own)),  # most go along with their group
        )
        for own, name in enumerate(FROM)
        for number, one in enumerate(one for one in sits if one.group.name == name)
    )
