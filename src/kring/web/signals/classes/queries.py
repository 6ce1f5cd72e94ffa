"""Where signals about several pupils of one class look like one question of that class."""

from dataclasses import dataclass
from datetime import date, datetime

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
    groups = may(actor, Group, Verb.WRITE, of=Record.UNDERSTANDING, at=at).in_bulk()
    if not groups:
        return []
    signals = may(actor, Signal, Verb.READ, at=at).filter(seen_at__gt=at - WITHIN, is_serious=False).exclude(pupil=None)
    rows = list(signals.order_by().values_list("pk", "pupil_id", "signs", "families", "seen_at"))
    answers = may(actor, SignalAnswer, Verb.READ, at=at).filter(signal__in=[key for key, *_rest in rows]).order_by("answered_at", "pk")
    judged = dict(answers.values_list("signal_id", "judgement"))
    sits = Enrolment.objects.filter(live(at), pupil__in={pupil for _key, pupil, *_rest in rows}, group__in=groups).order_by("from_at")
    group_of = dict(sits.values_list("pupil_id", "group_id"))
    seen = [
        SeenInClass(
            str(group_of[pupil]), str(pupil), families_of([one for one in signs if one in SIGNS], families), timezone.localdate(seen_at)
        )
        for key, pupil, signs, families, seen_at in rows
        if pupil in group_of and judged.get(key) != SignalAnswer.Judgement.WRONG
    ]
    by_key = {str(key): group for key, group in groups.items()}
    found = shared_in_class(seen, on=timezone.localdate(at))
    return [ClassQuestion(by_key[one.group], FAMILIES[one.family], one.pupils, one.since) for one in found]
