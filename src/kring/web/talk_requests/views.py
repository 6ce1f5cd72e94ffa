"""“Ik wil praten” for a pupil with an account, and what pupils asked of me."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import Record, Role, Verb, roles_that
from kring.core.errors import BrokenRule
from kring.web.access import may
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Pupil
from kring.web.talk_requests import actions, queries
from kring.web.talk_requests.asking import ask, talk_page
from kring.web.talk_requests.models import TalkRequest
from kring.web.wording import sentence

ASKED = roles_that(Record.TALK_REQUEST, Verb.RUN)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.TALK_REQUEST, Verb.WRITE, roles=frozenset({Role.PUPIL}))
def my_talks(request: SchoolRequest) -> HttpResponse:
    """Choose somebody, read what will happen and when; and what I asked before."""
    pupil = may(request.actor, Pupil, Verb.WRITE, of=Record.TALK_REQUEST).first()
    if pupil is None:
        raise Http404
    refusal = ask(request.actor, pupil, request.POST.get("listener", "")) if request.method == "POST" else None
    if refusal == "":
        return redirect("my_talks", request.actor.pk)
    page = talk_page(request.actor, pupil, refusal=refusal or "")
    request.readings.extend(one.row for one in page["asked"])
    return render(request, "talk_requests/my_talks.html", page, status=409 if refusal else 200)


@require_safe
@guard(Record.TALK_REQUEST, Verb.READ, roles=ASKED)
def talk_requests(request: SchoolRequest) -> HttpResponse:
    """Who wants to talk with me; and, for a coordinator, with whom a pupil waits too long."""
    now = timezone.now()
    asked = queries.asked_of(request.actor, at=now)
    request.readings.extend(one.row for one in asked)
    page = {"asked": asked, "late": queries.late_elsewhere(request.actor, at=now)}
    return render(request, "talk_requests/talk_requests.html", page)


@require_safe
@guard(Record.TALK_REQUEST, Verb.READ, roles=ASKED)
def talk_request(request: SchoolRequest, talkrequest: UUID) -> HttpResponse:
    """One pupil who wants to talk with me."""
    return _one(request, find(request, TalkRequest, talkrequest))


@require_POST
@guard(Record.TALK_REQUEST, Verb.RUN, roles=ASKED)
def talk_seen(request: SchoolRequest, talkrequest: UUID) -> HttpResponse:
    """I read it; the pupil sees that."""
    found = find(request, TalkRequest, talkrequest, Verb.RUN)
    actions.say_seen(request.actor, found, at=timezone.now())
    messages.success(request, _("De leerling ziet nu dat u dit gelezen hebt."))
    return redirect("talk_request", request.actor.pk, found.pk)


@require_POST
@guard(Record.TALK_REQUEST, Verb.RUN, roles=ASKED)
def talk_had(request: SchoolRequest, talkrequest: UUID) -> HttpResponse:
    """We talked."""
    found = find(request, TalkRequest, talkrequest, Verb.RUN)
    try:
        actions.say_talked(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _one(request, found, refusal=sentence(broken))
    messages.success(request, _("Vastgelegd: jullie hebben gepraat. De taak is af."))
    return redirect("talk_requests", request.actor.pk)


def _one(request: SchoolRequest, found: TalkRequest, *, refusal: str = "") -> HttpResponse:
    page: dict[str, Any] = {"one": queries.one_asked(found, at=timezone.now()), "refusal": refusal}
    return render(request, "talk_requests/talk_request.html", page, status=409 if refusal else 200)
