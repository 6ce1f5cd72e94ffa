"""Doors for actions, also of other features: tell somebody something, and take a hat away."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db.models import Model

from kring.core.access import Role
from kring.web.accounts.models import Person
from kring.web.people.models import Notice
from kring.web.schools.models import Assignment, Guardian, Membership, Pupil, live
from kring.web.signing_in.rows import end_sessions
from kring.web.wall import between_walls


def tell(receivers: Iterable[Membership], event: str, about: Model, *, at: datetime) -> None:
    """Each of these hats reads it on its first page: the name of the event and the id of what it is about, never a text."""
    tell_each(((hat, event, about) for hat in receivers), at=at)


def tell_each(messages: Iterable[tuple[Membership, str, Model]], *, at: datetime) -> None:
    """The same for many things at once: who is told what, about what; nobody the same twice."""
    rows = {
        (hat.pk, event, about.pk): Notice(
            school_id=hat.school_id, receiver=hat, event=event, record=about._meta.model_name or "", record_id=about.pk, at=at
        )
        for hat, event, about in messages
    }
    Notice.objects.bulk_create(rows.values())


def holders(school: UUID, *roles: Role, at: datetime, but: Iterable[UUID] = ()) -> list[Membership]:
    """Who holds one of these roles at this school now; without the hats of some persons."""
    found = Membership.objects.filter(live(at), school_id=school, role__in=[role.value for role in roles])
    return list(found.exclude(person__in=list(but)))


UNNAMED = "nieuw-"
"""How the user name of somebody begins who has still to choose one."""


def new_person(given_name: str, name_prefix: str, family_name: str, *, username: str = "") -> Person:
    """An account with which nobody can log in yet."""
    made = Person(
        username=username or f"{UNNAMED}{uuid4().hex[:16]}", given_name=given_name, name_prefix=name_prefix, family_name=family_name
    )
    made.set_unusable_password()
    made.save(force_insert=True)
    return made


def guardian_hat(guardian: Guardian, *, at: datetime) -> Membership:
    """The hat in which a guardian comes in, made when there is none that holds; with an account that nobody can log in to yet."""
    if guardian.person is None:
        guardian.person = new_person(guardian.given_name, guardian.name_prefix, guardian.family_name)
        guardian.save(update_fields=["person"])
    about = {"school_id": guardian.school_id, "person": guardian.person, "role": Role.GUARDIAN.value}
    held = Membership.objects.filter(live(at), **about).select_related("person").first()
    return held or Membership.objects.create(from_at=at, **about)


def pupil_hat(pupil: Pupil, *, at: datetime) -> Membership:
    """The hat in which a pupil answers, made when there is none that holds; with an account that nobody can log in to yet."""
    if pupil.person is None:
        pupil.person = new_person(pupil.given_name, pupil.name_prefix, pupil.family_name)
        pupil.save(update_fields=["person"])
    about = {"school_id": pupil.school_id, "person": pupil.person, "role": Role.PUPIL.value}
    held = Membership.objects.filter(live(at), **about).select_related("person").first()
    return held or Membership.objects.create(from_at=at, **about)


def take_hat(hat: Membership, *, ends_at: datetime, at: datetime) -> None:
    """The hat and the groups that go with it are over from this moment; who has none left is out at once.

    A hat that was still to come becomes one that is over, so that it never holds.
    """
    ends_at = max(ends_at, at)
    hat.until_at = ends_at
    if hat.from_at >= ends_at:
        hat.from_at = ends_at - timedelta(microseconds=1)
    hat.save(update_fields=["from_at", "until_at"])
    taught = Assignment.objects.filter(membership=hat)
    taught.filter(from_at__gte=ends_at).delete()
    taught.filter(from_at__lt=ends_at).exclude(until_at__lte=ends_at).update(until_at=ends_at)
    with between_walls():
        holds_another = Membership.objects.filter(live(at), person=hat.person_id).exists()
    if not holds_another:
        end_sessions(hat.person)
