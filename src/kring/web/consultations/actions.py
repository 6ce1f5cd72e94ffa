"""Asking advice about a child without saying which."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from kring.core.access import Record, Verb
from kring.core.anonymity import refuse_closed, refuse_named
from kring.core.consulting import Outcome
from kring.web.access import NotPermitted
from kring.web.action import action
from kring.web.consultations import queries
from kring.web.consultations.intake import OUTCOME
from kring.web.consultations.models import Consultation, ConsultationReply, ConsultationSeat
from kring.web.people.intake import tell
from kring.web.schools.models import Membership
from kring.web.tasks.intake import settle_about

STAYS: Final = timedelta(days=90)
A_MOMENT: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is asked. There is no more to it: no name, no group, no day of birth."""

    age_band: str
    question: str
    situation: str
    tried: str

    @property
    def texts(self) -> tuple[str, str, str]:
        return self.question, self.situation, self.tried


@action("consultation.opened", needs=Verb.WRITE, of=Record.CONSULTATION)
def open_consultation(actor: Membership, me: Membership, sheet: Sheet, *, words: Collection[str], at: datetime) -> Consultation:
    """Keep the sheet, once nobody of the school is named in it; `words` are the places that the author said to be everyday words."""
    refuse_named(queries.looked_through(actor, sheet.texts, band=sheet.age_band), words)
    return Consultation.objects.create(
        school_id=me.school_id,
        author=me,
        age_band=sheet.age_band,
        sector=actor.school.type,
        question=sheet.question,
        situation=sheet.situation,
        tried=sheet.tried,
        from_at=at,
        until_at=at + STAYS,
    )


@action("consultation.seat_given", needs=Verb.WRITE)
def give_seat(actor: Membership, consultation: Consultation, whom: Membership, *, until: datetime | None, at: datetime) -> None:
    """Ask a colleague or a partner to the table, until a day or as long as the consultation is there."""
    now = _held(consultation)
    refuse_closed(now.closed_at)
    if not queries.advisers(actor, at=at).filter(pk=whom.pk).exists():
        raise NotPermitted
    ends_at = min(until, now.until_at) if until and now.until_at else now.until_at
    if not queries.ending_seats(now, at=at).filter(membership=whom).update(until_at=ends_at):
        ConsultationSeat.objects.create(school_id=now.school_id, consultation=now, membership=whom, from_at=at, until_at=ends_at)
        tell([whom], "consultation.seat_given", now, at=at)


@action("consultation.seat_ended", needs=Verb.WRITE)
def end_seat(actor: Membership, consultation: Consultation, seat: ConsultationSeat, *, at: datetime) -> None:  # noqa: ARG001
    """Somebody leaves the table, and reads nothing of it any more."""
    _end(queries.ending_seats(consultation, at=at).filter(pk=seat.pk), at)


@action("consultation.advised", needs=Verb.ANSWER)
def give_advice(actor: Membership, consultation: Consultation, text: str, *, words: Collection[str], at: datetime) -> ConsultationReply:
    """Advise; a guess at who it is does not get in."""
    now = _held(consultation)
    refuse_closed(now.closed_at)
    refuse_named(queries.advice_looked_through(actor, text, band=now.age_band), words)
    return ConsultationReply.objects.create(school_id=now.school_id, consultation=now, author=actor, text=text, at=at)


@action("consultation.closed", needs=Verb.WRITE)
def close_consultation(actor: Membership, consultation: Consultation, came: Outcome, *, words: Collection[str], at: datetime) -> None:
    """With what came of it, and no name in it; everybody leaves the table, and the author keeps it all until it is gone."""
    now = _held(consultation)
    refuse_closed(now.closed_at)
    refuse_named(queries.looked_through(actor, (came.outcome, came.next_step), band=now.age_band), words)
    now.closed_at, now.asked, now.outcome, now.next_step = at, [one.value for one in came.asked], came.outcome, came.next_step
    now.save(update_fields=["closed_at", "asked", "outcome", "next_step"])
    _end(queries.ending_seats(now, at=at), at)
    settle_about(now, OUTCOME, at=at)


def _held(consultation: Consultation) -> Consultation:
    return Consultation.objects.select_for_update().get(pk=consultation.pk)


def _end(seats: Iterable[ConsultationSeat], at: datetime) -> None:
    """At this moment; a seat of this very moment a moment later."""
    for seat in seats:
        seat.until_at = max(at, seat.from_at + A_MOMENT)
        seat.save(update_fields=["until_at"])
