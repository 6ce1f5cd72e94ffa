"""Directions for acting: proposals from the catalogue beside what asks attention. Nothing is taken up by itself."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kring.core.access import Record, Verb, roles_that
from kring.core.acting import group_attention
from kring.core.errors import BrokenRule
from kring.web.guard import SchoolRequest, find, guard
from kring.web.results.choosing import actions, queries
from kring.web.results.choosing.forms import ChoiceForm
from kring.web.results.queries import outcome_of
from kring.web.schools.models import Group
from kring.web.surveys.models import Invitation, Round
from kring.web.surveys.queries import group_rounds
from kring.web.wording import sentence

CHOOSES = roles_that(Record.DIRECTION, Verb.WRITE)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.DIRECTION, Verb.WRITE, roles=CHOOSES)
def pupil_directions(request: SchoolRequest, invitation: UUID) -> HttpResponse:
    """What may be tried with this pupil; only after the four questions."""
    found = find(request, Invitation, invitation, Verb.WRITE, of=Record.DIRECTION)
    outcome = outcome_of(request.actor, found)
    if outcome is None:
        raise Http404
    form, refusal = ChoiceForm(request.POST or None), ""
    if form.is_valid():
        try:
            actions.choose_for_pupil(request.actor, found, form.choice, at=timezone.now())
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            return _done(request, "pupil_directions", found.pk, form.choice)
    scales = [(one.scale.key, one.scale.title) for one in outcome.flagged]
    proposals = queries.proposals(request.actor, outcome.round, found.group, found.pupil, scales) if outcome.reading else ()
    page = {"outcome": outcome, "pupil": found.pupil, "proposals": proposals, "form": form, "refusal": refusal}
    return render(request, "results/pupil_directions.html", page, status=409 if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.DIRECTION, Verb.WRITE, roles=CHOOSES)
def group_directions(request: SchoolRequest, round: UUID, group: UUID) -> HttpResponse:
    """What may be tried with the whole group: class first."""
    found, of = find(request, Round, round), find(request, Group, group, Verb.WRITE, of=Record.DIRECTION)
    taken = next(iter(group_rounds(request.actor, round=found, group=of)), None)
    if taken is None:
        raise Http404
    form, refusal = ChoiceForm(request.POST or None), ""
    if form.is_valid():
        try:
            actions.choose_for_group(request.actor, of, found, form.choice, at=timezone.now())
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            return _done(request, "group_directions", found.pk, form.choice, of.pk)
    scales = [(one.scale.key, one.scale.title) for one in group_attention(taken.results)]
    proposals = queries.proposals(request.actor, found, of, None, scales)
    page = {"round": found, "group": of, "proposals": proposals, "form": form, "refusal": refusal}
    return render(request, "results/group_directions.html", page, status=409 if refusal else 200)


def _done(request: SchoolRequest, route: str, key: UUID, choice: actions.Choice, *more: UUID) -> HttpResponse:
    taken, declined = _("Gekozen. Wat u precies gaat doen, bepaalt u zelf."), _("Bewaard dat u dit niet doet.")
    messages.success(request, taken if choice.is_taken else declined)
    return redirect(route, request.actor.pk, key, *more)
