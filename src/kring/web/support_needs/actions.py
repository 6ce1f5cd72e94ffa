"""Say what one needs, choose a coach, answer, round off."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from kring.core.access import Record, Verb
from kring.core.support_needs import CoachNotToChoose, Help, need_of, refuse_over
from kring.web.action import action
from kring.web.people.intake import tell
from kring.web.schools.models import Membership, live
from kring.web.support_needs import queries
from kring.web.support_needs.models import SupportNeed, SupportNeedCoach

A_MOMENT: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """The sentence, the kind of help, and perhaps a coach at once."""

    text: str
    wants: Help
    coach: Membership | None = None


@action("support_need.said", needs=Verb.WRITE, of=Record.SUPPORT_NEED)
def say_need(actor: Membership, me: Membership, asked: Asked, *, at: datetime) -> SupportNeed:
    """Only its author reads it, until a coach is chosen."""
    made = SupportNeed.objects.create(school_id=me.school_id, author=me, text=need_of(asked.text), wants=asked.wants.value, made_at=at)
    if asked.coach:
        _seat(actor, made, asked.coach, at=at)
    return made


@action("support_need.coach_chosen", needs=Verb.WRITE)
def choose_coach(actor: Membership, need: SupportNeed, coach: Membership, *, at: datetime) -> None:
    """From now on this colleague reads it, and who was chosen before no longer. Raises CoachNotToChoose."""
    row = _held(need)
    _seat(actor, row, coach, at=at)


def _seat(actor: Membership, need: SupportNeed, coach: Membership, *, at: datetime) -> None:
    if not queries.coaches_for(actor, at=at).filter(pk=coach.pk).exists():
        raise CoachNotToChoose
    for seat in SupportNeedCoach.objects.filter(live(at), need=need):
        seat.until_at = max(at, seat.from_at + A_MOMENT)
        seat.save(update_fields=["until_at"])
    SupportNeedCoach.objects.create(school_id=need.school_id, need=need, membership=coach, from_at=at)
    tell([coach], "support_need.asked", need, at=at)


@action("support_need.answered", needs=Verb.ANSWER)
def answer(actor: Membership, need: SupportNeed, text: str, *, at: datetime) -> None:
    """What the coach offers; a later answer stands in place of an earlier one."""
    row = _held(need)
    row.reply, row.replied_by, row.replied_at = text, actor, at
    row.save(update_fields=["reply", "replied_by", "replied_at"])
    tell([row.author], "support_need.answered", row, at=at)


@action("support_need.ended", needs=Verb.WRITE)
def round_off(actor: Membership, need: SupportNeed, outcome: str, *, at: datetime) -> None:  # noqa: ARG001
    """What it brought; the coach goes on reading it."""
    row = _held(need)
    row.ended_at, row.outcome = at, outcome
    row.save(update_fields=["ended_at", "outcome"])


def _held(need: SupportNeed) -> SupportNeed:
    row = SupportNeed.objects.select_for_update().get(pk=need.pk)
    refuse_over(row.ended_at)
    return row
