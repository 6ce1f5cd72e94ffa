"""What protects and what weighs, of one pupil: never of a class, and never counted."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from kring.core.access import Verb
from kring.core.understanding import ASKED_BEFORE
from kring.web.access import may
from kring.web.schools.models import Membership, Pupil, School
from kring.web.understanding.models import Factor


@dataclass(frozen=True, slots=True)
class Pair:
    """What protects, with what weighs beside it, if anything does."""

    protects: Factor
    weighs: tuple[Factor, ...]


def pairs(actor: Membership, pupil: Pupil, *, at: datetime) -> list[Pair]:
    """What holds now."""
    rows = list(may(actor, Factor, Verb.READ, at=at).filter(pupil=pupil).select_related("author__person"))
    return [Pair(one, tuple(row for row in rows if row.beside_id == one.pk)) for one in rows if one.protects]


def sides_of(found: list[Pair]) -> frozenset[str]:
    """Which sides were looked at: of what protects as of what weighs."""
    return frozenset(row.side for one in found for row in (one.protects, *one.weighs))


def of_pair(factor: Factor) -> Q:
    """What protects and what stands beside it: they are kept and go together."""
    return Q(pk=factor.beside_id or factor.pk) | Q(beside=factor.beside_id or factor.pk)


def to_ask(school: School, *, on: date) -> list[Factor]:
    """What goes within two weeks: its author is asked whether it still holds."""
    soon = on + timedelta(days=ASKED_BEFORE)
    rows = Factor.objects.filter(school=school, protects=True, gone_at=None, pupil__merged_at=None, review_on__lte=soon, review_on__gte=on)
    return list(rows.select_related("author"))
