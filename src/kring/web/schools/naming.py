"""What a school calls its groups, and how pupils stand on a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from kring.web.schools.models import Group, Pupil, School


def group_label(group: Group, school: School) -> str:
    """Groep 6A in primary education, klas 1A in secondary."""
    secondary = school.type in {School.Type.SECONDARY, School.Type.SPECIAL_SECONDARY}
    return (_("klas %(name)s") if secondary else _("groep %(name)s")) % {"name": group.name}


@dataclass(frozen=True, slots=True)
class ListedName:
    """A pupil on a list: by name for whom the pupil may be read, otherwise as somebody who left."""

    key: str
    name: str
    readable: bool


def listed_names(pupils: Iterable[UUID], readable: Iterable[Pupil]) -> dict[str, ListedName]:
    """A list keeps everybody who stood on it, in its order; who may not be read (any more) keeps a place, with a number for a name."""
    names = {pupil.pk: str(pupil) for pupil in readable}
    listed = list(dict.fromkeys(pupils))
    left = {pupil: _("Vertrokken %(number)d") % {"number": number} for number, pupil in enumerate((p for p in listed if p not in names), 1)}
    return {str(pupil): ListedName(str(pupil), names.get(pupil) or left[pupil], pupil in names) for pupil in listed}
