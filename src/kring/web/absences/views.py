"""Absence by the week: the grid of a group, what to look up, and the rules of the school."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import Record, Role, Verb, roles_that, rule_of
from kring.core.errors import BrokenRule
from kring.core.school_types import SECONDARY
from kring.web.absences import actions, queries
from kring.web.absences.forms import COLUMNS, RULES, OverForm, RulesForm, SettleForm, WeekForm
from kring.web.absences.models import AbsencePrompt
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
        return _week(request, found, form)
    try:
        actions.type_week(request.actor, found, week.monday, form.lines(), at=now)
    except BrokenRule as broken:
        return _week(request, found, form, refusal=sentence(broken))
    messages.success(request, _("De week is bewaard."))
    return redirect(f"{reverse('group_absence', args=[request.actor.pk, found.pk])}?week={week.monday.isoformat()}")


def _week(request: SchoolRequest, group: Group, form: WeekForm, *, refusal: str = "") -> HttpResponse:
    lines = queries.prompts_of(request.actor, form.week.pupils, at=timezone.now())
    page = {
        "group": group,
        "week": form.week,
        "form": form,
        "columns": COLUMNS.values(),
        "prompts": [(line, RULES[line.rule]) for line in lines],
        "is_secondary": request.actor.school.type in SECONDARY,
        "refusal": refusal,
    }
    return render(request, "absences/group_absence.html", page, status=409 if refusal else 200)


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
    request: SchoolRequest, found: AbsencePrompt, *, settle: SettleForm | None = None, over: OverForm | None = None, refusal: str = ""
) -> HttpResponse:
    line = queries.prompt_line(request.actor, found, at=timezone.now())
    page = {"line": line, "what": RULES[line.rule], "settle": settle or SettleForm(), "over": over or OverForm(), "refusal": refusal}
    return render(request, "absences/absence_prompt.html", page, status=409 if refusal else 200)


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
