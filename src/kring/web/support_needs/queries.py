"""What I need, and what colleagues asked me to think along with. Nothing counts these rows, and nothing else in Kring reads them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from kring.core.access import Record, Verb, roles_that
from kring.web.access import may, may_do
from kring.web.schools.models import Membership, live
from kring.web.support_needs.models import SupportNeed, SupportNeedCoach

READERS = roles_that(Record.SUPPORT_NEED, Verb.READ)


@dataclass(frozen=True, slots=True)
class Needs:
    """Mine, and those of colleagues who chose me."""

    mine: tuple[SupportNeed, ...]
    asked: tuple[SupportNeed, ...]


def needs(actor: Membership, *, at: datetime) -> Needs:
    """Those that are not over first, the newest before the others."""
    rows = list(may(actor, SupportNeed, Verb.READ, at=at).select_related("author__person").order_by("-made_at", "pk"))
    rows.sort(key=lambda row: row.ended_at is not None)
    return Needs(tuple(row for row in rows if row.author_id == actor.pk), tuple(row for row in rows if row.author_id != actor.pk))


def coach_of(actor: Membership, need: SupportNeed, *, at: datetime) -> SupportNeedCoach | None:
    """Whom the author chose."""
    seats = may(actor, SupportNeedCoach, Verb.READ, at=at).filter(live(at), need=need)
    return seats.select_related("membership__person", "membership__school").first()


def coaches_for(actor: Membership, *, at: datetime) -> "QuerySet[Membership]":
    """Colleagues of the school who may read such a need when they are chosen: who leads is none of them, and an appraisal is not this."""
    here = Membership.objects.filter(live(at), school=actor.school_id, role__in=[role.value for role in READERS], person__is_active=True)
    return here.exclude(person=actor.person_id).select_related("person", "school").order_by("person__given_name", "role", "pk")


def may_answer(actor: Membership, need: SupportNeed, *, at: datetime) -> bool:
    """Whether I am the coach."""
    return may_do(actor, need, Verb.ANSWER, at=at)
