"""Absence by the week: the grid of a group, what to look up, and the rules of the school."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.absence_steps import Step, asks_for_steps
from kring.core.absences import Rule
from kring.core.access import Record, Role, Verb, roles_that, rule_of
from kring.core.edited import EditedMeanwhile
from kring.core.errors import BrokenRule
from kring.core.school_types import SECONDARY
from kring.web.absences import actions, queries
from kring.web.absences.forms import COLUMNS, RULES, STEPS, DoneStepForm, OverForm, PlanStepForm, RulesForm, SettleForm, WeekForm
from kring.web.absences.models import AbsencePrompt, AbsenceStep
from kring.web.edited import Both, sent_again
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Group
from kring.web.wording import sentence

TYPES = roles_that(Record.ABSENCE_WEEK, Verb.WRITE)
SETS = roles_that(Record.ABSENCE_RULE, Verb.WRITE)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.ABSENCE_WEEK, Verb.WRITE, roles=TYPES)
def group_absence(request: SchoolRequest, group: UUID) -> HttpResponse:
    """One week of a group; asked by day, kept as Monday."""
    found, now = find(request, Group, group, Verb.WRITE, of=Record.ABSENCE_WEEK), timezone.now()
    week = queries.group_week(request.actor, found, request.GET.get("week", ""), at=now)
    form = WeekForm(request.POST if request.method == "POST" else None, week=week)
    if request.method != "POST" or not form.is_valid():
        return _week(request, found, form, at=now)
    try:
        actions.type_week(request.actor, found, week.monday, form.lines(), read_at=form.cleaned_data["read"], at=now)
    except EditedMeanwhile:
        week = queries.group_week(request.actor, found, request.GET.get("week", ""), at=now)
        again = WeekForm(sent_again(request.POST, now), week=week)
        return _week(request, found, again, at=now, both=again.both())
    except BrokenRule as broken:
        return _week(request, found, form, at=now, refusal=sentence(broken))
    messages.success(request, _("De week is bewaard."))
    return redirect(f"{reverse('group_absence', args=[request.actor.pk, found.pk])}?week={week.monday.isoformat()}")


def _week(
    request: SchoolRequest, group: Group, form: WeekForm, *, at: datetime, refusal: str = "", both: Sequence[Both] | None = None
) -> HttpResponse:
    lines = queries.prompts_of(request.actor, form.week.pupils, at=at)
    page = {
        "group": group,
        "week": form.week,
        "form": form,
        "columns": COLUMNS.values(),
        "prompts": [(line, RULES[line.rule]) for line in lines],
        "is_secondary": request.actor.school.type in SECONDARY,
        "refusal": refusal,
        "both": both,
        "is_second": both is not None,
        "read": form.data.get("read", "") if form.is_bound else at.isoformat(),
    }
    return render(request, "absences/group_absence.html", page, status=409 if refusal or both is not None else 200)


@require_safe
@guard(Record.ABSENCE_PROMPT, Verb.READ, roles=TYPES)
def absence_prompts(request: SchoolRequest) -> HttpResponse:
    """What is to be looked up in the register, and what was."""
    now = timezone.now()
    waiting, settled = queries.open_prompts(request.actor, at=now), queries.settled_prompts(request.actor, at=now)
    request.readings.extend(line.row for line in [*waiting, *settled])
    page = {
        "waiting": [(line, RULES[line.rule]) for line in waiting],
        "settled": [(line, RULES[line.rule]) for line in settled],
        "may_set": rule_of(Role(request.actor.role), Record.ABSENCE_RULE, Verb.WRITE) is not None,
    }
    return render(request, "absences/absence_prompts.html", page)


@require_safe
@guard(Record.ABSENCE_PROMPT, Verb.READ, roles=TYPES)
def absence_prompt(request: SchoolRequest, absenceprompt: UUID) -> HttpResponse:
    """One of them."""
    return _prompt(request, find(request, AbsencePrompt, absenceprompt))


@require_POST
@guard(Record.ABSENCE_PROMPT, Verb.WRITE, roles=TYPES)
def absence_settle(request: SchoolRequest, absenceprompt: UUID) -> HttpResponse:
    """It was looked up."""
    found, form = find(request, AbsencePrompt, absenceprompt, Verb.WRITE), SettleForm(request.POST)
    if not form.is_valid():
        return _prompt(request, found, settle=form)
    given, now = form.cleaned_data, timezone.now()
    was_reported = given["outcome"] == "reported"
    try:
        actions.settle_prompt(request.actor, found, was_reported=was_reported, reported_on=given["reported_on"], at=now)
    except BrokenRule as broken:
        return _prompt(request, found, settle=form, refusal=sentence(broken))
    messages.success(request, _("Vastgelegd. De teller begint opnieuw."))
    return redirect("absence_prompts", request.actor.pk)


@require_POST
@guard(Record.ABSENCE_PROMPT, Verb.WRITE, roles=TYPES)
def absence_over(request: SchoolRequest, absenceprompt: UUID) -> HttpResponse:
    """What was reported is over."""
    found, form = find(request, AbsencePrompt, absenceprompt, Verb.WRITE), OverForm(request.POST)
    if not form.is_valid():
        return _prompt(request, found, over=form)
    try:
        actions.say_over(request.actor, found, form.cleaned_data["over_on"], at=timezone.now())
    except BrokenRule as broken:
        return _prompt(request, found, over=form, refusal=sentence(broken))
    messages.success(request, _("Vastgelegd. Vul deze dag ook in het verzuimregister in."))
    return redirect("absence_prompts", request.actor.pk)


def _prompt(
    request: SchoolRequest,
    found: AbsencePrompt,
    *,
    settle: SettleForm | None = None,
    over: OverForm | None = None,
    plan: PlanStepForm | None = None,
    done: tuple[UUID, DoneStepForm] | None = None,
    refusal: str = "",
) -> HttpResponse:
    line = queries.prompt_line(request.actor, found, at=timezone.now())
    page = {"line": line, "what": RULES[line.rule], "settle": settle or SettleForm(), "over": over or OverForm(), "refusal": refusal}
    if asks_for_steps(line.rule):
        page["steps"] = _steps(request, found, plan, done)
    return render(request, "absences/absence_prompt.html", page, status=409 if refusal else 200)


def _steps(
    request: SchoolRequest, found: AbsencePrompt, plan: PlanStepForm | None, done: tuple[UUID, DoneStepForm] | None
) -> list[dict[str, object]]:
    """Each step with its words and the form that it asks for now."""
    now = timezone.now()
    owners, listed = queries.owner_choices(request.actor, found, at=now), queries.steps_of(request.actor, found, at=now)
    shown: list[dict[str, object]] = []
    for line in listed:
        title, hint = STEPS[line.step]
        form: PlanStepForm | DoneStepForm | None = None
        if line.row is None:
            sent = plan is not None and plan.data.get("step") == line.step.value
            auto_id = f"{line.step.value}_%s"
            form = plan if sent else PlanStepForm(owners=owners, initial={"step": line.step.value}, auto_id=auto_id)
        elif line.row.done_on is None:
            form = done[1] if done and done[0] == line.row.pk else DoneStepForm(auto_id=f"{line.step.value}_%s")
        shown.append({"line": line, "title": title, "hint": hint, "form": form})
    return shown


@require_POST
@guard(Record.ABSENCE_STEP, Verb.WRITE, roles=TYPES)
def absence_step_plan(request: SchoolRequest, absenceprompt: UUID) -> HttpResponse:
    """A day and somebody for one of the steps."""
    found, now = find(request, AbsencePrompt, absenceprompt, Verb.WRITE, of=Record.ABSENCE_STEP), timezone.now()
    if not asks_for_steps(Rule(found.rule)):
        raise Http404
    form = PlanStepForm(request.POST, owners=queries.owner_choices(request.actor, found, at=now))
    if not form.is_valid():
        return _prompt(request, found, plan=form)
    given = form.cleaned_data
    try:
        actions.plan_step(request.actor, found, Step(given["step"]), given["due_on"], given["owner"], at=now)
    except BrokenRule as broken:
        return _prompt(request, found, plan=form, refusal=sentence(broken))
    messages.success(request, _("Gepland. Wie het doet, heeft er een taak bij."))
    return redirect("absence_prompt", request.actor.pk, found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.ABSENCE_STEP, Verb.WRITE, roles=TYPES)
def absence_step(request: SchoolRequest, absencestep: UUID) -> HttpResponse:
    """What came of a step; without a form the page on which it stands."""
    found = find(request, AbsenceStep, absencestep, Verb.WRITE)
    form = DoneStepForm(request.POST or None)
    if not form.is_bound or not form.is_valid():
        return _prompt(request, found.prompt, done=(found.pk, form))
    given = form.cleaned_data
    try:
        actions.do_step(request.actor, found, given["done_on"], given["outcome"], at=timezone.now())
    except BrokenRule as broken:
        return _prompt(request, found.prompt, done=(found.pk, form), refusal=sentence(broken))
    messages.success(request, _("Vastgelegd."))
    return redirect("absence_prompt", request.actor.pk, found.prompt_id)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.ABSENCE_RULE, Verb.WRITE, roles=SETS)
def absence_rules(request: SchoolRequest) -> HttpResponse:
    """What the school wants to be told."""
    school, now = request.actor.school, timezone.now()
    form = RulesForm(request.POST if request.method == "POST" else None, settings=queries.settings_of(school, at=now))
    if request.method != "POST" or not form.is_valid():
        return render(request, "absences/absence_rules.html", {"form": form})
    try:
        actions.set_rules(request.actor, school, form.wanted(), at=now)
    except BrokenRule as broken:
        return render(request, "absences/absence_rules.html", {"form": form, "refusal": sentence(broken)}, status=409)
    messages.success(request, _("Dit geldt vanaf nu."))
    return redirect("absence_rules", request.actor.pk)
