"""The list of signals, one signal, and what is done with it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kring.core.access import FAMILY, Record, Role, Verb, roles_that
from kring.core.errors import BrokenRule
from kring.documents.plan import plan_pdf
from kring.documents.spreadsheets import csv_for_machines, xlsx
from kring.library import cards_for
from kring.web.access import may, may_do
from kring.web.drafts.once import made_once
from kring.web.files.attachments import attachment
from kring.web.guard import SchoolRequest, find, guard, proof_before_taking
from kring.web.schools.models import Group, Pupil
from kring.web.signals import queries
from kring.web.signals.answering import actions
from kring.web.signals.answering import queries as beside
from kring.web.signals.answering.forms import AnswerForm, TieForm
from kring.web.signals.answering.printing import paper_of
from kring.web.signals.classes.queries import class_questions
from kring.web.signals.models import Signal
from kring.web.signals.words import FAMILIES, PLACES, QUESTIONS, STEPS, WORRIES
from kring.web.wording import sentence

ON_A_PAGE = 50
WRITERS = roles_that(Record.SIGNAL, Verb.WRITE) & queries.READERS
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


# ---- lists ------------------------------------------------------------------------------------------------------


@require_safe
@guard(Record.SIGNAL, Verb.READ, roles=queries.READERS)
def signals(request: SchoolRequest) -> HttpResponse:
    """What waits for an answer, the oldest first; by choice what was answered, one group, another order."""
    now = timezone.now()
    asked, rows = _listed(request, now)
    page_of = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    found = queries.lines_of(request.actor, page_of, at=now)
    request.readings.extend(line.row for line in found)
    groups = queries.groups_to_choose(request.actor, at=now)
    page: dict[str, Any] = {"lines": found, "page": page_of, "groups": groups, "asked": asked, "query": _without_page(request)}
    page["may_answer"] = _may_answer(request)
    page["class_questions"] = class_questions(request.actor, at=timezone.now())
    return render(request, "signals/signals.html", page)


def _without_page(request: SchoolRequest) -> str:
    asked = request.GET.copy()
    asked.pop("page", None)
    return asked.urlencode()


def _listed(request: SchoolRequest, now: datetime) -> tuple[dict[str, str], "QuerySet[Signal]"]:
    shown = request.GET.get("show", "open")
    asked = {
        "show": shown if shown in queries.SHOWN else "open",
        "order": request.GET.get("order", "age"),
        "group": request.GET.get("group", ""),
    }
    group = (
        next((one for one in may(request.actor, Group, Verb.READ, at=now) if str(one.pk) == asked["group"]), None)
        if asked["group"]
        else None
    )
    return asked, queries.listed(request.actor, at=now, shown=asked["show"], order=asked["order"], group=group)


def _taken(request: SchoolRequest) -> list[queries.Line]:
    """The whole list, for a file."""
    now = timezone.now()
    rows = _listed(request, now)[1].select_related("author__person")
    found = queries.lines_of(request.actor, rows[: queries.MOST], at=now)
    request.readings.extend(line.row for line in found)
    return found


@require_safe
@guard(Record.SIGNAL, Verb.READ, roles=queries.READERS)
def signals_csv(request: SchoolRequest) -> HttpResponse:
    """The same list for machines."""
    made = attachment(csv_for_machines(beside.table(_taken(request))), _("signalen.csv"), "text/csv; charset=utf-8")
    return proof_before_taking(request, Record.SIGNAL) or made


@require_safe
@guard(Record.SIGNAL, Verb.READ, roles=queries.READERS)
def signals_xlsx(request: SchoolRequest) -> HttpResponse:
    """The same list for a spreadsheet."""
    made = attachment(xlsx(beside.table(_taken(request))), _("signalen.xlsx"), XLSX)
    return proof_before_taking(request, Record.SIGNAL) or made


@require_safe
@guard(Record.SIGNAL, Verb.READ, roles=queries.READERS)
def pupil_signals(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """Everything that was seen of one pupil, and how often which sign."""
    found, now = find(request, Pupil, pupil), timezone.now()
    if not queries.reads_about(request.actor, found, at=now):
        raise Http404
    rows = queries.lines(request.actor, at=now, shown="all", pupil=found)
    request.readings.extend(line.row for line in rows)
    page = {"pupil": found, "lines": sorted(rows, key=lambda line: line.row.seen_at, reverse=True), "often": queries.how_often(rows)}
    page["may_note"] = may_do(request.actor, found, Verb.WRITE, of=Record.SIGNAL, at=now)
    return render(request, "signals/pupil.html", page)


def _may_answer(request: SchoolRequest) -> bool:
    return Role(request.actor.role) in queries.ANSWERERS


# ---- one signal -------------------------------------------------------------------------------------------------


@require_safe
@guard(Record.SIGNAL, Verb.READ, roles=queries.READERS)
def signal(request: SchoolRequest, signal: UUID) -> HttpResponse:
    """What was seen, and apart from it what was thought; how it was answered."""
    return _one(request, find(request, Signal, signal))


def _one(request: SchoolRequest, found: Signal, broken: BrokenRule | None = None, **forms: Any) -> HttpResponse:
    now, actor = timezone.now(), request.actor
    line, answers = queries.one_line(actor, found, at=now), queries.answers_of(actor, found)
    is_tied = bool(found.pupil_id or found.group_id)
    may_write = may_do(actor, found, Verb.WRITE, at=now)
    page = {
        "line": line,
        "signal": line.row,
        "answers": [(answer, [STEPS[step] for step in STEPS if step in answer.first_steps]) for answer in answers],
        "place": next((word for place, word in PLACES.items() if place == found.place), ""),
        "families": [word for family, word in FAMILIES.items() if family in found.families],
        "worry": WORRIES[found.worry],
        "cards": cards_for(found.signs),
        "questions": QUESTIONS,
        "may_write": may_write,
        "answer_form": AnswerForm() if may_do(actor, found, Verb.WRITE, of=Record.SIGNAL_ANSWER, at=now) and not found.is_serious else None,
        "tie_form": _tie_form(request) if may_write and not is_tied and not found.is_serious else None,
        "is_asked_again": may_write and found.ended_on is None and found.counts_until_on < timezone.localdate(now) and is_tied,
        "onward": beside.onward(actor, found),
        "plans": beside.plans_begun(actor, found),
        "refusal": sentence(broken) if broken else "",
    }
    return render(request, "signals/signal.html", page | forms, status=409 if broken else 200)


@require_safe
@guard(Record.SIGNAL, Verb.READ, roles=queries.READERS)
def signal_pdf(request: SchoolRequest, signal: UUID) -> HttpResponse:
    """The same on paper. What is for the reporting code, or was wiped for it, goes on none."""
    found = find(request, Signal, signal)
    if found.is_serious:
        raise Http404
    line, answers = queries.one_line(request.actor, found, at=timezone.now()), queries.answers_of(request.actor, found)
    made = plan_pdf(paper_of(line, answers, request.actor.school, on=timezone.localdate()))
    return attachment(made, _("signaal.pdf"), "application/pdf")


def _tie_form(request: SchoolRequest, *args: Any) -> TieForm:
    pupils, groups = beside.to_tie(request.actor, at=timezone.now())
    return TieForm(*args, pupils=pupils, groups=groups)


@require_POST
@guard(Record.SIGNAL_ANSWER, Verb.WRITE, roles=queries.ANSWERERS)
@made_once
def signal_answer(request: SchoolRequest, signal: UUID) -> HttpResponse:
    """Act, watch or explain."""
    found = find(request, Signal, signal, Verb.WRITE, of=Record.SIGNAL_ANSWER)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _one(request, found, answer_form=form)
    try:
        actions.answer(request.actor, found, form.answer(), at=timezone.now())
    except BrokenRule as broken:
        return _one(request, found, broken, answer_form=form)
    messages.success(request, _("Beantwoord. Uw antwoord staat bij het signaal."))
    return redirect("signal", request.actor.pk, found.pk)


@require_POST
@guard(Record.SIGNAL, Verb.WRITE, roles=WRITERS)
def signal_tie(request: SchoolRequest, signal: UUID) -> HttpResponse:
    """Say whom it is about."""
    found = find(request, Signal, signal, Verb.WRITE)
    form = _tie_form(request, request.POST)
    if not form.is_valid():
        return _one(request, found, tie_form=form)
    try:
        actions.tie(request.actor, found, form.whom(), signs=form.cleaned_data["signs"], at=timezone.now())
    except BrokenRule as broken:
        return _one(request, found, broken, tie_form=form)
    messages.success(request, _("Gekoppeld. Het team van dit kind of deze groep ziet het nu ook."))
    return redirect("signal", request.actor.pk, found.pk)


def _may_look_again(request: SchoolRequest, found: Signal) -> bool:
    """First somebody says whom it is about, or takes it over in the reporting code; and what counts still, ends with an answer."""
    now = timezone.now()
    counts = found.counts_until_on >= timezone.localdate(now)
    return bool(found.pupil_id or found.group_id) and not (counts and queries.one_line(request.actor, found, at=now).is_open)


@require_POST
@guard(Record.SIGNAL, Verb.WRITE, roles=WRITERS)
def signal_look_again(request: SchoolRequest, signal: UUID) -> HttpResponse:
    """Is it still there?"""
    found = find(request, Signal, signal, Verb.WRITE)
    if not _may_look_again(request, found):
        raise Http404
    still_there = request.POST.get("still_there") == "yes"
    actions.look_again(request.actor, found, still_there=still_there, at=timezone.now())
    messages.success(request, _("Het telt weer zes weken mee.") if still_there else _("Voorbij. Het telt niet meer mee."))
    return redirect("signal", request.actor.pk, found.pk)


@require_POST
@guard(Record.SIGNAL, Verb.WRITE, roles=WRITERS)
def signal_show(request: SchoolRequest, signal: UUID) -> HttpResponse:
    """It was talked about at home: guardians may read the fact from now on."""
    found = find(request, Signal, signal, Verb.WRITE)
    try:
        actions.show_to_guardians(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _one(request, found, broken)
    messages.success(request, _("De ouders kunnen nu lezen wat u zag. Wat u erbij dacht, lezen zij niet."))
    return redirect("signal", request.actor.pk, found.pk)


@require_POST
@guard(Record.SIGNAL, Verb.WRITE, roles=WRITERS)
def signal_to_reporting_code(request: SchoolRequest, signal: UUID) -> HttpResponse:
    """It was taken over in the reporting code; the words are wiped here."""
    found = find(request, Signal, signal, Verb.WRITE)
    actions.leave_to_reporting_code(request.actor, found, at=timezone.now())
    messages.success(request, _("De tekst is hier gewist. Alleen dat er iets binnenkwam, blijft staan."))
    return redirect("signals", request.actor.pk)


# ---- at home ----------------------------------------------------------------------------------------------------


@require_safe
@guard(Record.SIGNAL, Verb.READ, roles=roles_that(Record.SIGNAL, Verb.READ) & FAMILY)
def signals_shown(request: SchoolRequest) -> HttpResponse:
    """What the school saw and talked about with us: the fact, and not what somebody thought."""
    rows = list(may(request.actor, Signal, Verb.READ, at=timezone.now()).select_related("pupil").order_by("-seen_at")[: queries.MOST])
    request.readings.extend(rows)
    return render(request, "signals/shown.html", {"rows": rows})
