"""Requests to experts: the list, a new one, one of them with answer and report, and what stands at home."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import FAMILY, Record, Role, Verb, roles_that
from kring.core.errors import BrokenRule
from kring.core.expert_requests import ResearchWithoutConsent, Step
from kring.documents.spreadsheets import csv_for_machines
from kring.web.access import may_do
from kring.web.drafts.once import made_once
from kring.web.expert_requests import actions, queries
from kring.web.expert_requests.forms import AnswerForm, AskForm, DayForm, ReaderForm, ReportForm
from kring.web.expert_requests.models import ExpertReader, ExpertReport, ExpertRequest
from kring.web.expert_requests.words import KINDS
from kring.web.files.attachments import attachment, download
from kring.web.guard import SchoolRequest, find, guard, proof_before_taking
from kring.web.schools.models import Pupil
from kring.web.wording import sentence

READERS = roles_that(Record.EXPERT_REQUEST, Verb.READ) - FAMILY


# ---- lists ------------------------------------------------------------------------------------------------------


@require_safe
@guard(Record.EXPERT_REQUEST, Verb.READ, roles=READERS)
def expert_requests(request: SchoolRequest) -> HttpResponse:
    """What waits for something, the first day first; by choice what is over, one kind, another order."""
    asked, found = _listed(request)
    page = {"lines": found, "asked": asked, "kinds": KINDS, "query": request.GET.urlencode(), "is_guest": queries.is_guest(request.actor)}
    return render(request, "expert_requests/list.html", page)


def _listed(request: SchoolRequest) -> tuple[dict[str, str], list[queries.Line]]:
    shown = request.GET.get("show", "running")
    asked = {
        "show": shown if shown in queries.SHOWN else "running",
        "kind": request.GET.get("kind", ""),
        "order": request.GET.get("order", "by"),
    }
    found = queries.lines(request.actor, at=timezone.now(), shown=asked["show"], kind=asked["kind"], order=asked["order"])
    request.readings.extend(one.row for one in found)
    return asked, found


@require_safe
@guard(Record.EXPERT_REQUEST, Verb.READ, roles=roles_that(Record.EXPERT_REQUEST, Verb.WRITE))
def expert_requests_csv(request: SchoolRequest) -> HttpResponse:
    """The same list for machines."""
    made = attachment(csv_for_machines(queries.table(_listed(request)[1])), _("vragen.csv"), "text/csv; charset=utf-8")
    return proof_before_taking(request, Record.EXPERT_REQUEST) or made


@require_safe
@guard(Record.EXPERT_REQUEST, Verb.READ, roles=FAMILY)
def my_help(request: SchoolRequest) -> HttpResponse:
    """What the school asked somebody from outside about me or my child, and what was granted."""
    shown = queries.at_home(request.actor, at=timezone.now())
    request.readings.extend(one.row for one in shown.requests)
    request.readings.extend(one.row for one in shown.arrangements)
    page = {"shown": shown, "is_pupil": Role(request.actor.role) is Role.PUPIL}
    return render(request, "expert_requests/at_home.html", page)


# ---- asking -----------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.EXPERT_REQUEST, Verb.WRITE)
@made_once
def expert_request_new(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """Ask somebody from outside."""
    found, at = find(request, Pupil, pupil, Verb.WRITE, of=Record.EXPERT_REQUEST), timezone.now()
    form = _ask_form(request, found)
    page: dict[str, Any] = {
        "pupil": found,
        "form": form,
        "may_ask_consent": may_do(request.actor, found, Verb.WRITE, of=Record.CONSENT_REQUEST),
    }
    if not form.is_valid():
        return render(request, "expert_requests/new.html", page)
    try:
        made = actions.ask(request.actor, found, form.asked(), at=at)
    except BrokenRule as broken:
        page |= {"refusal": sentence(broken), "asks_consent": isinstance(broken, ResearchWithoutConsent)}
        return render(request, "expert_requests/new.html", page, status=409)
    messages.success(request, _("Gevraagd. Als de dag voorbij is zonder antwoord, staat het bij uw taken."))
    return redirect("expert_request", request.actor.pk, made.pk)


def _ask_form(request: SchoolRequest, pupil: Pupil) -> AskForm:
    actor, at = request.actor, timezone.now()
    first = {"plan": request.GET.get("plan"), "kind": request.GET.get("kind"), "with_name": "yes"}
    return AskForm(
        request.POST or None,
        initial=first,
        organisations=queries.organisations(actor),
        plans=queries.plans_of(actor, pupil),
        cases=queries.open_cases(actor, pupil, at=at),
    )


# ---- one request ------------------------------------------------------------------------------------------------


@require_safe
@guard(Record.EXPERT_REQUEST, Verb.READ, roles=READERS)
def expert_request(request: SchoolRequest, expertrequest: UUID) -> HttpResponse:
    """What was asked, how it stands, and the report for who may read it."""
    return _one(request, find(request, ExpertRequest, expertrequest))


def _one(request: SchoolRequest, found: ExpertRequest, **more: Any) -> HttpResponse:
    actor, at = request.actor, timezone.now()
    sheet = queries.sheet_of(actor, found, at=at)
    if sheet.report:
        request.readings.append(sheet.report)
    may_answer, may_name = may_do(actor, found, Verb.ANSWER, at=at), may_do(actor, found, Verb.WRITE, of=Record.EXPERT_READER, at=at)
    page = {
        "row": found,
        "sheet": sheet,
        "answer_form": AnswerForm() if may_answer and Step.ACCEPT in sheet.steps else None,
        "day_form": DayForm(initial={"planned_on": found.planned_on}) if may_answer and Step.PLAN in sheet.steps else None,
        "may_report": may_answer and Step.REPORT in sheet.steps,
        "may_withdraw": Step.WITHDRAW in sheet.steps and may_do(actor, found, Verb.WRITE, at=at),
        "reader_form": ReaderForm(candidates=queries.candidates(actor, found, at=at)) if may_name else None,
        "may_name": may_name,
        "is_guest": queries.is_guest(actor),
    }
    return render(request, "expert_requests/request.html", page | more, status=409 if more.get("refusal") else 200)


def _done(request: SchoolRequest, found: ExpertRequest, do: Callable[[], object], said: str, **forms: Any) -> HttpResponse:
    try:
        do()
    except BrokenRule as broken:
        found.refresh_from_db()
        return _one(request, found, refusal=sentence(broken), **forms)
    messages.success(request, said)
    return redirect("expert_request", request.actor.pk, found.pk)


@require_POST
@guard(Record.EXPERT_REQUEST, Verb.ANSWER)
def expert_request_answer(request: SchoolRequest, expertrequest: UUID) -> HttpResponse:
    """Yes or no."""
    found, form = find(request, ExpertRequest, expertrequest, Verb.ANSWER), AnswerForm(request.POST)
    if not form.is_valid():
        return _one(request, found, answer_form=form)
    return _done(
        request,
        found,
        lambda: actions.answer(request.actor, found, form.answered(), at=timezone.now()),
        _("Genoteerd. Wie het vroeg, krijgt bericht."),
        answer_form=form,
    )


@require_POST
@guard(Record.EXPERT_REQUEST, Verb.ANSWER)
def expert_request_day(request: SchoolRequest, expertrequest: UUID) -> HttpResponse:
    """A day that was agreed upon."""
    found, form = find(request, ExpertRequest, expertrequest, Verb.ANSWER), DayForm(request.POST)
    if not form.is_valid():
        return _one(request, found, day_form=form)
    return _done(
        request,
        found,
        lambda: actions.answer(request.actor, found, form.answered(), at=timezone.now()),
        _("De dag staat erbij."),
        day_form=form,
    )


@require_POST
@guard(Record.EXPERT_REQUEST, Verb.WRITE)
def expert_request_withdraw(request: SchoolRequest, expertrequest: UUID) -> HttpResponse:
    """It is not needed any more."""
    found = find(request, ExpertRequest, expertrequest, Verb.WRITE)
    return _done(request, found, lambda: actions.withdraw(request.actor, found, at=timezone.now()), _("Ingetrokken."))


# ---- the report -------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.EXPERT_REQUEST, Verb.ANSWER)
def expert_request_report(request: SchoolRequest, expertrequest: UUID) -> HttpResponse:
    """One page: what was seen and is advised, the own line, perhaps a file."""
    found = find(request, ExpertRequest, expertrequest, Verb.ANSWER)
    form, refusal = ReportForm(request.POST or None, request.FILES or None), ""
    if form.is_valid():
        try:
            actions.report(request.actor, found, form.reported(), at=timezone.now())
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("Het verslag staat klaar voor wie het mag lezen."))
            return redirect("expert_request", request.actor.pk, found.pk)
    page = {"row": found, "form": form, "refusal": refusal, "line": queries.one_line(found, at=timezone.now())}
    return render(request, "expert_requests/report.html", page, status=409 if refusal else 200)


@require_safe
@guard(Record.EXPERT_REPORT, Verb.READ)
def expert_report_file(request: SchoolRequest, expertreport: UUID) -> HttpResponse:
    """The file as it was brought, for who may read the report."""
    found = find(request, ExpertReport, expertreport)
    if found.file is None or found.forget_at <= timezone.now():
        raise Http404
    try:
        return download(found.file)
    except FileNotFoundError:  # a database that was put back without its files
        raise Http404 from None


@require_POST
@guard(Record.EXPERT_READER, Verb.WRITE)
def expert_reader_name(request: SchoolRequest, expertrequest: UUID) -> HttpResponse:
    """Let a colleague who works with this pupil read the report."""
    found, at = find(request, ExpertRequest, expertrequest, Verb.WRITE, of=Record.EXPERT_READER), timezone.now()
    form = ReaderForm(request.POST, candidates=queries.candidates(request.actor, found, at=at))
    if not form.is_valid():
        return _one(request, found, reader_form=form)
    said = _("Deze collega kan het verslag lezen.")
    return _done(request, found, lambda: actions.name_reader(request.actor, found, form.cleaned_data["reader"], at=at), said)


@require_POST
@guard(Record.EXPERT_READER, Verb.WRITE)
def expert_reader_remove(request: SchoolRequest, expertreader: UUID) -> HttpResponse:
    """This colleague reads it no longer."""
    reader = find(request, ExpertReader, expertreader, Verb.WRITE)
    found = reader.request
    return _done(request, found, lambda: actions.remove_reader(request.actor, reader), _("Deze collega leest het verslag niet meer."))
