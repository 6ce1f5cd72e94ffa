"""From the table of `core/access.py` to rows. `may` is the only way to them: no rule, no rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from kring.core.access import Mark, Record, Role, Rule, Scope, Verb, rule_of
from kring.core.ages import OF_AGE, RIGHTS_HOLDER
from kring.web import models
from kring.web.schools.models import Enrolment, GuardianAccess, Guardianship, Membership, live, younger_than
from kring.web.taught import teaches_as_own, teaches_group, teaches_pupil, teaches_pupil_as_own

Row = TypeVar("Row", bound=Model)


class NotPermitted(PermissionDenied):  # named after the rule, as in the core
    """The actor may see this, but not do that: 403, also when the right ended after the page was asked."""


@dataclass(frozen=True, slots=True)
class Ring:
    """The seats round a record: a dated model, its key to what it is a seat at, and the path from the record to that."""

    seats: type[Model]
    at: str
    path: str
    is_dated: bool = True  # a case ends, and its seats with it; what a pupil wrote does not


@dataclass(frozen=True, slots=True)
class Ways:
    """How a record hangs together with the school, a group, a pupil and its author: paths of foreign keys, None where it does not."""

    school: str | None = "school_id"
    group: str | None = None
    pupil: str | None = None
    since: str | None = None  # the moment of a row about a group: it is about everybody who had come to that group by then
    guardian: str | None = None  # the guardian whose it is
    author: str | None = None
    ring: Ring | None = None
    record: str | None = None  # the column that says of which kind of record this is a version
    withdrawn: str | None = None  # the moment from which only the school itself sees it
    shown_to_pupil: str | None = None  # the moment from which …
    shown_to_guardians: str | None = None
    shown_to_case: str | None = None
    recipient: str | None = None  # the organisation that it names: those of another one never see it
    named_in_consent: Record | None = None  # the kind that the consent must name, where a consent for anything will not do
    passed_on: str | None = None  # the moment from which the pupil's teacher sees it; empty: only the team of its group ever does
    follows_merge: bool = False  # what was about the other entry of a pupil who was entered twice, is about the one that stayed
    told_at: str | None = None  # the moment before which nobody sees it: choices stay unseen while their round is open
    gone_at: str | None = None  # the moment from which nobody sees it any more
    kind: str | None = None  # the column that says of which kind it is, each a record of the table
    kinds: Mapping[Any, Record] = field(default_factory=dict)
    guardians_of_one: str | None = None  # what it asks; of the guardians of one pupil it is for who may know that these were asked


def _at_case(path: str) -> Ring:
    return Ring(models.CaseMember, "case", path)


def _at_consultation(path: str) -> Ring:
    return Ring(models.ConsultationSeat, "consultation", path)


def _at_open_answer(path: str) -> Ring:
    return Ring(models.OpenAnswerReader, "open_answer", path, is_dated=False)


LISTS = {models.Round.Asks.PUPILS.value: Record.OWN_LIST, models.Round.Asks.TEACHERS.value: Record.TEACHER_LIST}
"""Whose list about a pupil it is, by whom the round asks."""

CHOICES = {1: Record.NOMINATION, 0: Record.NOMINATION, -1: Record.REJECTION}
"""What a choice of a classmate is, by the polarity of the question."""

CLOSED = "sociogram__round__closed_at"

PLANS = {record.value: record for record in (Record.GROUP_PLAN, Record.INTERVENTION, Record.PLAN_DRAFT, Record.PLAN)}
"""What a plan is, by its column `seen_as`."""


VOICES = {"school": Record.UNDERSTANDING, "pupil": Record.VOICE, "guardian": Record.VOICE}
"""Whose words they are: those of the school are the school's own, and no part of what pupil and guardians read."""


def _of_plan(path: str) -> Ways:
    """A part of a plan is seen as the plan is."""
    return Ways(
        group=f"{path}group_id",
        pupil=f"{path}pupil_id",
        kind=f"{path}seen_as",
        kinds=PLANS,
        shown_to_pupil=f"{path}shown_to_pupil_at",
        shown_to_guardians=f"{path}shown_to_guardians_at",
        gone_at=f"{path}pupil__merged_at",
    )


def _of_gathering(path: str) -> Ways:
    return Ways(
        group=f"{path}group_id",
        pupil=f"{path}pupil_id",
        shown_to_pupil=f"{path}shown_to_pupil_at",
        shown_to_guardians=f"{path}shown_to_guardians_at",
        gone_at=f"{path}pupil__merged_at",
    )


def _at_file(path: str) -> Ring:
    return Ring(models.ReportingCodeSeat, "file", path, is_dated=False)


def _at_need(path: str) -> Ring:
    return Ring(models.SupportNeedCoach, "need", path, is_dated=False)


def _at_expert(path: str) -> Ring:
    return Ring(models.ExpertReader, "request", path, is_dated=False)


WAYS: Mapping[type[Model], Ways] = {
    models.School: Ways(school="id"),
    models.SchoolYear: Ways(),
    models.Holiday: Ways(),
    models.RegionalTerms: Ways(),
    models.Membership: Ways(author="id"),
    models.Appointment: Ways(),
    models.AccountInvitation: Ways(),
    models.Recovery: Ways(),
    models.Notice: Ways(author="receiver_id"),
    models.Draft: Ways(author="author_id"),
    models.Task: Ways(author="owner_id", group="group_id", pupil="pupil_id"),
    models.Group: Ways(group="id"),
    models.Bundle: Ways(),
    models.Pupil: Ways(pupil="id", gone_at="merged_at"),
    models.Guardian: Ways(guardian="id"),
    models.Guardianship: Ways(pupil="pupil_id", gone_at="pupil__merged_at"),
    models.GuardianAccess: Ways(pupil="guardianship__pupil_id"),
    models.Contact: Ways(guardian="guardian_id"),
    models.Enrolment: Ways(group="group_id", pupil="pupil_id", gone_at="pupil__merged_at"),
    models.Assignment: Ways(group="group_id"),
    models.Organisation: Ways(),
    models.Partner: Ways(),
    models.SafetyCard: Ways(pupil="pupil_id"),
    models.BreakGlass: Ways(pupil="pupil_id", author="membership_id"),
    models.ConsentRequest: Ways(pupil="pupil_id", recipient="recipient"),
    models.ConsentItem: Ways(pupil="request__pupil_id", recipient="request__recipient"),
    models.Consent: Ways(pupil="request__pupil_id", guardian="guardian_id"),
    models.LegalGround: Ways(pupil="pupil_id"),
    models.Case: Ways(pupil="pupil_id", ring=_at_case("id")),
    models.CaseMember: Ways(pupil="case__pupil_id", ring=_at_case("case_id")),
    models.Share: Ways(
        pupil="case__pupil_id",
        ring=_at_case("case_id"),
        record="record",
        withdrawn="withdrawn_at",
        shown_to_pupil="shown_to_pupil_at",
        shown_to_guardians="shown_to_guardians_at",
    ),
    models.Consultation: Ways(author="author_id", ring=_at_consultation("id"), gone_at="until_at"),
    models.ConsultationSeat: Ways(
        author="consultation__author_id", ring=_at_consultation("consultation_id"), gone_at="consultation__until_at"
    ),
    models.ConsultationReply: Ways(
        author="consultation__author_id", ring=_at_consultation("consultation_id"), gone_at="consultation__until_at"
    ),
    models.YearChange: Ways(),
    models.Handover: Ways(
        group="group_id",
        pupil="pupil_id",
        passed_on="passes_at",
        shown_to_pupil="shown_to_pupil_at",
        shown_to_guardians="shown_at",
        gone_at="until_at",
    ),
    models.HandoverAnswer: Ways(
        group="handover__group_id", pupil="handover__pupil_id", guardian="guardian_id", passed_on="", gone_at="handover__until_at"
    ),
    models.OwnInstrument: Ways(),
    models.Round: Ways(guardians_of_one="asks"),
    models.Reopening: Ways(),
    models.Invitation: Ways(group="group_id", pupil="pupil_id", gone_at="pupil__merged_at", kind="round__asks", kinds=LISTS),
    models.GuardianInvitation: Ways(group="group_id", pupil="pupil_id", guardian="guardian_id", gone_at="pupil__merged_at"),
    models.ListLetter: Ways(
        group="guardian_invitation__group_id", pupil="guardian_invitation__pupil_id", gone_at="guardian_invitation__pupil__merged_at"
    ),
    models.StaffInvitation: Ways(author="membership_id"),
    models.Objection: Ways(pupil="pupil_id", gone_at="pupil__merged_at"),
    models.Submission: Ways(
        group="invitation__group_id",
        pupil="invitation__pupil_id",
        gone_at="invitation__pupil__merged_at",
        kind="invitation__round__asks",
        kinds=LISTS,
    ),
    models.GuardianList: Ways(
        group="guardian_invitation__group_id",
        pupil="guardian_invitation__pupil_id",
        guardian="guardian_invitation__guardian_id",
        gone_at="guardian_invitation__pupil__merged_at",
    ),
    models.OpenAnswer: Ways(pupil="invitation__pupil_id", ring=_at_open_answer("id"), gone_at="invitation__pupil__merged_at"),
    models.OpenAnswerReader: Ways(
        pupil="open_answer__invitation__pupil_id",
        ring=_at_open_answer("open_answer_id"),
        gone_at="open_answer__invitation__pupil__merged_at",
    ),
    models.AnonymousSubmission: Ways(group="group_id"),
    models.AnonymousText: Ways(group="group_id"),
    models.SignInWindow: Ways(group="group_id"),
    models.PupilKey: Ways(pupil="pupil_id", gone_at="pupil__merged_at"),
    models.Seat: Ways(group="window__group_id", pupil="pupil_id", gone_at="pupil__merged_at"),
    models.TalkRequest: Ways(pupil="pupil_id", author="receiver_id", gone_at="pupil__merged_at"),
    models.Filling: Ways(group="invitation__group_id", pupil="invitation__pupil_id"),
    models.Answer: Ways(group="filling__invitation__group_id", pupil="filling__invitation__pupil_id"),
    models.SetAside: Ways(),
    models.ScaleProfile: Ways(
        pupil="pupil_id",
        shown_to_pupil="shown_to_pupil_at",
        shown_to_guardians="shown_to_guardians_at",
        gone_at="pupil__merged_at",
    ),
    models.ResultResponse: Ways(pupil="profile__pupil_id", guardian="guardian_id", gone_at="profile__pupil__merged_at"),
    models.CriticalReading: Ways(group="invitation__group_id", pupil="invitation__pupil_id", gone_at="invitation__pupil__merged_at"),
    models.Direction: Ways(group="group_id", pupil="pupil_id", gone_at="pupil__merged_at"),
    models.Ambition: Ways(),
    models.Snapshot: Ways(),
    models.ScalePrecision: Ways(),
    models.ExternalScale: Ways(),
    models.ExternalFile: Ways(author="author_id"),
    models.ExternalScore: Ways(pupil="pupil_id", gone_at="pupil__merged_at"),
    models.Sociogram: Ways(group="group_id", told_at="round__closed_at"),
    models.ListedPupil: Ways(group="sociogram__group_id", told_at=CLOSED),  # with the class of that day, as the choices are
    models.Nomination: Ways(group="sociogram__group_id", told_at=CLOSED, kind="polarity", kinds=CHOICES),
    models.Rating: Ways(group="sociogram__group_id", told_at=CLOSED),
    models.BullyingReport: Ways(group="sociogram__group_id"),  # who is bullied every week does not wait until the round is closed
    models.BullyingName: Ways(group="sociogram__group_id", told_at=CLOSED),
    models.Prediction: Ways(group="group_id", author="author_id"),
    models.PredictedPupil: Ways(group="prediction__group_id", author="prediction__author_id"),
    models.ChoicePolicy: Ways(),
    models.Photo: Ways(pupil="pupil_id", gone_at="pupil__merged_at"),
    models.Composition: Ways(group="group_id"),
    models.ComposedPupil: Ways(group="composition__group_id"),
    models.PlaceWish: Ways(group="composition__group_id"),
    models.Buddies: Ways(group="sociogram__group_id"),
    models.Signal: Ways(
        group="group_id",
        pupil="pupil_id",
        author="author_id",
        shown_to_guardians="shown_to_guardians_at",
        gone_at="pupil__merged_at",
    ),
    models.SignalAnswer: Ways(group="signal__group_id", pupil="signal__pupil_id", gone_at="signal__pupil__merged_at"),
    models.SignalDoor: Ways(),
    models.PeerConcern: Ways(pupil="pupil_id", author="receiver_id", gone_at="pupil__merged_at"),
    models.ConcernMessage: Ways(pupil="concern__pupil_id", author="concern__receiver_id", gone_at="concern__pupil__merged_at"),
    models.ReportingCodeFile: Ways(pupil="pupil_id", ring=_at_file("id")),
    models.ReportingCodeSeat: Ways(pupil="file__pupil_id", ring=_at_file("file_id")),
    models.ReportingCodeNote: Ways(pupil="file__pupil_id", ring=_at_file("file_id")),
    models.ReportingCodeStep: Ways(pupil="file__pupil_id", ring=_at_file("file_id")),
    models.SupportNeed: Ways(author="author_id", ring=_at_need("id")),
    models.SupportNeedCoach: Ways(author="need__author_id", ring=_at_need("need_id")),
    models.AbsenceWeek: Ways(pupil="pupil_id", gone_at="pupil__merged_at"),
    models.AbsencePrompt: Ways(pupil="pupil_id", gone_at="pupil__merged_at"),
    models.AbsenceStep: Ways(pupil="prompt__pupil_id", gone_at="prompt__pupil__merged_at"),
    models.AbsenceRule: Ways(),
    models.NewcomerWatch: Ways(group="group_id", pupil="pupil_id", gone_at="pupil__merged_at"),
    models.Gathering: _of_gathering(""),
    models.GatheringSeat: _of_gathering("gathering__"),
    models.DiscussedPupil: Ways(group="gathering__group_id", pupil="pupil_id", gone_at="pupil__merged_at"),
    models.TalkReport: Ways(
        group="gathering__group_id",
        pupil="gathering__pupil_id",
        shown_to_pupil="shown_to_pupil_at",
        shown_to_guardians="shown_to_guardians_at",
        gone_at="gathering__pupil__merged_at",
    ),
    models.Agreement: _of_gathering("gathering__"),
    models.TalkResponse: Ways(
        group="report__gathering__group_id",
        pupil="report__gathering__pupil_id",
        guardian="guardian_id",
        gone_at="report__gathering__pupil__merged_at",
    ),
    models.Training: Ways(author="trainer_id"),
    models.TrainingPlace: Ways(pupil="pupil_id", author="training__trainer_id", passed_on="training__open_at", gone_at="pupil__merged_at"),
    models.TrainingSession: Ways(author="training__trainer_id"),
    models.TrainingAttendance: Ways(
        pupil="place__pupil_id",
        author="session__training__trainer_id",
        passed_on="session__training__open_at",
        gone_at="place__pupil__merged_at",
    ),
    models.TrainingWish: Ways(),
    models.ParentTelling: Ways(pupil="pupil_id", author="author_id", passed_on="", gone_at="pupil__merged_at"),
    models.TrustedAdult: Ways(pupil="pupil_id", author="membership_id", gone_at="pupil__merged_at"),
    models.Understanding: Ways(group="group_id", pupil="pupil_id", gone_at="pupil__merged_at"),
    models.UnderstandingSource: Ways(
        group="understanding__group_id", pupil="understanding__pupil_id", gone_at="understanding__pupil__merged_at"
    ),
    models.Voice: Ways(pupil="pupil_id", guardian="guardian_id", gone_at="pupil__merged_at", kind="whose", kinds=VOICES),
    models.Factor: Ways(pupil="pupil_id", gone_at="gone_at"),
    models.Plan: _of_plan(""),
    models.PlanVersion: _of_plan("plan__"),
    models.Cluster: _of_plan("plan__"),
    models.ClusteredPupil: _of_plan("cluster__plan__"),
    models.Goal: _of_plan("plan__"),
    models.Step: _of_plan("plan__"),
    models.Mark: _of_plan("plan__"),
    models.Point: _of_plan("goal__plan__"),
    models.Evaluation: _of_plan("plan__"),
    models.TransferCheck: _of_plan("plan__"),
    models.Hearing: Ways(pupil="pupil_id", gone_at="pupil__merged_at"),
    models.PlanAgreement: Ways(pupil="pupil_id", guardian="guardian_id", gone_at="pupil__merged_at"),
    models.FunctionAnalysis: Ways(pupil="pupil_id", gone_at="pupil__merged_at"),
    models.BehaviourRecord: Ways(pupil="analysis__pupil_id", gone_at="analysis__pupil__merged_at"),
    models.CheckInCard: Ways(pupil="pupil_id", gone_at="pupil__merged_at"),
    models.CheckInDay: Ways(pupil="card__pupil_id", gone_at="card__pupil__merged_at"),
    models.Arrangement: Ways(pupil="pupil_id", gone_at="pupil__merged_at"),
    models.SupportOffer: Ways(),
    models.WalkInHour: Ways(),
    models.ExpertRequest: Ways(
        pupil="pupil_id",
        ring=_at_case("case_id"),
        recipient="organisation",
        named_in_consent=Record.EXPERT_REQUEST,
        gone_at="pupil__merged_at",
    ),
    models.ExpertReader: Ways(pupil="request__pupil_id", ring=_at_expert("request_id"), gone_at="request__pupil__merged_at"),
    models.ExpertReport: Ways(
        pupil="request__pupil_id",
        author="written_by_id",
        ring=_at_expert("request_id"),
        recipient="request__organisation",
        named_in_consent=Record.EXPERT_REQUEST,
        gone_at="request__pupil__merged_at",
    ),
    models.PupilAttention: Ways(pupil="pupil_id", gone_at="pupil__merged_at"),
    models.AttentionTable: Ways(),
    models.MovedList: Ways(group="group_id", pupil="pupil_id"),
    models.MergedPupil: Ways(pupil="pupil_id"),
    models.Upload: Ways(group="group_id", author="author_id"),
    models.UploadedFile: Ways(group="upload__group_id", author="upload__author_id"),
    models.RosterFile: Ways(author="author_id"),
    models.StoredFile: Ways(author="author_id"),
    models.Job: Ways(author="author_id"),
    models.Review: Ways(),
    models.Entry: Ways(group="group_id", pupil="pupil_id", since="at", follows_merge=True),
}
"""Every guarded model; the others stand on the short public list of `tests/rules`."""


def may(actor: Membership, record: type[Row], verb: Verb, *, of: Record | None = None, at: datetime | None = None) -> QuerySet[Row]:
    """The rows with which this actor may do this, at this moment (now, when not said).

    `of` asks about a record that hangs on these rows: `may(actor, Pupil, Verb.WRITE, of=Record.SAFETY_CARD)` are the pupils
    whose safety card this actor may write.
    """
    moment, ways, rows = at or timezone.now(), WAYS[record], record._default_manager
    by_rule: dict[Rule, list[Record]] = {}
    for one in [of] if of else records_of(record):
        rule = rule_at(actor, one, verb, moment)
        if rule:
            by_rule.setdefault(rule, []).append(one)
    allowed = _any(*(_of_kinds(_rows(rule, actor, ways, moment), ways, records) for rule, records in by_rule.items()))
    return rows.none() if allowed is NO_ROW else rows.filter(allowed)


RECORDS = frozenset(Record)


def records_of(model: type[Model]) -> list[Record]:
    """What a row may be in the table: what its model is called, or one of its kinds."""
    name, kinds = model._meta.model_name, list(dict.fromkeys(WAYS[model].kinds.values()))
    return kinds if name not in RECORDS or Record(name) in kinds else [Record(name)]


def _of_kinds(rows: Q, ways: Ways, records: Sequence[Record]) -> Q:
    """Where rows of one model are different records: those of these alone."""
    kinds = [kind for kind, record in ways.kinds.items() if record in records]
    return rows & Q(**{f"{ways.kind}__in": kinds}) if kinds and rows is not NO_ROW else rows


def may_do(actor: Membership, row: Model, verb: Verb, *, of: Record | None = None, at: datetime | None = None) -> bool:
    """Whether this very row is among those."""
    return may(actor, type(row), verb, of=of, at=at).filter(pk=row.pk).exists()


def may_do_too(actor: Membership, found: models.Pupil, verb: Verb, *, of: Record, at: datetime | None = None) -> bool:
    """The same of a pupil who was found to be read: where the rule for both is the same, the database is not asked again."""
    moment = at or timezone.now()
    rule = rule_at(actor, of, verb, moment)
    return rule is not None and (rule == rule_at(actor, Record.PUPIL, Verb.READ, moment) or may_do(actor, found, verb, of=of, at=moment))


def rule_at(actor: Membership, record: Record, verb: Verb, at: datetime) -> Rule | None:
    """The rule for this actor while the membership holds."""
    role = role_at(actor, at)
    return rule_of(role, record, verb) if role else None


def role_at(actor: Membership, at: datetime) -> Role | None:
    """The role while the membership holds; none before and after."""
    holds = actor.from_at <= at and (actor.until_at is None or at < actor.until_at)
    return Role(actor.role) if holds and actor.person.is_active else None


NO_ROW = Q(pk=None)


def _any(*found: Q) -> Q:
    """Any of these; the database is not asked about what gives no row anyhow."""
    giving = [one for one in found if one is not NO_ROW]
    return reduce(or_, giving) if giving else NO_ROW


def _rows(rule: Rule, actor: Membership, ways: Ways, at: datetime) -> Q:
    """The rows of any of the scopes, inside the school of the hat, and with consent where the rule asks for it."""
    if not ways.school:
        return NO_ROW
    rows = _SCOPES[Scope.SCHOOL](actor, ways, at)
    if Scope.SCHOOL not in rule.scopes:
        any_scope = _any(*(_SCOPES[scope](actor, ways, at) for scope in rule.scopes))
        if any_scope is NO_ROW:
            return NO_ROW
        rows &= any_scope
    if ways.told_at:
        rows &= Q(**{f"{ways.told_at}__lte": at})
    if ways.gone_at:
        rows &= Q(**{ways.gone_at: None}) | Q(**{f"{ways.gone_at}__gt": at})
    if ways.guardians_of_one:
        rows &= ~Q(**{ways.guardians_of_one: models.Round.Asks.GUARDIANS}) | _guardians_asked(actor, at)
    return rows & _consented(actor, ways, at) if Mark.CONSENT in rule.marks else rows


def _guardians_asked(actor: Membership, at: datetime) -> Q:
    """That somebody's guardians were asked is nobody else's: then there is no such round, in no list and no count."""
    return Q(Exists(may(actor, models.GuardianInvitation, Verb.READ, at=at).filter(round=OuterRef("pk"))))


def _school(actor: Membership, ways: Ways, at: datetime) -> Q:  # noqa: ARG001
    return Q(**{str(ways.school): actor.school_id})


def _group(actor: Membership, ways: Ways, at: datetime) -> Q:
    """The group stays whole for who teaches it, also when a pupil has left; the pupil takes along what is about the pupil."""
    mine = _any(
        Q(teaches_group(ways.group, by=actor.pk, at=at)) if ways.group else NO_ROW,
        Q(teaches_pupil(ways.pupil, by=actor.pk, at=at)) & _passed_on(ways, at) if ways.pupil else NO_ROW,
    )
    if ways.pupil or not ways.guardian:
        return mine
    cared = Guardianship.objects.filter(live(at), teaches_pupil("pupil_id", by=actor.pk, at=at))
    return _any(mine, Q(Exists(cared.filter(guardian=OuterRef(ways.guardian)))))


def _group_own(actor: Membership, ways: Ways, at: datetime) -> Q:
    """As `_group`, without the groups where I stand in for somebody."""
    return _any(
        Q(teaches_as_own(ways.group, by=actor.pk, at=at)) if ways.group else NO_ROW,
        Q(teaches_pupil_as_own(ways.pupil, by=actor.pk, at=at)) & _passed_on(ways, at) if ways.pupil else NO_ROW,
    )


def _passed_on(ways: Ways, at: datetime) -> Q:
    """What one team writes for the next is the next one's when it was passed on, and no sooner."""
    if ways.passed_on is None:
        return Q()
    return Q(**{f"{ways.passed_on}__lte": at}) if ways.passed_on else NO_ROW


def _self(actor: Membership, ways: Ways, at: datetime) -> Q:
    if actor.role == Role.GUARDIAN.value:
        return _guardians_own(actor, ways)
    mine = NO_ROW
    if ways.pupil:
        own = models.Pupil.objects.filter(person=actor.person_id)
        mine = _any(_about(ways, own), _in_group_by_then(ways, Enrolment.objects.filter(pupil__person=actor.person_id)))
    elif ways.group:
        mine = Q(Exists(Enrolment.objects.filter(live(at), group=OuterRef(ways.group), pupil__person=actor.person_id)))
    return mine & Q(**{ways.guardian: None}) if ways.guardian else mine


def _about(ways: Ways, mine: "QuerySet[models.Pupil] | QuerySet[Guardianship]", path: str = "") -> Q:
    """About one of these pupils; `path` leads to them, ending in two underscores."""
    about = Q(Exists(mine.filter(**{f"{path}pk": OuterRef(str(ways.pupil))})))
    return about | Q(Exists(mine.filter(**{f"{path}merged": OuterRef(str(ways.pupil))}))) if ways.follows_merge else about


def _guardians_own(actor: Membership, ways: Ways) -> Q:
    if not ways.guardian:
        return NO_ROW
    return Q(Exists(models.Guardian.objects.filter(pk=OuterRef(ways.guardian), person=actor.person_id)))


def _self_shared(actor: Membership, ways: Ways, at: datetime) -> Q:
    return _self(actor, ways, at) & _shown(ways, ways.shown_to_pupil, at)


def _child(actor: Membership, ways: Ways, at: datetime) -> Q:
    """From the sixteenth birthday on only with the child's own leave."""
    let_in = Exists(GuardianAccess.objects.filter(live(at), guardianship=OuterRef("pk")))
    return _in_care(actor, ways, at, younger_than(RIGHTS_HOLDER, at, "pupil__") | Q(let_in))


def _child_shared(actor: Membership, ways: Ways, at: datetime) -> Q:
    return _child(actor, ways, at) & _shown(ways, ways.shown_to_guardians, at)


def _minor(actor: Membership, ways: Ways, at: datetime) -> Q:
    return _in_care(actor, ways, at, younger_than(OF_AGE, at, "pupil__"))


def _in_care(actor: Membership, ways: Ways, at: datetime, condition: Q) -> Q:
    """Authority, age and leave of one and the same guardianship."""
    care = Guardianship.objects.filter(live(at), condition, guardian__person=actor.person_id, has_authority=True)
    if ways.pupil:
        children = Enrolment.objects.filter(Exists(care.filter(pupil=OuterRef("pupil"))))
        return _any(_about(ways, care, "pupil__"), _in_group_by_then(ways, children))
    if ways.group:
        children = Enrolment.objects.filter(live(at), Exists(care.filter(pupil=OuterRef("pupil"))), group=OuterRef(ways.group))
        return Q(Exists(children))
    return NO_ROW


def _in_group_by_then(ways: Ways, enrolled: QuerySet[Enrolment]) -> Q:
    """What is about a whole group is about each pupil who had come to it by then."""
    if not (ways.since and ways.group):
        return NO_ROW
    by_then = enrolled.filter(group=OuterRef(ways.group), from_at__lte=OuterRef(ways.since))
    return Q(**{ways.pupil: None}) & Q(Exists(by_then)) if ways.pupil else Q(Exists(by_then))


def _case(actor: Membership, ways: Ways, at: datetime) -> Q:
    if not ways.pupil:
        return NO_ROW
    seats = models.CaseMember.objects.filter(live(at), live(at, "case__"), membership=actor)
    return Q(Exists(seats.filter(case__pupil=OuterRef(ways.pupil))))


def _case_shared(actor: Membership, ways: Ways, at: datetime) -> Q:
    return _case(actor, ways, at) & _shown(ways, ways.shown_to_case, at)


def _ring(actor: Membership, ways: Ways, at: datetime) -> Q:
    if not ways.ring:
        return NO_ROW
    of_something_live = live(at, f"{ways.ring.at}__") if ways.ring.is_dated else Q()
    seats = ways.ring.seats._default_manager.filter(live(at), of_something_live, membership=actor)
    return Q(Exists(seats.filter(**{ways.ring.at: OuterRef(ways.ring.path)}))) & _not_withdrawn(ways, at)


def _glass(actor: Membership, ways: Ways, at: datetime) -> Q:
    if not ways.pupil:
        return NO_ROW
    return Q(Exists(models.BreakGlass.objects.filter(live(at), membership=actor, pupil=OuterRef(ways.pupil))))


def _author(actor: Membership, ways: Ways, at: datetime) -> Q:  # noqa: ARG001
    return Q(**{ways.author: actor.pk}) if ways.author else NO_ROW


def _group_author(actor: Membership, ways: Ways, at: datetime) -> Q:
    """What I brought for a group shows that group: it is mine as long as the group is."""
    return _group(actor, ways, at) & _author(actor, ways, at)


def _shown(ways: Ways, since: str | None, at: datetime) -> Q:
    return Q(**{f"{since}__lte": at}) & _not_withdrawn(ways, at) if since else NO_ROW


def _not_withdrawn(ways: Ways, at: datetime) -> Q:
    return Q(**{ways.withdrawn: None}) | Q(**{f"{ways.withdrawn}__gt": at}) if ways.withdrawn else Q()


def _consented(actor: Membership, ways: Ways, at: datetime) -> Q:
    """Everybody whose consent is needed gave it for the organisation of this partner, or two people recorded a ground in law."""
    if not ways.pupil:
        return NO_ROW
    to_me = {"recipient__partners__membership": actor, "pupil": OuterRef(ways.pupil)}
    agreed = models.ConsentRequest.objects.filter(models.holding(at), **to_me)
    ground = models.LegalGround.objects.filter(live(at), confirmed_at__lte=at, **to_me)
    if ways.record:
        agreed = agreed.filter(items__record=OuterRef(ways.record))
        ground = ground.filter(record=OuterRef(ways.record))
    if ways.named_in_consent:
        agreed = agreed.filter(items__record=ways.named_in_consent.value)
        ground = ground.filter(record=ways.named_in_consent.value)
    to_others = Q(**{f"{ways.recipient}__partners__membership": actor}) if ways.recipient else Q()
    return (Q(Exists(agreed)) | Q(Exists(ground))) & to_others


_SCOPES: Mapping[Scope, Callable[[Membership, Ways, datetime], Q]] = {
    Scope.SELF: _self,
    Scope.SELF_SHARED: _self_shared,
    Scope.CHILD: _child,
    Scope.CHILD_SHARED: _child_shared,
    Scope.MINOR: _minor,
    Scope.GROUP: _group,
    Scope.GROUP_OWN: _group_own,
    Scope.SCHOOL: _school,
    Scope.CASE: _case,
    Scope.CASE_SHARED: _case_shared,
    Scope.RING: _ring,
    Scope.GLASS: _glass,
    Scope.AUTHOR: _author,
    Scope.GROUP_AUTHOR: _group_author,
}
