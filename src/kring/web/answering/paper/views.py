"""Lists on paper: print the sheets, and type in what came back."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import Record, Verb, roles_that
from kring.core.errors import BrokenRule
from kring.documents.answer_sheets import overview_pdf, sheets_pdf
from kring.documents.choice_sheets import choices_pdf
from kring.web.answering.matrix.queries import lines as lists_of_class
from kring.web.answering.paper import actions, printing, queries
from kring.web.answering.paper.forms import ChoicesForm, NumberForm, SheetForm, TickForm
from kring.web.files.attachments import attachment
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Group
from kring.web.surveys.models import GuardianInvitation, Invitation, Round
from kring.web.wording import sentence

MEASURES = roles_that(Record.GROUP, Verb.MEASURE)
FILLS_IN = roles_that(Record.TEACHER_LIST, Verb.WRITE)
PDF = "application/pdf"


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.GROUP, Verb.MEASURE, roles=MEASURES)
def paper_lists(request: SchoolRequest, round: UUID, group: UUID) -> HttpResponse:
    """The sheets of a class; with a number, on to that sheet."""
    of_round, of = _found(request, round, group)
    form = NumberForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, of_round, of, form=form)
    try:
        line = queries.sheet_typed(queries.sheets(request.actor, of_round, of, at=timezone.now()), form.cleaned_data["number"])
    except BrokenRule as broken:
        return _page(request, of_round, of, form=form, refusal=sentence(broken))
    route = "paper_list" if isinstance(line.asked, Invitation) else "paper_guardian_list"
    return redirect(route, request.actor.pk, line.asked.pk)


@require_POST
@guard(Record.GROUP, Verb.MEASURE, roles=MEASURES)
def paper_print(request: SchoolRequest, round: UUID, group: UUID) -> HttpResponse:
    """A sheet for everybody whose list is waited for."""
    of_round, of = _found(request, round, group)
    try:
        found = actions.print_sheets(request.actor, of, of_round, at=timezone.now())
    except BrokenRule as broken:
        return _page(request, of_round, of, refusal=sentence(broken))
    if not found:
        return _page(request, of_round, of, refusal=_("Er is niemand meer van wie u een blad kunt printen."))
    on = timezone.localdate()
    if of_round.offered.questions:
        return attachment(choices_pdf(printing.choice_sheets(request.actor, of_round, of, found, on=on)), _("bladen.pdf"), PDF)
    return attachment(sheets_pdf(printing.sheets(request.actor, of_round, of, found, on=on)), _("bladen.pdf"), PDF)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.INVITATION, Verb.WRITE, roles=MEASURES)
def paper_list(request: SchoolRequest, invitation: UUID) -> HttpResponse:
    """One sheet of a pupil."""
    found = find(request, Invitation, invitation, Verb.WRITE)
    of_round, of = _found(request, found.round_id, found.group_id)
    if of_round.asks != Round.Asks.PUPILS or of_round.offered.anonymous:
        raise Http404
    line = next((one for one in queries.sheets(request.actor, of_round, of, at=timezone.now()) if one.asked.pk == found.pk), None)
    if of_round.offered.questions:
        return _typing_choices(request, found, line)
    return _typing(request, of_round, of, line, lambda answers: actions.type_in(request.actor, found, answers, at=timezone.now()))


def _typing_choices(request: SchoolRequest, asked: Invitation, line: queries.SheetLine | None) -> HttpResponse:
    """One sheet of choices: the numbers with a ring."""
    found, refusal = queries.numbers_of(asked), ""
    form = ChoicesForm(request.POST if request.method == "POST" else None, asked, found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.type_in(request.actor, asked, form.answers(), at=timezone.now())
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("De keuzes van %(name)s zijn bewaard.") % {"name": line.name if line else ""})
            return redirect("paper_lists", request.actor.pk, asked.round_id, asked.group_id)
    page = {"round": asked.round, "group": asked.group, "line": line, "form": form, "refusal": refusal}
    page["names"] = json.dumps({str(number): name for number, name in found.names.items()})
    return render(request, "answering/paper/choices.html", page, status=409 if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.GUARDIAN_INVITATION, Verb.WRITE, roles=MEASURES)
def paper_guardian_list(request: SchoolRequest, guardianinvitation: UUID) -> HttpResponse:
    """One sheet of a guardian."""
    found = find(request, GuardianInvitation, guardianinvitation, Verb.WRITE)
    of_round, of = _found(request, found.round_id, found.group_id)
    line = next((one for one in queries.sheets(request.actor, of_round, of, at=timezone.now()) if one.asked.pk == found.pk), None)
    return _typing(
        request, of_round, of, line, lambda answers: actions.type_in_for_guardian(request.actor, found, answers, at=timezone.now())
    )


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.GROUP, Verb.MEASURE, roles=MEASURES)
def paper_nameless(request: SchoolRequest, round: UUID, group: UUID) -> HttpResponse:
    """One sheet without a name."""
    of_round, of = _found(request, round, group)
    if not of_round.offered.anonymous:
        raise Http404
    return _typing(
        request, of_round, of, None, lambda answers: actions.type_in_nameless(request.actor, of, of_round, answers, at=timezone.now())
    )


@require_POST
@guard(Record.GROUP, Verb.MEASURE, roles=MEASURES)
def paper_tick(request: SchoolRequest, round: UUID, group: UUID) -> HttpResponse:
    """Who filled in a sheet without a name."""
    of_round, of = _found(request, round, group)
    if not of_round.offered.anonymous:
        raise Http404
    listed = {one.asked.pk: one.name for one in queries.sheets(request.actor, of_round, of, at=timezone.now())}
    form = TickForm(request.POST, listed=listed)
    who = {UUID(key) for key in form.cleaned_data["who"]} if form.is_valid() else set()
    try:
        n = actions.tick(request.actor, of, of_round, who, at=timezone.now())
    except BrokenRule as broken:
        return _page(request, of_round, of, refusal=sentence(broken))
    messages.success(request, ngettext("%(n)s leerling is afgevinkt.", "%(n)s leerlingen zijn afgevinkt.", n) % {"n": n})
    return redirect("paper_lists", request.actor.pk, round, group)


@require_POST
@guard(Record.INVITATION, Verb.WRITE, roles=MEASURES)
def paper_untick(request: SchoolRequest, invitation: UUID) -> HttpResponse:
    """Ticked off by mistake."""
    found = find(request, Invitation, invitation, Verb.WRITE)
    of_round, of = _found(request, found.round_id, found.group_id)
    if not of_round.offered.anonymous:
        raise Http404
    try:
        actions.untick(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _page(request, of_round, of, refusal=sentence(broken))
    return redirect("paper_lists", request.actor.pk, of_round.pk, of.pk)


@require_safe
@guard(Record.TEACHER_LIST, Verb.WRITE, roles=FILLS_IN)
def teacher_lists_paper(request: SchoolRequest, round: UUID, group: UUID) -> HttpResponse:
    """The class on paper: a row for each pupil, a column for each item."""
    of_round, of = find(request, Round, round), find(request, Group, group)
    names = [line.pupil.name for line in lists_of_class(request.actor, of_round, of, at=timezone.now()) if line.is_open]
    if not names:
        raise Http404
    return attachment(overview_pdf(printing.overview(request.actor, of_round, of, names, on=timezone.localdate())), _("overzicht.pdf"), PDF)


def _found(request: SchoolRequest, round: UUID, group: UUID) -> tuple[Round, Group]:
    """A round of this group that can be filled in on paper."""
    of_round, of = find(request, Round, round), find(request, Group, group, Verb.MEASURE)
    if not queries.is_on_paper(of_round):
        raise Http404
    return of_round, of


def _page(request: SchoolRequest, round: Round, group: Group, *, form: NumberForm | None = None, refusal: str = "") -> HttpResponse:
    found = queries.sheets(request.actor, round, group, at=timezone.now())
    if not found:
        raise Http404
    page: dict[str, Any] = {
        "round": round,
        "group": group,
        "today": timezone.localdate(),
        "is_open": round.closed_at is None,
        "is_begun": round.opens_on <= timezone.localdate(),
        "lines": found,
        "waiting": [one for one in found if one.waits],
        "done": [one for one in found if one.is_in],
        "nameless": queries.nameless(round, group, found) if round.offered.anonymous else None,
        "form": form or NumberForm(),
        "refusal": refusal,
    }
    return render(request, "answering/paper/lists.html", page, status=409 if refusal else 200)


def _typing(request: SchoolRequest, round: Round, group: Group, line: queries.SheetLine | None, take: Any) -> HttpResponse:
    form, refusal = SheetForm(request.POST if request.method == "POST" else None, round.offered), ""
    if request.method == "POST" and form.is_valid():
        try:
            take(form.answers())
        except BrokenRule as broken:
            refusal = sentence(broken)
        else:
            messages.success(request, _("De lijst van %(name)s is bewaard.") % {"name": line.name} if line else _("Het blad is bewaard."))
            return redirect("paper_lists", request.actor.pk, round.pk, group.pk)
    page = {"round": round, "group": group, "line": line, "form": form, "offered": round.offered, "refusal": refusal}
    return render(request, "answering/paper/sheet.html", page, status=409 if refusal else 200)
