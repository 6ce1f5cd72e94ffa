"""What weighs is written with what protects beside it, and goes on its day unless somebody keeps it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from kring.core import understanding as rules
from kring.core.access import Record, Verb
from kring.web.action import action
from kring.web.schools.models import Membership, Pupil
from kring.web.tasks.intake import lapse_about, settle_about
from kring.web.understanding.factors.queries import of_pair
from kring.web.understanding.models import Factor


@dataclass(frozen=True, slots=True)
class Known:
    """What protects, and perhaps what weighs beside it; from whom it is known, and until when."""

    protects: str
    protects_side: str
    weighs: str
    weighs_side: str
    source: str
    review_on: date


@action("factor.written", needs=Verb.WRITE, of=Record.FACTOR)
def write_factor(actor: Membership, pupil: Pupil, known: Known, *, at: datetime) -> Factor:
    """Raises WeighsWithoutProtection, ReviewPassed, ReviewTooFar."""
    rules.refuse_unprotected(known.weighs, known.protects)
    rules.refuse_review(known.review_on, on=timezone.localdate(at))
    about = {"school_id": pupil.school_id, "pupil": pupil, "source": known.source, "review_on": known.review_on}
    made = Factor.objects.create(**about, side=known.protects_side, protects=True, text=known.protects, author=actor, made_at=at)
    if known.weighs.strip():
        Factor.objects.create(**about, side=known.weighs_side, protects=False, beside=made, text=known.weighs, author=actor, made_at=at)
    return made


@action("factor.kept", needs=Verb.WRITE)
def keep_factor(actor: Membership, factor: Factor, *, review_on: date, at: datetime) -> None:
    """It still holds, with what stands beside it. Raises FactorGone, ReviewPassed, ReviewTooFar."""
    rules.refuse_gone(factor.gone_at)
    rules.refuse_review(review_on, on=timezone.localdate(at))
    Factor.objects.filter(of_pair(factor), school_id=factor.school_id, gone_at=None).update(review_on=review_on, author=actor)
    settle_about(factor.beside or factor, "factor.review", at=at)


@action("factor.dropped", needs=Verb.WRITE)
def drop_factor(actor: Membership, factor: Factor, *, at: datetime) -> None:  # noqa: ARG001
    """It holds no more: what weighs goes alone, what protects takes along what it stood beside. Raises FactorGone."""
    rules.refuse_gone(factor.gone_at)
    going = Factor.objects.filter(pk=factor.pk) if factor.beside_id else Factor.objects.filter(of_pair(factor))
    going.filter(gone_at=None).update(gone_at=at)
    if not factor.beside_id:
        lapse_about(factor, at=at)
