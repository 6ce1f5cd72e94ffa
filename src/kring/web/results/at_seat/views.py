"""What came out and was talked about, read and answered from a seat."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kring.core.access import Record, Verb
from kring.core.errors import BrokenRule
from kring.web.answering.promise import school_readers
from kring.web.classroom.seated import SeatRequest, seated
from kring.web.guard import find
from kring.web.results.models import ScaleProfile
from kring.web.results.showing import actions, queries
from kring.web.results.showing.forms import ResponseForm
from kring.web.wording import sentence


@require_safe
@seated
def seat_results(request: SeatRequest) -> HttpResponse:
    """What was shown to me."""
    found = queries.shown(request.actor)
    request.readings.extend(one.row for one in found)
    return render(request, "results/at_seat/results.html", {"seat": request.seat, "shown": found})


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def seat_result(request: SeatRequest, scaleprofile: UUID) -> HttpResponse:
    """One result, strengths first, and what I want to say about it."""
    verb = Verb.WRITE if request.method == "POST" else Verb.READ
    found = find(request, ScaleProfile, scaleprofile, verb, of=Record.RESULT_RESPONSE)
    form, refusal = ResponseForm(request.POST if request.method == "POST" else None), ""
    form.fields["text"].label = _("Wat vind jij hiervan?")
    if form.is_valid():
        try:
            actions.respond(request.actor, found, form.cleaned_data["text"], at=timezone.now())
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("Bewaard. Dit blijft bij de uitslag staan, en niemand kan het veranderen."))
            return redirect("seat_result", found.pk)
    page = {
        "seat": request.seat,
        "one": queries.shown_one(request.actor, found),
        "form": form,
        "refusal": refusal,
        "is_pupil": True,
        "readers": school_readers(Record.RESULT_RESPONSE, school_type=request.actor.school.type, to_child=True),
    }
    return render(request, "results/at_seat/result.html", page, status=409 if refusal else 200)
