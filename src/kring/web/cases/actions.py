"""Opening a case, asking people to it, withdrawing what was shared, closing it: who is from outside is out in the same transaction."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from kring.core.access import Record, Role, Verb
from kring.core.cases import AlreadyOnCase, ConsentMissing, ShareWithdrawn, check_case, check_seat
from kring.web.action import action
from kring.web.cases import queries
from kring.web.cases.intake import hold_open
from kring.web.cases.models import Case, CaseMember, Share
from kring.web.catalogue.models import Organisation, Partner
from kring.web.days import last_day
from kring.web.people.dates import ends_after
from kring.web.people.intake import new_person, take_hat, tell
from kring.web.schools.models import Membership, Pupil


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody of an organisation who has no account here yet."""

    given_name: str
    name_prefix: str
    family_name: str
    role: Role
    organisation: Organisation
    position: str = ""


@action("case.opened", needs=Verb.WRITE, of=Record.CASE)
def open_case(actor: Membership, pupil: Pupil, purpose: str, *, until: date, at: datetime) -> Case:
    """Work together on one pupil, for one purpose, until and including a day. Who opens it sits at it."""
    said = check_case(purpose, opened_on=timezone.localdate(at), until=until)
    made = Case.objects.create(
        school_id=pupil.school_id, pupil=pupil, purpose=said, opened_by=actor, from_at=at, until_at=ends_after(until)
    )
    CaseMember.objects.create(school_id=pupil.school_id, case=made, membership=actor, from_at=at, until_at=made.until_at)
    return made


@action("case.colleague_added", needs=Verb.WRITE, of=Record.CASE_MEMBER)
def add_colleague(actor: Membership, case: Case, colleague: Membership, *, until: date | None = None, at: datetime) -> CaseMember:
    """Ask somebody of the own school, until and including a day."""
    held = hold_open(case, at=at)
    known = queries.colleagues(actor, held, at=at).filter(pk=colleague.pk).first()
    if known is None:
        raise AlreadyOnCase
    return _seat(held, known, until, at)


@action("case.partner_added", needs=Verb.WRITE, of=Record.CASE_MEMBER)
def add_partner(actor: Membership, case: Case, partner: Partner, *, until: date | None = None, at: datetime) -> CaseMember:
    """Ask somebody from outside who has or had an account here. Only with consent for their organisation."""
    held = hold_open(case, at=at)
    known = queries.partners(actor, held, at=at).filter(pk=partner.pk).first()
    if known is None:
        raise AlreadyOnCase
    _refuse_without_consent(held, known.organisation, at)
    return _seat(held, _hat_again(known, at), until, at)


@action("case.partner_invited", needs=Verb.WRITE, of=Record.CASE_MEMBER)
def invite_partner(actor: Membership, case: Case, newcomer: Newcomer, *, until: date | None = None, at: datetime) -> CaseMember:
    """Ask somebody from outside who has no account yet: it comes with this case and ends with it. Only with consent."""
    held = hold_open(case, at=at)
    organisation = queries.organisations(actor).get(pk=newcomer.organisation.pk)
    _refuse_without_consent(held, organisation, at)
    person = new_person(newcomer.given_name, newcomer.name_prefix, newcomer.family_name)
    hat = Membership.objects.create(school_id=held.school_id, person=person, role=newcomer.role.value, from_at=at, until_at=held.until_at)
    Partner.objects.create(school_id=held.school_id, membership=hat, organisation=organisation, position=newcomer.position)
    return _seat(held, hat, until, at)


def _refuse_without_consent(case: Case, organisation: Organisation, at: datetime) -> None:
    if organisation.pk not in queries.agreed_organisations(case.pupil_id, at=at):
        raise ConsentMissing(organisation=organisation.name)


def _hat_again(partner: Partner, at: datetime) -> Membership:
    """The hat that this person wears here, or a new one for who was out: what was over stays over."""
    hat = partner.membership
    if hat.until_at is None or hat.until_at > at:
        return hat
    new = Membership.objects.create(school_id=hat.school_id, person_id=hat.person_id, role=hat.role, from_at=at)
    Partner.objects.create(school_id=hat.school_id, membership=new, organisation=partner.organisation, position=partner.position)
    return new


def _seat(case: Case, hat: Membership, until: date | None, at: datetime) -> CaseMember:
    if until:
        check_seat(until, from_on=timezone.localdate(at), case_until=last_day(case.until_at) or until)
    ends_at = ends_after(until) or case.until_at
    made = CaseMember.objects.create(school_id=case.school_id, case=case, membership=hat, from_at=at, until_at=ends_at)
    _fit_hat(hat, at, may_grow=True)
    tell([hat], "case.joined", case, at=at)
    return made


def _fit_hat(hat: Membership, at: datetime, *, may_grow: bool) -> None:
    """The hat of somebody from outside ends with the last of their seats: at once when there is none.

    Only a new seat makes it longer: when one ends, an earlier end that an administrator set stays.
    """
    if not queries.is_guest(hat):
        return
    last = queries.seated_until(hat, at=at)
    if last is None:
        take_hat(hat, ends_at=at, at=at)
    elif may_grow or hat.until_at is None or last < hat.until_at:
        Membership.objects.filter(pk=hat.pk).update(until_at=last)


@action("case.member_removed", needs=Verb.WRITE)
def remove_member(actor: Membership, member: CaseMember, *, at: datetime) -> None:  # noqa: ARG001
    """The seat is empty from this moment."""
    hold_open(member.case, at=at)
    _end(Q(pk=member.pk), at)


def _end(which: Q, at: datetime) -> None:
    """End these seats, and the hats of guests who have no other."""
    over = CaseMember.objects.filter(which).exclude(until_at__lte=at).select_related("membership__person")
    hats = {seat.membership_id: seat.membership for seat in over}
    over.filter(from_at__gte=at).delete()
    over.update(until_at=at)
    for hat in hats.values():
        _fit_hat(hat, at, may_grow=False)


@action("case.closed", needs=Verb.WRITE)
def close_case(actor: Membership, case: Case, *, at: datetime) -> None:  # noqa: ARG001
    """Over from this moment: every seat ends, and the account of a guest without another open case has no hat any more."""
    held = hold_open(case, at=at)
    held.until_at = at
    held.save(update_fields=["until_at"])
    _end(Q(case=held), at)


@action("share.withdrawn", needs=Verb.WRITE)
def withdraw_share(actor: Membership, share: Share, *, at: datetime) -> None:  # noqa: ARG001
    """From this moment only the school itself sees it."""
    if not Share.objects.filter(pk=share.pk, withdrawn_at=None).update(withdrawn_at=at):
        raise ShareWithdrawn
