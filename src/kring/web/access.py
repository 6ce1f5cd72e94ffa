"""From the table of `core/access.py` to rows. `may` is the only way to them: no rule, no rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from kring.core.access import Record, Role, Scope, Verb, scope_of
from kring.web import models
from kring.web.schools.models import Assignment, Enrolment, Guardianship, Membership, live

Row = TypeVar("Row", bound=Model)


class NotPermitted(PermissionDenied):  # named after the rule, as in the core
    """The actor may see this, but not do that: 403, also when the right ended after the page was asked."""


@dataclass(frozen=True, slots=True)
class Ways:
    """How a record hangs together with the school, a group, a pupil and its author: paths of foreign keys, None where it does not."""

    school: str | None = "school_id"
    group: str | None = None
    pupil: str | None = None
    author: str | None = None


WAYS: Mapping[type[Model], Ways] = {
    models.School: Ways(school="id"),
    models.SchoolYear: Ways(),
    models.Membership: Ways(),
    models.Group: Ways(group="id"),
    models.Pupil: Ways(pupil="id"),
    models.Guardian: Ways(),
    models.Guardianship: Ways(pupil="pupil_id"),
    models.Enrolment: Ways(group="group_id", pupil="pupil_id"),
    models.Assignment: Ways(group="group_id"),
    models.Round: Ways(),
    models.Invitation: Ways(group="group_id", pupil="pupil_id"),
    models.Submission: Ways(group="invitation__group_id", pupil="invitation__pupil_id"),
    models.AnonymousSubmission: Ways(group="group_id"),
    models.ScalePrecision: Ways(),
    models.Sociogram: Ways(group="group_id"),
    models.ListedPupil: Ways(group="sociogram__group_id"),  # with the class of that day, as the choices are
    models.Nomination: Ways(group="sociogram__group_id"),
    models.Upload: Ways(group="group_id", author="author_id"),
    models.UploadedFile: Ways(group="upload__group_id", author="upload__author_id"),
    models.StoredFile: Ways(author="author_id"),
    models.Job: Ways(author="author_id"),
}
"""Every guarded model; the others stand on the short public list of `tests/rules`."""


def may(actor: Membership, record: type[Row], verb: Verb, *, at: datetime | None = None) -> QuerySet[Row]:
    """The rows with which this actor may do this, at this moment (now, when not said)."""
    rows = record._default_manager.all()
    moment = at or timezone.now()
    role = role_at(actor, moment)
    scope = scope_of(role, Record(record._meta.model_name or ""), verb) if role else None
    if scope is None:
        return rows.none()
    return rows.filter(_SCOPES[scope](actor, WAYS[record], moment))


def may_do(actor: Membership, row: Model, verb: Verb, *, at: datetime | None = None) -> bool:
    """Whether this very row is among those."""
    return may(actor, type(row), verb, at=at).filter(pk=row.pk).exists()


def role_at(actor: Membership, at: datetime) -> Role | None:
    """The role while the membership holds; none before and after."""
    holds = actor.from_at <= at and (actor.until_at is None or at < actor.until_at)
    return Role(actor.role) if holds and actor.person.is_active else None


def _school(actor: Membership, ways: Ways, at: datetime) -> Q:  # noqa: ARG001
    return Q(**{ways.school: actor.school_id}) if ways.school else Q(pk=None)


def _own_school(actor: Membership, ways: Ways, at: datetime, condition: Q) -> Q:
    """Every scope but the school's own stays inside the school of the hat."""
    return _school(actor, ways, at) & condition


def _group(actor: Membership, ways: Ways, at: datetime) -> Q:
    """The group stays whole for who teaches it, also when a pupil has left; the pupil takes along what is about the pupil."""
    assigned = Assignment.objects.filter(live(at), membership=actor)
    mine = Q(pk=None)
    if ways.group:
        mine |= Q(Exists(assigned.filter(group=OuterRef(ways.group))))
    if ways.pupil:
        of_group = assigned.filter(group=OuterRef("group"))
        mine |= Q(Exists(Enrolment.objects.filter(live(at), Exists(of_group), pupil=OuterRef(ways.pupil))))
    return _own_school(actor, ways, at, mine)


def _self(actor: Membership, ways: Ways, at: datetime) -> Q:
    if ways.pupil:
        me = models.Pupil.objects.filter(pk=OuterRef(ways.pupil), person=actor.person_id)
        return _own_school(actor, ways, at, Q(Exists(me)))
    if ways.group:
        mine = Enrolment.objects.filter(live(at), group=OuterRef(ways.group), pupil__person=actor.person_id)
        return _own_school(actor, ways, at, Q(Exists(mine)))
    return Q(pk=None)


def _child(actor: Membership, ways: Ways, at: datetime) -> Q:
    care = Guardianship.objects.filter(live(at), guardian__person=actor.person_id, has_authority=True)
    if ways.pupil:
        return _own_school(actor, ways, at, Q(Exists(care.filter(pupil=OuterRef(ways.pupil)))))
    if ways.group:
        children = Enrolment.objects.filter(live(at), Exists(care.filter(pupil=OuterRef("pupil"))), group=OuterRef(ways.group))
        return _own_school(actor, ways, at, Q(Exists(children)))
    return Q(pk=None)


def _author(actor: Membership, ways: Ways, at: datetime) -> Q:
    return _own_school(actor, ways, at, Q(**{ways.author: actor.pk})) if ways.author else Q(pk=None)


def _group_author(actor: Membership, ways: Ways, at: datetime) -> Q:
    """What I brought for a group shows that group: it is mine as long as the group is."""
    return _group(actor, ways, at) & _author(actor, ways, at)


_SCOPES: Mapping[Scope, Callable[[Membership, Ways, datetime], Q]] = {
    Scope.SELF: _self,
    Scope.CHILD: _child,
    Scope.GROUP: _group,
    Scope.SCHOOL: _school,
    Scope.AUTHOR: _author,
    Scope.GROUP_AUTHOR: _group_author,
}
