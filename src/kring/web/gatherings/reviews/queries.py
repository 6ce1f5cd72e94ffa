"""Who comes up in a group review, who was not reached last time, and what was decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from kring.core.access import Verb
from kring.web.access import may
from kring.web.gatherings.models import DiscussedPupil, Gathering
from kring.web.gatherings.words import REASONS
from kring.web.schools.models import Enrolment, Group, Membership, Pupil, live

LEFT_OVER, OWN = "left_over", "own"


def pupils_of(actor: Membership, group: Group, *, at: datetime) -> list[Pupil]:
    """Who sits in this group now, of those whom the actor may see, by name."""
    here = Enrolment.objects.filter(live(at), group=group).values("pupil")
    return list(may(actor, Pupil, Verb.READ, at=at).filter(pk__in=here).order_by("sort_name", "pk"))


def left_over(actor: Membership, group: Group, *, at: datetime) -> set[UUID]:
    """Who stood on the agenda of the last review of this group, held or called off, and was not reached."""
    over = may(actor, Gathering, Verb.READ, at=at).exclude(held_at=None, called_off_at=None)
    newest = over.filter(group=group, kind=Gathering.Kind.GROUP_REVIEW).order_by("-planned_at").first()
    rows = (
        may(actor, DiscussedPupil, Verb.READ, at=at).filter(gathering=newest, discussed_at=None)
        if newest
        else DiscussedPupil.objects.none()
    )
    return set(rows.values_list("pupil_id", flat=True))


def proposed(asked: Mapping[str, str], pupils: Sequence[Pupil], left: set[UUID]) -> dict[UUID, list[str]]:
    """Why each of these pupils is on the agenda: what the page before said of them, and who was left over. Unknown words fall away."""
    found: dict[UUID, list[str]] = {}
    for one in pupils:
        because = [word for word in asked.get(str(one.pk), "").split() if word in REASONS]
        because += [LEFT_OVER] if one.pk in left and LEFT_OVER not in because else []
        if because or str(one.pk) in asked:
            found[one.pk] = because or [OWN]
    return found


def spoken(because: Sequence[str]) -> str:
    """In words."""
    return ", ".join(str(REASONS[word]) for word in because if word in REASONS)


@dataclass(frozen=True, slots=True)
class Line:
    """A pupil on the agenda."""

    row: DiscussedPupil
    why: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """The pupils still to come, those who were, and the first to come."""

    to_come: list[Line]
    done: list[Line]

    @property
    def first(self) -> DiscussedPupil | None:
        return self.to_come[0].row if self.to_come else None


def agenda(actor: Membership, review: Gathering) -> Agenda:
    """In the order of the names."""
    rows = (
        may(actor, DiscussedPupil, Verb.READ)
        .filter(gathering=review)
        .select_related("pupil", "who__person")
        .order_by("pupil__sort_name", "pk")
    )
    lines = [Line(row, spoken(row.because)) for row in rows]
    return Agenda([line for line in lines if line.row.discussed_at is None], [line for line in lines if line.row.discussed_at])


def reviews_of(actor: Membership, group: Group) -> list[Gathering]:
    """The reviews of this group, the newest first."""
    return list(may(actor, Gathering, Verb.READ).filter(group=group, kind=Gathering.Kind.GROUP_REVIEW).order_by("-planned_at")[:20])


def is_there_today(review: Gathering, *, at: datetime) -> bool:
    """A review is held on its day or later."""
    return timezone.localdate(review.planned_at) <= timezone.localdate(at)
