"""Asking for consent, giving and refusing it, taking it back; recording a ground in law and confirming it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import UploadedFile

from kring.core.access import Record, Role, Verb
from kring.core.consents import (
    LONGEST_CONSENT,
    LONGEST_LEGAL_GROUND,
    PUPIL,
    Answer,
    NothingToWithdraw,
    NotYoursToAnswer,
    refuse_confirming,
    refuse_future_hearing,
    refuse_outsider,
    refuse_over,
    refuse_records,
    refuse_repeated,
    refuse_term,
    refuse_unexplained,
    refuse_vague,
)
from kring.web.access import NotPermitted, may_do
from kring.web.action import action
from kring.web.catalogue.models import Organisation
from kring.web.consents import queries
from kring.web.consents.models import Consent, ConsentItem, ConsentRequest, LegalGround
from kring.web.files.attachments import keep_attachment
from kring.web.people.intake import holders, tell
from kring.web.schools.models import Guardian, Membership, Pupil

A_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for."""

    purpose: str
    recipient: Organisation
    records: tuple[Record, ...]
    until_at: datetime
    pupil_heard_on: date | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """Why something must be shared without consent, with whom, and how long."""

    ground: LegalGround.Ground
    explanation: str
    recipient: Organisation
    record: Record
    until_at: datetime


@action("consent.asked", needs=Verb.WRITE, of=Record.CONSENT_REQUEST)
def ask_consent(actor: Membership, pupil: Pupil, wanted: Wanted, *, at: datetime) -> ConsentRequest:
    """Ask everybody whose consent is needed: one purpose, one recipient, these records, until a day. Nothing may be shared by asking."""
    _refuse_foreign(actor, wanted.recipient)
    refuse_records(wanted.records)
    refuse_term(at, wanted.until_at, longest=LONGEST_CONSENT)
    made = ConsentRequest.objects.create(
        school_id=pupil.school_id,
        pupil=pupil,
        recipient=wanted.recipient,
        purpose=refuse_vague(wanted.purpose),
        asked_by=actor,
        pupil_heard_on=wanted.pupil_heard_on,
        from_at=at,
        until_at=wanted.until_at,
    )
    ConsentItem.objects.bulk_create(
        ConsentItem(school_id=pupil.school_id, request=made, record=record.value) for record in dict.fromkeys(wanted.records)
    )
    return made


@action("consent.answered", needs=Verb.ANSWER)
def answer_request(actor: Membership, request: ConsentRequest, answer: Answer, *, at: datetime) -> Consent:
    """Say yes or no for oneself; whoever changes their mind says it anew, and what was said before stays."""
    return _say(actor, _held(request), _speaker(actor), answer, at=at)


@action("consent.withdrawn", needs=Verb.ANSWER)
def withdraw_consent(actor: Membership, request: ConsentRequest, *, at: datetime) -> None:
    """Take one's own yes back: from this moment nothing may be read by the recipient."""
    if not _take_back(_held(request), _speaker(actor), at=at):
        raise NothingToWithdraw
    tell(holders(request.school_id, Role.COORDINATOR, at=at), "consent.withdrawn", request, at=at)


@action("consent.recorded_on_paper", needs=Verb.WRITE)
def record_on_paper(
    actor: Membership, request: ConsentRequest, who: Guardian | None, answer: Answer, scan: "UploadedFile[bytes]", *, at: datetime
) -> Consent:
    """Write down what a guardian, or (without a guardian) the pupil, signed on paper; with the scan of it."""
    paper = keep_attachment(actor, scan, at=at)
    said = _say(actor, _held(request), who, answer, at=at)
    said.paper = paper
    said.save(update_fields=["paper"])
    return said


@action("consent.pupil_heard", needs=Verb.WRITE)
def note_hearing(actor: Membership, request: ConsentRequest, heard_on: date, *, today: date) -> None:  # noqa: ARG001
    """The pupil was told and asked about it on this day."""
    refuse_future_hearing(heard_on, today=today)
    ConsentRequest.objects.filter(pk=request.pk).update(pupil_heard_on=heard_on)


@action("consent.ended", needs=Verb.WRITE)
def end_request(actor: Membership, request: ConsentRequest, *, at: datetime) -> None:  # noqa: ARG001
    """It is not needed any more: nothing may be shared by it from this moment."""
    now = _held(request)
    refuse_over(now.until_at or at, at=at)
    now.until_at = max(at, now.from_at + A_MOMENT)
    now.save(update_fields=["until_at"])


@action("legal_ground.recorded", needs=Verb.WRITE, of=Record.LEGAL_GROUND)
def record_legal_ground(actor: Membership, pupil: Pupil, given: Ground, *, at: datetime) -> LegalGround:
    """Write down why this must be shared without consent. It opens nothing until a second person confirms it."""
    _refuse_foreign(actor, given.recipient)
    refuse_records([given.record])
    refuse_term(at, given.until_at, longest=LONGEST_LEGAL_GROUND)
    made = LegalGround.objects.create(
        school_id=pupil.school_id,
        pupil=pupil,
        recipient=given.recipient,
        record=given.record.value,
        ground=given.ground,
        explanation=refuse_unexplained(given.explanation),
        recorded_by=actor,
        from_at=at,
        until_at=given.until_at,
    )
    tell(holders(made.school_id, Role.LEADER, Role.COORDINATOR, at=at, but=[actor.person_id]), "legal_ground.recorded", made, at=at)
    return made


@action("legal_ground.confirmed", needs=Verb.APPROVE)
def confirm_legal_ground(actor: Membership, ground: LegalGround, *, at: datetime) -> None:
    """The second pair of eyes: from this moment the record may be shared, and the privacy officer knows."""
    now = LegalGround.objects.select_for_update().get(pk=ground.pk)
    recorder = Membership.objects.get(pk=now.recorded_by_id)
    refuse_confirming(recorder.person_id, actor.person_id, confirmed_at=now.confirmed_at, until=now.until_at or at, at=at)
    now.confirmed_by, now.confirmed_at = actor, at
    now.save(update_fields=["confirmed_by", "confirmed_at"])
    tell(holders(now.school_id, Role.PRIVACY_OFFICER, at=at), "legal_ground.confirmed", now, at=at)


@action("legal_ground.ended", needs=Verb.WRITE)
def end_legal_ground(actor: Membership, ground: LegalGround, *, at: datetime) -> None:  # noqa: ARG001
    """Nothing may be shared by it from this moment."""
    now = LegalGround.objects.select_for_update().get(pk=ground.pk)
    refuse_over(now.until_at or at, at=at)
    now.until_at = max(at, now.from_at + A_MOMENT)
    now.save(update_fields=["until_at"])


def _refuse_foreign(actor: Membership, recipient: Organisation) -> None:
    if not may_do(actor, recipient, Verb.READ):
        raise NotPermitted


def _held(request: ConsentRequest) -> ConsentRequest:
    """The request as it is now; two answers at the same moment come one after the other."""
    Pupil.objects.select_for_update().get(pk=request.pupil_id)
    return ConsentRequest.objects.select_related("pupil__school").get(pk=request.pk)


def _speaker(actor: Membership) -> Guardian | None:
    """Who says it: the guardian that the actor is, or (None) the pupil self."""
    if actor.role == Role.PUPIL.value:
        return None
    guardian = queries.who_am_i(actor)
    if guardian is None:
        raise NotYoursToAnswer
    return guardian


def _say(actor: Membership, request: ConsentRequest, who: Guardian | None, answer: Answer, *, at: datetime) -> Consent:
    """One more answer; a yes of before ends with it."""
    refuse_over(request.until_at or at, at=at)
    key = who.pk if who else PUPIL
    refuse_outsider(queries.deciders_of(request.pupil, at=at), key)
    refuse_repeated([queries.said_in(one) for one in Consent.objects.filter(request=request)], key, answer, at=at)
    _take_back(request, who, at=at)
    return Consent.objects.create(
        school_id=request.school_id, request=request, guardian=who, answer=answer.value, answered_at=at, recorded_by=actor
    )


def _take_back(request: ConsentRequest, who: Guardian | None, *, at: datetime) -> int:
    standing = Consent.objects.filter(request=request, guardian=who, answer=Answer.GIVEN.value, withdrawn_at=None)
    return standing.update(withdrawn_at=at)
