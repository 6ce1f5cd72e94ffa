"""My tasks: the list, one of them, and what one does with it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import STAFF, Record, Verb
from kring.core.errors import BrokenRule
from kring.core.tasks import When
from kring.web.drafts.once import made_once
from kring.web.guard import SchoolRequest, find, guard
from kring.web.tasks import actions, queries
from kring.web.tasks.forms import BACK, DropForm, LaterForm, TaskForm
from kring.web.tasks.models import Task
from kring.web.wording import sentence


@require_safe
@guard(Record.TASK, Verb.READ, roles=STAFF)
def tasks(request: SchoolRequest) -> HttpResponse:
    """What I still have to do, or what is over; of one group when asked."""
    return _tasks_page(request)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.TASK, Verb.WRITE, roles=STAFF)
@made_once
def task_new(request: SchoolRequest) -> HttpResponse:
    """A task of my own, in one line."""
    now = timezone.now()
    form = _form(request, request.POST) if request.method == "POST" else _form(request)
    if request.method != "POST" or not form.is_valid():
        return render(request, "tasks/task_new.html", {"form": form})
    try:
        made = actions.make_task(request.actor, request.actor, form.typed(), at=now)
    except BrokenRule as broken:
        return render(request, "tasks/task_new.html", {"form": form, "refusal": sentence(broken)}, status=409)
    messages.success(request, _("Toegevoegd: %(task)s.") % {"task": made.title})
    return redirect(_back(request), request.actor.pk)


@require_safe
@guard(Record.TASK, Verb.READ, roles=STAFF)
def task(request: SchoolRequest, task: UUID) -> HttpResponse:
    """One task: tick off, put off or drop."""
    return _task_page(request, find(request, Task, task))


@require_POST
@guard(Record.TASK, Verb.RUN, roles=STAFF)
def task_done(request: SchoolRequest, task: UUID) -> HttpResponse:
    """Done; the next page offers to take it back."""
    found = find(request, Task, task, Verb.RUN)
    try:
        actions.tick_off(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _task_page(request, found, refusal=sentence(broken))
    return redirect(f"{reverse(_back(request), args=[request.actor.pk])}?done={found.pk}")


@require_POST
@guard(Record.TASK, Verb.RUN, roles=STAFF)
def task_undo(request: SchoolRequest, task: UUID) -> HttpResponse:
    """Not done after all."""
    found = find(request, Task, task, Verb.RUN)
    try:
        actions.take_back(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _task_page(request, found, refusal=sentence(broken))
    messages.success(request, _("De taak staat weer open."))
    return redirect(_back(request), request.actor.pk)


@require_POST
@guard(Record.TASK, Verb.RUN, roles=STAFF)
def task_put_off(request: SchoolRequest, task: UUID) -> HttpResponse:
    """Until a later school day."""
    found, form = find(request, Task, task, Verb.RUN), LaterForm(request.POST)
    if not form.is_valid():
        return _task_page(request, found, later=form)
    try:
        actions.put_off(request.actor, found, to=form.cleaned_data["to"], at=timezone.now())
    except BrokenRule as broken:
        return _task_page(request, found, later=form, refusal=sentence(broken))
    messages.success(request, _("De taak is uitgesteld."))
    return redirect("tasks", request.actor.pk)


@require_POST
@guard(Record.TASK, Verb.RUN, roles=STAFF)
def task_drop(request: SchoolRequest, task: UUID) -> HttpResponse:
    """Not needed, and why."""
    found, form = find(request, Task, task, Verb.RUN), DropForm(request.POST)
    if not form.is_valid():
        return _task_page(request, found, drop=form)
    try:
        actions.drop(request.actor, found, form.cleaned_data["reason"], at=timezone.now())
    except BrokenRule as broken:
        return _task_page(request, found, drop=form, refusal=sentence(broken))
    messages.success(request, _("De taak is vervallen."))
    return redirect("tasks", request.actor.pk)


def _back(request: SchoolRequest) -> str:
    back = request.POST.get("back", "")
    return back if back in BACK else "tasks"


def _form(request: SchoolRequest, data: Any = None) -> TaskForm:
    groups = queries.groups_now(request.actor, at=timezone.now())
    return TaskForm(data, groups=groups, school=request.actor.school)


def _tasks_page(request: SchoolRequest) -> HttpResponse:
    now, is_over = timezone.now(), request.GET.get("show") == "done"
    rows = queries.done_tasks(request.actor, at=now) if is_over else queries.open_tasks(request.actor, at=now)
    lines = queries.task_lines(request.actor, rows, at=now)
    groups = sorted({(str(line.task.group_id), line.group) for line in lines if line.group}, key=lambda pair: pair[1])
    chosen = next((key for key, _name in groups if key == request.GET.get("group", "")), "")
    shown = [line for line in lines if not chosen or str(line.task.group_id) == chosen]
    request.readings.extend(line.task for line in shown if line.task.pupil_id)
    page = {
        "is_over": is_over,
        "lines": shown,
        "parts": [(part, found) for part in When if (found := [line for line in shown if line.when is part])],
        "groups": groups,
        "chosen": chosen,
        "form": _form(request),
        "just_done": queries.just_done(request.actor, request.GET.get("done", ""), at=now),
    }
    return render(request, "tasks/tasks.html", page)


def _task_page(
    request: SchoolRequest, found: Task, *, later: forms.Form | None = None, drop: forms.Form | None = None, refusal: str = ""
) -> HttpResponse:
    rows = queries.one_task(request.actor, found, at=timezone.now())
    page = {"line": rows[0], "later": later or LaterForm(), "drop": drop or DropForm(), "refusal": refusal}
    return render(request, "tasks/task.html", page, status=409 if refusal else 200)
