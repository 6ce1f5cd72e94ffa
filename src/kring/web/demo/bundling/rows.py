"""Parallel groups of the demo school, side by side."""

from collections.abc import Iterable
from uuid import UUID, uuid5

from kring.web.schools.models import Bundle, Group


def bundle_parallel(groups: Iterable[Group]) -> None:
    """Groups of one year with exactly the same year levels."""
    alike: dict[tuple[UUID, tuple[int, ...]], list[Group]] = {}
    for group in groups:
        alike.setdefault((group.year_id, tuple(group.year_levels)), []).append(group)
    for (year, levels), found in alike.items():
        if len(found) > 1:
            name = f"alle groepen {'/'.join(map(str, levels))}"
            bundle = Bundle.objects.create(id=uuid5(year, name), school_id=found[0].school_id, year_id=year, name=name)
            Group.objects.filter(pk__in=[group.pk for group in found]).update(bundle=bundle)
