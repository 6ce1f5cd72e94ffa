"""Walk-in hours: the list, a new one, another day, and one that is there no longer. Nobody writes down who came."""

from uuid import UUID

from django.contrib import messages
from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import FAMILY, Record, Role, Verb, roles_that
from kring.core.errors import BrokenRule
from kring.web.drafts.once import made_once
from kring.web.guard import SchoolRequest, find, guard
from kring.web.talk_requests import actions, queries
from kring.web.talk_requests.forms import WalkInHourForm
from kring.web.talk_requests.models import WalkInHour
from kring.web.wording import sentence

READERS = roles_that(Record.WALK_IN_HOUR, Verb.READ) - FAMILY  # pupils read them on “Ik wil praten”
WRITERS = roles_that(Record.WALK_IN_HOUR, Verb.WRITE)


@require_safe
@guard(Record.WALK_IN_HOUR, Verb.READ, roles=READERS)
def walk_in_hours(request: SchoolRequest) -> HttpResponse:
    """As pupils read them; to print and hang up."""
    page = {"walk_ins": queries.walk_ins(request.actor, at=timezone.now()), "may_write": Role(request.actor.role) in WRITERS}
    return render(request, "talk_requests/walk_in_hours.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.WALK_IN_HOUR, Verb.WRITE, roles=WRITERS)
@made_once
def walk_in_hour_new(request: SchoolRequest) -> HttpResponse:
    """One more; pupils read it at once."""
    form, refusal = WalkInHourForm(request.POST or None), ""
    if form.is_valid():
        try:
            actions.publish_hour(request.actor, request.actor.school, form.hour(), at=timezone.now())
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("Het inloopuur staat erbij. Leerlingen lezen het bij “Ik wil praten”."))
            return redirect("walk_in_hours", request.actor.pk)
    return render(request, "talk_requests/walk_in_hour.html", {"form": form, "refusal": refusal}, status=409 if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.WALK_IN_HOUR, Verb.WRITE, roles=WRITERS)
def walk_in_hour_edit(request: SchoolRequest, walkinhour: UUID) -> HttpResponse:
    """Change it; the page from which it is taken away as well."""
    found = find(request, WalkInHour, walkinhour, Verb.WRITE)
    form, refusal = WalkInHourForm(request.POST or None, initial=model_to_dict(found)), ""
    if form.is_valid():
        try:
            actions.change_hour(request.actor, found, form.hour(), at=timezone.now())
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("Bewaard. Leerlingen lezen het zo."))
            return redirect("walk_in_hours", request.actor.pk)
    page = {"hour": found, "form": form, "refusal": refusal}
    return render(request, "talk_requests/walk_in_hour.html", page, status=409 if refusal else 200)


@require_POST
@guard(Record.WALK_IN_HOUR, Verb.WRITE, roles=WRITERS)
def walk_in_hour_end(request: SchoolRequest, walkinhour: UUID) -> HttpResponse:
    """It is there no longer."""
    actions.take_hour_away(request.actor, find(request, WalkInHour, walkinhour, Verb.WRITE), at=timezone.now())
    messages.success(request, _("Weggehaald. Leerlingen lezen dit inloopuur niet meer."))
    return redirect("walk_in_hours", request.actor.pk)
