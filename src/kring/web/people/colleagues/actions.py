"""Giving and ending roles. A role that looks beyond one's own pupils holds only after a second person approved it."""

from dataclasses import dataclass
from datetime import datetime

from kring.core.access import Record, Role, Verb
from kring.core.appointing import check_dates, check_decision, check_end, check_proposal, waits_for_second
from kring.web.accounts.models import Person
from kring.web.action import action
from kring.web.people.colleagues import queries
from kring.web.people.intake import holders, new_person, take_hat, tell
from kring.web.people.models import Appointment
from kring.web.schools.models import Membership, School
from kring.web.single_sign_on.rows import account_with_code, give_name
from kring.web.trace import record_event


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody who has no account yet, or one without a name (by its code). Without a user name they choose one when they come in."""

    given_name: str
    name_prefix: str
    family_name: str
    username: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A role for somebody, from a moment until one."""

    who: Person | NewPerson
    role: Role
    from_at: datetime
    until_at: datetime | None = None


@action("role.proposed", needs=Verb.WRITE, of=Record.APPOINTMENT)
def propose_role(actor: Membership, school: School, wanted: Wanted, *, at: datetime) -> Appointment:
    """Give a role, or lay it before a leader when it looks beyond one's own pupils."""
    check_dates(wanted.from_at, wanted.until_at, at=at)
    person = wanted.who if isinstance(wanted.who, Person) else _made(wanted.who)
    held = queries.held_by(school.pk, person.pk)
    check_proposal(wanted.role, to=person.pk, by=actor.person_id, held=held, from_at=wanted.from_at, until_at=wanted.until_at)
    made = Appointment.objects.create(
        school=school,
        person=person,
        role=wanted.role.value,
        from_at=wanted.from_at,
        until_at=wanted.until_at,
        proposed_by=actor,
        proposed_at=at,
    )
    if waits_for_second(wanted.role, has_account_from_outside=queries.has_account_from_outside(school.pk, person.pk)):
        tell(holders(school.pk, Role.LEADER, at=at, but=[actor.person_id]), "role.proposed", made, at=at)
    else:
        _give(actor, made, at=at)
    return made


def _made(wanted: NewPerson) -> Person:
    if wanted.code and (account := account_with_code(wanted.code)):
        return give_name(account, wanted.given_name, wanted.name_prefix, wanted.family_name)
    return new_person(wanted.given_name, wanted.name_prefix, wanted.family_name, username=wanted.username)


def _give(actor: Membership, made: Appointment, *, at: datetime) -> None:
    """The role as proposed; the holders of the same role, and the leaders, are told."""
    made.membership = Membership.objects.create(
        school_id=made.school_id, person_id=made.person_id, role=made.role, from_at=made.from_at, until_at=made.until_at
    )
    made.decided_at = at
    made.save(update_fields=["membership", "decided_at", "decided_by"])
    record_event(actor, made.membership, "role.given")
    told = holders(made.school_id, Role(made.role), Role.LEADER, at=at, but=[made.person_id, actor.person_id])
    tell(told, "role.given", made.membership, at=at)
    tell([made.membership], "role.yours", made.membership, at=at)


@action("role.approved", needs=Verb.APPROVE)
def approve_role(actor: Membership, appointment: Appointment, *, at: datetime) -> Membership:
    """The second pair of eyes: now it holds. What changed for this person meanwhile counts."""
    _hold_open(actor, appointment)
    check_dates(appointment.from_at, appointment.until_at, at=at)
    check_proposal(
        Role(appointment.role),
        to=appointment.person_id,
        by=appointment.proposed_by.person_id,
        held=queries.held_by(appointment.school_id, appointment.person_id, but=appointment.pk),
        from_at=appointment.from_at,
        until_at=appointment.until_at,
    )
    appointment.decided_by = actor
    _give(actor, appointment, at=at)
    assert appointment.membership is not None
    return appointment.membership


@action("role.declined", needs=Verb.APPROVE)
def decline_role(actor: Membership, appointment: Appointment, *, at: datetime) -> None:
    """It does not hold, and who proposed it is told."""
    _hold_open(actor, appointment)
    appointment.decided_by, appointment.decided_at = actor, at
    appointment.save(update_fields=["decided_by", "decided_at"])
    tell([appointment.proposed_by], "role.declined", appointment, at=at)


def _hold_open(actor: Membership, appointment: Appointment) -> None:
    appointment.refresh_from_db(from_queryset=Appointment.objects.select_for_update().select_related("proposed_by"))
    check_decision(
        to=appointment.person_id,
        proposed_by=appointment.proposed_by.person_id,
        by=actor.person_id,
        decided_at=appointment.decided_at,
    )


@action("role.ended", needs=Verb.WRITE)
def end_role(actor: Membership, hat: Membership, *, ends_at: datetime, at: datetime) -> None:
    """From this moment the role and its groups are over. Who has no hat left is out at once."""
    School.objects.select_for_update().get(pk=hat.school_id)  # two who end each other's role come one after the other
    hat.refresh_from_db(from_queryset=Membership.objects.select_for_update())
    if hat.until_at is not None and hat.until_at <= at:
        return
    check_end(Role(hat.role), queries.held_by_others(hat), until_at=hat.until_at, ends_at=ends_at)
    take_hat(hat, ends_at=ends_at, at=at)
    told = holders(hat.school_id, Role(hat.role), Role.LEADER, at=at, but=[hat.person_id, actor.person_id])
    tell(told, "role.ended", hat, at=at)
