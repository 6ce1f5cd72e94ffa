"""The pairs of one sociogram, and who of its list can be asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kring.core.access import Verb
from kring.core.buddies import is_agreed
from kring.documents.scales import name_order
from kring.web.access import may
from kring.web.schools.models import Membership, Pupil
from kring.web.sociograms.models import Buddies, ListedPupil, Sociogram


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names with what each said and when; `goes_on`: both said yes."""

    row: Buddies
    names: tuple[str, str]
    goes_on: bool

    @property
    def answers(self) -> tuple[tuple[str, bool | None, datetime | None], tuple[str, bool | None, datetime | None]]:
        """By name what was said, and when."""
        row = self.row
        return (self.names[0], row.pupil_says, row.pupil_asked_at), (self.names[1], row.other_says, row.other_asked_at)


def can_be_asked(actor: Membership, row: Sociogram, *, at: datetime) -> dict[UUID, str]:
    """Everybody on the list who may be read, by name: whoever is asked is for a person to choose."""
    listed = may(actor, ListedPupil, Verb.READ, at=at).filter(sociogram=row).values("pupil")
    pupils = sorted(may(actor, Pupil, Verb.READ, at=at).filter(pk__in=listed), key=lambda one: name_order(str(one)))
    return {one.pk: str(one) for one in pupils}


def pairs(actor: Membership, row: Sociogram, names: Mapping[UUID, str], *, at: datetime) -> list[Pair]:
    """Of pupils who may both be read, by name."""
    rows = (
        may(actor, Buddies, Verb.READ, at=at)
        .filter(sociogram=row, pupil__in=list(names), other__in=list(names))
        .select_related("asked_by__person")
    )
    found = [Pair(one, (names[one.pupil_id], names[one.other_id]), is_agreed((one.pupil_says, one.other_says))) for one in rows]
    return sorted(found, key=lambda one: [name_order(name) for name in one.names])
