"""A deepened cycle: opened from the first one, written together, agreed upon, and looked at where it is used."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import FAMILY, Record, Role, Verb, roles_that
from kring.core.deepening import Setting
from kring.core.edited import EditedMeanwhile
from kring.core.errors import BrokenRule
from kring.core.plans import Kind
from kring.web.access import may_do
from kring.web.drafts.once import made_once
from kring.web.edited import both_texts, sent_again
from kring.web.guard import SchoolRequest, find, guard
from kring.web.plans.deepened import actions, queries
from kring.web.plans.deepened.forms import DocumentForm, FamilyForm, GoalForm, OpenForm, TransferForm, as_filled
from kring.web.plans.first_steps import steps_taken
from kring.web.plans.models import Goal, Plan
from kring.web.plans.trials.begun import sources_of
from kring.web.plans.trials.queries import talk_address, talks_about
from kring.web.schools.models import Pupil
from kring.web.wording import sentence

READERS = roles_that(Record.PLAN_DRAFT, Verb.READ) | roles_that(Record.PLAN, Verb.READ)
WRITERS = roles_that(Record.PLAN_DRAFT, Verb.WRITE)
MEASURERS = roles_that(Record.PLAN, Verb.MEASURE)
NOTERS = roles_that(Record.PLAN_AGREEMENT, Verb.WRITE)
ASKERS = roles_that(Record.SUPPORT_NEED, Verb.WRITE)


def _found(request: SchoolRequest, plan: UUID, verb: Verb = Verb.READ) -> Plan:
    found = find(request, Plan, plan, verb)
    if found.kind != Kind.DEEPENED:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.PLAN_DRAFT, Verb.WRITE, roles=WRITERS)
@made_once
def deepened_new(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """Open it: from the first cycle, or with a reason."""
    found = find(request, Pupil, pupil, Verb.WRITE, of=Record.PLAN_DRAFT)
    first = queries.first_cycle(request.actor, found)
    usual = {**queries.usual_days(timezone.localdate()), "title": first.title if first else ""}
    taken = steps_taken(request.actor, found, at=timezone.now())
    steps: dict[str, Any] = {"taken": taken, "today": timezone.localdate()}
    form, refusal = OpenForm(request.POST or None, has_first=first is not None, initial=usual, **steps), ""
    if form.is_valid():
        try:
            made = actions.open_deepened(request.actor, found, **form.opening(), at=timezone.now())
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("De verdiepte cyclus is begonnen. Wat u eerder probeerde, staat erbij."))
            return redirect("deepened", request.actor.pk, made.pk)
    page = {"pupil": found, "first": first, "form": form, "taken": taken, "refusal": refusal}
    return render(request, "plans/deepened/new.html", page, status=409 if refusal else 200)


@require_safe
@guard(Record.PLAN_DRAFT, Verb.READ, roles=READERS)
def deepened(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """The growing document."""
    return _page(request, _found(request, plan))


def _page(
    request: SchoolRequest, found: Plan, broken: BrokenRule | None = None, *, transfer_form: TransferForm | None = None
) -> HttpResponse:
    now = timezone.now()
    document = queries.document_of(request.actor, found, at=now)
    page = {
        "plan": found,
        "pupil": found.pupil,
        "document": document,
        "today": timezone.localdate(now),
        "refusal": sentence(broken) if broken else "",
        "may_write": Role(request.actor.role) in WRITERS and may_do(request.actor, found, Verb.WRITE),  # a pupil writes the own view alone
        "may_measure": may_do(request.actor, found, Verb.MEASURE),
        "transfer_form": transfer_form or TransferForm(today=timezone.localdate(now)),
        "talks": talks_about(request.actor, found),
        "talk_url": talk_address(request.actor, found),
        "begun": sources_of(request.actor, found.signal_id, found.understanding_id, at=now),
        "is_family": Role(request.actor.role) in FAMILY,
        "may_note": may_do(request.actor, found, Verb.WRITE, of=Record.PLAN_AGREEMENT),
        "extra_url": reverse("development_plan_new", args=[request.actor.pk, found.pupil_id]),
        "need_url": reverse("support_needs", args=[request.actor.pk]) if Role(request.actor.role) in ASKERS else "",
    }
    return render(request, "plans/deepened/deepened.html", page, status=409 if broken else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.PLAN_DRAFT, Verb.WRITE, roles=WRITERS)
def deepened_edit(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """Write in it; who saves second sees both texts."""
    found = _found(request, plan, Verb.WRITE)
    now = as_filled(found)
    form = DocumentForm(request.POST or None, initial=now)
    page: dict[str, Any] = {"plan": found, "pupil": found.pupil, "form": form}
    if not form.is_valid():
        return render(request, "plans/deepened/edit.html", page)
    try:
        actions.write_deepened(request.actor, found, form.written(), read_at=form.cleaned_data["read"], at=timezone.now())
    except EditedMeanwhile:
        theirs = {name: value for name, value in now.items() if name != "read"}
        page |= {"both": both_texts(form, theirs), "is_both": True, "form": DocumentForm(sent_again(request.POST, now["read"]))}
        return render(request, "plans/deepened/edit.html", page, status=409)
    except BrokenRule as broken:
        return render(request, "plans/deepened/edit.html", {**page, "refusal": sentence(broken)}, status=409)
    messages.success(request, _("Bewaard."))
    return redirect("deepened", request.actor.pk, found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.PLAN_DRAFT, Verb.WRITE, roles=WRITERS)
@made_once
def deepened_goal(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """A goal on any of the four levels."""
    found = _found(request, plan, Verb.WRITE)
    usual = {"unit": "rating", "better": "high", "start_level": -1, "where": "class", "times_a_week": 3}
    form, refusal = GoalForm(request.POST or None, initial=usual), ""
    if form.is_valid():
        try:
            actions.add_goal(request.actor, found, form.goal(), form.step(), at=timezone.now())
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("Het doel staat erbij."))
            return redirect("deepened", request.actor.pk, found.pk)
    page = {"plan": found, "pupil": found.pupil, "form": form, "refusal": refusal}
    return render(request, "plans/deepened/goal.html", page, status=409 if refusal else 200)


def _done(request: SchoolRequest, found: Plan, do: Callable[[], object], said: str) -> HttpResponse:
    try:
        do()
    except Goal.DoesNotExist:
        raise Http404 from None
    except BrokenRule as broken:
        found.refresh_from_db()
        return _page(request, found, broken)
    messages.success(request, said)
    return redirect("deepened", request.actor.pk, found.pk)


@require_POST
@guard(Record.PLAN_DRAFT, Verb.WRITE, roles=WRITERS)
def deepened_settle(request: SchoolRequest, plan: UUID, goal: UUID) -> HttpResponse:
    """A goal that is reached."""
    found = _found(request, plan, Verb.WRITE)
    return _done(request, found, lambda: actions.settle_goal(request.actor, found, goal, at=timezone.now()), _("Dit doel is bereikt."))


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.PLAN_AGREEMENT, Verb.WRITE, roles=NOTERS)
def deepened_family(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """What a guardian said to what the family does."""
    found = find(request, Plan, plan, Verb.WRITE, of=Record.PLAN_AGREEMENT)
    if found.kind != Kind.DEEPENED:
        raise Http404
    form, refusal = (
        FamilyForm(request.POST or None, guardians=queries.with_authority(found, at=timezone.now()), initial={"method": "talk"}),
        "",
    )
    if form.is_valid():
        given = form.cleaned_data
        said = {"is_yes": given["answer"] == "yes", "method": given["method"], "note": given["note"]}
        try:
            actions.note_family(request.actor, found, form.who, **said, at=timezone.now())
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("Het antwoord is bewaard."))
            return redirect("deepened", request.actor.pk, found.pk)
    page = {"plan": found, "pupil": found.pupil, "form": form, "refusal": refusal}
    return render(request, "plans/deepened/family.html", page, status=409 if refusal else 200)


@require_POST
@guard(Record.PLAN_DRAFT, Verb.WRITE, roles=WRITERS)
def deepened_agree(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """After talks with pupil and guardians."""
    found = _found(request, plan, Verb.WRITE)
    said = _("Vastgesteld. De leerling en de ouders kunnen het lezen.")
    return _done(request, found, lambda: actions.agree(request.actor, found, at=timezone.now()), said)


@require_POST
@guard(Record.PLAN, Verb.MEASURE, roles=MEASURERS)
@made_once
def deepened_transfer(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """Whether it is used in class, on the playground, at home."""
    found, form = _found(request, plan, Verb.MEASURE), TransferForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return _page(request, found, transfer_form=form)
    given = form.cleaned_data
    seen = {"setting": Setting(given["setting"]), "was_used": given["used"] == "yes", "told_by": given["told_by"], "on": given["on"]}
    return _done(request, found, lambda: actions.look_where_used(request.actor, found, **seen, at=timezone.now()), _("Genoteerd."))
