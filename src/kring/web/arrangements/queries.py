"""Arrangements with how they stand, what a school year adds up to, and what the school offers others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kring.core.access import FAMILY, STAFF, Record, Role, Verb, rule_of
from kring.core.arrangements import Cluster, Grant, GrantKind, Status, Sums, result_is_due, running_sums, status, sums_within
from kring.documents.spreadsheets import Table
from kring.web.access import may, may_do
from kring.web.arrangements.models import Arrangement, SupportOffer
from kring.web.arrangements.words import CLUSTERS, KINDS, STATUSES
from kring.web.catalogue.models import Organisation
from kring.web.days import last_day
from kring.web.due import Due
from kring.web.schools.models import Membership, Pupil, SchoolYear, live

MOST = 1000
ORDERS = {"end": ("ends_on", "pupil__sort_name"), "name": ("pupil__sort_name", "ends_on"), "kind": ("kind", "ends_on")}
SHOWN = ("now", "expired", "all")


@dataclass(frozen=True, slots=True)
class Line:
    """An arrangement as a list shows it."""

    row: Arrangement
    kind: Promise
    status: Status
    says: Promise
    asks_result: bool


def lines(
    actor: Membership, *, at: datetime, shown: str = "all", kind: str = "", order: str = "end", pupil: Pupil | None = None
) -> list[Line]:
    """What the actor may read: “now” is what runs or is to come."""
    found = may(actor, Arrangement, Verb.READ, at=at).select_related("pupil", "grantor", "entered_by__person")
    found = found.filter(pupil=pupil) if pupil else found
    found = found.filter(kind=kind) if kind in set(GrantKind) else found
    rows = [_line(row, timezone.localdate(at)) for row in found.order_by(*ORDERS.get(order, ORDERS["end"]), "pk")[:MOST]]
    if shown == "all":
        return rows
    return [one for one in rows if (one.status is Status.EXPIRED) == (shown == "expired")]


def _line(row: Arrangement, on: date) -> Line:
    grant = grant_of(row)
    stands = status(grant, on=on)
    return Line(row, KINDS[GrantKind(row.kind)], stands, STATUSES[stands], result_is_due(grant, row.result, on=on))


def one_line(row: Arrangement, *, at: datetime) -> Line:
    """A row that was found for the actor."""
    return _line(row, timezone.localdate(at))


def grant_of(row: Arrangement) -> Grant:
    """The row as the core knows it."""
    return Grant(starts_on=row.starts_on, ends_on=row.ends_on, hours=row.hours, euros=row.euros)


@dataclass(frozen=True, slots=True)
class YearSums:
    """What a school year adds up to."""

    year: SchoolYear
    sums: Sums


@dataclass(frozen=True, slots=True)
class Totals:
    """What runs today, and every school year for its own days; the newest first."""

    now: Sums
    years: tuple[YearSums, ...]


def totals(actor: Membership, *, at: datetime) -> Totals:
    """Of everything that the actor may read."""
    grants = [grant_of(row) for row in may(actor, Arrangement, Verb.READ, at=at)]
    found = may(actor, SchoolYear, Verb.READ, at=at).order_by("-starts_on")
    years = [YearSums(year, sums_within(grants, year.starts_on, year.ends_on)) for year in found]
    return Totals(running_sums(grants, on=timezone.localdate(at)), tuple(one for one in years if one.sums.grants))


def table(found: Iterable[Line]) -> Table:
    """The list to take along."""
    columns = (
        _("leerling"),
        _("soort"),
        _("van wie"),
        _("van"),
        _("tot en met"),
        _("uren"),
        _("euro"),
        _("stand"),
        _("doelen"),
        _("resultaat"),
    )
    return Table(_("Arrangementen"), columns, [_cells(one) for one in found])


def _cells(one: Line) -> tuple[str | float | date | None, ...]:
    row = one.row
    hours, euros = (None if value is None else float(value) for value in (row.hours, row.euros))
    who = row.grantor.name if row.grantor else ""
    return (str(row.pupil), str(one.kind), who, row.starts_on, row.ends_on, hours, euros, str(one.says), row.goals, row.result)


def grantors(actor: Membership) -> "QuerySet[Organisation]":
    """Who may be named as the one who granted it."""
    return may(actor, Organisation, Verb.READ).order_by("name")


def due_lines(actor: Membership, *, at: datetime, pupil: Pupil | None = None) -> list[Due]:
    """What ends soon, or ended without saying what came of it."""
    on = timezone.localdate(at)
    return [
        Due(
            _("Schrijf op wat het arrangement opleverde"),
            reverse("arrangement", args=[actor.pk, one.row.pk]),
            day=one.row.ends_on,
            is_late=one.row.ends_on < on,
            pupil=one.row.pupil_id,
            state=str(one.says),
        )
        for one in lines(actor, at=at, pupil=pupil)
        if one.asks_result
    ]


# ---- what the school offers others ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer as the page shows it; over when its last day has passed."""

    row: SupportOffer
    cluster: Promise
    until_on: date | None
    is_over: bool


def offers(actor: Membership, *, at: datetime, cluster: str = "", help_desk: bool = False, over: bool = False) -> list[Offer]:
    """What holds now, by what it is about; by choice also what is over."""
    found = may(actor, SupportOffer, Verb.READ, at=at).select_related("contact__person").order_by("cluster", "title", "pk")
    found = found.filter(cluster=cluster) if cluster in set(Cluster) else found
    found = found.filter(is_help_desk=True) if help_desk else found
    return [one_offer(row, at=at) for row in (found if over else found.filter(live(at)))]


def one_offer(row: SupportOffer, *, at: datetime) -> Offer:
    """A row that was found for the actor."""
    return Offer(row, CLUSTERS[Cluster(row.cluster)], last_day(row.until_at), row.until_at is not None and row.until_at <= at)


def offer_table(found: Iterable[Offer]) -> Table:
    """The offers to take along."""
    columns = (_("waar het om gaat"), _("aanbod"), _("wat wij doen"), _("plaatsen"), _("vraagbaak"), _("bij wie"), _("tot en met"))
    rows: Sequence[Any] = [
        (
            str(one.cluster),
            one.row.title,
            one.row.text,
            one.row.places,
            _("ja") if one.row.is_help_desk else _("nee"),
            str(one.row.contact.person),
            one.until_on,
        )
        for one in found
    ]
    return Table(_("Waar wij goed in zijn"), columns, rows)


def contacts(actor: Membership, *, at: datetime) -> "QuerySet[Membership]":
    """Colleagues with whom another school can get in touch."""
    roles = [role.value for role in STAFF]
    verb = Verb.READ if rule_of(Role(actor.role), Record.MEMBERSHIP, Verb.READ) else Verb.COUNT
    found = may(actor, Membership, verb, at=at).filter(live(at), school_id=actor.school_id, role__in=roles, person__is_active=True)
    return found.select_related("person").order_by("person__given_name", "person__family_name", "role")


def sees_sums(actor: Membership) -> bool:
    """Whose page shows what it adds up to."""
    return Role(actor.role) in {Role.COORDINATOR, Role.LEADER}


@dataclass(frozen=True, slots=True)
class OnPupilPage:
    """What stands on the page of a pupil."""

    lines: tuple[Line, ...]
    may_write: bool


def on_pupil_page(actor: Membership, pupil: Pupil, *, at: datetime) -> OnPupilPage | None:
    """None for who may not know, and where nothing was ever granted and nobody here may write it down."""
    role = Role(actor.role)
    if role in FAMILY or rule_of(role, Record.ARRANGEMENT, Verb.READ) is None:  # the family reads it on a page of its own
        return None
    found = tuple(sorted(lines(actor, at=at, pupil=pupil), key=lambda one: one.row.ends_on, reverse=True))
    may_write = may_do(actor, pupil, Verb.WRITE, of=Record.ARRANGEMENT, at=at)
    return OnPupilPage(found, may_write) if found or may_write else None
