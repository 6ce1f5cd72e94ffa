"""The four questions about the list of one pupil, and the list itself, answer by answer."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kring.core.access import FAMILY, Record, Verb, roles_that
from kring.core.errors import BrokenRule
from kring.web.guard import SchoolRequest, find, guard
from kring.web.results.queries import outcome_of
from kring.web.results.reading import actions, queries
from kring.web.results.reading.forms import ReadingForm
from kring.web.school_results.queries import safety_of
from kring.web.surveys.models import Invitation
from kring.web.wording import sentence

READS = roles_that(Record.CRITICAL_READING, Verb.WRITE)
SEES = roles_that(Record.OWN_LIST, Verb.READ) - FAMILY
SEES_HOME = roles_that(Record.GUARDIAN_LIST, Verb.READ) - FAMILY


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.CRITICAL_READING, Verb.WRITE, roles=READS)
def critical_reading(request: SchoolRequest, invitation: UUID) -> HttpResponse:
    """Four questions before anything is decided about this pupil."""
    found = find(request, Invitation, invitation, Verb.WRITE, of=Record.CRITICAL_READING)
    outcome = outcome_of(request.actor, found)
    if outcome is None:
        raise Http404
    form, refusal = ReadingForm(request.POST if request.method == "POST" else None), ""
    if form.is_valid():
        try:
            actions.read_with_care(request.actor, found, answers=form.answers, texts=form.texts, at=timezone.now())
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("Bewaard. U kunt nu een richting kiezen."))
            return redirect("pupil_directions", request.actor.pk, found.pk)
    page = {
        "outcome": outcome,
        "pupil": found.pupil,
        "form": form,
        "refusal": refusal,
        "absent": queries.absences(request.actor, found),
        "safety": safety_of(request.actor, found.group),
    }
    return render(request, "results/reading.html", page, status=409 if refusal else 200)


@require_safe
@guard(Record.OWN_LIST, Verb.READ, roles=SEES)
def pupil_answers(request: SchoolRequest, invitation: UUID) -> HttpResponse:
    """One list, answer by answer; that it was opened is written down."""
    found = find(request, Invitation, invitation)
    came_in = queries.submission_of(request.actor, found)
    if came_in is None:
        raise Http404
    request.readings = [came_in]  # once, for it is counted how often a list was opened
    texts = {**came_in.texts, **queries.open_answers(request.actor, found)}
    sheet = queries.sheet(found.round.offered, came_in.answers, texts, on_paper=came_in.on_paper)
    return render(request, "results/answers.html", {"pupil": found.pupil, "round": found.round, "sheet": sheet, "guardian": None})


@require_safe
@guard(Record.GUARDIAN_LIST, Verb.READ, roles=SEES_HOME)
def guardian_answers(request: SchoolRequest, guardianinvitation: UUID) -> HttpResponse:
    """The list of one guardian, answer by answer."""
    came_in = queries.guardian_list_of(request.actor, guardianinvitation, at=timezone.now())
    if came_in is None:
        raise Http404
    request.readings.append(came_in)
    found = came_in.guardian_invitation
    sheet = queries.sheet(found.round.offered, came_in.answers, came_in.texts, on_paper=came_in.on_paper)
    return render(request, "results/answers.html", {"pupil": found.pupil, "round": found.round, "sheet": sheet, "guardian": found.guardian})
