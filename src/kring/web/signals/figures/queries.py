"""How soon signals are answered, in numbers alone; and how often they were right."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from kring.core.access import Role, Verb
from kring.core.attention import Channel
from kring.core.signal_quality import Alert, Judgement, SignalQuality, signal_quality
from kring.core.signals import Urgency, age, median, urgency
from kring.core.signs import channels_of
from kring.web.access import may
from kring.web.school_years.queries import calendar_of
from kring.web.schools.models import Group, Membership
from kring.web.signals.models import Signal, SignalAnswer
from kring.web.signals.queries import Waiting, waiting

HALF_A_YEAR = timedelta(days=183)
SAID = {
    SignalAnswer.Judgement.KNOWN.value: Judgement.KNOWN_RIGHT,
    SignalAnswer.Judgement.NEW.value: Judgement.NEW_RIGHT,
    SignalAnswer.Judgement.WRONG.value: Judgement.WRONG,
    SignalAnswer.Judgement.UNCLEAR.value: Judgement.UNCLEAR,
}


@dataclass(frozen=True, slots=True)
class Figures:
    """Of the last half year; about a pupil and about a class apart (where the school acts)."""

    since: date
    came: int
    about_pupil: int
    about_class: int
    median_days: float | None
    waiting: Waiting | None
    by_family: tuple[tuple[str, int], ...]
    too_long: int


def _verb(actor: Membership) -> Verb:
    return Verb.COUNT if Role(actor.role) is Role.LEADER else Verb.READ


def figures(actor: Membership, *, at: datetime) -> Figures:
    """Nobody's name, and no text."""
    verb, since = _verb(actor), at - HALF_A_YEAR
    found = may(actor, Signal, verb, at=at).filter(made_at__gt=since)
    rows = list(found.values_list("pk", "made_at", "pupil_id", "group_id", "families"))
    first = _first_answers(actor, verb, since, at)
    calendar = calendar_of(actor.school)
    days = [age(calendar, timezone.localdate(made), on=first[key]) for key, made, *_rest in rows if key in first]
    families = Counter(family for *_rest, named in rows for family in named)
    return Figures(
        timezone.localdate(since),
        len(rows),
        sum(pupil is not None for _key, _made, pupil, *_rest in rows),
        sum(group is not None for *_rest, group, _families in rows),
        median(days),
        waiting(actor, at=at, verb=verb),
        tuple(sorted(families.items())),
        sum(urgency(one) is Urgency.TOO_LONG for one in days),
    )


def _first_answers(actor: Membership, verb: Verb, since: datetime, at: datetime) -> dict[object, date]:
    answers = may(actor, SignalAnswer, verb, at=at).filter(signal__made_at__gt=since).order_by("-answered_at")
    return {key: timezone.localdate(when) for key, when in answers.values_list("signal_id", "answered_at")}


def quality(
    actor: Membership, *, at: datetime, helped: tuple[int, int] | None = None, flagged: tuple[int, int] = (0, 0)
) -> list[tuple[Channel | None, SignalQuality]]:
    """Of half a year, both channels and each of them (D.4).

    helped: help that began with a signal before it, and without; flagged: how many pupils ask to be discussed now, and of how many. Neither
    is known per channel.
    """
    since, on = at - HALF_A_YEAR, timezone.localdate(at)
    rows = may(actor, Signal, Verb.READ, at=at).filter(made_at__gt=since).exclude(pupil=None, group=None)
    answers = may(actor, SignalAnswer, Verb.READ, at=at).filter(signal__made_at__gt=since).order_by("answered_at")
    judged = {key: SAID[judgement] for key, judgement in answers.values_list("signal_id", "judgement")}
    first, calendar = _first_answers(actor, Verb.READ, since, at), calendar_of(actor.school)
    alerts = [
        Alert(channel, judged.get(key), age(calendar, timezone.localdate(made), on=first[key]) if key in first else None)
        for key, made, signs, families in rows.values_list("pk", "made_at", "signs", "families")
        for channel in sorted(channels_of(signs, families))
    ]
    classes = may(actor, Group, Verb.READ, at=at).filter(year__starts_on__lte=on, year__ends_on__gte=on).count()
    found, missed = helped or (None, None)
    both = signal_quality(alerts, classes=classes, found=found, missed=missed, flagged=flagged[0], pupils=flagged[1])
    return [(None, both), *((channel, signal_quality(alerts, classes=classes, channel=channel)) for channel in Channel)]
