"""Guardians, their authority and where they are reached; birth dates; and from 16 whom the pupil lets read along."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from kring.core.access import Record, Role, Verb
from kring.core.appointing import RoleForOneself, check_dates
from kring.core.authority import GuardianKnown, check_birth_date, check_decides_alone, check_goes_on
from kring.core.versions import check_version
from kring.web.access import NotPermitted
from kring.web.accounts.models import Person
from kring.web.action import action
from kring.web.people.family import queries
from kring.web.people.intake import guardian_hat, take_hat
from kring.web.schools.models import Contact, Guardian, GuardianAccess, Guardianship, Membership, Pupil


@dataclass(frozen=True, slots=True)
class NewTie:
    """A guardian for a pupil: `same_as` one the school knows, or `is_other` than whoever has the same name."""

    given_name: str
    name_prefix: str
    family_name: str
    has_authority: bool
    court_note: str
    from_at: datetime
    same_as: Guardian | None = None
    is_other: bool = False
    colleague: Person | None = None


@action("guardian.registered", needs=Verb.WRITE, of=Record.GUARDIANSHIP)
def register_guardian(actor: Membership, pupil: Pupil, new: NewTie, *, at: datetime) -> Guardianship:
    """From this moment this person cares for the pupil, with or without authority. Raises GuardianKnown when we may know them."""
    if new.colleague is not None and new.colleague.pk == actor.person_id:
        raise RoleForOneself
    Pupil.objects.select_for_update().get(pk=pupil.pk)
    guardian = new.same_as or _guardian(actor, new)
    if guardian.school_id != actor.school_id:
        raise NotPermitted
    held = Guardianship.objects.filter(pupil=pupil, guardian=guardian)
    if held.filter(until_at=None).exists():
        raise GuardianKnown(count=1)
    made = Guardianship.objects.create(
        school_id=pupil.school_id,
        guardian=guardian,
        pupil=pupil,
        has_authority=new.has_authority,
        court_note=new.court_note,
        from_at=new.from_at,
    )
    if new.colleague is not None:
        guardian_hat(guardian, at=at)
    return made


def _guardian(actor: Membership, new: NewTie) -> Guardian:
    """The guardian that this colleague is already, or a new one."""
    if new.colleague is not None:
        known = Guardian.objects.filter(school_id=actor.school_id, person=new.colleague).first()
        if known is not None:
            return known
    elif not new.is_other:
        same = queries.called(actor.school_id, new.given_name, new.name_prefix, new.family_name)
        if same:
            raise GuardianKnown(count=len(same))
    name = new.colleague or new
    return Guardian.objects.create(
        school_id=actor.school_id,
        person=new.colleague,
        given_name=name.given_name,
        name_prefix=name.name_prefix,
        family_name=name.family_name,
    )


@action("authority.changed", needs=Verb.WRITE)
def change_authority(
    actor: Membership,  # noqa: ARG001
    tie: Guardianship,
    *,
    has_authority: bool,
    court_note: str,
    from_at: datetime,
    at: datetime,
) -> Guardianship:
    """Authority begins or ends at a moment; what held before stays on record. A note alone is only kept."""
    tie.refresh_from_db(from_queryset=Guardianship.objects.select_for_update())
    check_goes_on(tie.until_at, at=at)
    if has_authority == tie.has_authority or from_at <= tie.from_at:
        tie.has_authority, tie.court_note = has_authority, court_note
        tie.save(update_fields=["has_authority", "court_note"])
        return tie
    check_dates(from_at, tie.until_at, at=at)
    until_at, tie.until_at = tie.until_at, from_at
    tie.save(update_fields=["until_at"])
    return Guardianship.objects.create(
        school_id=tie.school_id,
        guardian_id=tie.guardian_id,
        pupil_id=tie.pupil_id,
        has_authority=has_authority,
        court_note=court_note,
        from_at=from_at,
        until_at=until_at,
    )


@action("guardian.ended", needs=Verb.WRITE)
def end_guardianship(actor: Membership, tie: Guardianship, *, ends_at: datetime, at: datetime) -> None:  # noqa: ARG001
    """From this moment this guardian is none of this pupil; who is left with no child here is out."""
    tie.refresh_from_db(from_queryset=Guardianship.objects.select_for_update().select_related("guardian"))
    check_goes_on(tie.until_at, at=at)
    ends_at = max(ends_at, at)
    if tie.from_at >= ends_at:
        Guardianship.objects.filter(pk=tie.pk).delete()
    else:
        tie.until_at = ends_at
        tie.save(update_fields=["until_at"])
    _end_hat_without_children(tie.guardian, at=at)


def _end_hat_without_children(guardian: Guardian, *, at: datetime) -> None:
    """The hat lasts as long as the last child; a later end is set as the end of the hat."""
    ends = list(Guardianship.objects.filter(guardian=guardian).exclude(until_at__lte=at).values_list("until_at", flat=True))
    if None in ends or guardian.person_id is None:
        return
    ends_at = max((end for end in ends if end is not None), default=at)
    held = Membership.objects.filter(school_id=guardian.school_id, person_id=guardian.person_id, role=Role.GUARDIAN.value)
    for hat in held.exclude(until_at__lte=at).select_related("person"):
        take_hat(hat, ends_at=ends_at, at=at)


@dataclass(frozen=True, slots=True)
class Reached:
    """Where somebody is reached."""

    address: str
    phone: str
    email: str
    is_secret: bool
    language: str = ""


@action("contact.written", needs=Verb.WRITE, of=Record.CONTACT)
def write_contact(actor: Membership, guardian: Guardian, reached: Reached, *, read: int) -> Contact:  # noqa: ARG001
    """Over the version that was read. Raises ChangedMeanwhile."""
    Guardian.objects.select_for_update().get(pk=guardian.pk)
    contact = Contact.objects.filter(guardian=guardian).first() or Contact(school_id=guardian.school_id, guardian=guardian, version=0)
    contact.version = check_version(read, now=contact.version)
    contact.address, contact.phone, contact.email, contact.is_secret = reached.address, reached.phone, reached.email, reached.is_secret
    contact.language = reached.language
    contact.save()
    return contact


@action("birth_date.written", needs=Verb.WRITE)
def write_birth_date(actor: Membership, pupil: Pupil, born_on: date, *, at: datetime) -> None:  # noqa: ARG001
    """On which rights turn at 16 and 18."""
    check_birth_date(born_on, on=timezone.localdate(at))
    Pupil.objects.filter(pk=pupil.pk).update(birth_date=born_on)


@action("home.written", needs=Verb.WRITE)
def write_home(actor: Membership, pupil: Pupil, municipality: str) -> None:  # noqa: ARG001
    """Where the pupil lives, when that is not where the school is: help is looked for there."""
    Pupil.objects.filter(pk=pupil.pk).update(home_municipality="" if municipality == pupil.school.municipality else municipality)


@action("reading_along.given", needs=Verb.WRITE, of=Record.GUARDIAN_ACCESS)
def let_read_along(actor: Membership, pupil: Pupil, tie: Guardianship, *, at: datetime) -> GuardianAccess:  # noqa: ARG001
    """A pupil of 16 or older lets a guardian go on reading."""
    pupil.refresh_from_db(from_queryset=Pupil.objects.select_for_update())
    check_decides_alone(pupil.birth_date, on=timezone.localdate(at))
    if tie.pupil_id != pupil.pk:
        raise NotPermitted
    check_goes_on(tie.until_at, at=at)
    given = GuardianAccess.objects.filter(guardianship=tie, until_at=None).first()
    return given or GuardianAccess.objects.create(school_id=pupil.school_id, guardianship=tie, from_at=at)


@action("reading_along.taken", needs=Verb.WRITE)
def stop_reading_along(actor: Membership, access: GuardianAccess, *, at: datetime) -> None:  # noqa: ARG001
    """At once."""
    ended = GuardianAccess.objects.filter(pk=access.pk, until_at=None)
    if not ended.filter(from_at__lt=at).update(until_at=at):
        ended.delete()
