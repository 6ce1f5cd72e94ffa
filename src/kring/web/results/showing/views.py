"""Showing a result after a talk, and for pupil and guardian: reading it and saying something about it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kring.core.access import FAMILY, Record, Role, Verb, roles_that
from kring.core.errors import BrokenRule
from kring.web.answering.promise import school_readers
from kring.web.drafts.once import made_once
from kring.web.guard import SchoolRequest, find, guard
from kring.web.results.models import ScaleProfile
from kring.web.results.queries import outcome_of
from kring.web.results.showing import actions, queries
from kring.web.results.showing.forms import ResponseForm, ShowForm
from kring.web.surveys.models import Invitation
from kring.web.wording import sentence

SHOWS = roles_that(Record.SCALE_PROFILE, Verb.WRITE)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.SCALE_PROFILE, Verb.WRITE, roles=SHOWS)
def result_show(request: SchoolRequest, invitation: UUID) -> HttpResponse:
    """Let the pupil and the guardians read what was talked about with them."""
    found = find(request, Invitation, invitation, Verb.WRITE, of=Record.SCALE_PROFILE)
    outcome = outcome_of(request.actor, found)
    if outcome is None:
        raise Http404
    form, refusal = ShowForm(request.POST if request.method == "POST" else None), ""
    if form.is_valid():
        try:
            actions.show_result(request.actor, found.pupil, found, **form.cleaned_data, at=timezone.now())
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("Getoond. Zij kunnen nu lezen wat er uitkwam, en erop reageren."))
            return redirect("pupil", request.actor.pk, found.pupil_id)
    page = {"outcome": outcome, "pupil": found.pupil, "form": form, "refusal": refusal}
    return render(request, "results/show.html", page, status=409 if refusal else 200)


@require_safe
@guard(Record.SCALE_PROFILE, Verb.READ, roles=FAMILY)
def my_results(request: SchoolRequest) -> HttpResponse:
    """What was shown to me."""
    found = queries.shown(request.actor)
    request.readings.extend(one.row for one in found)
    return render(request, "results/my_results.html", {"shown": found, "is_pupil": Role(request.actor.role) is Role.PUPIL})


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.SCALE_PROFILE, Verb.READ, roles=FAMILY)
@made_once
def my_result(request: SchoolRequest, scaleprofile: UUID) -> HttpResponse:
    """One result, strengths first, and what I want to say about it."""
    verb = Verb.WRITE if request.method == "POST" else Verb.READ
    found = find(request, ScaleProfile, scaleprofile, verb, of=Record.RESULT_RESPONSE)
    is_pupil = Role(request.actor.role) is Role.PUPIL
    form, refusal = ResponseForm(request.POST if request.method == "POST" else None), ""
    form.fields["text"].label = _("Wat vind jij hiervan?") if is_pupil else _("Wat vindt u hiervan?")
    if form.is_valid():
        try:
            actions.respond(request.actor, found, form.cleaned_data["text"], at=timezone.now())
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("Bewaard. Dit blijft bij de uitslag staan, en niemand kan het veranderen."))
            return redirect("my_result", request.actor.pk, found.pk)
    page = {
        "one": queries.shown_one(request.actor, found),
        "form": form,
        "refusal": refusal,
        "is_pupil": is_pupil,
        "readers": school_readers(Record.RESULT_RESPONSE, school_type=request.actor.school.type, to_child=is_pupil),
    }
    return render(request, "results/my_result.html", page, status=409 if refusal else 200)
