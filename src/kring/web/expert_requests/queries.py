"""Requests to experts as lists and pages show them: how they stand, who reads along, and the report for who was named."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kring.core.access import FAMILY, PARTNERS, STAFF, Record, Role, Verb, roles_that, rule_of
from kring.core.ages import HEARD
from kring.core.expert_requests import NEXT, RUNNING, Kind, State, Step, is_unanswered
from kring.documents.spreadsheets import Table
from kring.web.access import may, may_do
from kring.web.arrangements import queries as arrangements
from kring.web.cases.models import Case, CaseMember
from kring.web.cases.queries import agreed_organisations, cases_of
from kring.web.catalogue.models import Organisation
from kring.web.days import last_day
from kring.web.due import Due
from kring.web.expert_requests.models import ExpertReader, ExpertReport, ExpertRequest
from kring.web.expert_requests.words import KINDS, STATES
from kring.web.plans.models import Evaluation, Plan
from kring.web.schools.models import Assignment, Enrolment, Membership, Pupil, live, younger_than

MOST = 500
ORDERS = {"by": ("by_on", "pupil__sort_name"), "name": ("pupil__sort_name", "by_on"), "kind": ("kind", "by_on")}
SHOWN = ("running", "over", "all")
NAMEABLE = roles_that(Record.EXPERT_REPORT, Verb.READ) & STAFF - {Role.COORDINATOR}


@dataclass(frozen=True, slots=True)
class Line:
    """A request as a list shows it."""

    row: ExpertRequest
    kind: Promise
    state: State
    says: Promise
    is_late: bool


def lines(
    actor: Membership, *, at: datetime, shown: str = "all", kind: str = "", order: str = "by", pupil: Pupil | None = None
) -> list[Line]:
    """What the actor may read; “running” is what still waits for something."""
    found = may(actor, ExpertRequest, Verb.READ, at=at).select_related("pupil", "organisation", "asked_by__person")
    found = found.filter(pupil=pupil) if pupil else found
    found = found.filter(kind=kind) if kind in set(Kind) else found
    is_running = Q(state__in=[one.value for one in RUNNING])
    found = found.filter(is_running if shown == "running" else ~is_running) if shown != "all" else found
    return [one_line(row, at=at) for row in found.order_by(*ORDERS.get(order, ORDERS["by"]), "pk")[:MOST]]


def one_line(row: ExpertRequest, *, at: datetime) -> Line:
    """A row that was found for the actor."""
    state = State(row.state)
    return Line(row, KINDS[Kind(row.kind)], state, STATES[state], is_unanswered(state, row.by_on, on=timezone.localdate(at)))


def table(found: Iterable[Line]) -> Table:
    """The list to take along; what came of it stays behind."""
    columns = (_("leerling"), _("wat"), _("aan wie"), _("vraag"), _("gevraagd op"), _("antwoord voor"), _("stand"), _("afgesproken dag"))
    rows = [
        (
            str(one.row.pupil),
            str(one.kind),
            one.row.organisation.name,
            one.row.question,
            timezone.localdate(one.row.asked_at),
            one.row.by_on,
            str(one.says),
            one.row.planned_on,
        )
        for one in found
    ]
    return Table(_("Vragen aan deskundigen"), columns, rows)


# ---- one request ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody of the organisation who reads the request in Kring, until a day."""

    name: str
    until_on: date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A request with all that this actor may see beside it."""

    line: Line
    guests: tuple[Guest, ...]
    steps: frozenset[Step]
    report: ExpertReport | None
    readers: tuple[ExpertReader, ...] | None  # None for who may not know
    plan: Plan | None


def sheet_of(actor: Membership, row: ExpertRequest, *, at: datetime) -> Sheet:
    """As many questions whatever stands in it."""
    line = one_line(row, at=at)
    steps = frozenset(step for state, step in NEXT if state is line.state)
    sees_readers = rule_of(Role(actor.role), Record.EXPERT_READER, Verb.READ) is not None
    readers = may(actor, ExpertReader, Verb.READ, at=at).filter(live(at), request=row)
    return Sheet(
        line=line,
        guests=tuple(guests_of(row, at=at)),
        steps=steps,
        report=report_of(actor, row, at=at),
        readers=tuple(readers.select_related("membership__person").order_by("from_at", "pk")) if sees_readers else None,
        plan=may(actor, Plan, Verb.READ, at=at).filter(pk=row.plan_id).first() if row.plan_id else None,
    )


def report_of(actor: Membership, row: ExpertRequest, *, at: datetime) -> ExpertReport | None:
    """For who was named, the coordinator, and who wrote it; not past its day."""
    found = may(actor, ExpertReport, Verb.READ, at=at).filter(request=row, forget_at__gt=at)
    return found.select_related("written_by__person", "file").first()


def guests_of(row: ExpertRequest, *, at: datetime) -> Iterable[Guest]:
    """Who of the organisation sits at the case now."""
    for seat in seats_of(row, at=at):
        yield Guest(str(seat.membership.person), last_day(seat.until_at or seat.case.until_at))


def seats_of(row: ExpertRequest, *, at: datetime) -> "QuerySet[CaseMember]":
    seats = CaseMember.objects.filter(live(at), live(at, "case__"), case=row.case_id, membership__partner__organisation=row.organisation_id)
    return seats.select_related("membership__person", "case").order_by("from_at", "pk")


# ---- asking -----------------------------------------------------------------------------------------------------


def organisations(actor: Membership) -> "QuerySet[Organisation]":
    """Who may be asked."""
    return may(actor, Organisation, Verb.READ).order_by("name")


def open_cases(actor: Membership, pupil: Pupil, *, at: datetime) -> "QuerySet[Case]":
    """Of this pupil, that the actor may see."""
    return Case.objects.filter(pk__in=[one.pk for one in cases_of(actor, pupil, at=at)])


def plans_of(actor: Membership, pupil: Pupil) -> "QuerySet[Plan]":
    """Of this pupil, the newest first."""
    return may(actor, Plan, Verb.READ).filter(pupil=pupil).order_by("-edited_at")


def has_consent(pupil: Pupil, organisation: Organisation, *, at: datetime) -> bool:
    """Everybody who is asked said yes to sharing this very thing with this organisation."""
    return Record.EXPERT_REQUEST.value in agreed_organisations(pupil.pk, at=at).get(organisation.pk, set())


def was_evaluated(plan: Plan | None) -> bool:
    """It was tried, and people looked at it."""
    return plan is not None and Evaluation.objects.filter(plan=plan).exists()


# ---- readers of the report --------------------------------------------------------------------------------------


def candidates(actor: Membership, row: ExpertRequest, *, at: datetime) -> "QuerySet[Membership]":
    """Colleagues who work with this pupil now, and do not read the report yet. A coordinator reads it anyhow."""
    groups = Enrolment.objects.filter(live(at), pupil=row.pupil_id).values("group")
    teach = Assignment.objects.filter(live(at), group__in=groups).values("membership")
    sit = CaseMember.objects.filter(live(at), live(at, "case__"), case__pupil=row.pupil_id).values("membership")
    named = ExpertReader.objects.filter(live(at), request=row).values("membership")
    known = may(actor, Membership, Verb.READ, at=at).filter(live(at), role__in=[role.value for role in NAMEABLE], person__is_active=True)
    return known.filter(Q(pk__in=teach) | Q(pk__in=sit)).exclude(pk__in=named).select_related("person").order_by("person__given_name", "pk")


# ---- elsewhere --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OnPupilPage:
    """What stands on the page of a pupil."""

    lines: tuple[Line, ...]
    may_ask: bool


def on_pupil_page(actor: Membership, pupil: Pupil, *, at: datetime) -> OnPupilPage | None:
    """None for who may not know."""
    role = Role(actor.role)
    if role in FAMILY or rule_of(role, Record.EXPERT_REQUEST, Verb.READ) is None:  # the family reads it on a page of its own
        return None
    found = tuple(sorted(lines(actor, at=at, pupil=pupil), key=lambda one: one.row.asked_at, reverse=True))
    may_ask = may_do(actor, pupil, Verb.WRITE, of=Record.EXPERT_REQUEST, at=at)
    return OnPupilPage(found, may_ask) if found or may_ask else None


def due_lines(actor: Membership, *, at: datetime, pupil: Pupil | None = None) -> list[Due]:
    """What waits for an answer, and what was planned."""
    found = [one for one in lines(actor, at=at, shown="running", pupil=pupil) if one.state in {State.ASKED, State.PLANNED}]
    return [_due(actor, one) for one in found]


def _due(actor: Membership, line: Line) -> Due:
    day = line.row.planned_on if line.state is State.PLANNED else line.row.by_on
    what = _("Vraag aan een deskundige: %(kind)s") % {"kind": line.kind}
    url = reverse("expert_request", args=[actor.pk, line.row.pk])
    return Due(what, url, day=day, is_late=line.is_late, pupil=line.row.pupil_id, state=str(line.says))


@dataclass(frozen=True, slots=True)
class AtHome:
    """What was asked, and what was granted, about me or my child."""

    requests: Sequence[Line]
    arrangements: Sequence[arrangements.Line]


def at_home(actor: Membership, *, at: datetime) -> AtHome:
    """A pupil reads along from the age at which one is heard; a report is talked about, and does not stand here."""
    found = may(actor, ExpertRequest, Verb.READ, at=at).select_related("pupil", "organisation")
    if Role(actor.role) is Role.PUPIL:
        found = found.exclude(younger_than(HEARD, at, "pupil__"))
    rows = [one_line(row, at=at) for row in found.order_by("-asked_at", "pk")[:MOST]]
    return AtHome(rows, arrangements.lines(actor, at=at))


def is_guest(actor: Membership) -> bool:
    """From outside the school."""
    return Role(actor.role) in PARTNERS
