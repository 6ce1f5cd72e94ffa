"""Which lists are asked about a child, and saying that it does not take part: at home, and on paper by the school."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kring.core.access import FAMILY, Record, Role, Verb
from kring.core.errors import BrokenRule
from kring.web.guard import SchoolRequest, find, guard
from kring.web.schools.models import Guardian, Pupil
from kring.web.surveys.family import actions, queries
from kring.web.surveys.family.forms import ListForm, PaperObjectionForm
from kring.web.surveys.models import Objection
from kring.web.wording import sentence

KEEPERS = frozenset({Role.COORDINATOR})


@require_safe
@guard(Record.OBJECTION, Verb.READ, roles=FAMILY)
def my_lists(request: SchoolRequest) -> HttpResponse:
    """To the lists about the only child; otherwise a choice of children."""
    found = queries.children(request.actor, at=timezone.now())
    if len(found) == 1:
        return redirect("pupil_lists", request.actor.pk, found[0].pk)
    request.readings.extend(found)
    return render(request, "surveys/family/children.html", {"children": found})


@require_safe
@guard(Record.OBJECTION, Verb.READ, roles=FAMILY)
def pupil_lists(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """The lists about one child, with every item."""
    return _lists(request, find(request, Pupil, pupil))


def _lists(request: SchoolRequest, pupil: Pupil, broken: BrokenRule | None = None) -> HttpResponse:
    page = {
        "pupil": pupil,
        "lists": queries.family_lists(request.actor, pupil, at=timezone.now()),
        "is_pupil": request.actor.role == Role.PUPIL.value,
        "refusal": sentence(broken) if broken else "",
    }
    return render(request, "surveys/family/lists.html", page, status=409 if broken else 200)


@require_POST
@guard(Record.OBJECTION, Verb.WRITE, roles=FAMILY)
def object_to_list(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """Not in this list."""
    found, now = find(request, Pupil, pupil, Verb.WRITE, of=Record.OBJECTION), timezone.now()
    known = queries.family_lists(request.actor, found, at=now)
    form = ListForm(request.POST, keys=[line.instrument.key for line in known.lines])
    if not form.is_valid():
        return _lists(request, found)
    try:
        actions.object_to(request.actor, found, form.cleaned_data["instrument"], at=now)
    except BrokenRule as broken:
        return _lists(request, found, broken)
    messages.success(request, _("Vastgelegd: deze lijst wordt niet meer gevraagd. Terugnemen kan altijd."))
    return redirect("pupil_lists", request.actor.pk, found.pk)


@require_POST
@guard(Record.OBJECTION, Verb.WRITE, roles=FAMILY)
def take_back_objection(request: SchoolRequest, objection: UUID) -> HttpResponse:
    """In this list again."""
    found = find(request, Objection, objection, Verb.WRITE)
    try:
        actions.take_back(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _lists(request, find(request, Pupil, found.pupil_id), broken)
    messages.success(request, _("Vastgelegd: dit is teruggenomen."))
    return redirect("pupil_lists", request.actor.pk, found.pupil_id)


# ---- for the school -------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@guard(Record.OBJECTION, Verb.WRITE, roles=KEEPERS)
def pupil_objections(request: SchoolRequest, pupil: UUID) -> HttpResponse:
    """In which lists a pupil does not take part, by whose word; and what came on paper."""
    found, now = find(request, Pupil, pupil, Verb.WRITE, of=Record.OBJECTION), timezone.now()
    lists = queries.lists_to_object(request.actor, found, at=now)
    form = PaperObjectionForm(
        request.POST if request.method == "POST" else None, people=queries.people_who_decide(request.actor, found, at=now), lists=lists
    )
    if not form.is_bound or not form.is_valid():
        return _objections(request, found, form)
    try:
        who = None if form.cleaned_data["who"] == "pupil" else find(request, Guardian, UUID(form.cleaned_data["who"]))
        actions.object_on_paper(request.actor, found, who, form.cleaned_data["instrument"], at=now)
    except BrokenRule as broken:
        return _objections(request, found, form, broken)
    messages.success(request, _("Vastgelegd. Deze lijst wordt over deze leerling niet meer gevraagd."))
    return redirect("pupil_objections", request.actor.pk, found.pk)


def _objections(request: SchoolRequest, pupil: Pupil, form: PaperObjectionForm, broken: BrokenRule | None = None) -> HttpResponse:
    found = queries.objections_of(request.actor, pupil, at=timezone.now())
    request.readings.extend(one.objection for one in found)
    page = {"pupil": pupil, "objections": found, "form": form, "refusal": sentence(broken) if broken else ""}
    return render(request, "surveys/family/objections.html", page, status=409 if broken else 200)


@require_safe
@guard(Record.OBJECTION, Verb.READ, roles=KEEPERS)
def objection(request: SchoolRequest, objection: UUID) -> HttpResponse:
    """One of them: what had come in before, to talk about."""
    return _objection(request, find(request, Objection, objection))


def _objection(request: SchoolRequest, found: Objection, broken: BrokenRule | None = None) -> HttpResponse:
    now = timezone.now()
    page = {
        "line": queries.one_objection(request.actor, found),
        "pupil": found.pupil,
        "answered": queries.answered_before(request.actor, found),
        "is_over": found.until_at is not None and found.until_at <= now,
        "refusal": sentence(broken) if broken else "",
    }
    return render(request, "surveys/family/objection.html", page, status=409 if broken else 200)


@require_POST
@guard(Record.OBJECTION, Verb.WRITE, roles=KEEPERS)
def end_objection(request: SchoolRequest, objection: UUID) -> HttpResponse:
    """Taken back on paper, or in a talk."""
    found = find(request, Objection, objection, Verb.WRITE)
    try:
        actions.take_back(request.actor, found, at=timezone.now())
    except BrokenRule as broken:
        return _objection(request, found, broken)
    messages.success(request, _("Vastgelegd: dit is teruggenomen."))
    return redirect("pupil_objections", request.actor.pk, found.pupil_id)
