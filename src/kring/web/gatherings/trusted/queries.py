"""Whom pupils trust, who can be asked, and which pupils have nobody yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kring.core.access import STAFF, Record, Verb, roles_that
from kring.web.access import may
from kring.web.gatherings.models import TrustedAdult
from kring.web.gatherings.reviews.queries import pupils_of
from kring.web.page import hat_label
from kring.web.schools.models import Group, Membership, Pupil, live

CAN_BE = roles_that(Record.TRUSTED_ADULT, Verb.ANSWER) & STAFF


def adults_of(actor: Membership, *, at: datetime) -> list[tuple[str, str]]:
    """Who of the school can be asked, by name and function; somebody with two hats once."""
    here = Membership.objects.filter(live(at), school=actor.school_id, role__in=[role.value for role in CAN_BE], person__is_active=True)
    ordered = here.select_related("person", "school").order_by("person__given_name", "person__family_name", "from_at")
    once: Mapping[UUID, Membership] = {hat.person_id: hat for hat in reversed(list(ordered))}
    return [(str(hat.pk), f"{hat.person}, {hat_label(hat)}") for hat in sorted(once.values(), key=lambda hat: str(hat.person))]


def adult(actor: Membership, key: str, *, at: datetime) -> Membership | None:
    """The one that was chosen, of those who can be asked."""
    if key not in {one for one, _name in adults_of(actor, at=at)}:
        return None
    return Membership.objects.select_related("person").get(pk=key)


def rows_of(actor: Membership, pupil: Pupil, *, at: datetime) -> list[TrustedAdult]:
    """Who said yes, and who was asked; none who is it no more."""
    rows = may(actor, TrustedAdult, Verb.READ, at=at).filter(live(at), pupil=pupil)
    return list(rows.select_related("membership__person", "membership__school").order_by("agreed_at", "pk"))


@dataclass(frozen=True, slots=True)
class Line:
    """A pupil of a group, and who is there for it."""

    pupil: Pupil
    agreed: list[TrustedAdult]
    asked: list[TrustedAdult]


def of_group(actor: Membership, group: Group, *, at: datetime) -> list[Line]:
    """Those without anybody first."""
    pupils = pupils_of(actor, group, at=at)
    rows = list(may(actor, TrustedAdult, Verb.READ, at=at).filter(live(at), pupil__in=pupils).select_related("membership__person"))
    lines = [_line(one, rows) for one in pupils]
    return sorted(lines, key=lambda line: (bool(line.agreed), bool(line.asked)))


def _line(pupil: Pupil, rows: Sequence[TrustedAdult]) -> Line:
    mine = [row for row in rows if row.pupil_id == pupil.pk]
    return Line(pupil, [row for row in mine if row.agreed_at], [row for row in mine if not row.agreed_at])
