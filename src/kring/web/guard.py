"""What stands before every view: who asks, in which hat, behind which school's wall; and the reading that is written down."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from kring.core.access import Record, Role, Verb
from kring.web.access import may
from kring.web.accounts.models import Person
from kring.web.audit.models import Reading
from kring.web.schools.models import Membership, live
from kring.web.wall import schools_open

Row = TypeVar("Row", bound=Model)
View = Callable[..., HttpResponse]


class SchoolRequest(HttpRequest):
    """A request in a hat."""

    user: Person | AnonymousUser
    actor: Membership
    readings: list[Model]


def public(view: View) -> View:
    """A view for everybody, logged in or not: it shows nothing of a school."""
    view.guard = "public"  # type: ignore[attr-defined]
    return view


def guard(record: Record, verb: Verb, *, roles: frozenset[Role] = frozenset(Role)) -> Callable[[View], View]:
    """A view under /as/<hat>/: the hat must be mine and hold now; to others the page does not exist.

    `record` and `verb` say what the view is about; `roles` narrows a page that is made for some hats only.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: SchoolRequest, hat: UUID, **kwargs: Any) -> HttpResponse:
            if isinstance(request.user, AnonymousUser):
                return redirect_to_login(request.get_full_path())
            request.actor = _hat(request.user, hat, roles)
            request.readings = []
            with schools_open([request.actor.school_id]):
                response = view(request, **kwargs)
                _write_readings(request)
            return response

        guarded.guard = (record, verb)  # type: ignore[attr-defined]
        return guarded

    return decorate


def _hat(person: Person, hat: UUID, roles: frozenset[Role]) -> Membership:
    mine: Membership | None = hats(person).filter(pk=hat, role__in=[role.value for role in roles]).first()
    if mine is None:
        raise Http404
    return mine


def hats(person: Person | AnonymousUser) -> QuerySet[Membership]:
    """The memberships of a person that hold now; nobody has none."""
    if isinstance(person, AnonymousUser):
        return Membership.objects.none()
    return (
        Membership.objects.filter(live(timezone.now()), person=person).select_related("school", "person").order_by("school__name", "role")
    )


def find(request: SchoolRequest, record: type[Row], key: UUID, verb: Verb = Verb.READ) -> Row:
    """The row, or: it does not exist for those who may not look (404), it refuses those who may look but not do (403)."""
    row = may(request.actor, record, Verb.READ).filter(pk=key).first()
    if row is None:
        raise Http404
    if verb is not Verb.READ and not may(request.actor, record, verb).filter(pk=key).exists():
        raise PermissionDenied
    request.readings.append(row)
    return row


def _write_readings(request: SchoolRequest) -> None:
    actor = request.actor
    match = request.resolver_match
    Reading.objects.bulk_create(
        Reading(
            at=timezone.now(),
            school_id=actor.school_id,
            person_id=actor.person_id,
            actor_id=actor.pk,
            role=actor.role,
            record=row._meta.model_name or "",
            record_id=row.pk,
            route=match.url_name or "" if match else "",
        )
        for row in request.readings
    )
