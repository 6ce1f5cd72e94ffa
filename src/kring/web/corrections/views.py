"""Putting right: a list with the wrong pupil, and a pupil who was entered twice."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import Record, Verb, roles_that
from kring.core.errors import BrokenRule
from kring.web.access import may
from kring.web.corrections import actions, queries
from kring.web.corrections.forms import MergeForm, MoveForm
from kring.web.corrections.models import MergedPupil, MovedList
from kring.web.corrections.queries import Side, Standing
from kring.web.corrections.words import too_late_words
from kring.web.drafts.once import made_once
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Pupil
from kring.web.surveys.models import Invitation
from kring.web.wording import sentence

TEAM = roles_that(Record.MOVED_LIST, Verb.WRITE)
KEEPERS = roles_that(Record.MERGED_PUPIL, Verb.WRITE)


@require_safe
@guard(Record.MOVED_LIST, Verb.READ, roles=TEAM)
def corrections(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """The lists of a pupil, what was moved and merged, and what of it can be undone."""
    return _corrections(request, find(request, Pupil, pupil))


def _corrections(request: SchoolRequest, pupil: Pupil, broken: BrokenRule | None = None) -> HttpResponse:
    moved, merged = queries.moves_of(request.actor, pupil), queries.merges_of(request.actor, pupil)
    page = {
        "pupil": pupil,
        "lists": queries.lists_of(request.actor, pupil),
        "moved": [(line, too_late_words(line.too_late)) for line in moved],
        "merged": [(line, too_late_words(line.too_late)) for line in merged],
        "may_merge": request.actor.role in KEEPERS,
        "refusal": _said(broken),
    }
    return render(request, "corrections/corrections.html", page, status=409 if broken else 200)


def _said(broken: BrokenRule | None) -> str:
    late = too_late_words(getattr(broken, "step", None))
    return late or sentence(broken) if broken else ""


# ---- a list with the wrong pupil ---------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.MOVED_LIST, Verb.WRITE, roles=TEAM)
@made_once
def move_list(request: SchoolRequest, invitation: UUID) -> HttpResponse:
    """Whose list it is; then both pupils side by side; then it moves."""
    found = find(request, Invitation, invitation, Verb.WRITE, of=Record.MOVED_LIST)
    try:
        here = queries.list_of(request.actor, found)
    except BrokenRule as none:
        raise Http404 from none
    form = MoveForm(request.POST or None, choices=queries.others(request.actor, found))
    if not form.is_valid():
        return _move_page(request, here, form)
    there = form.target()
    if not form.cleaned_data["seen"]:
        return _preview(request, here, there, form)
    return _move(request, here, there, form)


def _move(request: SchoolRequest, here: Standing, there: Standing, form: MoveForm) -> HttpResponse:
    given = {"seen": form.cleaned_data["seen"], "at": timezone.now()}
    try:
        move = actions.move_list(request.actor, here.invitation, there.invitation, form.cleaned_data["reason"], **given)
    except BrokenRule as broken:
        return _move_page(request, here, form, broken)
    said = _("De lijsten zijn gewisseld.") if move.swapped else _("De lijst staat nu bij %(pupil)s.") % {"pupil": there.invitation.pupil}
    messages.success(request, f"{said} {_('U kunt dit hieronder ongedaan maken.')}")
    return redirect("corrections", request.actor.pk, here.invitation.pupil_id)


def _preview(request: SchoolRequest, here: Standing, there: Standing, form: MoveForm) -> HttpResponse:
    request.readings.append(there.invitation)
    seen = queries.seal(here.submission, there.submission)
    page = {"here": here, "there": there, "form": form, "seen": seen, "pupil": here.invitation.pupil}
    return render(request, "corrections/move_preview.html", page)


def _move_page(request: SchoolRequest, here: Standing, form: MoveForm, broken: BrokenRule | None = None) -> HttpResponse:
    page = {"here": here, "form": form, "pupil": here.invitation.pupil, "refusal": _said(broken), "has_others": bool(form.choices)}
    if broken:
        form.data = request.POST.dict() | {"seen": ""}  # to be looked at anew
    return render(request, "corrections/move.html", page, status=409 if broken else 200)


@require_POST
@guard(Record.MOVED_LIST, Verb.WRITE, roles=TEAM)
def undo_move(request: SchoolRequest, movedlist: UUID) -> HttpResponse:
    """Back, as long as nothing was built on it."""
    move = find(request, MovedList, movedlist, Verb.WRITE)
    pupil = may(request.actor, Pupil, Verb.READ).filter(pk__in=[move.pupil_id, move.to_pupil_id]).order_by("sort_name").first()
    if pupil is None:
        raise Http404
    try:
        actions.undo_move(request.actor, move, at=timezone.now())
    except BrokenRule as broken:
        return _corrections(request, pupil, broken)
    messages.success(request, _("Ongedaan gemaakt: alles staat weer zoals het was."))
    return redirect("corrections", request.actor.pk, pupil.pk)


# ---- entered twice -----------------------------------------------------------------------------------------------


@require_safe
@guard(Record.MERGED_PUPIL, Verb.READ, roles=KEEPERS)
def merge_candidates(request: SchoolRequest) -> HttpResponse:
    """Who may have been entered twice, and who was made one."""
    pairs = queries.doubles(request.actor, at=timezone.now())
    request.readings.extend(pupil for pair in pairs for pupil in (pair.one, pair.other))
    return render(request, "corrections/candidates.html", {"pairs": pairs, "merges": queries.merges(request.actor)})


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.MERGED_PUPIL, Verb.WRITE, roles=KEEPERS)
def merge_pupils(request: SchoolRequest, pupil: UUID, other: UUID) -> HttpResponse:
    """Two entries side by side: this one stays, and the other comes to it."""
    stays, goes = (find(request, Pupil, key, Verb.WRITE, of=Record.MERGED_PUPIL) for key in (pupil, other))
    one, two = (queries.side(request.actor, each, at=timezone.now()) for each in (stays, goes))
    form = MergeForm(request.POST or None, initial={"seen": queries.sight(one, two)}, stays=one, goes=two)
    if not form.is_valid():
        return _merge_page(request, one, two, form)
    given = form.cleaned_data
    choices = {"group_of": form.group_of(), "lists_of": form.lists_of(), "agreed": given.get("agreed", False)}
    try:
        actions.merge_pupils(request.actor, stays, goes, given["reason"], seen=given["seen"], at=timezone.now(), **choices)
    except BrokenRule as broken:
        return _merge_page(request, one, two, form, broken)
    messages.success(request, _("Samengevoegd tot één leerling. U kunt dit hieronder ongedaan maken."))
    return redirect("corrections", request.actor.pk, stays.pk)


def _merge_page(request: SchoolRequest, stays: Side, goes: Side, form: MergeForm, broken: BrokenRule | None = None) -> HttpResponse:
    page = {
        "stays": stays,
        "goes": goes,
        "newly": queries.newly_seeing(stays, goes),
        "form": form,
        "obstacle": _said(queries.obstacle(stays.pupil, goes.pupil, at=timezone.now())),
        "refusal": _said(broken),
    }
    if broken:
        form.data = request.POST.dict() | {"seen": queries.sight(stays, goes)}
    return render(request, "corrections/merge.html", page, status=409 if broken else 200)


@require_POST
@guard(Record.MERGED_PUPIL, Verb.WRITE, roles=KEEPERS)
def undo_merge(request: SchoolRequest, mergedpupil: UUID) -> HttpResponse:
    """Two entries again, as long as nothing was built on it."""
    merge = find(request, MergedPupil, mergedpupil, Verb.WRITE)
    pupil = find(request, Pupil, merge.pupil_id)
    try:
        actions.undo_merge(request.actor, merge, at=timezone.now())
    except BrokenRule as broken:
        return _corrections(request, pupil, broken)
    messages.success(request, _("Ongedaan gemaakt: het zijn weer twee leerlingen."))
    return redirect("corrections", request.actor.pk, pupil.pk)
