"""Asking an expert, answering, naming a day, reporting, and naming who may read the report."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from kring.core.access import Record, Role, Verb
from kring.core.expert_requests import (
    KEPT,
    Kind,
    ReaderNotOfPupil,
    RequestNotInState,
    State,
    Step,
    after,
    check_by,
    check_planned,
    check_report,
    check_request,
    forgotten_at,
    real_question,
)
from kring.web.action import action
from kring.web.cases.models import Case
from kring.web.catalogue.models import Organisation
from kring.web.expert_requests import queries
from kring.web.expert_requests.models import ExpertReader, ExpertReport, ExpertRequest
from kring.web.files.attachments import keep_attachment
from kring.web.people.dates import ends_after
from kring.web.people.intake import tell
from kring.web.plans.models import Plan
from kring.web.schools.models import Membership, Pupil, SchoolYear
from kring.web.tasks.intake import settle_about

A_YEAR = timedelta(days=365)
UNANSWERED = "expert_request.unanswered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of whom."""

    kind: Kind
    organisation: Organisation
    question: str
    tried: str
    with_name: bool
    by_on: date
    plan: Plan | None
    case: Case | None


@action("expert_request.asked", needs=Verb.WRITE, of=Record.EXPERT_REQUEST)
def ask(actor: Membership, pupil: Pupil, asked: Asked, *, at: datetime) -> ExpertRequest:
    """Raises NoRealQuestion, AnswerDayOutside, KindNeedsName, ResearchWithoutConsent, PlacementWithoutPlan."""
    question = real_question(asked.question)
    check_by(asked.by_on, today=timezone.localdate(at))
    consent = queries.has_consent(pupil, asked.organisation, at=at)
    tried = queries.was_evaluated(asked.plan)
    check_request(asked.kind, with_name=asked.with_name, has_consent=consent, has_plan=tried, organisation=asked.organisation.name)
    made = ExpertRequest(school_id=pupil.school_id, pupil=pupil, organisation=asked.organisation, kind=asked.kind.value)
    made.question, made.tried, made.with_name, made.by_on = question, asked.tried.strip(), asked.with_name, asked.by_on
    made.plan, made.case, made.state = asked.plan, asked.case if asked.with_name else None, State.ASKED.value
    made.asked_by, made.asked_at = actor, at
    made.save(force_insert=True)
    if Role(actor.role) is not Role.COORDINATOR:
        _name(made, actor, by=actor, at=at)
    tell(_guests(made, at), "expert_request.asked", made, at=at)
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """Yes, no, or a day; in a sentence."""

    step: Step
    answer: str = ""
    planned_on: date | None = None


@action("expert_request.answered", needs=Verb.ANSWER)
def answer(actor: Membership, request: ExpertRequest, answered: Answered, *, at: datetime) -> None:
    """Raises RequestNotInState, ReasonToDeclineMissing, PlannedDayPast."""
    row = _held(request)
    state = after(State(row.state), answered.step, because=answered.answer)
    if answered.step is Step.PLAN:
        if answered.planned_on is None:
            raise RequestNotInState(state=row.state, step=answered.step.value)
        check_planned(answered.planned_on, today=timezone.localdate(at))
        row.planned_on = answered.planned_on
    row.state, row.answer, row.answered_at = state.value, answered.answer.strip() or row.answer, row.answered_at or at
    row.save(update_fields=["state", "answer", "answered_at", "planned_on"])
    settle_about(row, UNANSWERED, at=at)
    tell(_others([row.asked_by], actor), "expert_request.answered", row, at=at)


@action("expert_request.withdrawn", needs=Verb.WRITE)
def withdraw(actor: Membership, request: ExpertRequest, *, at: datetime) -> None:  # noqa: ARG001
    """It is not needed any more. Raises RequestNotInState."""
    row = _held(request)
    row.state = after(State(row.state), Step.WITHDRAW).value
    row.save(update_fields=["state"])
    settle_about(row, UNANSWERED, at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """In own words, perhaps with a file."""

    text: str
    evaluation: str
    file: "UploadedFile[bytes] | None"


@action("expert_request.reported", needs=Verb.ANSWER)
def report(actor: Membership, request: ExpertRequest, reported: Reported, *, at: datetime) -> ExpertReport:
    """What came of it; it lies apart from the file of the pupil. Raises RequestNotInState, ReportEmpty, and what a file may break."""
    row = _held(request)
    state = after(State(row.state), Step.REPORT)
    text = check_report(reported.text, has_file=reported.file is not None)
    made = ExpertReport(school_id=row.school_id, request=row, text=text, evaluation=reported.evaluation.strip())
    made.file = keep_attachment(actor, reported.file, at=at, kept_for=KEPT) if reported.file else None
    made.written_by, made.written_at, made.forget_at = actor, at, forgotten_at(at)
    made.save(force_insert=True)
    row.state, row.reported_at = state.value, at
    row.save(update_fields=["state", "reported_at"])
    readers = [one.membership for one in ExpertReader.objects.filter(request=row).select_related("membership__person")]
    tell(_others({one.pk: one for one in (row.asked_by, *readers)}.values(), actor), "expert_request.reported", row, at=at)
    return made


@action("expert_request.reader_named", needs=Verb.WRITE, of=Record.EXPERT_READER)
def name_reader(actor: Membership, request: ExpertRequest, reader: Membership, *, at: datetime) -> ExpertReader:
    """Somebody who works with this pupil may read the report. Raises ReaderNotOfPupil."""
    row = _held(request)
    if not queries.candidates(actor, row, at=at).filter(pk=reader.pk).exists():
        raise ReaderNotOfPupil
    return _name(row, reader, by=actor, at=at)


@action("expert_request.reader_removed", needs=Verb.WRITE)
def remove_reader(actor: Membership, reader: ExpertReader) -> None:  # noqa: ARG001
    """From this moment the report is closed to this person."""
    ExpertReader.objects.filter(pk=reader.pk).delete()


def _name(row: ExpertRequest, reader: Membership, *, by: Membership, at: datetime) -> ExpertReader:
    """Until the school year ends: then somebody else may work with this pupil, and it is looked at anew."""
    ExpertReader.objects.filter(request=row, membership=reader).delete()
    on = timezone.localdate(at)
    year = SchoolYear.objects.filter(school=row.school_id, starts_on__lte=on, ends_on__gte=on).first()
    until_at = ends_after(year.ends_on) if year else at + A_YEAR
    named = {"named_by": by, "from_at": at, "until_at": until_at}
    return ExpertReader.objects.create(school_id=row.school_id, request=row, membership=reader, **named)


def _held(request: ExpertRequest) -> ExpertRequest:
    """The row until the transaction ends."""
    row: ExpertRequest = ExpertRequest.objects.select_for_update().get(pk=request.pk)
    return row


def _guests(row: ExpertRequest, at: datetime) -> list[Membership]:
    return [seat.membership for seat in queries.seats_of(row, at=at)]


def _others(who: Iterable[Membership], actor: Membership) -> list[Membership]:
    return [one for one in who if one.pk != actor.pk]
