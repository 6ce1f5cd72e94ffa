"""Ties of a school, for whoever sees to the log and may read no pupil and no group: keys and times alone, never a name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kring.core.access import STAFF
from kring.web.schools.models import Assignment, Enrolment, Guardianship, Membership

Period = tuple[UUID, datetime, datetime | None]


@dataclass(frozen=True, slots=True)
class Ties:
    """Who taught whom, who is whose child and who worked here, each with its time."""

    taught: Mapping[UUID, list[Period]]  # membership → groups
    sat: Mapping[UUID, list[Period]]  # pupil → groups
    parents: Mapping[UUID, list[Period]]  # pupil → persons
    staff: Mapping[UUID, list[Period]]  # person → memberships

    def teaches(self, actor: UUID | None, pupil: UUID | None, group: UUID | None, at: datetime) -> bool:
        mine = at_that_moment(self.taught.get(actor, ()), at) if actor else set()
        return group in mine or (pupil is not None and bool(mine & at_that_moment(self.sat.get(pupil, ()), at)))

    def parents_of(self, pupil: UUID | None, at: datetime) -> set[UUID]:
        return at_that_moment(self.parents.get(pupil, ()), at) if pupil else set()

    def works_here(self, person: UUID, at: datetime) -> bool:
        return bool(at_that_moment(self.staff.get(person, ()), at))


def at_that_moment(periods: Iterable[Period], at: datetime) -> set[UUID]:
    return {key for key, from_at, until_at in periods if from_at <= at and (until_at is None or at < until_at)}


def ties(school: UUID) -> Ties:
    dated = ("from_at", "until_at")
    of_school = {"school_id": school}
    parents = Guardianship.objects.filter(guardian__person__isnull=False, **of_school)
    staff = Membership.objects.filter(role__in=[role.value for role in STAFF], **of_school)
    return Ties(
        _periods(Assignment.objects.filter(**of_school).values_list("membership_id", "group_id", *dated)),
        _periods(Enrolment.objects.filter(**of_school).values_list("pupil_id", "group_id", *dated)),
        _periods(parents.values_list("pupil_id", "guardian__person_id", *dated)),
        _periods(staff.values_list("person_id", "id", *dated)),
    )


def _periods(rows: Iterable[tuple[UUID, UUID, datetime, datetime | None]]) -> dict[UUID, list[Period]]:
    found: dict[UUID, list[Period]] = {}
    for key, other, from_at, until_at in rows:
        found.setdefault(key, []).append((other, from_at, until_at))
    return found
