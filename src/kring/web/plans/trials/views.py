"""Plans of one pupil: think out, measure, start, tick off, evaluate, decide, fade out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import FAMILY, PARTNERS, Record, Role, Verb, roles_that
from kring.core.decisions import Outcome
from kring.core.edited import EditedMeanwhile
from kring.core.errors import BrokenRule
from kring.core.plans import Kind, State
from kring.core.small_trials import next_day
from kring.documents.plan import plan_pdf
from kring.library import interventions
from kring.web.access import may_do
from kring.web.drafts.once import made_once
from kring.web.edited import both_texts, sent_again
from kring.web.files.attachments import attachment
from kring.web.guard import SchoolRequest, find, guard
from kring.web.plans.first_steps import steps_taken
from kring.web.plans.groups.queries import periods_of
from kring.web.plans.models import Goal, Plan, Step
from kring.web.plans.trials import actions, queries
from kring.web.plans.trials.around import all_around, around
from kring.web.plans.trials.begun import begun_with, filled_from, phases, sources_of
from kring.web.plans.trials.both_sides import Known, known_of, lacks_a_side, not_asked
from kring.web.plans.trials.filled import filled
from kring.web.plans.trials.forms import (
    EvaluationForm,
    IdeasForm,
    MarkForm,
    NewTrialForm,
    ShowForm,
    TrialForm,
    ValueForm,
    from_catalogue,
    usual_days,
)
from kring.web.plans.trials.layer import is_flagged, looked_at
from kring.web.plans.trials.printing import paper_of
from kring.web.plans.trials.progress import progress_of
from kring.web.plans.trials.queries import MEASURED, Sheet, sheet_of
from kring.web.plans.trials.spoken import beside_words, proposal_words
from kring.web.plans.trials.weighing import weigh
from kring.web.schools.models import Group, Pupil
from kring.web.wording import sentence

READERS = roles_that(Record.INTERVENTION, Verb.READ) - PARTNERS
WRITERS = roles_that(Record.INTERVENTION, Verb.WRITE) - PARTNERS  # their pages are those of the case
GROUP_READERS = READERS - FAMILY - {Role.REMEDIAL_TEACHER}
MEASURERS = roles_that(Record.INTERVENTION, Verb.MEASURE)


def _found(request: SchoolRequest, plan: UUID, verb: Verb = Verb.READ) -> Plan:
    found = find(request, Plan, plan, verb)
    if found.kind not in MEASURED:
        raise Http404
    return found


@require_safe
@guard(Record.INTERVENTION, Verb.READ, roles=READERS)
def pupil_plans(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """The plans of one pupil, the newest first."""
    found = find(request, Pupil, pupil)
    plans = queries.plans_of(request.actor, found)
    request.readings.extend(plans)
    page = {
        "pupil": found,
        "plans": plans,
        "goals": queries.goals_of(request.actor, plans),
        "may_write": may_do(request.actor, found, Verb.WRITE, of=Record.INTERVENTION),
        "may_deepen": may_do(request.actor, found, Verb.WRITE, of=Record.PLAN_DRAFT),
        "is_family": Role(request.actor.role) in FAMILY,
        "is_pupil": request.actor.role == Role.PUPIL,
        "today": timezone.localdate(),
    }
    return render(request, "plans/trials/plans.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.INTERVENTION, Verb.WRITE, roles=WRITERS)
def trial_new(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """Think out a small trial: from nothing, from the catalogue, or from a signal or an understanding whose words are there already."""
    found, now = find(request, Pupil, pupil, Verb.WRITE, of=Record.INTERVENTION), timezone.now()
    taken, begun = steps_taken(request.actor, found, at=now), begun_with(request.actor, found, request.GET, at=now)
    usual = {
        **usual_days(timezone.localdate(), queries.trial_weeks(request.actor.school).usual),
        "unit": "rating",
        "better": "high",
        "start_level": -1,
        "where": "class",
        "level": "pupil",
        "executor": str(request.actor.person),
    }
    filled_in = {**usual, "times_a_week": 3, **filled_from(request.actor, begun, at=now), **from_catalogue(request.GET.get("entry", ""))}
    known = known_of(request.actor, found, at=now)
    asked: dict[str, Any] = {"taken": taken, "today": timezone.localdate(), "known": not_asked(known)}
    form, broken = NewTrialForm(request.POST or None, initial=filled_in, **asked), None
    if form.is_valid():
        try:
            made = actions.think_out(request.actor, found, replace(form.new(), begun=begun), at=now)
        except BrokenRule as refused:
            broken = refused
        else:
            messages.success(request, _("Bewaard. Meet nu eerst minstens drie keer hoe het gaat; daarna kunt u beginnen."))
            return redirect("trial", request.actor.pk, made.pk)
    page = {"ideas_url": reverse("trial_ideas", args=[request.actor.pk, found.pk]), "query": begun.query}
    return _form(request, form, broken, pupil=found, known=known, taken=taken, begun=begun, **page)


@require_safe
@guard(Record.INTERVENTION, Verb.WRITE, roles=WRITERS)
def trial_ideas(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """What may be tried: for the age of the pupil, by goal and by level."""
    found = find(request, Pupil, pupil, Verb.WRITE, of=Record.INTERVENTION)
    form = IdeasForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {"type": "", "level": ""}
    years = queries.years_of_pupil(request.actor, found, at=timezone.now())
    ideas = [one for one in interventions() if one.is_for(years) and one.answers(asked["type"], asked["level"])]
    begun = begun_with(request.actor, found, request.GET, at=timezone.now())
    return render(request, "plans/trials/ideas.html", {"pupil": found, "form": form, "ideas": ideas, "begun": begun, "query": begun.query})


@require_safe
@guard(Record.INTERVENTION, Verb.READ, roles=GROUP_READERS)
def group_progress(request: SchoolRequest, group: UUID) -> HttpResponse:
    """Of everybody in a group who is helped: carried out, measured, progressed; no average."""
    found, now = find(request, Group, group), timezone.now()
    plans = queries.begun_in(request.actor, found, at=now)
    request.readings.extend(plans)
    sheets = queries.sheets_of(request.actor, plans, at=now)
    progress = progress_of(sheets, all_around(request.actor, sheets, at=now))
    return render(
        request, "plans/trials/progress.html", {"group": found, "progress": progress, "periods": periods_of(request.actor, found)}
    )


def _form(request: SchoolRequest, form: TrialForm, broken: BrokenRule | None = None, *, known: list[Known], **page: Any) -> HttpResponse:
    request.readings.extend(dict.fromkeys(one.row for one in known))
    page |= {"known": known, "weeks": queries.trial_weeks(request.actor.school), "form": form}
    page["refusal"] = sentence(broken) if broken else ""
    return render(request, "plans/trials/form.html", page, status=409 if broken else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.INTERVENTION, Verb.WRITE, roles=WRITERS)
def trial_edit(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """Before the start everything may change; while it runs what is done."""
    found = _found(request, plan, Verb.WRITE)
    if found.kind != Kind.TRIAL:
        raise Http404
    running, now = found.state == State.RUNNING, filled(request.actor, found)
    known = known_of(request.actor, found.pupil, at=timezone.now())
    asked: dict[str, Any] = {"initial": now, "is_running": running, "known": not_asked(known, found)}
    form, page = TrialForm(request.POST or None, **asked), dict[str, Any](pupil=found.pupil, plan=found, known=known)
    if not form.is_valid():
        return _form(request, form, **page)
    try:
        actions.change(request.actor, found, form.new(), read_at=form.cleaned_data["read"], at=timezone.now())
    except EditedMeanwhile as broken:
        both = both_texts(form, {name: value for name, value in now.items() if name != "read" and name in form.fields})
        again = TrialForm(sent_again(request.POST, now["read"]), **asked)
        return _form(request, again, broken, both=both, is_both=True, **page)
    except BrokenRule as broken:
        return _form(request, form, broken, **page)
    messages.success(request, _("Bewaard. U leest hieronder hoe het nu is."))
    return redirect("trial", request.actor.pk, found.pk)


@require_safe
@guard(Record.INTERVENTION, Verb.READ, roles=READERS)
def trial(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """One plan: the goal, how it goes, what was decided."""
    return _page(request, _found(request, plan))


def _page(request: SchoolRequest, found: Plan, broken: BrokenRule | None = None) -> HttpResponse:
    sheet, today = sheet_of(request.actor, found, at=timezone.now()), timezone.localdate()
    begun = sources_of(request.actor, found.signal_id, found.understanding_id, at=timezone.now())
    page = {
        "plan": found,
        "pupil": found.pupil,
        "sheet": sheet,
        "today": today,
        "refusal": sentence(broken) if broken else "",
        "may_write": may_do(request.actor, found, Verb.WRITE),
        "may_measure": may_do(request.actor, found, Verb.MEASURE),
        "value_forms": [(one, ValueForm(goal=one.goal, today=today)) for one in sheet.goals],
        "show_form": ShowForm(),
        "deepen_url": _deepen(request, sheet),
        "talks": queries.talks_about(request.actor, found),
        "talk_url": queries.talk_address(request.actor, found),
        "begun": begun,
        "phases": phases(found, begun),
        "lacks_a_side": sheet.is_draft and found.kind == Kind.TRIAL and lacks_a_side(request.actor, found, at=timezone.now()),
        "is_flagged": is_flagged(sheet),
        "layer_looked_at": looked_at(found),
    }
    template = "plans/trials/for_family.html" if Role(request.actor.role) in FAMILY else "plans/trials/trial.html"
    return render(request, template, page, status=409 if broken else 200)


@require_safe
@guard(Record.INTERVENTION, Verb.READ, roles=READERS - FAMILY)
def trial_pdf(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """The same on paper, for the team."""
    found = _found(request, plan)
    request.readings.extend([found])
    sheet = sheet_of(request.actor, found, at=timezone.now())
    made = plan_pdf(paper_of(sheet, request.actor.school, on=timezone.localdate()))
    return attachment(made, _("plan.pdf"), "application/pdf")


def _deepen(request: SchoolRequest, sheet: Sheet) -> str:
    """The way on, once people decided to deepen; by its name, as it stands on this feature."""
    pupil, last = sheet.plan.pupil, sheet.evaluations[0] if sheet.evaluations else None
    if pupil is None or sheet.plan.kind != Kind.TRIAL or last is None or last.decision != Outcome.DEEPEN or sheet.is_running:
        return ""
    may_open = may_do(request.actor, pupil, Verb.WRITE, of=Record.PLAN_DRAFT)
    return reverse("deepened_new", args=[request.actor.pk, pupil.pk]) if may_open else ""


def _done(request: SchoolRequest, found: Plan, do: Callable[[], object], said: str) -> HttpResponse:
    """Do it, and show the plan; with the sentence when a rule stands in the way."""
    try:
        do()
    except BrokenRule as broken:
        found.refresh_from_db()
        return _page(request, found, broken)
    messages.success(request, said)
    return redirect("trial", request.actor.pk, found.pk)


@require_POST
@guard(Record.INTERVENTION, Verb.WRITE, roles=WRITERS)
def trial_start(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """From today."""
    found = _found(request, plan, Verb.WRITE)
    return _done(
        request,
        found,
        lambda: actions.start(request.actor, found, at=timezone.now()),
        _("Het loopt. Afvinken kan hieronder, en de leerkracht kan het ook in Mijn week."),
    )


@require_POST
@guard(Record.INTERVENTION, Verb.MEASURE, roles=MEASURERS)
def trial_tick(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """One tap: done today, or not."""
    found, form = _found(request, plan, Verb.MEASURE), MarkForm(request.POST)
    if not form.is_valid():
        raise Http404
    given = form.cleaned_data
    on, core = given["on"] or timezone.localdate(), given["core_steps_done"]
    try:
        actions.tick_off(
            request.actor, found, given["step"], is_done=given["done"] == "yes", core_steps_done=core, on=on, at=timezone.now()
        )
    except Step.DoesNotExist:
        raise Http404 from None
    except BrokenRule as broken:
        return _page(request, found, broken)
    messages.success(request, _("Genoteerd."))
    return redirect("home", request.actor.pk) if given["back"] else redirect("trial", request.actor.pk, found.pk)


@require_POST
@guard(Record.INTERVENTION, Verb.MEASURE, roles=MEASURERS)
def trial_measure(request: SchoolRequest, plan: UUID, goal: UUID) -> HttpResponse:
    """One value of one day."""
    found = _found(request, plan, Verb.MEASURE)
    of = queries.goal_of(request.actor, found, goal)
    if of is None:
        raise Http404
    form = ValueForm(request.POST, goal=of, today=timezone.localdate())
    if not form.is_valid():
        return _page_with(request, found, of, form)
    given = form.cleaned_data

    def do() -> None:
        actions.measure(request.actor, found, of.pk, given["value"], on=given["on"], observer=given["observer"], at=timezone.now())

    return _done(request, found, do, _("Gemeten. U ziet het in de grafiek."))


def _page_with(request: SchoolRequest, found: Plan, goal: Goal, form: ValueForm) -> HttpResponse:
    return render(request, "plans/trials/measure.html", {"plan": found, "pupil": found.pupil, "goal": goal, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.INTERVENTION, Verb.WRITE, roles=WRITERS)
@made_once
def trial_evaluate(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """Execution and effect apart; then the proposal, and what people decide."""
    found = _found(request, plan, Verb.WRITE)
    sheet = sheet_of(request.actor, found, at=timezone.now())
    form = EvaluationForm(request.POST or None, goals=sheet.goals)
    decided = form.decided() if form.is_valid() else None
    if decided is None:
        return _weighing(request, sheet, form)
    try:
        actions.evaluate(request.actor, found, form.judged(), decided, at=timezone.now())
    except BrokenRule as broken:
        return _weighing(request, sheet, form, broken)
    messages.success(request, _("Besloten. Wat er nu gebeurt, staat hieronder."))
    return redirect("trial", request.actor.pk, found.pk)


def _weighing(request: SchoolRequest, sheet: Sheet, form: EvaluationForm, broken: BrokenRule | None = None) -> HttpResponse:
    beside = around(request.actor, sheet, at=timezone.now())
    weighed = weigh(sheet, form.judged(), beside) if form.is_bound and form.is_valid() else None
    page: dict[str, Any] = {
        "plan": sheet.plan,
        "pupil": sheet.plan.pupil,
        "sheet": sheet,
        "form": form,
        "weighed": weighed,
        "beside": beside_words(beside),
        "asks_layer": is_flagged(sheet) and looked_at(sheet.plan) is None,
    }
    if weighed:
        page["said"] = proposal_words(weighed)
        page["next_on"] = proposed = next_day(weighed.proposal.outcome, timezone.localdate())
        page["is_half"] = bool(form.cleaned_data["decision"] or form.cleaned_data["reason"]) and broken is None
        if not form.cleaned_data["next_on"]:
            page["form"] = EvaluationForm(_with_day(request, proposed), goals=sheet.goals)
    page["refusal"] = sentence(broken) if broken else ""
    return render(request, "plans/trials/evaluate.html", page, status=409 if broken else 200)


def _with_day(request: SchoolRequest, day: date) -> QueryDict:
    """What was typed, with the day that fits the proposal."""
    sent = request.POST.copy()
    sent["next_on"] = day.isoformat()
    return sent


@require_POST
@guard(Record.INTERVENTION, Verb.WRITE, roles=WRITERS)
def trial_layer(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """Somebody asked whether this is still basic support."""
    found = _found(request, plan, Verb.WRITE)
    return _done(request, found, lambda: actions.look_at_layer(request.actor, found, at=timezone.now()), _("Genoteerd: het is nagekeken."))


@require_POST
@guard(Record.INTERVENTION, Verb.WRITE, roles=WRITERS)
def trial_step_back(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """It was faded out too early."""
    found = _found(request, plan, Verb.WRITE)
    return _done(
        request, found, lambda: actions.step_back(request.actor, found, at=timezone.now()), _("Een stap terug. Dat is geen falen.")
    )


@require_POST
@guard(Record.INTERVENTION, Verb.WRITE, roles=WRITERS)
def trial_close(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """Faded out for good."""
    found = _found(request, plan, Verb.WRITE)
    return _done(request, found, lambda: actions.close(request.actor, found, at=timezone.now()), _("Afgesloten. Mooi werk."))


@require_POST
@guard(Record.INTERVENTION, Verb.WRITE, roles=WRITERS)
def trial_show(request: SchoolRequest, plan: UUID) -> HttpResponse:
    """After a talk pupil and guardians may read it."""
    found, form = _found(request, plan, Verb.WRITE), ShowForm(request.POST)
    given = form.cleaned_data if form.is_valid() else {}
    shown = {"to_pupil": bool(given.get("to_pupil")), "to_guardians": bool(given.get("to_guardians"))}
    return _done(request, found, lambda: actions.show(request.actor, found, **shown, at=timezone.now()), _("Zij kunnen het nu lezen."))
