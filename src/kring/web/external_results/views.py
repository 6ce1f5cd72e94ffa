"""Bring in scores of another system: look first, take over, take back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import Record, Verb, roles_that
from kring.core.errors import BrokenRule
from kring.core.external_scores import ScoreScale
from kring.file_problems import FilesRefused
from kring.web.drafts.once import made_once
from kring.web.external_results import actions, queries
from kring.web.external_results.forms import ScaleForm, ScoresForm
from kring.web.external_results.models import ExternalFile, ExternalScale
from kring.web.guard import SchoolRequest, find, guard
from kring.web.wording import sentence

BRINGERS = roles_that(Record.EXTERNAL_FILE, Verb.WRITE)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.EXTERNAL_FILE, Verb.WRITE, roles=BRINGERS)
@made_once
def external_files(request: SchoolRequest) -> HttpResponse:
    """The form and what was brought before; with a file, everything that is wrong at once, or a preview."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ScoresForm(*sent, systems=queries.systems(request.actor), today=timezone.localdate())
    if not form.is_valid():
        return _form(request, form)
    try:
        made = actions.check_scores(request.actor, request.actor.school, form.brought(), at=timezone.now())
    except BrokenRule as broken:
        return _form(request, form, broken)
    return redirect("external_file", request.actor.pk, made.pk)


def _form(request: SchoolRequest, form: ScoresForm, broken: BrokenRule | None = None) -> HttpResponse:
    page = {"form": form, "brought": queries.brought(request.actor), **_refused(broken)}
    return render(request, "external_results/files.html", page, status=409 if broken else 200)


def _refused(broken: BrokenRule | None) -> dict[str, Any]:
    files = broken if isinstance(broken, FilesRefused) else None
    refusal = sentence(broken) if broken else ""
    return {"refusal": refusal, "problems": files.problems if files else (), "unshown": files.unshown if files else 0}


@require_safe
@guard(Record.EXTERNAL_FILE, Verb.READ)
def external_file(request: SchoolRequest, externalfile: UUID) -> HttpResponse:
    """What would change, before anything does; afterwards how much was taken over."""
    return _preview(request, find(request, ExternalFile, externalfile))


def _preview(request: SchoolRequest, found: ExternalFile, broken: BrokenRule | None = None) -> HttpResponse:
    page = {"found": found, **_refused(broken)}
    if found.applied_at is None:
        try:
            page["proposal"] = queries.proposal_of(request.actor, found)
        except BrokenRule as refused:  # the school changed since the check, or the days of the file are over
            page |= _refused(refused)
    return render(request, "external_results/file.html", page, status=409 if broken else 200)


@require_POST
@guard(Record.EXTERNAL_FILE, Verb.APPLY)
def external_file_apply(request: SchoolRequest, externalfile: UUID) -> HttpResponse:
    """Take it over, all of it or nothing."""
    found = find(request, ExternalFile, externalfile, Verb.APPLY)
    try:
        actions.apply_scores(request.actor, found, shown=request.POST.get("shown", "")[:64], at=timezone.now())
    except ExternalFile.DoesNotExist:
        raise Http404 from None
    except BrokenRule as broken:
        return _preview(request, find(request, ExternalFile, externalfile), broken)
    messages.success(request, _("Overgenomen. De uitslagen staan bij de leerlingen."))
    return redirect("external_file", request.actor.pk, found.pk)


@require_POST
@guard(Record.EXTERNAL_FILE, Verb.APPLY)
def external_file_take_back(request: SchoolRequest, externalfile: UUID) -> HttpResponse:
    """Take all scores of this file away again."""
    found = find(request, ExternalFile, externalfile, Verb.APPLY)
    try:
        actions.take_back(request.actor, found, at=timezone.now())
    except ExternalFile.DoesNotExist:
        raise Http404 from None
    except BrokenRule as broken:
        return _preview(request, found, broken)
    messages.success(request, _("Teruggedraaid. Deze uitslagen staan bij geen enkele leerling meer."))
    return redirect("external_file", request.actor.pk, found.pk)


@require_POST
@guard(Record.EXTERNAL_FILE, Verb.APPLY)
def external_file_throw_away(request: SchoolRequest, externalfile: UUID) -> HttpResponse:
    """Forget a file that was not taken over."""
    found = find(request, ExternalFile, externalfile, Verb.APPLY)
    try:
        actions.throw_away(request.actor, found)
    except ExternalFile.DoesNotExist:
        raise Http404 from None
    except BrokenRule as broken:
        return _preview(request, found, broken)
    messages.success(request, _("Weggegooid. Er is niets van bewaard."))
    return redirect("external_files", request.actor.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.EXTERNAL_SCALE, Verb.WRITE, roles=BRINGERS)
def external_scales(request: SchoolRequest) -> HttpResponse:
    """What the school said of the scales of other systems, and a form for the next one."""
    sent = request.POST if request.method == "POST" else None
    form = ScaleForm(sent, systems=queries.systems(request.actor), initial={"system": request.GET.get("system", "")})
    if not form.is_valid():
        return _scales(request, form)
    given = form.cleaned_data
    try:
        scale = ScoreScale(given["name"], given["low"], given["high"], given["direction"])
        made = actions.name_scale(request.actor, request.actor.school, form.of(), scale)
    except BrokenRule as broken:
        return _scales(request, form, broken)
    messages.success(request, _("Bewaard: %(name)s. U kunt de volgende schaal noemen.") % {"name": made.name})
    return redirect(f"{request.path}?system={made.system}")


def _scales(request: SchoolRequest, form: ScaleForm, broken: BrokenRule | None = None) -> HttpResponse:
    page = {"form": form, "rows": queries.scale_rows(request.actor), "systems": form.systems.values(), **_refused(broken)}
    return render(request, "external_results/scales.html", page, status=409 if broken else 200)


@require_POST
@guard(Record.EXTERNAL_SCALE, Verb.WRITE)
def external_scale_forget(request: SchoolRequest, externalscale: UUID) -> HttpResponse:
    """Take back what was said of a scale."""
    found = find(request, ExternalScale, externalscale, Verb.WRITE)
    try:
        actions.forget_scale(request.actor, found)
    except BrokenRule as broken:
        return _scales(request, ScaleForm(systems=queries.systems(request.actor)), broken)
    messages.success(request, _("Weggehaald: %(name)s.") % {"name": found.name})
    return redirect("external_scales", request.actor.pk)
