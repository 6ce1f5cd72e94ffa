"""Paper with which somebody comes in, and recovery by two colleagues. A code is told to who asks for it now, and never again."""

from dataclasses import dataclass
from datetime import datetime

from kring.core.access import Record, Role, Verb
from kring.core.authority import TieEnded
from kring.core.paper_codes import CODE_OF_RECOVERY_LASTS, LASTS, RECOVERY_WAITS, check_recovery, check_still_asked
from kring.web.accounts.models import PaperCode
from kring.web.action import action
from kring.web.people.intake import guardian_hat, holders, tell
from kring.web.people.models import AccountInvitation, Recovery
from kring.web.people.paper import queries
from kring.web.people.rows import make_code
from kring.web.schools.models import Guardian, Membership, School
from kring.web.trace import record_event


@dataclass(frozen=True, slots=True)
class Paper:
    """A code with its text, for the one page or letter that shows it."""

    code: PaperCode
    text: str


@action("account.invited", needs=Verb.WRITE, of=Record.ACCOUNT_INVITATION)
def invite(actor: Membership, hat: Membership, *, at: datetime) -> Paper:
    """A code on paper for who holds this role. A new one withdraws the old."""
    queries.check_may_invite(actor, hat.person, at=at)
    return _invite(actor, hat, at=at)


@action("accounts.invited", needs=Verb.WRITE, of=Record.ACCOUNT_INVITATION)
def invite_all(actor: Membership, school: School, *, at: datetime) -> list[Paper]:  # noqa: ARG001
    """Paper for everybody of the staff who never came in."""
    return [_invite(actor, hat, at=at) for hat in queries.never_came_in(actor, at=at)]


def _invite(actor: Membership, hat: Membership, *, at: datetime) -> Paper:
    code, text = make_code(hat.person, at=at, lasts=LASTS)
    made = AccountInvitation.objects.create(school_id=hat.school_id, person=hat.person, code=code, made_by=actor, made_at=at)
    record_event(actor, made, "letter.made")
    return Paper(code, text)


@action("guardian.invited", needs=Verb.WRITE, of=Record.ACCOUNT_INVITATION)
def invite_guardian(actor: Membership, guardian: Guardian, *, at: datetime) -> Paper:
    """A code on paper for a guardian, who gets an account with it; who lost the way in gets a new letter in the same way."""
    if not queries.cares_for_somebody(guardian, at=at):
        raise TieEnded
    hat = guardian_hat(guardian, at=at)
    queries.check_may_invite(actor, hat.person, at=at)
    return _invite(actor, hat, at=at)


@action("recovery.asked", needs=Verb.WRITE, of=Record.RECOVERY)
def ask_recovery(actor: Membership, hat: Membership, *, at: datetime) -> Recovery:
    """The first colleague says: this is who they say, and they have lost their way in."""
    elsewhere = queries.holds_a_role_elsewhere(hat.school_id, hat.person, at=at)
    check_recovery(of=hat.person_id, asked_by=actor.person_id, elsewhere=elsewhere)
    Recovery.objects.filter(school_id=hat.school_id, person=hat.person, confirmed_at=None, expires_at__gt=at).update(expires_at=at)
    return Recovery.objects.create(school_id=hat.school_id, person=hat.person, asked_by=actor, asked_at=at, expires_at=at + RECOVERY_WAITS)


@action("recovery.confirmed", needs=Verb.APPROVE)
def confirm_recovery(actor: Membership, recovery: Recovery, *, at: datetime) -> Paper:
    """The second colleague says so too, and gets the code to hand over. Person and leaders are told."""
    recovery.refresh_from_db(from_queryset=Recovery.objects.select_for_update().select_related("person", "asked_by"))
    check_still_asked(asked_until=recovery.expires_at, confirmed_at=recovery.confirmed_at, at=at)
    elsewhere = queries.holds_a_role_elsewhere(recovery.school_id, recovery.person, at=at)
    check_recovery(of=recovery.person_id, asked_by=recovery.asked_by.person_id, confirmed_by=actor.person_id, elsewhere=elsewhere)
    code, text = make_code(recovery.person, at=at, lasts=CODE_OF_RECOVERY_LASTS)
    recovery.confirmed_by, recovery.confirmed_at, recovery.code = actor, at, code
    recovery.save(update_fields=["confirmed_by", "confirmed_at", "code"])
    told = holders(recovery.school_id, Role.LEADER, at=at, but=[actor.person_id])
    own = Membership.objects.filter(school_id=recovery.school_id, person=recovery.person)
    tell([*told, *own], "recovery.confirmed", recovery, at=at)
    return Paper(code, text)
