"""Trusted adults: of a pupil, of a group, for the pupil itself and for who was asked."""

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
from kring.web.gatherings.models import TrustedAdult
from kring.web.gatherings.trusted import actions, queries
from kring.web.gatherings.trusted.forms import AskForm
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Group, Pupil
from kring.web.wording import sentence

ASKERS = roles_that(Record.TRUSTED_ADULT, Verb.WRITE)
KEEPERS = ASKERS - {Role.PUPIL}


@require_safe
@guard(Record.TRUSTED_ADULT, Verb.WRITE, roles=KEEPERS)
def trusted_adults(request: SchoolRequest, group: UUID) -> HttpResponse:
    """Who of this group has nobody yet."""
    found = find(request, Group, group, Verb.READ)
    page = {"group": found, "lines": queries.of_group(request.actor, found, at=timezone.now())}
    return render(request, "gatherings/trusted_adults.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.TRUSTED_ADULT, Verb.WRITE, roles=KEEPERS)
def trusted_adult_new(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """Whom this pupil trusts, as the teacher heard it from the pupil."""
    found = find(request, Pupil, pupil, Verb.WRITE, of=Record.TRUSTED_ADULT)
    return _asking(request, found, ("trusted_adult_new", request.actor.pk, found.pk))


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.TRUSTED_ADULT, Verb.WRITE, roles=frozenset({Role.PUPIL}))
def my_trusted_adult(request: SchoolRequest) -> HttpResponse:
    """Whom I trust."""
    me = may(request.actor, Pupil, Verb.WRITE, of=Record.TRUSTED_ADULT).first()
    if me is None:
        raise Http404
    return _asking(request, me, ("my_trusted_adult", request.actor.pk))


def _asking(request: SchoolRequest, pupil: Pupil, here: tuple[Any, ...]) -> HttpResponse:
    now = timezone.now()
    form = AskForm(request.POST if request.method == "POST" else None, adults=queries.adults_of(request.actor, at=now))
    refusal = ""
    if form.is_valid():
        try:
            actions.ask_adult(request.actor, pupil, form.cleaned_data["adult"], at=now)
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("Gevraagd. Die volwassene zegt zelf ja of nee."))
            return redirect(*here)
    rows = queries.rows_of(request.actor, pupil, at=now)
    request.readings.extend(rows)
    is_pupil = Role(request.actor.role) is Role.PUPIL
    page = {"pupil": pupil, "form": form, "rows": rows, "refusal": refusal, "is_pupil": is_pupil}
    return render(request, "gatherings/trusted_adult.html", page, status=409 if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.TRUSTED_ADULT, Verb.ANSWER, roles=queries.CAN_BE)
def trusted_adult_answer(request: SchoolRequest, trustedadult: UUID) -> HttpResponse:
    """A pupil wants me: yes or no."""
    found = find(request, TrustedAdult, trustedadult, Verb.ANSWER)
    if request.method == "POST":
        says_yes = request.POST.get("says") == "yes"
        actions.answer(request.actor, found, says_yes=says_yes, at=timezone.now())
        messages.success(request, _("Dank u wel. De leerling en de leerkracht zien uw antwoord."))
        return redirect("home", request.actor.pk)
    return render(request, "gatherings/trusted_adult_answer.html", {"one": found})


@require_POST
@guard(Record.TRUSTED_ADULT, Verb.WRITE, roles=ASKERS)
def trusted_adult_end(request: SchoolRequest, trustedadult: UUID) -> HttpResponse:
    """Not this adult any more."""
    found = find(request, TrustedAdult, trustedadult, Verb.WRITE)
    actions.end(request.actor, found, at=timezone.now())
    messages.success(request, _("Vastgelegd."))
    if Role(request.actor.role) is Role.PUPIL:
        return redirect("my_trusted_adult", request.actor.pk)
    return redirect("trusted_adult_new", request.actor.pk, found.pupil_id)
