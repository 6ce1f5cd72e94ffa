"""Bring in the list of all pupils, look at what it would change, decide what is doubtful, and take it over, all or nothing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.class_files.roster import COLUMNS, roster
from kring.core.access import Record, Verb, roles_that
from kring.core.errors import BrokenRule
from kring.core.uploads import FilesGone
from kring.documents.safe_cells import csv_bytes
from kring.file_problems import FilesRefused
from kring.web.access import rule_at
from kring.web.files.attachments import attachment
from kring.web.guard import SchoolRequest, find, guard
from kring.web.roster.bringing import actions
from kring.web.roster.bringing.forms import DecisionsForm, RosterForm
from kring.web.roster.models import RosterFile
from kring.web.roster.taking import queries
from kring.web.roster.taking.proposal import RosterProposal
from kring.web.schools.models import Membership
from kring.web.wording import sentence

BRINGERS = roles_that(Record.ROSTER_FILE, Verb.WRITE)
EXAMPLE = (
    ("1001", "Fatima", "", "Yılmaz", "1-2-2020", "1/2A", "1", ""),
    ("1002", "Daan", "van der", "Berg", "14-9-2018", "1/2A", "2", "Wageningen"),
    ("1003", "Zoë", "", "Jansen", "30-11-2016", "4", "4", ""),
)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.ROSTER_FILE, Verb.WRITE, roles=BRINGERS)
def roster_files(request: SchoolRequest) -> HttpResponse:
    """The form and what was brought before; with a list, everything that is wrong at once, or a preview."""
    years = queries.years(request.actor, at=timezone.now())
    if request.method != "POST":
        return _form(request, RosterForm(years=years))
    form = RosterForm(request.POST, request.FILES, years=years)
    if not form.is_valid():
        return _form(request, form)
    try:
        made = _checked(request, form)
    except BrokenRule as broken:
        return _form(request, form, broken)
    return redirect("roster_file", request.actor.pk, made.pk)


def _checked(request: SchoolRequest, form: RosterForm) -> RosterFile:
    file, data = form.brought()
    brought = actions.Brought(file, roster(file, data), form.wanted_year(), form.cleaned_data["from_on"])
    return actions.check_roster(request.actor, request.actor.school, brought, at=timezone.now())


def _form(request: SchoolRequest, form: RosterForm, broken: BrokenRule | None = None) -> HttpResponse:
    page = {
        "form": form,
        "refusal": sentence(broken) if broken else "",
        "problems": broken.problems if isinstance(broken, FilesRefused) else (),
        "unshown": broken.unshown if isinstance(broken, FilesRefused) else 0,
        "brought": queries.brought(request.actor),
        "columns": list(COLUMNS),
    }
    return render(request, "roster/files.html", page, status=409 if broken else 200)


@require_safe
@guard(Record.ROSTER_FILE, Verb.WRITE, roles=BRINGERS)
def roster_example(request: SchoolRequest) -> HttpResponse:  # noqa: ARG001
    """A list with the right headings and three invented pupils."""
    return attachment(csv_bytes([list(COLUMNS), *EXAMPLE]), "leerlingen-voorbeeld.csv", "text/csv; charset=utf-8")


@require_safe
@guard(Record.ROSTER_FILE, Verb.READ)
def roster_file(request: SchoolRequest, rosterfile: UUID) -> HttpResponse:
    """What would change, before anything does; how far taking over is; and afterwards how many changed, without a name."""
    return _preview(request, find(request, RosterFile, rosterfile))


def _preview(
    request: SchoolRequest, found: RosterFile, broken: BrokenRule | None = None, form: DecisionsForm | None = None
) -> HttpResponse:
    page: dict[str, Any] = {"found": found, "job": found.job, "refusal": sentence(broken) if broken else ""}
    if found.applied_at is None and not (found.job and not found.job.is_over):
        page |= _laid(request, found, form)
    return render(request, "roster/preview.html", page, status=409 if broken else 200)


def _laid(request: SchoolRequest, found: RosterFile, form: DecisionsForm | None) -> dict[str, Any]:
    now = timezone.now()
    try:
        proposal = queries.proposal_of(request.actor, found, at=now)
    except FilesRefused as refused:  # the school changed since the check
        return {"problems": refused.problems, "unshown": refused.unshown, "refusal": sentence(refused)}
    except FilesGone as gone:
        return {"refusal": sentence(gone)}
    _file, read = queries.read_again(found)
    return {
        "proposal": proposal,
        "read": read,
        "form": form or _decisions(found, proposal, request.actor),
        "sees_pupils": rule_at(request.actor, Record.PUPIL, Verb.READ, now) is not None,
    }


def _decisions(found: RosterFile, proposal: RosterProposal, actor: Membership, sent: Any = None) -> DecisionsForm | None:
    """What a person decides; nothing for who may not correct a pupil."""
    if not queries.corrects(actor, at=timezone.now()) or not (proposal.change.doubts or proposal.change.gone):
        return None
    span = (found.year.starts_on, found.year.ends_on)
    return DecisionsForm(sent, doubts=proposal.change.doubts, gone=proposal.change.gone, years=span, leaves_on=proposal.leaves_on)


@require_POST
@guard(Record.ROSTER_FILE, Verb.APPLY)
def roster_decide(request: SchoolRequest, rosterfile: UUID) -> HttpResponse:
    """What a person says about doubtful lines and leavers."""
    found = find(request, RosterFile, rosterfile, Verb.APPLY)
    try:
        form = _decisions(found, queries.proposal_of(request.actor, found, at=timezone.now()), request.actor, request.POST)
        if form is None:
            raise Http404
        if not form.is_valid():
            return _preview(request, found, form=form)
        actions.decide(request.actor, found, form.lines(), form.leaving())
    except BrokenRule as broken:
        return _preview(request, found, broken)
    messages.success(request, _("Bewaard. Kijk of het nu klopt."))
    return redirect("roster_file", request.actor.pk, found.pk)


@require_POST
@guard(Record.ROSTER_FILE, Verb.APPLY)
def roster_apply(request: SchoolRequest, rosterfile: UUID) -> HttpResponse:
    """Set taking over going; the page tells how far it is."""
    found = find(request, RosterFile, rosterfile, Verb.APPLY)
    try:
        actions.ask_apply(request.actor, found, shown=request.POST.get("shown", "")[:64], at=timezone.now())
    except RosterFile.DoesNotExist:
        raise Http404 from None
    except BrokenRule as broken:
        return _preview(request, found, broken)
    return redirect("roster_file", request.actor.pk, found.pk)


@require_POST
@guard(Record.ROSTER_FILE, Verb.APPLY)
def roster_throw_away(request: SchoolRequest, rosterfile: UUID) -> HttpResponse:
    """Forget the list."""
    found = find(request, RosterFile, rosterfile, Verb.APPLY)
    try:
        actions.throw_away(request.actor, found)
    except RosterFile.DoesNotExist:
        raise Http404 from None
    except BrokenRule as broken:
        return _preview(request, found, broken)
    messages.success(request, _("Weggegooid. Er is niets van bewaard."))
    return redirect("roster_files", request.actor.pk)
