"""A serious suspicion: hand it in, and the file that only those at it can open."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import Record, Verb, roles_that
from kring.core.errors import BrokenRule
from kring.core.reporting_code import HELP_LINE, CodeDecision, CodeStep
from kring.web.access import may_do
from kring.web.drafts.once import made_once
from kring.web.guard import SchoolRequest, find, guard
from kring.web.reporting_code import actions, queries
from kring.web.reporting_code.forms import DECISIONS, HINTS, KINDS, STEPS, NoteForm, SeatForm, StepForm, SuspicionForm, TieForm
from kring.web.reporting_code.models import ReportingCodeFile, ReportingCodeSeat, ReportingCodeStep
from kring.web.wording import sentence

HANDERS_IN = roles_that(Record.REPORTING_CODE_FILE, Verb.MEASURE)
DECIDERS = roles_that(Record.REPORTING_CODE_SEAT, Verb.WRITE)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.REPORTING_CODE_FILE, Verb.MEASURE, roles=HANDERS_IN)
@made_once
def suspicion_new(request: SchoolRequest) -> HttpResponse:
    """First whom one calls, then what was seen or heard."""
    now = timezone.now()
    form = SuspicionForm(request.POST or None, pupils=queries.pupils_to_choose(request.actor, at=now))
    if not form.is_bound or not form.is_valid():
        return _new(request, form)
    try:
        made = actions.hand_in(request.actor, request.actor.school, form.about(), form.note(), at=now)
    except BrokenRule as broken:
        return _new(request, form, refusal=sentence(broken))
    messages.success(request, _("Vastgelegd. Wie hieronder staat, kan dit lezen, en verder niemand."))
    return redirect("suspicion", request.actor.pk, made.pk)


def _new(request: SchoolRequest, form: SuspicionForm, *, refusal: str = "") -> HttpResponse:
    readers = queries.who_reads_first(request.actor.school_id, at=timezone.now())
    page = {
        "form": form,
        "help_line": HELP_LINE,
        "readers": queries.named(readers.hats),
        "stand_in": readers.stand_in,
        "refusal": refusal,
    }
    return render(request, "reporting_code/suspicion_new.html", page, status=409 if refusal else 200)


@require_safe
@guard(Record.REPORTING_CODE_FILE, Verb.READ, roles=queries.READERS)
def suspicions(request: SchoolRequest) -> HttpResponse:
    """The files at which I have a seat."""
    files = queries.my_files(request.actor, at=timezone.now())
    request.readings.extend(files)
    return render(request, "reporting_code/suspicions.html", {"files": files})


@require_safe
@guard(Record.REPORTING_CODE_FILE, Verb.READ, roles=queries.READERS)
def suspicion(request: SchoolRequest, reportingcodefile: UUID) -> HttpResponse:
    """One file: what was added, and who is at it."""
    return _file(request, find(request, ReportingCodeFile, reportingcodefile))


@require_POST
@guard(Record.REPORTING_CODE_NOTE, Verb.WRITE, roles=queries.READERS)
@made_once
def suspicion_note(request: SchoolRequest, reportingcodefile: UUID) -> HttpResponse:
    """Something more; never in place of what stands there."""
    found = find(request, ReportingCodeFile, reportingcodefile, Verb.WRITE, of=Record.REPORTING_CODE_NOTE)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _file(request, found, note_form=form)
    try:
        actions.add_note(request.actor, found, form.note(), at=timezone.now())
    except BrokenRule as broken:
        return _file(request, found, broken, note_form=form)
    messages.success(request, _("Toegevoegd. Dit verandert niet meer; u kunt er wel iets bij schrijven."))
    return redirect("suspicion", request.actor.pk, found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.REPORTING_CODE_STEP, Verb.WRITE, roles=queries.READERS)
@made_once
def suspicion_step(request: SchoolRequest, reportingcodefile: UUID, number: int) -> HttpResponse:
    """One of the five steps."""
    found = find(request, ReportingCodeFile, reportingcodefile, Verb.WRITE, of=Record.REPORTING_CODE_STEP)
    if number not in set(CodeStep):
        raise Http404
    step, refusal = CodeStep(number), ""
    form = StepForm(request.POST or None, step=step)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.take_step(request.actor, found, form.taken(), given["who"], given.get("advice", ""), at=timezone.now())
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("De stap is vastgelegd. Dit verandert niet meer; u kunt er wel iets bij schrijven."))
            return redirect("suspicion", request.actor.pk, found.pk)
    page = {"file": found, "form": form, "step": step, "title": STEPS[step], "hint": HINTS[step]}
    said = {"help_line": HELP_LINE, "refusal": refusal}
    return render(request, "reporting_code/step.html", page | said, status=409 if refusal else 200)


@require_POST
@guard(Record.REPORTING_CODE_SEAT, Verb.WRITE, roles=DECIDERS)
def suspicion_let_in(request: SchoolRequest, reportingcodefile: UUID) -> HttpResponse:
    """A colleague reads along."""
    found = find(request, ReportingCodeFile, reportingcodefile, Verb.WRITE, of=Record.REPORTING_CODE_SEAT)
    form = SeatForm(request.POST, colleagues=queries.to_let_in(request.actor, found, at=timezone.now()))
    if not form.is_valid():
        return _file(request, found, seat_form=form)
    actions.let_in(request.actor, found, form.cleaned_data["whom"], at=timezone.now())
    messages.success(request, _("Deze collega kan nu meelezen."))
    return redirect("suspicion", request.actor.pk, found.pk)


@require_POST
@guard(Record.REPORTING_CODE_SEAT, Verb.WRITE, roles=DECIDERS)
def suspicion_let_out(request: SchoolRequest, reportingcodeseat: UUID) -> HttpResponse:
    """Somebody reads along no longer."""
    seat = find(request, ReportingCodeSeat, reportingcodeseat, Verb.WRITE)
    try:
        actions.let_out(request.actor, seat, at=timezone.now())
    except BrokenRule as broken:
        return _file(request, seat.file, broken)
    messages.success(request, _("Deze collega kan dit niet meer lezen."))
    return redirect("suspicions", request.actor.pk)


@require_POST
@guard(Record.REPORTING_CODE_FILE, Verb.WRITE, roles=DECIDERS)
def suspicion_tie(request: SchoolRequest, reportingcodefile: UUID) -> HttpResponse:
    """Which pupil was meant."""
    found, now = find(request, ReportingCodeFile, reportingcodefile, Verb.WRITE), timezone.now()
    form = TieForm(request.POST, pupils=queries.pupils_to_choose(request.actor, at=now))
    if not form.is_valid():
        return _file(request, found, tie_form=form)
    try:
        actions.tie_to_pupil(request.actor, found, form.cleaned_data["pupil"], at=now)
    except BrokenRule as broken:
        return _file(request, found, broken, tie_form=form)
    if not may_do(request.actor, found, Verb.READ):
        messages.success(request, _("Het dossier hoort nu bij deze leerling. U bent daar ouder van, dus u leest het niet meer mee."))
        return redirect("suspicions", request.actor.pk)
    messages.success(request, _("Het dossier hoort nu bij deze leerling."))
    return redirect("suspicion", request.actor.pk, found.pk)


def _decided(line: queries.StepLine) -> list[tuple[ReportingCodeStep, object]]:
    return [(row, DECISIONS[CodeDecision(row.decision)] if row.decision else "") for row in line.rows]


def _file(request: SchoolRequest, found: ReportingCodeFile, broken: BrokenRule | None = None, **bound: forms.Form) -> HttpResponse:
    now, actor = timezone.now(), request.actor
    decides = queries.may_let_in(actor, found, at=now)
    page: dict[str, Any] = {
        "file": found,
        "help_line": HELP_LINE,
        "notes": [(note, KINDS.get(note.kind)) for note in queries.notes_of(actor, found, at=now)],  # type: ignore[call-overload]
        "steps": [(line, STEPS[line.step], _decided(line)) for line in queries.steps_of(actor, found, at=now)],
        "seats": queries.seats_of(actor, found, at=now),
        "decides": decides,
        "note_form": NoteForm(),
        "seat_form": SeatForm(colleagues=queries.to_let_in(actor, found, at=now)) if decides else None,
        "tie_form": TieForm(pupils=queries.pupils_to_choose(actor, at=now)) if decides and not found.pupil_id else None,
        "refusal": sentence(broken) if broken else "",
    }
    return render(request, "reporting_code/suspicion.html", page | bound, status=409 if broken else 200)
