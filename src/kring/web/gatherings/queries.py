"""Talks that one may see, who can sit at them, who must not interpret, and how many of them count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from kring.core.access import Record, Role, Verb, rule_of
from kring.core.ages import RIGHTS_HOLDER
from kring.core.gatherings import REPORT_WITHIN, Child, Seat, Talk, is_report_late, pupil_talks, three_way_talks
from kring.web.access import may, may_do, may_do_too
from kring.web.gatherings.models import Agreement, Gathering, GatheringSeat, TalkReport, TalkResponse
from kring.web.schools.models import (
    Assignment,
    Contact,
    Enrolment,
    Group,
    Guardian,
    GuardianAccess,
    Guardianship,
    Membership,
    Pupil,
    SchoolYear,
    live,
    younger_than,
)

THINK_ALONG = (
    Role.COORDINATOR,
    Role.BEHAVIOUR_SPECIALIST,
    Role.REMEDIAL_TEACHER,
    Role.SAFETY_COORDINATOR,
    Role.CONFIDENTIAL_CONTACT,
    Role.DESIGNATED_CONTACT,
    Role.LEADER,
)
RECENT = 30
DUTCH = {"", Contact.Language.DUTCH.value}
OF_FAMILY = frozenset({Gathering.Kind.PUPIL_TALK, Gathering.Kind.GUARDIAN_TALK, Gathering.Kind.THREE_WAY_TALK, Gathering.Kind.EVALUATION})


def colleagues_for(actor: Membership, groups: "Iterable[Group | UUID]", *, at: datetime) -> list[Membership]:
    """Who teaches these groups now, who is there for the whole school, and who asks; once each, by name."""
    teaching = Assignment.objects.filter(live(at), group__in=groups).values("membership")
    here = Membership.objects.filter(live(at), school=actor.school_id, person__is_active=True)
    asked = here.filter(Q(pk__in=teaching) | Q(role__in=[role.value for role in THINK_ALONG]) | Q(pk=actor.pk))
    return list(asked.select_related("person", "school").order_by("person__given_name", "person__family_name", "pk"))


def groups_of(pupil: Pupil, *, at: datetime) -> "QuerySet[Group]":
    """In which groups the pupil sits now."""
    return Group.objects.filter(pk__in=Enrolment.objects.filter(live(at), pupil=pupil).values("group"))


def guardians_for(actor: Membership, pupil: Pupil, *, at: datetime) -> list[Guardian]:
    """The guardians with authority, by name."""
    ties = may(actor, Guardianship, Verb.READ, at=at).filter(live(at), pupil=pupil, has_authority=True)
    return list(Guardian.objects.filter(pk__in=ties.values("guardian")).order_by("given_name", "pk"))


def read_without_being_there(actor: Membership, one: "Whole", *, at: datetime) -> list[Guardian]:
    """Guardians with authority who were not at the talk: what the other one told, they read as well when the report is shown."""
    if one.row.pupil is None or one.report is None:
        return []
    came = {seat.guardian_id for seat in one.seats if seat.came and seat.guardian_id}
    let_in = Exists(GuardianAccess.objects.filter(live(at), guardianship=OuterRef("pk")))
    along = younger_than(RIGHTS_HOLDER, at, "pupil__") | Q(let_in)
    ties = may(actor, Guardianship, Verb.READ, at=at).filter(live(at), along, pupil=one.row.pupil, has_authority=True)
    return sorted({tie.guardian for tie in ties.exclude(guardian__in=came).select_related("guardian")}, key=str) if came else []


def languages_of(actor: Membership, guardians: Iterable[Guardian]) -> dict[UUID, str]:
    """In which language a talk goes best, of those for whom that is not Dutch."""
    found = may(actor, Contact, Verb.READ).filter(guardian__in=list(guardians)).exclude(language__in=DUTCH)
    return {one.guardian_id: one.get_language_display() for one in found}


def children_near(actor: Membership, pupil: Pupil, *, at: datetime) -> list[Child]:
    """Who must not interpret: the pupil, its brothers and sisters, and those whom the actor knows of its groups."""
    carers = Guardianship.objects.filter(live(at), pupil=pupil).values("guardian")
    family = Q(pk__in=Guardianship.objects.filter(live(at), guardian__in=carers).values("pupil"))
    classmates = Enrolment.objects.filter(live(at), group__in=groups_of(pupil, at=at)).values("pupil")
    known = Q(pk__in=may(actor, Pupil, Verb.READ, at=at).filter(pk__in=classmates).values("pk"))
    names = Pupil.objects.filter(family | known | Q(pk=pupil.pk), school=pupil.school_id).values_list("given_name", "family_name")
    return [Child(given, family_name) for given, family_name in names.distinct()]


@dataclass(frozen=True, slots=True)
class Line:
    """One talk in a list."""

    row: Gathering
    who: str
    is_late: bool  # it was held or should have been, and there is no report after two weeks


def _line(row: Gathering, *, on: date) -> Line:
    waits = row.called_off_at is None and row.held_at is None and is_report_late(timezone.localdate(row.planned_at), on=on)
    return Line(row, ", ".join(seat_name(seat) for seat in row.seats.all()), waits)


def seat_name(seat: GatheringSeat) -> str:
    """Who sits there, as it is read."""
    if seat.membership:
        return str(seat.membership.person)
    return str(seat.pupil or seat.guardian or seat.name)


def seat_part(seat: GatheringSeat) -> Seat:
    """In which part."""
    if seat.pupil_id:
        return Seat.PUPIL
    if seat.guardian_id:
        return Seat.GUARDIAN
    return Seat.COLLEAGUE if seat.membership_id else Seat.OTHER


def _seated(rows: "QuerySet[Gathering]") -> "QuerySet[Gathering]":
    seats = GatheringSeat.objects.select_related("membership__person", "pupil", "guardian").order_by("name", "pk")
    return rows.select_related("pupil", "group__year", "school").prefetch_related(Prefetch("seats", seats))


@dataclass(frozen=True, slots=True)
class Lists:
    """What is to come, what still lacks a report, and what was."""

    coming: list[Line]
    waiting: list[Line]
    past: list[Line]


def lists(actor: Membership, *, at: datetime, pupil: Pupil | None = None) -> Lists:
    """Mine to see; of one pupil, when asked."""
    rows = _seated(may(actor, Gathering, Verb.READ, at=at))
    rows = rows.filter(pupil=pupil) if pupil else rows
    today, is_open = timezone.localdate(at), Q(held_at=None, called_off_at=None)
    coming = rows.filter(is_open, planned_at__gte=at).order_by("planned_at")[:RECENT]
    waiting = rows.filter(is_open, planned_at__lt=at).order_by("planned_at")[:RECENT]
    past = rows.exclude(is_open).order_by("-planned_at")[:RECENT]
    return Lists(*([_line(row, on=today) for row in part] for part in (coming, waiting, past)))


@dataclass(frozen=True, slots=True)
class Counted:
    """How many talks of this school year count."""

    pupil_talks: int
    three_way_talks: int


def counted(actor: Membership, pupil: Pupil, *, at: datetime) -> Counted:
    """Two on one day are one; without the pupil's words, or without all three, it is none."""
    today = timezone.localdate(at)
    year = SchoolYear.objects.filter(school=pupil.school_id, starts_on__lte=today).order_by("-starts_on").first()
    rows = may(actor, Gathering, Verb.READ, at=at).filter(pupil=pupil, held_at__isnull=False, kind__in=OF_FAMILY)
    rows = rows.filter(held_at__date__gte=year.starts_on) if year else rows
    talks = [_talk(row) for row in rows.prefetch_related("seats").select_related("report")]
    return Counted(pupil_talks(talks), three_way_talks(talks))


def _talk(row: Gathering) -> Talk:
    assert row.held_at is not None
    came = frozenset(seat_part(seat) for seat in row.seats.all() if seat.came)
    report = getattr(row, "report", None)
    return Talk(timezone.localdate(row.held_at), came, bool(report and report.pupil_words.strip()))


@dataclass(frozen=True, slots=True)
class Whole:
    """One talk with everything that hangs on it."""

    row: Gathering
    seats: list[GatheringSeat]
    report: TalkReport | None
    agreements: list[Agreement]
    responses: list[TalkResponse]
    languages: dict[UUID, str]
    is_late: bool

    @property
    def lacks_bridge(self) -> bool:
        """A guardian speaks another language best, and nobody interprets."""
        return bool(self.languages) and self.row.bridge_kind == Gathering.Bridge.NONE

    @property
    def is_of_family(self) -> bool:
        return self.row.kind in OF_FAMILY


def whole(actor: Membership, row: Gathering, *, at: datetime) -> Whole:
    """What this actor may see of it."""
    seats = list(
        may(actor, GatheringSeat, Verb.READ, at=at)
        .filter(gathering=row)
        .select_related("membership__person", "pupil", "guardian")
        .order_by("name", "pk")
    )
    report = may(actor, TalkReport, Verb.READ, at=at).filter(gathering=row).select_related("author__person").first()
    agreements = list(may(actor, Agreement, Verb.READ, at=at).filter(gathering=row).select_related("task").order_by("by_on", "pk"))
    said = list(may(actor, TalkResponse, Verb.READ, at=at).filter(report=report).select_related("guardian")) if report else []
    languages = languages_of(actor, [seat.guardian for seat in seats if seat.guardian])
    talked_on, written_on = timezone.localdate(row.held_at or row.planned_at), timezone.localdate(report.made_at if report else at)
    late = row.called_off_at is None and is_report_late(talked_on, on=written_on)
    return Whole(row, seats, report, agreements, sorted(said, key=lambda one: one.said_at), languages, late)


def report_due_on(planned_at: datetime) -> date:
    """By which day there is a report."""
    return timezone.localdate(planned_at) + REPORT_WITHIN


def own_words(actor: Membership, pupil: Pupil, *, at: datetime) -> TalkReport | None:
    """What the pupil said in the newest talk in which it said something."""
    said = may(actor, TalkReport, Verb.READ, at=at).filter(gathering__pupil=pupil).exclude(pupil_words="")
    return said.select_related("gathering").order_by("-gathering__held_at").first()


@dataclass(frozen=True, slots=True)
class Panel:
    """What stands on the page of a pupil: what is to come, and how many talks count."""

    coming: Gathering | None
    counted: Counted
    may_plan: bool


def panel(actor: Membership, pupil: Pupil, *, at: datetime) -> Panel | None:
    """None for who reads no talks."""
    if not rule_of(Role(actor.role), Record.GATHERING, Verb.READ):
        return None
    coming = may(actor, Gathering, Verb.READ, at=at).filter(pupil=pupil, held_at=None, called_off_at=None).order_by("planned_at").first()
    may_plan = may_do_too(actor, pupil, Verb.WRITE, of=Record.GATHERING)
    return Panel(coming, counted(actor, pupil, at=at), may_plan)


def reads(hat: Membership, report: TalkReport, *, at: datetime) -> bool:
    """Whether the report stands on the page of this hat."""
    return may_do(hat, report, Verb.READ, at=at)
