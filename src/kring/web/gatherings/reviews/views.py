"""A group review: making its agenda, and holding it pupil by pupil."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import Record, Verb, roles_that
from kring.core.edited import EditedMeanwhile
from kring.core.errors import BrokenRule
from kring.web.access import may_do
from kring.web.drafts.once import made_once
from kring.web.edited import both_texts, sent_again
from kring.web.gatherings.actions import call_off
from kring.web.gatherings.forms import CallOffForm
from kring.web.gatherings.models import DiscussedPupil, Gathering
from kring.web.gatherings.queries import colleagues_for
from kring.web.gatherings.reviews import actions, queries
from kring.web.gatherings.reviews.forms import ClassForm, DecisionForm, ReviewForm
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Group
from kring.web.wording import sentence

REVIEWERS = roles_that(Record.DISCUSSED_PUPIL, Verb.WRITE)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.DISCUSSED_PUPIL, Verb.WRITE, roles=REVIEWERS)
@made_once
def review_new(request: SchoolRequest, group: UUID) -> HttpResponse:
    """Make an agenda. `?pupil=<id>&because.<id>=priority internalising` proposes pupils with the reason why; who was left over is on it."""
    found, now = find(request, Group, group, Verb.WRITE, of=Record.GATHERING), timezone.now()
    pupils, left = queries.pupils_of(request.actor, found, at=now), queries.left_over(request.actor, found, at=now)
    asked = {key: request.GET.get(f"because.{key}", "") for key in request.GET.getlist("pupil")}
    because = queries.proposed(asked, pupils, left)
    colleagues = colleagues_for(request.actor, [found], at=now)
    initial = {"pupils": [str(key) for key in because], "colleagues": [str(request.actor.pk)]}
    data = request.POST if request.method == "POST" else None
    form = ReviewForm(data, pupils=pupils, because=because, colleagues=colleagues, initial=initial)
    refusal = ""
    if form.is_valid():
        try:
            made = actions.make_review(
                request.actor, found, form.chosen(), planned_at=form.planned_at(), colleagues=form.with_whom(), at=now
            )
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("De bespreking staat klaar. Begin straks met de klas."))
            return redirect("review", request.actor.pk, made.pk)
    page = {"group": found, "form": form, "refusal": refusal, "reviews": queries.reviews_of(request.actor, found)}
    return render(request, "gatherings/review_new.html", page, status=409 if refusal else 200)


@require_safe
@guard(Record.DISCUSSED_PUPIL, Verb.READ, roles=REVIEWERS)
def review(request: SchoolRequest, gathering: UUID) -> HttpResponse:
    """The class first, then who is on the agenda."""
    return _page(request, _review(request, gathering))


def _review(request: SchoolRequest, key: UUID, verb: Verb = Verb.READ) -> Gathering:
    found = find(request, Gathering, key, verb)
    if found.kind != Gathering.Kind.GROUP_REVIEW:
        raise Http404
    return found


def _said(found: Gathering) -> dict[str, str]:
    return {"last_plan": found.last_plan, "about_class": found.about_class}


def _page(request: SchoolRequest, found: Gathering, broken: BrokenRule | None = None, **more: Any) -> HttpResponse:
    page = {
        "row": found,
        "agenda": queries.agenda(request.actor, found),
        "form": ClassForm(initial={**_said(found), "read": found.edited_at}),
        "call_off": CallOffForm(),
        "is_open": found.held_at is None and found.called_off_at is None,
        "has_class": bool(found.about_class),
        "may_write": may_do(request.actor, found, Verb.WRITE),
        "refusal": sentence(broken) if broken else "",
    }
    return render(request, "gatherings/review.html", page | more, status=409 if broken else 200)


@require_POST
@guard(Record.DISCUSSED_PUPIL, Verb.WRITE, roles=REVIEWERS)
def review_class(request: SchoolRequest, gathering: UUID) -> HttpResponse:
    """What was said of the class."""
    found, form = _review(request, gathering, Verb.WRITE), ClassForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form=form)
    given = form.cleaned_data
    try:
        actions.write_class(
            request.actor, found, given["last_plan"], given["about_class"], read_at=given["read"] or found.made_at, at=timezone.now()
        )
    except EditedMeanwhile as broken:
        again = ClassForm(sent_again(request.POST, found.edited_at))
        return _page(request, found, broken, form=again, both=both_texts(form, _said(found)), asks_both=True, refusal="")
    except BrokenRule as broken:
        return _page(request, found, broken, form=form)
    messages.success(request, _("Bewaard. Nu de leerlingen, één voor één."))
    return redirect("review", request.actor.pk, found.pk)


@require_POST
@guard(Record.DISCUSSED_PUPIL, Verb.WRITE, roles=REVIEWERS)
def review_close(request: SchoolRequest, gathering: UUID) -> HttpResponse:
    """It is over."""
    found = _review(request, gathering, Verb.WRITE)
    try:
        actions.close_review(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _page(request, found, broken)
    messages.success(request, _("De bespreking is afgesloten. Wie niet aan de beurt kwam, staat de volgende keer bovenaan."))
    return redirect("review", request.actor.pk, found.pk)


@require_POST
@guard(Record.DISCUSSED_PUPIL, Verb.WRITE, roles=REVIEWERS)
def review_off(request: SchoolRequest, gathering: UUID) -> HttpResponse:
    """It does not go on."""
    found, form = _review(request, gathering, Verb.WRITE), CallOffForm(request.POST)
    if not form.is_valid():
        return _page(request, found, call_off=form)
    try:
        call_off(request.actor, found, form.cleaned_data["because"], at=timezone.now())
    except BrokenRule as broken:
        return _page(request, found, broken, call_off=form)
    messages.success(request, _("Vastgelegd: deze bespreking gaat niet door. Wie op de agenda stond, staat de volgende keer bovenaan."))
    return redirect("review", request.actor.pk, found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.DISCUSSED_PUPIL, Verb.READ, roles=REVIEWERS)
def review_pupil(request: SchoolRequest, discussedpupil: UUID) -> HttpResponse:
    """One pupil: why on the agenda, and what is decided; then the next one."""
    found, now = find(request, DiscussedPupil, discussedpupil), timezone.now()
    may_write, row = may_do(request.actor, found, Verb.WRITE), found.gathering
    colleagues = colleagues_for(request.actor, [row.group] if row.group else [], at=now)
    decided = {"decision": found.decision, "reason": found.reason, "who": str(found.who_id or ""), "by_on": found.by_on}
    form = DecisionForm(request.POST if request.method == "POST" else None, colleagues=colleagues, initial=decided)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide(request.actor, found, form.decided(), at=now)
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("Bewaard."))
            return _next(request, row)
    page = {
        "one": found,
        "row": row,
        "why": queries.spoken(found.because),
        "form": form,
        "refusal": refusal,
        "may_write": may_write and row.held_at is None and row.called_off_at is None,
    }
    return render(request, "gatherings/review_pupil.html", page, status=409 if refusal else 200)


def _next(request: SchoolRequest, row: Gathering) -> HttpResponse:
    """To the next pupil, or back to the whole."""
    first = queries.agenda(request.actor, row).first
    return redirect("review_pupil", request.actor.pk, first.pk) if first else redirect("review", request.actor.pk, row.pk)
