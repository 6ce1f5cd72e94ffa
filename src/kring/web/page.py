"""What every page shares: who asks, in which hats, where one can go; and the pages of refusal."""

import sys
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db.utils import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import get_template
from django.urls import ResolverMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kring.core.access import Record, Role, Verb, rule_of
from kring.web.access_words import ROLES
from kring.web.guard import hats
from kring.web.preferences import preferences_of
from kring.web.schools.models import Membership


def role_label(role: str) -> str:
    """The role in the words of the school."""
    return str(ROLES[Role(role)])


def page_context(request: HttpRequest) -> dict[str, Any]:
    """What the base template reads; a page outside any hat has no actor."""
    actor: Membership | None = getattr(request, "actor", None)
    return {
        "demo": settings.DEMO,
        "preferences": preferences_of(request),
        "actor": actor,
        "actor_role": role_label(actor.role) if actor else "",
        "hats": [_hat_link(hat, actor) for hat in hats(getattr(request, "user", AnonymousUser()))],
        "nav": _nav(request, actor) if actor else [],
    }


def _hat_link(hat: Membership, actor: Membership | None) -> dict[str, Any]:
    return {"url": reverse("home", args=[hat.pk]), "label": f"{role_label(hat.role)}, {hat.school.name}", "current": hat == actor}


NAV = (
    # route, word, record that one must be allowed to read, roles
    ("home", gettext_noop("Begin"), Record.SCHOOL, frozenset(Role)),
    ("groups", gettext_noop("Groepen"), Record.GROUP, frozenset({Role.TEACHER, Role.COORDINATOR, Role.LEADER})),
    ("rounds", gettext_noop("Afnames"), Record.ROUND, frozenset({Role.TEACHER, Role.COORDINATOR, Role.LEADER})),
    ("jobs", gettext_noop("Rapporten"), Record.JOB, frozenset({Role.TEACHER, Role.COORDINATOR})),
)


def _nav(request: HttpRequest, actor: Membership) -> list[dict[str, Any]]:
    here = request.resolver_match.url_name if request.resolver_match else ""
    role = Role(actor.role)
    return [
        {"url": reverse(route, args=[actor.pk]), "label": _(word), "current": route == here}
        for route, word, record, roles in NAV
        if role in roles and rule_of(role, record, Verb.READ)
    ]


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """The form was older than the login, or came from elsewhere."""
    return render(request, "403_csrf.html", status=403)


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What came in was no form of ours, or far too much of it."""
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent | TooManyFieldsSent):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The last page: it asks nothing of the request, for nothing that broke may stand in its way. A database that is away may come back."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return HttpResponse(get_template("503.html").render(), status=503, headers={"Retry-After": "60"})
    return HttpResponse(get_template("500.html").render(), status=500)


def not_found(request: HttpRequest, exception: Http404) -> HttpResponseBase:
    """One and the same page for what is foreign and what is absent; it may offer another hat of my own."""
    match = request.resolver_match
    others = [_here_in(hat, match) for hat in getattr(exception, "other_hats", ())] if match else []
    return render(request, "404.html", {"other_hats": others}, status=404)


def _here_in(hat: Membership, match: ResolverMatch) -> dict[str, str]:
    """This very page in another hat."""
    url = reverse(match.view_name, kwargs={**match.kwargs, "hat": hat.pk})
    return {"url": url, "label": f"{role_label(hat.role)}, {hat.school.name}"}
