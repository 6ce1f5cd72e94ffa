"""Where signals about several pupils of one class look like one question of that class."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Subquery, UUIDField
from django.utils import timezone
from django.utils.functional import Promise

from kring.core.access import Record, Verb
from kring.core.class_signals import WITHIN, SeenInClass, families_of, shared_in_class
from kring.core.signs import SIGNS
from kring.web.access import may
from kring.web.schools.models import Enrolment, Group, Membership, live
from kring.web.signals.models import Signal, SignalAnswer
from kring.web.signals.words import FAMILIES


@dataclass(frozen=True, slots=True)
class ClassQuestion:
    """A class to look at as a class: how many pupils have a signal of this family, and since when."""

    group: Group
    family: Promise
    pupils: int
    since: date


def class_questions(actor: Membership, *, at: datetime) -> list[ClassQuestion]:
    """In groups of which one may write down what is going on; what somebody found to be wrong does not count."""
    groups = may(actor, Group, Verb.WRITE, of=Record.UNDERSTANDING, at=at)
    sits = Enrolment.objects.filter(live(at), pupil=OuterRef("pupil"), group__in=groups.values("pk")).order_by("-from_at")
    answers = may(actor, SignalAnswer, Verb.READ, at=at).filter(signal=OuterRef("pk")).order_by("-answered_at", "-pk")
    signals = may(actor, Signal, Verb.READ, at=at).filter(seen_at__gt=at - WITHIN, is_serious=False)
    sits_in = Subquery(sits.values("group")[:1], output_field=UUIDField())
    rows = signals.order_by().annotate(sits_in=sits_in, judged=Subquery(answers.values("judgement")[:1]))
    seen = [
        SeenInClass(str(group), str(pupil), families_of([one for one in signs if one in SIGNS], families), timezone.localdate(seen_at))
        for group, pupil, signs, families, seen_at, judged in rows.values_list(
            *("sits_in", "pupil_id", "signs", "families", "seen_at", "judged")
        )
        if group and judged != SignalAnswer.Judgement.WRONG
    ]
    found = shared_in_class(seen, on=timezone.localdate(at))
    by_key = {str(key): group for key, group in groups.in_bulk([one.group for one in found]).items()}
    return [ClassQuestion(by_key[one.group], FAMILIES[one.family], one.pupils, one.since) for one in found]
