"""Answer a signal, tie it to whom it is about, look again, and say that the family was shown it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from kring.core.access import Record, Verb
from kring.core.signals import COUNTS_FOR, Answered, SignalSerious, SignalTiedAlready, refuse_reason, watched_until
from kring.web.access import NotPermitted, may_do
from kring.web.action import action
from kring.web.schools.models import Group, Membership, Pupil
from kring.web.signals.models import Signal, SignalAnswer


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody who knows the pupil says of it."""

    kind: Answered
    judgement: str
    reason: str
    until_on: date | None = None
    first_steps: tuple[str, ...] = ()


@action("signal.answered", needs=Verb.WRITE, of=Record.SIGNAL_ANSWER)
def answer(actor: Membership, signal: Signal, said: Answer, *, at: datetime) -> SignalAnswer:
    """Answers are added, never changed; the last one counts. Raises AnswerReasonTooShort, WatchDayMissing, WatchesTooLong and more."""
    _refuse_serious(signal)
    refuse_reason(said.reason)
    until_on = watched_until(said.kind, said.until_on, on=timezone.localdate(at))
    Signal.objects.filter(pk=signal.pk, picked_up_at=None).update(picked_up_at=at)
    return SignalAnswer.objects.create(
        school_id=signal.school_id,
        signal=signal,
        kind=said.kind.value,
        judgement=said.judgement,
        reason=said.reason,
        until_on=until_on,
        first_steps=list(said.first_steps) if said.kind is Answered.ACT else [],
        answered_by=actor,
        answered_at=at,
    )


@action("signal.tied", needs=Verb.WRITE)
def tie(actor: Membership, signal: Signal, whom: Pupil | Group, *, signs: Collection[str] = (), at: datetime) -> None:
    """Say which pupil or class somebody meant; from then on their team sees it. Raises SignalTiedAlready, SignalSerious.

    `signs` of the list are recognised in what was handed in: who stands at a door is asked for none, and without them it gives no points.
    """
    if not may_do(actor, whom, Verb.WRITE, of=Record.SIGNAL, at=at):
        raise NotPermitted("signal.tied")
    _refuse_serious(signal)
    tied: dict[str, Any] = {"pupil": whom} if isinstance(whom, Pupil) else {"group": whom}
    tied |= {"signs": list(signs)} if signs else {}
    free = Signal.objects.filter(pk=signal.pk, pupil=None, group=None)
    if not free.update(**tied, picked_up_at=signal.picked_up_at or at):
        raise SignalTiedAlready


@action("signal.looked_again", needs=Verb.WRITE)
def look_again(actor: Membership, signal: Signal, *, still_there: bool, at: datetime) -> None:  # noqa: ARG001
    """After some weeks: it is still there, and counts on; or it is over."""
    on = timezone.localdate(at)
    said = {"counts_until_on": on + COUNTS_FOR, "ended_on": None} if still_there else {"counts_until_on": on, "ended_on": on}
    Signal.objects.filter(pk=signal.pk).update(**said)


@action("signal.shown", needs=Verb.WRITE)
def show_to_guardians(actor: Membership, signal: Signal, *, at: datetime) -> None:  # noqa: ARG001
    """They talked about it: from now on guardians read the fact, and what the school answered never. Raises SignalSerious."""
    _refuse_serious(signal)
    Signal.objects.filter(pk=signal.pk, shown_to_guardians_at=None).update(shown_to_guardians_at=at)


@action("signal.left_to_reporting_code", needs=Verb.WRITE)
def leave_to_reporting_code(actor: Membership, signal: Signal, *, at: datetime) -> None:  # noqa: ARG001
    """What came through a door and is for the reporting code was taken over there; here nothing of it stays but that it came."""
    gone = {
        "fact": "",
        "about": "",
        "interpretation": "",
        "handed_in_by": "",
        "signs": [],
        "families": [],
        "ended_on": timezone.localdate(at),
    }
    Signal.objects.filter(pk=signal.pk, is_serious=True).update(**gone, picked_up_at=signal.picked_up_at or at)


def _refuse_serious(signal: Signal) -> None:
    if signal.is_serious:
        raise SignalSerious
