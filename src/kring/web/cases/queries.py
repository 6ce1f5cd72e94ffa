"""Cases as their page shows them: who sits at it until when, and whose consent lets them read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from kring.core.access import PARTNERS, STAFF, Record, Role, Verb, roles_that
from kring.web.access import may
from kring.web.cases.models import Case, CaseMember, Share
from kring.web.catalogue.models import Organisation, Partner
from kring.web.consents.models import ConsentItem, LegalGround, holding
from kring.web.consents.models import ConsentRequest as Asked
from kring.web.page import role_label
from kring.web.schools.models import Membership, Pupil, live

COLLEAGUES = roles_that(Record.CASE, Verb.READ) & STAFF


def cases(actor: Membership, *, at: datetime) -> list[Case]:
    """The cases that the actor may see: open ones first, by name of the pupil."""
    found = may(actor, Case, Verb.READ, at=at).select_related("pupil").order_by("pupil__sort_name", "-from_at")
    return sorted(found[:500], key=lambda case: not is_open(case, at=at))


def is_open(case: Case, *, at: datetime) -> bool:
    return case.from_at <= at and (case.until_at is None or at < case.until_at)


def cases_of(actor: Membership, pupil: Pupil, *, at: datetime) -> list[Case]:
    """The open cases about this pupil that the actor may see."""
    return list(may(actor, Case, Verb.READ, at=at).filter(live(at), pupil=pupil))


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody at the table: in which function, of which organisation, and whether they may read at this moment."""

    member: CaseMember
    function: str
    organisation: Organisation | None
    may_read: bool
    until_at: datetime | None


def seats(actor: Membership, case: Case, *, at: datetime) -> list[Seat]:
    """Who sits at this case now, the school first."""
    rows = may(actor, CaseMember, Verb.READ, at=at).filter(live(at), case=case)
    members = list(rows.select_related("case", "membership__person").order_by("from_at", "pk"))
    organisations = _organisations([member.membership_id for member in members])
    agreed = agreed_organisations(case.pupil_id, at=at)
    found = [_seat(member, organisations.get(member.membership_id), agreed) for member in members]
    return sorted(found, key=lambda seat: seat.organisation is not None)


def _organisations(memberships: Sequence[UUID]) -> Mapping[UUID, Organisation]:
    partners = Partner.objects.filter(membership__in=memberships).select_related("organisation")
    return {partner.membership_id: partner.organisation for partner in partners}


def _seat(member: CaseMember, organisation: Organisation | None, agreed: Mapping[UUID, set[str]]) -> Seat:
    function = role_label(member.membership.role)
    may_read = organisation is None or organisation.pk in agreed
    return Seat(member, function, organisation, may_read, member.until_at or member.case.until_at)


def agreed_organisations(pupil: UUID, *, at: datetime) -> dict[UUID, set[str]]:
    """With which organisations may be talked about this pupil now, and which records may be shared with each."""
    agreed: dict[UUID, set[str]] = {}
    for recipient in Asked.objects.filter(holding(at), pupil=pupil).values_list("recipient_id", flat=True):
        agreed.setdefault(recipient, set())
    items = ConsentItem.objects.filter(request__in=Asked.objects.filter(holding(at), pupil=pupil))
    grounds = LegalGround.objects.filter(live(at), pupil=pupil, confirmed_at__lte=at)
    for recipient, record in (*items.values_list("request__recipient_id", "record"), *grounds.values_list("recipient_id", "record")):
        agreed.setdefault(recipient, set()).add(record)
    return agreed


@dataclass(frozen=True, slots=True)
class SharedVersion:
    """What was shared, and which organisations at the table may not read it for want of consent."""

    share: Share
    closed_for: tuple[str, ...]


def shares(actor: Membership, case: Case, at_table: Sequence[Seat], *, at: datetime) -> list[SharedVersion]:
    """What was shared with this case and can be read by this actor; for who runs the case also what was withdrawn."""
    found = may(actor, Share, Verb.READ, at=at).filter(case=case).order_by("-shared_at")
    agreed = agreed_organisations(case.pupil_id, at=at)
    outside = {seat.organisation.pk: seat.organisation.name for seat in at_table if seat.organisation}
    return [SharedVersion(share, _closed_for(share, outside, agreed)) for share in found]


def _closed_for(share: Share, outside: Mapping[UUID, str], agreed: Mapping[UUID, set[str]]) -> tuple[str, ...]:
    return tuple(sorted(name for key, name in outside.items() if share.record not in agreed.get(key, set())))


def shown(actor: Membership, *, at: datetime) -> list[Share]:
    """What the school shared about me or my child and lets me see."""
    return list(may(actor, Share, Verb.READ, at=at).select_related("case__pupil").order_by("-shared_at")[:50])


def colleagues(actor: Membership, case: Case, *, at: datetime) -> QuerySet[Membership]:
    """Members of staff who may be asked to this case and do not sit at it."""
    seated = CaseMember.objects.filter(live(at), case=case).values("membership")
    asked = may(actor, Membership, Verb.READ, at=at).filter(live(at), role__in=[role.value for role in COLLEAGUES])
    return asked.exclude(pk__in=seated).select_related("person").order_by("person__given_name", "person__family_name", "role")


def partners(actor: Membership, case: Case, *, at: datetime) -> QuerySet[Partner]:
    """People of organisations who have or had an account here and do not sit at this case; each once, by their newest hat."""
    seated = CaseMember.objects.filter(live(at), case=case).values("membership__person")
    known = may(actor, Partner, Verb.READ, at=at).exclude(membership__person__in=seated)
    newest: dict[tuple[UUID, UUID], UUID] = {}
    for key, person, organisation in known.order_by("membership__from_at").values_list("pk", "membership__person_id", "organisation_id"):
        newest[person, organisation] = key
    return known.filter(pk__in=newest.values()).select_related("membership__person", "organisation").order_by("organisation__name", "pk")


def organisations(actor: Membership) -> QuerySet[Organisation]:
    """Whom the school works with."""
    return may(actor, Organisation, Verb.READ).order_by("name")


def seated_until(membership: Membership, *, at: datetime) -> datetime | None:
    """Until when this hat has a seat at any open case; None when at none."""
    held = CaseMember.objects.filter(live(at), live(at, "case__"), membership=membership)
    last: datetime | None = held.order_by("-until_at").values_list("until_at", flat=True).first()
    return last


def is_guest(membership: Membership) -> bool:
    """From outside the school."""
    return Role(membership.role) in PARTNERS
