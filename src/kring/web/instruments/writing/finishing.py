"""What is done with a list for good: release it, correct it in a next version, retire it, state a licence, or throw a draft away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kring.core.access import STAFF, Record, Verb
from kring.core.errors import BrokenRule
from kring.web.guard import SchoolRequest, find, guard
from kring.web.instruments import actions, pages, queries
from kring.web.instruments.models import OwnInstrument
from kring.web.instruments.views import own_page
from kring.web.instruments.words import WHO, years
from kring.web.instruments.writing.head_forms import LicenceForm
from kring.web.instruments.writing.views import bench
from kring.web.wording import sentence


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.OWN_INSTRUMENT, Verb.APPLY, roles=STAFF)
def own_instrument_release(request: SchoolRequest, owninstrument: UUID) -> HttpResponse:
    """First everything that will stand still, then it does."""
    row = find(request, OwnInstrument, owninstrument, Verb.APPLY)
    if not row.is_draft:
        return redirect("own_instrument", request.actor.pk, row.pk)
    if request.method != "POST":
        return _release_page(request, row)
    read = request.POST.get("read", "")
    try:
        actions.release_list(request.actor, row, read=int(read) if read.isdecimal() and len(read) < 10 else 0, at=timezone.now())
    except BrokenRule as broken:
        now = find(request, OwnInstrument, owninstrument, Verb.APPLY)
        return bench(request, now, queries.shown_sketch(now), broken=broken)
    messages.success(request, _("De lijst is vrijgegeven. U kunt er nu een afname mee openen."))
    return redirect("own_instrument", request.actor.pk, row.pk)


def _release_page(request: SchoolRequest, row: OwnInstrument) -> HttpResponse:
    sketch, before = queries.shown_sketch(row), queries.previous_sketch(row)
    reasons = queries.reasons_against(row, sketch, on=timezone.localdate())
    page = {
        "row": row,
        "sketch": sketch,
        "who": WHO.get((sketch.informant, sketch.about), ""),
        "years": years(sketch.year_levels),
        "items": pages.shown_items(sketch),
        "scales": pages.shown_scales(sketch),
        "missing": pages.reason_words(reasons),
        "is_correction": before is not None,
        "changes": pages.shown_changes(before, sketch),
    }
    return render(request, "instruments/writing/release.html", page)


@require_POST
@guard(Record.OWN_INSTRUMENT, Verb.WRITE, roles=STAFF)
def own_instrument_correct(request: SchoolRequest, owninstrument: UUID) -> HttpResponse:
    """A draft of the next version."""
    row = find(request, OwnInstrument, owninstrument, Verb.WRITE)
    try:
        made = actions.correct_list(request.actor, row)
    except BrokenRule as broken:
        return own_page(request, row, broken)
    messages.success(request, _("Versie %(version)s staat klaar als concept. Versie %(before)s blijft zoals zij is.") % _numbers(made))
    return redirect("own_instrument_edit", request.actor.pk, made.pk)


def _numbers(made: OwnInstrument) -> dict[str, int]:
    return {"version": made.version, "before": made.version - 1}


@require_POST
@guard(Record.OWN_INSTRUMENT, Verb.WRITE, roles=STAFF)
def own_instrument_discard(request: SchoolRequest, owninstrument: UUID) -> HttpResponse:
    """Throw a draft away."""
    row = find(request, OwnInstrument, owninstrument, Verb.WRITE)
    try:
        actions.discard_list(request.actor, row)
    except BrokenRule as broken:
        return own_page(request, row, broken)
    messages.success(request, _("Het concept “%(title)s” is weggegooid.") % {"title": row.title})
    return redirect("instruments", request.actor.pk)


@require_POST
@guard(Record.OWN_INSTRUMENT, Verb.APPLY, roles=STAFF)
def own_instrument_retire(request: SchoolRequest, owninstrument: UUID) -> HttpResponse:
    """No new rounds with it."""
    row = find(request, OwnInstrument, owninstrument, Verb.APPLY)
    try:
        actions.retire_list(request.actor, row, at=timezone.now())
    except BrokenRule as broken:
        return own_page(request, row, broken)
    messages.success(request, _("De lijst is uit gebruik. Wat ermee is gevraagd, blijft bewaard."))
    return redirect("own_instrument", request.actor.pk, row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.OWN_INSTRUMENT, Verb.WRITE, roles=STAFF)
def own_instrument_licence(request: SchoolRequest, owninstrument: UUID) -> HttpResponse:
    """That the school may use a publisher's list."""
    row = find(request, OwnInstrument, owninstrument, Verb.WRITE)
    form = LicenceForm(request.POST if request.method == "POST" else None, initial={"proof": row.licence_proof, "until": row.licence_until})
    if not form.is_bound or not form.is_valid():
        return render(request, "instruments/writing/licence.html", {"row": row, "form": form})
    given = form.cleaned_data
    try:
        actions.state_licence(request.actor, row, given["proof"], given["until"], at=timezone.now())
    except BrokenRule as broken:
        return render(request, "instruments/writing/licence.html", {"row": row, "form": form, "refusal": sentence(broken)}, status=409)
    messages.success(request, _("Vastgelegd: wie dit zei en wanneer, staat bij de lijst."))
    return redirect("own_instrument_edit" if row.is_draft else "own_instrument", request.actor.pk, row.pk)
