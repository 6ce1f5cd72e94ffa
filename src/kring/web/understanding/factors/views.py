"""What protects and what weighs: a page of its own, apart from everything else about a pupil."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import Record, Verb, roles_that
from kring.core.errors import BrokenRule
from kring.web.access import may_do
from kring.web.drafts.once import made_once
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Pupil
from kring.web.understanding.factors import actions, queries
from kring.web.understanding.factors.forms import HALF_A_YEAR, FactorForm, KeepForm
from kring.web.understanding.models import Factor
from kring.web.wording import sentence

SEES = roles_that(Record.FACTOR, Verb.READ)
WRITES = roles_that(Record.FACTOR, Verb.WRITE)
SOON = timedelta(days=14)


@require_safe
@guard(Record.FACTOR, Verb.READ, roles=SEES)
def pupil_factors(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """What holds now."""
    found, now = find(request, Pupil, pupil), timezone.now()
    pairs = queries.pairs(request.actor, found, at=now)
    request.readings.extend(row for one in pairs for row in (one.protects, *one.weighs))
    sides = queries.sides_of(pairs)
    page = {
        "pupil": found,
        "pairs": pairs,
        "missing_side": next((side.label for side in Factor.Side if side not in sides), "") if pairs else "",
        "soon": timezone.localdate(now) + SOON,
        "may_write": may_do(request.actor, found, Verb.WRITE, of=Record.FACTOR),
    }
    return render(request, "understanding/factors.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.FACTOR, Verb.WRITE, roles=WRITES)
@made_once
def factor_new(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """What protects, with what weighs beside it."""
    found, refusal = find(request, Pupil, pupil, Verb.WRITE, of=Record.FACTOR), ""
    form = FactorForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.write_factor(request.actor, found, form.known(), at=timezone.now())
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("Bewaard. Twee weken voor de dag vraagt Kring u of het nog klopt."))
            return redirect("pupil_factors", request.actor.pk, found.pk)
    page = {"pupil": found, "form": form, "refusal": refusal}
    return render(request, "understanding/factor_new.html", page, status=409 if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.FACTOR, Verb.WRITE, roles=WRITES)
def factor(request: SchoolRequest, factor: UUID) -> HttpResponse:
    """Does it still hold?"""
    found, refusal = find(request, Factor, factor, Verb.WRITE), ""
    form = KeepForm(request.POST if request.method == "POST" else None, initial={"review_on": timezone.localdate() + HALF_A_YEAR})
    if form.is_valid():
        try:
            actions.keep_factor(request.actor, found, review_on=form.cleaned_data["review_on"], at=timezone.now())
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("Bewaard tot de nieuwe dag."))
            return redirect("pupil_factors", request.actor.pk, found.pupil_id)
    page = {"factor": found, "pupil": found.pupil, "form": form, "refusal": refusal}
    return render(request, "understanding/factor.html", page, status=409 if refusal else 200)


@require_POST
@guard(Record.FACTOR, Verb.WRITE, roles=WRITES)
def factor_drop(request: SchoolRequest, factor: UUID) -> HttpResponse:
    """It holds no more."""
    found = find(request, Factor, factor, Verb.WRITE)
    try:
        actions.drop_factor(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        messages.error(request, sentence(broken))
    else:
        messages.success(request, _("Weggehaald."))
    return redirect("pupil_factors", request.actor.pk, found.pupil_id)
