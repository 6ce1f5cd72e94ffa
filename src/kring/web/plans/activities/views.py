"""An activity plan of a class: a new one, its page, its actions, and how it ended."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import Record, Verb, roles_that
from kring.core.errors import BrokenRule
from kring.core.plans import Kind
from kring.web.drafts.once import made_once
from kring.web.guard import SchoolRequest, find, guard
from kring.web.plans.activities import actions, queries
from kring.web.plans.activities.forms import EvaluationForm, QuestionForm, StepForm
from kring.web.plans.groups.forms import BecauseForm
from kring.web.plans.models import Plan, Step
from kring.web.schools.models import Group
from kring.web.wording import sentence

READERS = roles_that(Record.GROUP_PLAN, Verb.READ)
WRITERS = roles_that(Record.GROUP_PLAN, Verb.WRITE)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.GROUP_PLAN, Verb.WRITE, roles=WRITERS)
@made_once
def activity_plan_new(request: SchoolRequest, group: UUID) -> HttpResponse:
    """What the class needs."""
    found, today = find(request, Group, group, Verb.WRITE, of=Record.GROUP_PLAN), timezone.localdate()
    form = QuestionForm(request.POST if request.method == "POST" else None, today=today)
    page: dict[str, Any] = {"group": found, "form": form}
    if not form.is_valid():
        return render(request, "plans/activities/new.html", page)
    try:
        made = actions.make_activity_plan(request.actor, found, form.question(), on=today, at=timezone.now())
    except BrokenRule as broken:
        return render(request, "plans/activities/new.html", {**page, "refusal": sentence(broken)}, status=409)
    return redirect("activity_plan", request.actor.pk, made.pk)


@require_safe
@guard(Record.GROUP_PLAN, Verb.READ, roles=READERS)
def activity_plan(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """The actions, who does them and by when."""
    return _page(request, *_found(request, plan))


@require_POST
@guard(Record.GROUP_PLAN, Verb.WRITE, roles=WRITERS)
@made_once
def plan_step_new(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """One more action."""
    row, group = _found(request, plan, Verb.WRITE)
    form = _step_form(request, row, group, request.POST)
    if not form.is_valid():
        return _page(request, row, group, step_form=form)
    try:
        actions.add_step(request.actor, row, form.step(), at=timezone.now())
    except BrokenRule as broken:
        return _page(request, row, group, broken, step_form=form)
    return redirect("activity_plan", request.actor.pk, row.pk)


@require_safe
@guard(Record.GROUP_PLAN, Verb.READ, roles=READERS)
def plan_step(request: SchoolRequest, step: UUID) -> HttpResponse:
    """A task leads here: to the plan of which this is an action."""
    found = find(request, Step, step)
    _found(request, found.plan_id)
    return redirect("activity_plan", request.actor.pk, found.plan_id)


@require_POST
@guard(Record.GROUP_PLAN, Verb.MEASURE, roles=WRITERS)
def plan_step_done(request: SchoolRequest, step: UUID) -> HttpResponse:
    """It happened."""
    found = find(request, Step, step, Verb.MEASURE)
    plan, _group = _found(request, found.plan_id, Verb.MEASURE)
    actions.finish_step(request.actor, found, at=timezone.now())
    return redirect("activity_plan", request.actor.pk, plan.pk)


@require_POST
@guard(Record.GROUP_PLAN, Verb.WRITE, roles=WRITERS)
def plan_step_remove(request: SchoolRequest, step: UUID) -> HttpResponse:
    """It is not done after all."""
    found = find(request, Step, step, Verb.WRITE)
    plan, group = _found(request, found.plan_id, Verb.WRITE)
    try:
        actions.remove_step(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _page(request, plan, group, broken)
    return redirect("activity_plan", request.actor.pk, plan.pk)


@require_POST
@guard(Record.GROUP_PLAN, Verb.WRITE, roles=WRITERS)
def activity_plan_start(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """This is what we do, from now on."""
    row, group = _found(request, plan, Verb.WRITE)
    form = BecauseForm(request.POST)
    if not form.is_valid():
        return _page(request, row, group, because_form=form)
    try:
        actions.start(request.actor, row, because=form.cleaned_data["because"], at=timezone.now())
    except BrokenRule as broken:
        return _page(request, row, group, broken, because_form=form)
    messages.success(request, _("Het plan loopt. Elke collega ziet de eigen acties bij de taken."))
    return redirect("activity_plan", request.actor.pk, row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.GROUP_PLAN, Verb.WRITE, roles=WRITERS)
def activity_plan_evaluate(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """What was done, and what changed."""
    row, group = _found(request, plan, Verb.WRITE)
    form = EvaluationForm(request.POST if request.method == "POST" else None)
    page: dict[str, Any] = {"plan": row, "group": group, "form": form}
    if not form.is_valid():
        return render(request, "plans/activities/evaluate.html", page)
    try:
        actions.evaluate(request.actor, row, form.seen(), at=timezone.now())
    except BrokenRule as broken:
        return render(request, "plans/activities/evaluate.html", {**page, "refusal": sentence(broken)}, status=409)
    return redirect("activity_plan", request.actor.pk, row.pk)


def _found(request: SchoolRequest, key: UUID, verb: Verb = Verb.READ) -> tuple[Plan, Group]:
    row = find(request, Plan, key, verb)
    if row.kind != Kind.ACTIVITY or row.group is None:
        raise Http404
    return row, row.group


def _step_form(request: SchoolRequest, row: Plan, group: Group, data: Any = None) -> StepForm:
    return StepForm(data, owners=queries.owners(request.actor, group, at=timezone.now()), until=row.ends_on)


def _page(
    request: SchoolRequest,
    row: Plan,
    group: Group,
    broken: BrokenRule | None = None,
    *,
    step_form: StepForm | None = None,
    because_form: BecauseForm | None = None,
) -> HttpResponse:
    sheet = queries.sheet_of(request.actor, row)
    page = {
        "plan": row,
        "group": group,
        "sheet": sheet,
        "step_form": step_form or (_step_form(request, row, group) if sheet.may_edit else None),
        "because_form": because_form or BecauseForm(),
        "refusal": sentence(broken) if broken else "",
    }
    return render(request, "plans/activities/plan.html", page, status=409 if broken else 200)
