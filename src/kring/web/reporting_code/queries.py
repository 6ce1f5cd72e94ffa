"""The files at which one has a seat, and who reads a suspicion first. Nothing else in Kring asks for these rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from kring.core.access import Record, Role, Verb, roles_that
from kring.core.reporting_code import CodeStep, FirstReaders, first_readers, next_step
from kring.web.access import may, may_do
from kring.web.page import hat_label
from kring.web.people.intake import holders
from kring.web.reporting_code.models import ReportingCodeFile, ReportingCodeNote, ReportingCodeSeat, ReportingCodeStep
from kring.web.schools.models import Guardianship, Membership, Pupil, live

READERS = roles_that(Record.REPORTING_CODE_FILE, Verb.READ)


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody by name and function."""

    name: str
    function: str


def who_reads_first(school: UUID, *, at: datetime, about: Pupil | None = None) -> FirstReaders[Membership]:
    """The designated contacts of the school, or else who leads it; never who is a parent of the pupil at home."""
    home = people_at_home(about)
    return first_readers(holders(school, Role.DESIGNATED_CONTACT, at=at, but=home), holders(school, Role.LEADER, at=at, but=home))


def people_at_home(pupil: Pupil | None) -> list[UUID]:
    """Who is or was a guardian of this pupil, with authority or without: a suspicion may be about them."""
    ties = Guardianship.objects.filter(pupil=pupil, guardian__person__isnull=False) if pupil else Guardianship.objects.none()
    return list(ties.values_list("guardian__person", flat=True))


def named(hats: Iterable[Membership]) -> list[Named]:
    """By name and function, to be read before anything is written."""
    keys = [hat.pk for hat in hats]
    found = Membership.objects.filter(pk__in=keys).select_related("person", "school").order_by("person__given_name", "pk")
    return [Named(str(hat.person), hat_label(hat)) for hat in found]


def pupils_to_choose(actor: Membership, *, at: datetime) -> "QuerySet[Pupil]":
    """The pupils whom this hat may see; for some nobody, and then a name is typed."""
    return may(actor, Pupil, Verb.READ, at=at).order_by("sort_name", "pk")


def my_files(actor: Membership, *, at: datetime) -> list[ReportingCodeFile]:
    """The newest first."""
    rows = may(actor, ReportingCodeFile, Verb.READ, at=at).select_related("pupil", "opened_by__person")
    return list(rows.order_by("-opened_at", "pk"))


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody at the file; `may_leave`: with a button beside it."""

    row: ReportingCodeSeat
    name: str
    function: str


def seats_of(actor: Membership, file: ReportingCodeFile, *, at: datetime) -> list[Seat]:
    """Who may open the file now."""
    rows = may(actor, ReportingCodeSeat, Verb.READ, at=at).filter(live(at), file=file)
    ordered = rows.select_related("membership__person", "membership__school").order_by("from_at", "pk")
    return [Seat(row, str(row.membership.person), hat_label(row.membership)) for row in ordered]


def notes_of(actor: Membership, file: ReportingCodeFile, *, at: datetime) -> list[ReportingCodeNote]:
    """What was added, the first first."""
    return list(may(actor, ReportingCodeNote, Verb.READ, at=at).filter(file=file).select_related("author__person"))


def steps_before(file: ReportingCodeFile) -> list[CodeStep]:
    """Which were done or passed over."""
    return [CodeStep(number) for number in ReportingCodeStep.objects.filter(file=file).values_list("number", flat=True)]


@dataclass(frozen=True, slots=True)
class StepLine:
    """One of the five with what was written of it, the first first; `is_next`: what comes now."""

    step: CodeStep
    rows: tuple[ReportingCodeStep, ...]
    is_next: bool


def steps_of(actor: Membership, file: ReportingCodeFile, *, at: datetime) -> list[StepLine]:
    """All five, whatever was done of them."""
    rows = list(may(actor, ReportingCodeStep, Verb.READ, at=at).filter(file=file).select_related("author__person"))
    upcoming = next_step([CodeStep(row.number) for row in rows])
    return [StepLine(step, tuple(row for row in rows if row.number == step), step is upcoming) for step in CodeStep]


def to_let_in(actor: Membership, file: ReportingCodeFile, *, at: datetime) -> "QuerySet[Membership]":
    """Colleagues who have no seat at this file, and are no parent of the pupil."""
    seated = ReportingCodeSeat.objects.filter(live(at), file=file).values("membership__person")
    here = Membership.objects.filter(live(at), school=actor.school_id, role__in=[role.value for role in READERS], person__is_active=True)
    away = here.exclude(person__in=seated).exclude(person__in=people_at_home(file.pupil))
    return away.select_related("person", "school").order_by("person__given_name", "role", "pk")


def may_let_in(actor: Membership, file: ReportingCodeFile, *, at: datetime) -> bool:
    """Whether this hat decides who reads along."""
    return may_do(actor, file, Verb.WRITE, of=Record.REPORTING_CODE_SEAT, at=at)
