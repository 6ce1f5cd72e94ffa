"""Pupils who came new in the middle of a year: the list, and one of them with what is to be done."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kring.core.access import Record, Verb
from kring.core.errors import BrokenRule
from kring.core.newcomers import Step
from kring.web.guard import SchoolRequest, find, guard
from kring.web.newcomers import actions, queries
from kring.web.newcomers.forms import BuddyForm, EndForm, StepForm
from kring.web.newcomers.models import NewcomerWatch
from kring.web.wording import sentence


@require_safe
@guard(Record.NEWCOMER_WATCH, Verb.READ, roles=queries.READERS)
def newcomers(request: SchoolRequest) -> HttpResponse:
    """Who is new."""
    found = queries.followed(request.actor, at=timezone.now())
    request.readings.extend(one.row for one in found)
    return render(request, "newcomers/newcomers.html", {"found": found})


@require_safe
@guard(Record.NEWCOMER_WATCH, Verb.READ, roles=queries.READERS)
def newcomer(request: SchoolRequest, newcomerwatch: UUID) -> HttpResponse:
    """One of them."""
    return _page(request, find(request, NewcomerWatch, newcomerwatch))


@require_POST
@guard(Record.NEWCOMER_WATCH, Verb.WRITE, roles=queries.READERS)
def newcomer_buddy(request: SchoolRequest, newcomerwatch: UUID) -> HttpResponse:
    """Somebody walks along."""
    found, now = find(request, NewcomerWatch, newcomerwatch, Verb.WRITE), timezone.now()
    form = BuddyForm(request.POST, classmates=queries.classmates(request.actor, found, at=now))
    if not form.is_valid():
        return _page(request, found, buddy_form=form)
    given = form.cleaned_data
    try:
        actions.choose_buddy(request.actor, found, given["buddy"], both_said_yes=given["both_said_yes"], at=now)
    except BrokenRule as broken:
        return _page(request, found, broken, buddy_form=form)
    messages.success(request, _("Vastgelegd."))
    return redirect("newcomer", request.actor.pk, found.pk)


@require_POST
@guard(Record.NEWCOMER_WATCH, Verb.WRITE, roles=queries.READERS)
def newcomer_done(request: SchoolRequest, newcomerwatch: UUID) -> HttpResponse:
    """One of the other steps."""
    found, form = find(request, NewcomerWatch, newcomerwatch, Verb.WRITE), StepForm(request.POST)
    if not form.is_valid():
        return _page(request, found, step_form=form)
    given = form.cleaned_data
    try:
        actions.say_done(request.actor, found, Step(given["step"]), done_on=given["done_on"], at=timezone.now())
    except BrokenRule as broken:
        return _page(request, found, broken, step_form=form)
    messages.success(request, _("Vastgelegd."))
    return redirect("newcomer", request.actor.pk, found.pk)


@require_POST
@guard(Record.NEWCOMER_WATCH, Verb.WRITE, roles=queries.READERS)
def newcomer_end(request: SchoolRequest, newcomerwatch: UUID) -> HttpResponse:
    """No longer followed."""
    found, form = find(request, NewcomerWatch, newcomerwatch, Verb.WRITE), EndForm(request.POST)
    if not form.is_valid():
        return _page(request, found, end_form=form)
    try:
        actions.end_watch(request.actor, found, form.cleaned_data["words"], at=timezone.now())
    except BrokenRule as broken:
        return _page(request, found, broken, end_form=form)
    messages.success(request, _("Afgerond. De taken die nog openstonden, zijn vervallen."))
    return redirect("newcomers", request.actor.pk)


def _page(request: SchoolRequest, found: NewcomerWatch, broken: BrokenRule | None = None, **bound: forms.Form) -> HttpResponse:
    now = timezone.now()
    today, step_form = timezone.localdate(now).isoformat(), bound.get("step_form")
    one = queries.one(request.actor, found, at=now)
    page: dict[str, Any] = {
        "one": one,
        "buddy_form": BuddyForm(classmates=queries.classmates(request.actor, found, at=now)),
        "end_form": EndForm(),
        "done": {step.value: day for step, day in one.done.items()},
        "steps": [step.value for step in Step if step is not Step.BUDDY],
        "typed_step": step_form["step"].value() if step_form else "",
        "typed_day": step_form["done_on"].value() if step_form else today,
        "today": today,
        "refusal": sentence(broken) if broken else "",
    }
    return render(request, "newcomers/newcomer.html", page | bound, status=409 if broken else 200)
