"""Why behaviour happens: the analyses of a pupil, a record in twenty seconds, four answers, and the way to a plan."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import Record, Verb, roles_that
from kring.core.edited import EditedMeanwhile
from kring.core.errors import BrokenRule
from kring.core.language_mirror import mirror
from kring.web.access import may_do
from kring.web.behaviour import actions, queries, words
from kring.web.behaviour.forms import AnalysisForm, BeginForm, RecordForm, as_filled
from kring.web.behaviour.models import FunctionAnalysis
from kring.web.drafts.once import made_once
from kring.web.edited import both_texts, sent_again
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Pupil
from kring.web.wording import sentence

READERS = roles_that(Record.FUNCTION_ANALYSIS, Verb.READ)
WRITERS = roles_that(Record.FUNCTION_ANALYSIS, Verb.WRITE)
OBSERVERS = roles_that(Record.BEHAVIOUR_RECORD, Verb.WRITE)
PLANS = (("trial_new", Record.INTERVENTION), ("deepened_new", Record.PLAN_DRAFT), ("development_plan_new", Record.PLAN_DRAFT))


@require_safe
@guard(Record.BEHAVIOUR_RECORD, Verb.READ, roles=OBSERVERS)
def pupil_behaviour(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """The analyses of one pupil."""
    found = find(request, Pupil, pupil)
    lines = queries.lines_of(request.actor, found)
    request.readings.extend(line.analysis for line in lines)
    may_begin = may_do(request.actor, found, Verb.WRITE, of=Record.FUNCTION_ANALYSIS)
    return render(request, "behaviour/list.html", {"pupil": found, "lines": lines, "may_begin": may_begin})


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.FUNCTION_ANALYSIS, Verb.WRITE, roles=WRITERS)
@made_once
def function_analysis_new(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """Which behaviour it is about."""
    found, form = find(request, Pupil, pupil, Verb.WRITE, of=Record.FUNCTION_ANALYSIS), BeginForm(request.POST or None)
    if not form.is_valid():
        return render(request, "behaviour/new.html", {"pupil": found, "form": form})
    made = actions.begin(request.actor, found, form.cleaned_data["behaviour"], at=timezone.now())
    messages.success(request, _("Begonnen. Schrijf nu op wat u ziet, en vraag minstens één collega om mee te kijken."))
    return redirect("function_analysis", request.actor.pk, made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.BEHAVIOUR_RECORD, Verb.WRITE, roles=OBSERVERS)
@made_once
def behaviour_record_new(request: SchoolRequest, functionanalysis: UUID) -> HttpResponse:
    """Three taps; also for who may not read the analysis itself."""
    found = queries.to_watch(request.actor, functionanalysis)
    if found is None:
        raise Http404
    request.readings.append(found)
    form, refusal = RecordForm(request.POST or None, behaviour=found.behaviour, at=timezone.now()), ""
    if form.is_valid():
        try:
            actions.add_record(request.actor, found, form.seen(), at=timezone.now())
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("Opgeschreven. Dank u wel."))
            return redirect("pupil_behaviour", request.actor.pk, found.pupil_id)
    page = {"analysis": found, "pupil": found.pupil, "form": form, "refusal": refusal}
    return render(request, "behaviour/record.html", page, status=409 if refusal else 200)


@require_safe
@guard(Record.FUNCTION_ANALYSIS, Verb.READ, roles=READERS)
def function_analysis(request: SchoolRequest, functionanalysis: UUID) -> HttpResponse:
    """Records, counts, the four answers and the guess."""
    return _page(request, find(request, FunctionAnalysis, functionanalysis))


def _page(request: SchoolRequest, found: FunctionAnalysis, broken: BrokenRule | None = None) -> HttpResponse:
    may_write = may_do(request.actor, found, Verb.WRITE)
    page = {
        "analysis": found,
        "pupil": found.pupil,
        "sheet": queries.sheet_of(request.actor, found),
        "guess": words.FUNCTIONS.get(found.function, ""),
        "may_write": may_write,
        "marks": mirror(queries.written_in(found)).marks if may_write and found.settled_at is None else (),
        "plan_urls": _plan_urls(request, found.pupil),
        "refusal": sentence(broken) if broken else "",
    }
    return render(request, "behaviour/analysis.html", page, status=409 if broken else 200)


def _plan_urls(request: SchoolRequest, pupil: Pupil) -> dict[str, str]:
    """The ways on to a plan that this person may make."""
    mine = [route for route, record in PLANS if may_do(request.actor, pupil, Verb.WRITE, of=record)]
    return {route: reverse(route, args=[request.actor.pk, pupil.pk]) for route in mine}


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.FUNCTION_ANALYSIS, Verb.WRITE, roles=WRITERS)
def function_analysis_edit(request: SchoolRequest, functionanalysis: UUID) -> HttpResponse:
    """The four answers; who saves second sees both texts."""
    found = find(request, FunctionAnalysis, functionanalysis, Verb.WRITE)
    now = as_filled(found)
    form = AnalysisForm(request.POST or None, initial=now)
    sheet = queries.sheet_of(request.actor, found)
    page: dict[str, Any] = {"analysis": found, "pupil": found.pupil, "form": form, "sheet": sheet}
    if not form.is_valid():
        return render(request, "behaviour/edit.html", page)
    try:
        actions.write_analysis(request.actor, found, form.written(), read_at=form.cleaned_data["read"], at=timezone.now())
    except EditedMeanwhile:
        theirs = {name: value for name, value in now.items() if name != "read"}
        again = AnalysisForm(sent_again(request.POST, now["read"]), initial=now)
        page |= {"both": both_texts(form, theirs), "is_both": True, "form": again}
        return render(request, "behaviour/edit.html", page, status=409)
    except BrokenRule as broken:
        return render(request, "behaviour/edit.html", {**page, "refusal": sentence(broken)}, status=409)
    messages.success(request, _("Bewaard."))
    return redirect("function_analysis", request.actor.pk, found.pk)


@require_POST
@guard(Record.FUNCTION_ANALYSIS, Verb.WRITE, roles=WRITERS)
def function_analysis_settle(request: SchoolRequest, functionanalysis: UUID) -> HttpResponse:
    """All four questions have an answer, and several people looked."""
    found = find(request, FunctionAnalysis, functionanalysis, Verb.WRITE)
    try:
        actions.settle(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _page(request, found, broken)
    messages.success(request, _("Vastgesteld. Maak nu een plan van wat u gaat doen."))
    return redirect("function_analysis", request.actor.pk, found.pk)
